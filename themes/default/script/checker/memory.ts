// What the page remembers: in memory only. An entry of the browser's history holds the number of a step and a key into
// this memory, which dies with the page; so neither the history nor a saved session of the browser tells an answer.

import type { Answers } from './answers'

/** What is shown at one entry of the history. */
export interface Moment {
  show: 'question' | 'circumstances' | 'result'
  input?: string // of a question
  part?: string // of a question that takes several screens
  named?: number // how many things held had been named when it was asked whether there is another
  number: number // of the question, or of the one that comes next
  answers: Answers
}

interface Mark {
  step: number
  key: string
}

const page = String(Math.random()) // keys of a page that is gone are known by it
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

/** Keeps the first moment, at this entry of the history; nothing has been typed yet. */
export function begin(moment: Moment) {
  typed.clear()
  put(0, newKey(), moment, false)
}

/** Keeps what is shown at this entry of the history, or at a further one. */
export const keep = (moment: Moment, further: boolean) => (further ? put(mark.step + 1, newKey(), moment, true) : put(mark.step, mark.key, moment, false))

/** What was shown at an entry of the history; nothing where this page does not know it. */
export function recall(state: unknown): Moment | undefined {
  const known = isMark(state) ? moments.get(state.key) : undefined
  if (known) mark = state as Mark
  return known
}

/** Whether an entry of the history was left by a page that is gone, in the middle of its questions. */
export const isLost = (state: unknown) => isMark(state) && state.step > 0 && !state.key.startsWith(page)

/** Whether an entry is not ours, as that of a link within the page. */
export const isForeign = (state: unknown) => !isMark(state)

/** Forgets everything. */
export function forget() {
  moments.clear()
  typed.clear()
}

/** How many steps lie before this one. */
export const stepsBefore = () => mark.step

const place = ({ show, input, part, named }: Moment) => [show, input, part, named].join(' ')

/** Remembers what is typed and ticked, so that it is there when somebody comes back. */
export function keepTyped(moment: Moment, fields: HTMLInputElement[]) {
  typed.set(place(moment), Object.fromEntries(fields.map(field => [field.id, field.type == 'checkbox' ? field.checked : field.value])))
}

/** Puts back what was typed and ticked. */
export function putTyped(moment: Moment, fields: HTMLInputElement[]) {
  const known = typed.get(place(moment))
  if (!known) return
  for (const field of fields) {
    const value = known[field.id]
    if (typeof value == 'boolean') field.checked = value
    else if (value !== undefined) field.value = value
  }
}
