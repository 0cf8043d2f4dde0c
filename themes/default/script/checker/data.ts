// The data of one language of one site: how the rules number inputs and values, how the page shows them, and all words. The
// build writes this data (internal/checker/data.go and late.go, which document the fields).

import { fill } from '../parts/fill'
import { type Html, type Id, escaped, setHtml, trusted } from '../parts/html'
import type wordList from './words.json'

/** A key of a word that the page uses. words.json explains each key. */
export type Word = keyof typeof wordList.script | keyof typeof wordList.rest

export interface Choices {
  input: Id
  values: Id[]
}

export interface Value {
  id: Id
  name: Html // comes with Rest, and so does the hint, for a circumstance and for a value on the screen of the groups
  hint?: Html
  private?: boolean
  said?: boolean // its question never offers it: it is a circumstance, or the answer to a different question implies it
}

/** A heading with the values below it. */
export interface Group {
  title: Html
  choices: Choices[]
}

/** One input of the rules, and the question that asks for it. */
export interface Input {
  id: Id
  kind: 'choice' | 'set' | 'date' | 'number'
  /**
   * The values of a choice or set, or the special values of a date or number. If no question asks for the input, the values come
   * with Rest; if a remedy gives one of them, the ids of all are here from the start.
   */
  values: Value[]
  slots?: number // how many raw values it has, if it has more than one
  slot: number // the index of its first raw value; takeData sets it
  unknown?: Id // the id of the value that means "I don't know"
  site?: Id // the id of the value that the site fixes for its visitors
  own?: Id // the id of the value for people insured with the site's insurer
  title?: Html // may be missing if no screen asks for the input
  hint?: Html
  held?: { document: Id; title: Html; hint?: Html }[]
  short: Html
  dontKnow: Html
  more?: Html // label of the button that opens the groups
  moreTitle?: Html // comes with Rest
  assumed?: Html // what the result assumes if the visitor does not know the answer or, in `notAsked`, was not asked; both texts come with Rest
  notAsked?: Html
  when?: Id[]
  due?: Html
  offered?: Id[]
  groups?: Group[]
  elsewhere?: Html // label of the button, among the answers, that opens the circumstances
  further?: { of: Id[]; value: Id; title: Html; yes: Html; no: Html }[]
}

/** A condition on the answer to one input. With `unasked`, a missing answer also meets it. */
export interface Among extends Choices {
  unasked?: boolean
}

/**
 * A remedy: what the visitor could still get, do or find out. `say` describes it, and `answers` are the answers that the
 * visitor could then give. An answer without a value is for a date input: any date that is not before the day of the
 * visit.
 */
export interface Remedy {
  say: Html // comes with Rest if only answers in groups or circumstances lead to the remedy
  answers: { input: Id; value?: Id }[]
  for?: Among[]
  notFor?: Among[]
}

/** How long an answer holds that has all answers of `when` and, if given, one of the levels of `enough`. */
interface Recent {
  when?: Choices[]
  enough?: number[]
  say?: Html // missing if only an answer without a last day holds for a short time
}

/** Something that the rules return as a number. The data lists it by its id. */
export interface Numbered {
  number: number
}

export interface Document extends Numbered {
  name?: Html // a missing name or hint is taken from the value of HELD with the same id
  hint?: Html
  drawing?: Html
  marks?: { when?: Choices[]; told?: Id[]; say?: Html }[]
}

export interface Heading {
  title: Html
  text: Html
  speak: { to: Html; own: Html; aloud?: Html; romaji?: Html }[]
}

/** Texts that replace those of an outcome if the answer tells the note. A missing text is taken from the outcome. */
export type Told = Pick<Heading, 'title'> & Partial<Heading> & { note: Id }

export interface Outcome extends Heading, Numbered {
  told?: Told[]
  pays?: boolean // the outcome's own words already mention payment
  calls?: boolean // the outcome's notes already say whom to call
}

export interface Note extends Numbered {
  text?: Html // missing if the page itself writes the text
  general?: Html // the text for people who are not insured with the site's insurer, if it differs
  step?: boolean
  call?: Id[] // ids of the people to call
  unless?: 'pays' | 'calls' // if the papers are not enough and the outcome lacks this field, the page itself says the same, so it leaves the note out
  unclear?: boolean // whether people who are told this told so little that the page cannot say that their papers are not enough
  above?: Html[] // texts beside documents that say the same as the note; if the page shows one of them, or the heading for this note, it leaves the note out
}

/** Why a row of the decision applies. */
export interface Row extends Numbered {
  why: Html[]
  sources: Id[]
}

/** Why papers may not be enough. The first entry counts whose signals in `yes` all hold, and of whose signals in `no` none does. */
interface Fit {
  yes?: number[]
  no?: number[]
  why: Html
}

/** How the language writes days. The texts have slots for the parts of a day. */
interface Formats {
  date: Html
  era: Html
  both: Html
  month: Html
  eraMonth: Html
  firstYear: Html
  eras: Html[]
  months: Html[] | null
  days: Html[] | null
}

export interface Data {
  language: Id // the id of the language, which is also the folder of its pages
  module: number // checksum of the module for which the numbers in this data are valid
  formats: Formats
  page: Record<Word, Html>
  roles: { visit: Id; held: Id; secret: Choices[] }
  inputs: Input[]
  documents: Record<string, Document> // by id, like outcomes and notes; those to which only circumstances and answers in groups lead come with Rest
  outcomes: Record<string, Outcome>
  notes: Record<string, Note>
  rows?: Record<string, Row> // comes with Why, like unsure and explain
  unsure?: Fit[]
  explain?: Record<string, Id>
  circumstances?: Group[] // comes with Rest, like the file name of the script that brings Why
  why?: string
  calls: { id: Id; name: Html; general?: Html; notEnough?: boolean }[]
  elsewhere?: Among[][] // whoever gives an answer in each part of an entry is not insured with the site's insurer
  recent: Recent[]
  remedies: Remedy[]
  nothingElse?: { input: Id; value: Id; say: Html } // the answer that one button gives together with "nothing else is held"
  rest?: string // file name of the script that brings Rest; takeRest deletes this field
}

/** The reasons of answers. Only somebody who opens them needs it. */
export interface Why {
  rows: Record<string, Row>
  unsure: Fit[]
  explain: Record<string, Id> // the question that explains an outcome, by id of the outcome
}

/** The rest of the data. Only circumstances, answers in groups, tools and the reasons of an answer need it. */
interface Rest extends Pick<Data, 'documents' | 'outcomes' | 'notes'> {
  why: string
  page: Partial<Data['page']>
  circumstances: Group[]
  values: Record<string, Value[]> // by id of the input: names and hints of values, or whole values that `data` lacks
  rests: Record<string, Pick<Input, 'assumed' | 'notAsked' | 'moreTitle'>>
  told?: Record<string, (Told & { at: number })[]> // by id of an outcome that the data has: the wordings it lacks, and where they belong
  remedies?: Record<number, Pick<Remedy, 'say'>> // by their indices
}

export let data: Data
export let VISIT: Input
export let HELD: Input

/** How many raw values all inputs have together. */
export let slotCount = 0

const withId = <T extends { id: string }>(list: T[], id: string) => list.find(item => item.id == id)!

export const input = (id: string) => withId(data.inputs, id)
export const valueIn = (input: Input, id: string) => withId(input.values, id)

/** The circumstances, without their headings. The list is empty until Rest is loaded. */
export const circumstances = () => (data.circumstances || []).flatMap(({ choices }) => choices)

/** An entry of the data, together with the id under which the data has it. */
export type Named<T> = T & { id: Id }

/** The entry whose number the rules returned, with its id. It is undefined if the data lacks the entry. */
export function numbered<T extends Numbered>(all: Record<string, T>, number: number): Named<T> | undefined {
  const id = Object.keys(all).map(trusted).find(id => all[id].number == number)
  return id === undefined ? undefined : { ...all[id], id }
}

/**
 * Sets the data of the page. By default, it is the data that the most recently loaded script of words left in
 * window.checkerData.
 */
export function takeData(given: Data = (window as any).checkerData) {
  data = given
  VISIT = input(data.roles.visit)
  HELD = input(data.roles.held)
  slotCount = 0
  for (const input of data.inputs) {
    input.slot = slotCount
    slotCount += input.slots || 1
  }
}

/** Adds the rest to the data. Its script has left it in window.checkerRest. */
export function takeRest({ why, page, circumstances, values, documents, outcomes, notes, rests, told, remedies }: Rest) {
  Object.assign(data, { why, circumstances })
  Object.assign(data.page, page)
  Object.assign(data.documents, documents)
  Object.assign(data.outcomes, outcomes)
  for (const id in told) for (const late of told[id]) (data.outcomes[id]!.told ||= []).splice(late.at, 0, late)
  Object.assign(data.notes, notes)
  for (const id in rests) Object.assign(input(id), rests[id])
  for (const i in remedies) Object.assign(data.remedies[+i]!, remedies[+i])
  for (const id in values) for (const value of values[id]) {
    const of = input(id), known = valueIn(of, value.id)
    if (known) Object.assign(known, value)
    else of.values.push(value)
  }
  delete data.rest
}

/** A word of the page as HTML, in which readings have the form {漢字|かんじ}. */
export const word = (key: Word, values?: Record<string, Html | number>) => fill(data.page[key], values)

/** The plain text of HTML, without markup and readings, for titles and files. */
export function plain(content: Html): string {
  const element = document.createElement('p')
  setHtml(element, trusted(content.replace(/\{(.*?)\|.*?\}/g, '$1')))
  return element.textContent!
}

/** The plain text of HTML, escaped for a quoted attribute. */
export const attribute = (content: Html) => escaped(plain(content))
