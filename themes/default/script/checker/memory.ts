// What the page remembers, only in memory. An entry of the browser's history holds the number of a step and a key into this
// memory, which is gone with the page. So neither the history nor a saved browser session reveals an answer.

import type { Answers } from './answers'

/** What one entry of the history shows. */
export interface Moment {
  show: 'question' | 'circumstances' | 'result'
  input?: string // of a question; of the circumstances: the question whose groups are open
  part?: string // of a question on several screens: which of them
  named?: number // how many papers had been named when the question for a further paper was asked
  number: number // number of this question; on other screens, of the next one
  answers: Answers
}

interface Mark {
  step: number
  key: string
}

const page = String(Math.random()) // tells keys of this page from those of an earlier load
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

/** Stores the first moment in the current entry of the history, and drops typed texts. */
export function begin(moment: Moment) {
  typed.clear()
  put(0, newKey(), moment, false)
}

/** Stores a moment in the current entry of the history, or in a new one. */
export const keep = (moment: Moment, further: boolean) => (further ? put(mark.step + 1, newKey(), moment, true) : put(mark.step, mark.key, moment, false))

/** The moment of an entry of the history; undefined if this page does not know it. */
export function recall(state: unknown): Moment | undefined {
  const known = isMark(state) ? moments.get(state.key) : undefined
  if (known) mark = state as Mark
  return known
}

/** Whether an entry of the history is from an earlier load of the page, after its first question. */
export const isLost = (state: unknown) => isMark(state) && state.step > 0 && !state.key.startsWith(page)

/** Whether an entry of the history was not made by this script but, for example, by a link within the page. */
export const isForeign = (state: unknown) => !isMark(state)

/** Forgets everything. */
export function forget() {
  moments.clear()
  typed.clear()
}

/** How many steps come before this one. */
export const stepsBefore = () => mark.step

const place = ({ show, input, part, named }: Moment) => [show, input, part, named].join(' ')

/** Remembers typed texts and ticked boxes for when the visitor comes back to the step. */
export function keepTyped(moment: Moment, fields: HTMLInputElement[]) {
  typed.set(place(moment), Object.fromEntries(fields.map(field => [field.id, field.type == 'checkbox' ? field.checked : field.value])))
}

/** Restores typed texts and ticked boxes. */
export function putTyped(moment: Moment, fields: HTMLInputElement[]) {
  const known = typed.get(place(moment))
  if (!known) return
  for (const field of fields) {
    const value = known[field.id]
    if (typeof value == 'boolean') field.checked = value
    else if (value !== undefined) field.value = value
  }
}
