// What the page carries for the script: words, and how the rules number things.

import { W } from './words'
/** The kinds of input, as the rules number them. */
export const CHOICE = 0, SET = 1, DATE = 2, NUMBER = 3

/** One question. */
export interface Input {
  id: string
  k: number
  n: number // slots
  lo?: number
  hi?: number
  w?: [title: string, hint: string, short: string, unknown: string]
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
  Date: string
  Era: string
  Both: string
  Month: string
  EraMonth: string
  FirstYear: string
  Eras: string[]
  Months: string[] | null
  Days: string[] | null
}

interface Data {
  v: string // version of the rules
  day: number // the day the site was built for
  lang: string
  in: Input[]
  page: string[]
  policy: number[] | null
  docs: [name: string, hint?: string][]
  out: [title: string, text: string, say: string][]
  notes: string[]
  explain: number[]
  faq: string[]
  calls: [string][]
  callOn: number[][]
  steps: number[]
  first: number[]
  former: [number, number][]
  cert: number
  newCert: number
  card: number
  cardInput: number
  dv: number
  keepCalls: number[]
  care: number
  pay: number
  why: string[]
  rows: [why: number[], sources: number[]][]
  src: string[]
  fmt: Formats
}

export const data: Data = JSON.parse(document.getElementById('data')!.textContent!)

export const inputs = data.in

/** The first slot of each input. */
export const slotOf: number[] = []
let slots = 0
for (const input of inputs) {
  slotOf.push(slots)
  slots += input.n
}
export const slotCount = slots

export const indexOf = (id: string) => inputs.findIndex(input => input.id == id)

export const VISIT = indexOf('visit_date'), HAVE = indexOf('have'), CHANGE = indexOf('change'), NEEDS = indexOf('needs'), AGE = indexOf('age'),
  PHONE = indexOf('phone'), PLACE = indexOf('place'), INSURER = indexOf('insurer'), CARD = indexOf('card'), ECERT = indexOf('ecert_expiry'),
  CARD_EXPIRY = indexOf('card_expiry'), CERT_EXPIRY = indexOf('cert_expiry')

/** Writes out a compact text as HTML: slots, ruby, links to questions, telephone numbers. The words are the site's own. */
export function rich(text: string, values: Record<string, string> = {}): string {
  return text
    .replace(/\{(\w+)\}/g, (_, name) => values[name])
    .replace(/\{([^{}|]+)\|([^{}]+)\}/g, '<ruby>$1<rp>(</rp><rt>$2</rt><rp>)</rp></ruby>')
    .replace(/\[([^\]]+)\]\(([a-z0-9-]+)\)/g, '<a href="faq/$2.html">$1</a>')
    .replace(/\b0\d+-\d+-\d+\b/g, number => `<a href="tel:${number.replace(/-/g, '')}">${number}</a>`)
}

/** The same without any markup, for titles and files. */
export const plain = (text: string, values: Record<string, string> = {}) =>
  rich(text, values).replace(/<rp>.*?<\/rp>|<rt>.*?<\/rt>|<[^>]*>/g, '').replace(/&#?\w+;/g, entity => new DOMParser().parseFromString(entity, 'text/html').body.textContent!)

/** A text of the page. */
export const word = (key: W, values?: Record<string, string>) => rich(data.page[key], values)
