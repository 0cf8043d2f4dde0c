// What the page carries for the script: words, and how the rules number things.

import { W } from './words'
/** The kinds of input, as the rules number them. */
export const CHOICE = 0, SET = 1, DATE = 2, NUMBER = 3

/** One question. */
export interface Input {
  k: number
  w?: [title: string, hint: string, short: string, unknown: string] // nobody is asked for an input without
  v?: string[] // names of values
  h?: string[] // what they look like
  p?: number[] // values that never stand in a link
  u?: number // the value that means "I don't know"
  g?: [string, number[]][]
  a?: string[] // what is assumed where it is unknown
  l?: number[]
}

/** How the language writes days. */
export interface Formats {
  date: string
  era: string
  both: string
  month: string
  era_month: string
  first_year: string
  eras: string[]
  months: string[] | null
  days: string[] | null
}

/** internal/render/checker_data.go says what everything is. */
interface Data {
  v: string // version of the rules
  day: number
  policy: number[] | null
  first: number[]
  former: [number, number][]
  cert: number
  newcert: number
  card: number
  dv: number
  care: number
  pay: number
  keep: number[]
  on: number[][]
  steps: number[]
  is: number[]
  rows: [why: number[], sources: number[]][]
  fmt: Formats
  page: string[]
  in: Input[]
  docs: [name: string, hint?: string][]
  out: [title: string, text: string, say: string, question?: string][]
  notes: string[]
  calls: string[]
  why: string[]
}

// The word joiner keeps the rest of the word on the same line: browsers would break it behind the ruby, or before it.
const ruby = (base: string, reading: string) => `<ruby>${base}<rp>(</rp><rt>${reading}</rt><rp>)</rp></ruby>\u2060`

// The data comes in a short form that internal/render/checker_words.go makes. What comes most often in Japanese is one
// byte; a reading stands where its word comes first, and holds wherever the word stands alone.
const source = document.getElementById('data')!, { letters } = source.dataset
const long = source.textContent!.replace(/'(.)|[!#-%*+=?-Z^-`~]/g, (c, itself) => letters ? itself || letters[letters.indexOf(c) + letters.length / 2] : c)
const readings: Record<string, string> = {}
const text = long.replace(/\{[^{}|]+\|[^{}]+\}|([一-龠々]+)(?:([ぁ-ん]+)\})?/g, (all, base, reading) => {
  if (!base) return all
  reading = readings[base] = reading || readings[base]
  return reading ? ruby(base, reading) : all
})

export const data: Data = JSON.parse(text)

export const inputs = data.in

/** The first slot of each input. */
export const slotOf: number[] = []
let slots = 0
for (const input of inputs) {
  slotOf.push(slots)
  slots += slotsOf(input)
}
export const slotCount = slots

/** How many raw values an input has: a set takes one for 31 values. */
export function slotsOf({ k, v }: Input): number {
  return k == SET ? Math.ceil(v!.length / 31) : 1
}

export const [VISIT, HAVE, CHANGE, NEEDS, AGE, PHONE, PLACE, INSURER, CARD, ECERT, CARD_EXPIRY, CERT_EXPIRY] = data.is

/** A set of values as raw values. */
export function maskOf(input: Input, values: number[]): number[] {
  const slots = Array(slotsOf(input)).fill(0)
  for (const value of values) slots[Math.floor(value / 31)] |= 1 << value % 31
  return slots
}

/** Writes out a compact text as HTML: slots, ruby, links to questions, telephone numbers. The words are the site's own. */
export function rich(text: string, values: Record<string, string> = {}): string {
  return text
    .replace(/\{(\w+)\}/g, (_, name) => values[name])
    .replace(/\{([^{}|]+)\|([^{}]+)\}/g, ruby('$1', '$2'))
    .replace(/([\dぁ-んァ-ー])(?=<ruby)/g, '$1\u2060')
    .replace(/\[([^\]]+)\]\(([a-z0-9-]+)\)/g, '<a href="faq/$2.html">$1</a>')
    .replace(/\b0\d+-\d+-\d+\b/g, number => `<a href="tel:${number.replace(/-/g, '')}">${number}</a>`)
}

/** The same without any markup, for titles and files. */
export function plain(text: string, values?: Record<string, string>): string {
  const element = document.createElement('p')
  element.innerHTML = rich(text, values).replace(/<(r[pt])>.*?<\/\1>|\u2060/g, '')
  return element.textContent!
}

/** A text of the page. */
export const word = (key: W, values?: Record<string, string>) => rich(data.page[key], values)
