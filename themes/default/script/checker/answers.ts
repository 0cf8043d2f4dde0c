// The interview: the answers so far, and the next question or the result. Everything is computed from the answers each time, so
// going back, changing an answer and returning later need no code of their own.

import type { Id } from '../parts/html'
import { type Among, type Choices, type Input, HELD, VISIT, data, input, slotCount, valueIn } from './data'
import { today } from './days'
import { type Asked, next } from './decision'
import { type Engine, MISSING } from './engine'

/** The visitor's answers as raw values of the rules, by input id. They are only in memory. */
export interface Answers {
  given: Record<string, number[]> // answers to questions
  told: Record<string, number[]> // circumstances, and other answers to questions that were not asked
  unsure: string[] // ids of inputs that were answered with "I don't know" but have no value for it, and of dates of which only the month is known
  held?: Held
  linked?: boolean // the answers come from a link
  other?: boolean // the visitor said that the insurer is not the site's; the answer may still be of the same kind
}

/** The papers that the visitor holds, in the order in which they were named. `all` says that the visitor holds nothing else. */
export interface Held {
  named: string[]
  all: boolean
}

export const nothing = (): Answers => ({ given: {}, told: {}, unsure: [] })

/** The state of the interview for some answers: what was asked, and what comes next. */
export interface Way {
  raw: Int32Array
  path: Input[] // the answered questions, in order
  next?: Asked // the next question; undefined if the result is known
  elsewhere: boolean // the visitor is not insured with the site's insurer, or does not know it: the answer has neither its policies nor its name
}

const bit = (index: number) => 1 << index % 31

export const indexOf = ({ values }: Input, id: string) => values.findIndex(value => value.id == id)

/** Whether the raw values of an input contain a value. A set can contain several values, any other input only one. */
export function holds(input: Input, raw: ArrayLike<number> | undefined, value: string): boolean {
  const index = indexOf(input, value)
  if (!raw || index < 0) return false
  return input.kind == 'set' ? (raw[Math.floor(index / 31)] & bit(index)) != 0 : raw[0] === rawOf(input, value)
}

/** The raw values (bit masks) of a set that contains these values. */
export function maskOf(input: Input, values: string[]): number[] {
  const slots = Array(input.slots || 1).fill(0)
  for (const index of values.map(value => indexOf(input, value))) slots[Math.floor(index / 31)] |= bit(index)
  return slots
}

/** The ids of the values that the raw values of an input contain. */
export const valuesOf = (input: Input, raw: ArrayLike<number> | undefined) => input.values.map(({ id }) => id).filter(id => holds(input, raw, id))

/** The raw value of a choice's value, or of a special value of a date or number. */
export const rawOf = (input: Input, value: string) => indexOf(input, value) + (input.kind == 'choice' ? 0 : MISSING + 1)

/** The id of the value for a raw value of a choice, date or number. It is undefined for an actual day or number. */
export const valueOf = (input: Input, raw: number): Id | undefined => input.values[input.kind == 'choice' ? raw : raw - MISSING - 1]?.id

/** The raw values of one input, from those of all inputs. */
export const rawIn = (raw: Int32Array, { slot, slots = 1 }: Input) => raw.subarray(slot, slot + slots)

/** Whether an input was answered with one of these values. `raw` contains all answers. */
export function answered(raw: Int32Array, { input: id, values }: Choices): boolean {
  const of = input(id)
  return values.some(value => holds(of, rawIn(raw, of), value))
}

/** Whether one of the conditions holds. `raw` contains all answers. */
export const anyOf = (raw: Int32Array, list: Among[]) => list.some(one => answered(raw, one) || one.unasked && raw[input(one.input).slot] == MISSING)

/** The raw values that answer an input, whether or not the interview asked for it. */
export const givenTo = ({ given, told }: Answers, { id }: Input): number[] | undefined => given[id] || told[id]

/** Whether the input was answered with "I don't know". */
export const isUnsure = ({ unsure }: Answers, of: Input, raw: ArrayLike<number>) =>
  unsure.includes(of.id) && !(of.kind == 'date' && raw[0] > 0) || of.unknown !== undefined && holds(of, raw, of.unknown)

/**
 * Replays the answers: asks the rules for the next question until no question remains, or until a question has no answer yet.
 */
export function follow(engine: Engine, { given, told, held, other }: Answers): Way {
  const raw = new Int32Array(slotCount).fill(MISSING), open = new Int32Array(slotCount), path: Input[] = []
  let elsewhere = false, refused = false
  const put = (of: Input, values: number[], among = raw) => among.set(values, of.slot)
  const settle = () => { // the site's policies, which apply only to people insured with the site's insurer
    elsewhere = isElsewhere(raw, refused)
    for (const of of data.inputs) if (of.site) put(of, [elsewhere ? MISSING : rawOf(of, of.site)])
  }
  put(VISIT, [today()])
  for (const id in told) if (input(id) != HELD) put(input(id), told[id])
  const rest = (mask: number[]) => maskOf(HELD, HELD.values.map(({ id }) => id)).map((bits, i) => bits & ~mask[i])
  if (told[HELD.id]) { // papers that were named as circumstances do not answer the first question
    put(HELD, told[HELD.id])
    put(HELD, rest([]), open)
  }
  settle()
  let named = 0 // how many of the held papers are in `raw` so far
  const hold = (count: number, all = false) => {
    named = count
    const mask = maskOf(HELD, held!.named.slice(0, count))
    put(HELD, mask.map((bits, i) => bits | (told[HELD.id] || [])[i]))
    put(HELD, all ? mask.map(() => 0) : rest(mask), open)
    settle()
  }
  for (;;) {
    const asked = next(engine, raw, open), of = asked?.input
    if (of == HELD) {
      const isMore = held && named < held.named.length
      if (!isMore && !held?.all) return { raw, path, next: asked, elsewhere }
      // "Nothing else" counts only from the question that was answered so. Before it, further papers are possible, and with them
      // the rules may ask what they would not ask otherwise.
      hold(isMore ? named + 1 : named, !isMore)
      if (!path.includes(HELD)) path.push(HELD)
    } else if (of && given[of.id]) {
      put(of, given[of.id])
      path.push(of)
      refused ||= !!of.own && !!other
      settle()
    } else if (!of && held && named < held.named.length) hold(held.named.length) // papers for which the rules did not ask count too
    else return { raw, path, next: asked, elsewhere }
  }
}

/**
 * Whether answers are those of somebody who is insured elsewhere. Only answers that count are in `raw`: not those that were taken back
 * or became superfluous. `refused` says that the visitor has answered that the insurer is not the site's. internal/table/elsewhere.go has
 * the same rule in Go.
 */
function isElsewhere(raw: Int32Array, refused: boolean): boolean {
  const { inputs, elsewhere = [] } = data, as = raw.slice()
  for (const of of inputs) if (of.own && as[of.slot] == MISSING) as[of.slot] = rawOf(of, of.own)
  return refused || inputs.some(of => of.own && as[of.slot] != rawOf(of, of.own)) || elsewhere.some(all => all.every(one => anyOf(as, [one])))
}

/** Whether a sensitive circumstance applies. Only the neutral line can record these (secretLine in steps.ts). */
export const isSecret = (answers: Answers) => data.roles.secret.some(({ input: id, values }) => values.some(value => holds(input(id), answers.told[id], value)))

/**
 * A copy of the answers with a new answer to a question. `other` says that the visitor has answered that the insurer is not the
 * site's.
 */
export const giving = (answers: Answers, { id, own }: Input, values: number[], unsure: boolean, other = false): Answers => ({
  ...answers, given: { ...answers.given, [id]: values }, unsure: answers.unsure.filter(other => other != id).concat(unsure ? id : []), linked: false,
  other: own ? other : answers.other,
})

/** A copy of the answers with different papers held. */
export const holding = (answers: Answers, held: Held, unsure = false): Answers => ({
  ...answers, held, unsure: answers.unsure.filter(id => id != HELD.id).concat(unsure ? HELD.id : []), linked: false,
})

/** A copy of the answers with these circumstances of an input. If `values` is undefined, they are removed. */
export function telling(answers: Answers, { id }: Input, values: number[] | undefined): Answers {
  const told = { ...answers.told }
  if (values) told[id] = values
  else delete told[id]
  return { ...answers, told, unsure: answers.unsure.filter(other => other != id), linked: false }
}

/** Whether a value must never be in a link or an address. */
export const isPrivate = (of: Input, id: string) => !!valueIn(of, id)?.private

/**
 * The answers after a choice on a different page. `paper` is the id of a paper, "" for no paper, or "?" for "I don't know". The
 * result is undefined if the paper is unknown or may not be in a link.
 */
export const chosen = (paper: string): Answers | undefined => {
  if (!paper || paper == '?') return holding(nothing(), { named: [], all: true }, !!paper)
  return valueIn(HELD, paper) && !isPrivate(HELD, paper) ? holding(nothing(), { named: [paper], all: false }) : undefined
}
