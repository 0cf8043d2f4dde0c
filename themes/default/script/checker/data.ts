// The data of one language of one site: how the rules number inputs and values, how the page shows them, and all words.
// internal/checker/data.go writes it and documents the fields.

import type wordList from './words.json'

/** A key of a word that the page uses. words.json says what each means. */
export type Word = keyof typeof wordList.script | keyof typeof wordList.rest

export interface Choices {
  input: string
  values: string[]
}

export interface Value {
  id: string
  name: string // of a circumstance: comes with Rest
  hint?: string
  private?: boolean
  said?: boolean // implied by the answer to a different question, so it is not offered
}

/** A heading over values. */
export interface Group {
  title: string // of circumstances: comes with Rest
  choices: Choices[]
}

/** One question. */
export interface Input {
  id: string
  kind: 'choice' | 'set' | 'date' | 'number'
  values: Value[] // of a date or number: the special values
  unknown?: string // the value that means "I don't know"
  site?: string // the value that the site fixes for its visitors
  own?: string // the value for people insured with the site's insurer
  title?: string // may be missing if no screen asks for the input
  hint?: string
  held?: { document: string; title: string; hint?: string }[]
  short: string
  dontKnow: string
  more?: string // label of the button that opens its groups
  moreTitle?: string
  assumed?: string // comes with Rest, like notAsked
  notAsked?: string
  when?: string[]
  due?: string
  offered?: string[]
  groups?: Group[]
  elsewhere?: string // on the button that opens the circumstances among the answers
  further?: { of: string[]; value: string; title: string; yes: string; no: string }[]
}

/** Answers to one question. With `unasked`, a missing answer fits too. */
interface Among extends Choices {
  unasked?: boolean
}

/** Answers that would help: what the visitor could still get, do or find out. Without a value: the day of the visit or a later day. */
export interface Remedy {
  answers: { input: string; value?: string }[]
  for?: Among[]
  notFor?: Among[]
}

export interface Document {
  id?: string // the value of HELD for this paper, which also gives it a name and hint; missing if nobody can name it as held
  name: string
  hint?: string
  drawing?: string
  marks?: { when?: Choices[]; told?: string[]; say?: string }[]
}

export interface Heading {
  title: string
  text: string
  speak: { to: string; own: string; aloud?: string; romaji?: string }[]
}

export interface Outcome extends Heading {
  told?: (Pick<Heading, 'title'> & Partial<Heading> & { note: string })[] // missing fields are those of the outcome
  explain?: string
  pays?: boolean // its own words already mention payment
  calls?: boolean // its notes already say whom to call
}

export interface Note {
  id?: string // only if other words refer to it
  text?: string // missing if the page writes it by itself; may come with Rest
  step?: boolean
  call?: string[] // whom to call
  unless?: 'pays' | 'calls' // if the papers are not enough, the page itself says this, unless the outcome has that field
  above?: string[] // marks of documents that say the same: the note is left out if one is shown, or if the heading is about it
}

/** Why a row of the decision holds. */
export interface Row {
  why: string[]
  sources: string[]
}

/** How the language writes days, with slots. */
interface Formats {
  date: string
  era: string
  both: string
  month: string
  eraMonth: string
  firstYear: string
  eras: string[]
  months: string[] | null
  days: string[] | null
}

interface Data {
  language: string // the folder of its pages
  module: number // checksum of the module whose numbers this data uses
  formats: Formats
  page: Record<Word, string>
  roles: { visit: string; held: string; secret: Choices[] }
  inputs: Input[]
  documents: Partial<Document>[]
  outcomes: (Outcome | null)[] // null: comes with Rest, because only circumstances lead to it
  notes: Note[]
  rows?: Row[] // comes with Rest
  circumstances: Group[]
  calls: { id: string; name: string; notEnough?: boolean }[]
  recent: Choices[]
  remedies: Remedy[]
  nothingElse?: { input: string; value: string; say: string } // an answer that one button gives together with "nothing else is held"
  rest?: string // file name of the script that brings Rest; takeRest deletes it
}

/** What is needed only for circumstances, tools and the reasons of an answer. */
interface Rest {
  rows: Row[]
  page: Partial<Data['page']>
  groups: string[]
  values: Record<string, { name: string; hint?: string }[]>
  notes: Record<number, string>
  outcomes: Record<number, Outcome>
  rests: Record<string, Pick<Input, 'assumed' | 'notAsked'>>
}

export let data: Data
export let VISIT: Input
export let HELD: Input
export let documents: Document[]

const slots = new Map<string, number>()

/** How many raw values there are. */
export let slotCount = 0

const withId = <T extends { id: string }>(list: T[], id: string) => list.find(item => item.id == id)!

export const input = (id: string) => withId(data.inputs, id)
export const valueIn = (input: Input, id: string) => withId(input.values, id)

/** The circumstances, without their headings. */
export const circumstances = () => data.circumstances.flatMap(({ choices }) => choices)

/** How many raw values an input has: a set has one per 31 values. */
export const slotsOf = ({ kind, values }: Input) => (kind == 'set' ? Math.ceil(values.length / 31) : 1)

/** The index of an input's first raw value. */
export const slotOf = ({ id }: Input) => slots.get(id)!

/** Takes the data that is given, or the data that the last script of words left in window.checkerData. */
export function takeData(given: Data = (window as any).checkerData) {
  data = given
  VISIT = input(data.roles.visit)
  HELD = input(data.roles.held)
  documents = data.documents.map((own, i) => ({ ...HELD.values[i], ...own } as Document))
  slotCount = 0
  for (const input of data.inputs) {
    slots.set(input.id, slotCount)
    slotCount += slotsOf(input)
  }
}

/** Copies the rest into data. A script has left it in window.checkerRest. */
export function takeRest({ rows, page, groups, values, notes, outcomes, rests }: Rest) {
  data.rows = rows
  Object.assign(data.page, page)
  data.circumstances.forEach((group, i) => group.title = groups[i])
  for (const id in values) input(id).values.forEach((value, i) => Object.assign(value, values[id][i]))
  for (const id in rests) Object.assign(input(id), rests[id])
  for (const i in notes) data.notes[i].text = notes[i]
  for (const i in outcomes) data.outcomes[i] = outcomes[i]
  delete data.rest
}

/** Fills the slots of a text with values. */
export const fill = (text: string, values: Record<string, string | number> = {}) => text.replace(/\x01(\w+)\x02/g, (_, name) => String(values[name]))

/** A word of the page, as HTML with readings as {漢字|かんじ}. */
export const word = (key: Word, values?: Record<string, string>) => fill(data.page[key], values)

/** A text without markup and readings, for titles and files. */
export function plain(html: string): string {
  const element = document.createElement('p')
  element.innerHTML = html.replace(/\{(.*?)\|.*?\}/g, '$1')
  return element.textContent!
}

/** A text for use in a quoted attribute. */
export const attribute = (html: string) => plain(html).replace(/&/g, "&amp;").replace(/"/g, "&quot;")
