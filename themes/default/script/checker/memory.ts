// What the page remembers while it is open. An entry of the browser's history has only the number of a step and a key into this
// memory, and the memory is lost when the page is closed. So neither the history nor a saved browser session reveals an answer.

import type { Id } from '../parts/html'
import type { Answers } from './answers'

/** What the page shows at one entry of the history. */
export interface Moment {
  show: 'question' | 'circumstances' | 'result'
  input?: Id // the id of the question; on the screen of the circumstances, the question whose groups are open
  part?: Id // which screen is shown, if the question has several (see MORE, LIST and ALL in steps.ts)
  named?: number // how many papers had been named when the question for a further paper was asked
  number: number // number of this question or, on other screens, of the next question
  answers: Answers
}

interface Mark {
  step: number
  key: string
}

const page = String(Math.random()) // distinguishes keys of this page from keys of an earlier load
const moments = new Map<string, Moment>()
const typed = new Map<string, Record<string, string | boolean>>()
let mark: Mark
let count = 0

const isMark = (state: unknown): state is Mark => !!state && typeof (state as Mark).key == 'string'

function put(step: number, key: string, moment: Moment, further: boolean) {
  mark = { step, key }
  moments.set(key, moment)
  if (further) history.pushState(mark, '')
  else history.replaceState(mark, '')
}

const newKey = () => `${page} ${count++}`

/** Remembers the first moment under the current entry of the history, and forgets typed texts. */
export function begin(moment: Moment) {
  typed.clear()
  put(0, newKey(), moment, false)
}

/** Remembers a moment: if `further` is true, under a new entry of the history, otherwise under the current entry. */
export const keep = (moment: Moment, further: boolean) => (further ? put(mark.step + 1, newKey(), moment, true) : put(mark.step, mark.key, moment, false))

/**
 * The moment of an entry of the history, or undefined if the memory does not have it. An entry that the memory has becomes the
 * current one.
 */
export function recall(state: unknown): Moment | undefined {
  const known = isMark(state) ? moments.get(state.key) : undefined
  if (known) mark = state as Mark
  return known
}

/** Whether an entry of the history comes from an earlier load of the page, and is not that load's first step. */
export const isLost = (state: unknown) => isMark(state) && state.step > 0 && !state.key.startsWith(page)

/** Whether an entry of the history was not made by this script. A link within the page makes such an entry, for example. */
export const isForeign = (state: unknown) => !isMark(state)

/** Forgets all moments and typed texts. */
export function forget() {
  moments.clear()
  typed.clear()
}

/** How many steps come before the current one. */
export const stepsBefore = () => mark.step

const place = ({ show, input, part, named }: Moment) => [show, input, part, named].join(' ')

/** Remembers typed texts and ticked boxes of a step, in case the visitor comes back to it. */
export function keepTyped(moment: Moment, fields: HTMLInputElement[]) {
  typed.set(place(moment), Object.fromEntries(fields.map(field => [field.id, field.type == 'checkbox' ? field.checked : field.value])))
}

/** Restores the typed texts and ticked boxes of a step. */
export function putTyped(moment: Moment, fields: HTMLInputElement[]) {
  const known = typed.get(place(moment))
  if (!known) return
  for (const field of fields) {
    const value = known[field.id]
    if (typeof value == 'boolean') field.checked = value
    else if (value !== undefined) field.value = value
  }
}
