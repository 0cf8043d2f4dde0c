// The interview: what was answered, and what follows from it. Everything here is computed anew from the answers, so
// that going back, changing one, and coming back later are the same thing.

import { CHANGE, CHOICE, HAVE, VISIT, data, inputs, slotCount, slotOf } from './data'
import { type Engine, MISSING } from './engine'
import { today } from './days'

/** Steps that are no input. */
export const START = -3, PAPER = -2, RESULT = -1

/** Everything the page remembers, in memory and in the entry of the history. It never leaves the device. */
export interface State {
  given: { [input: number]: number[] } // raw answers
  own: number[] // inputs that count although nobody asked for them
  unsure: number[] // "I don't know", where the rules have no value for it; and dates of which only the month is known
  former?: boolean // whether the papers held come from a former insurer
  step: number
  depth: number // how many entries of the history are ours
}

export const empty = (): State => ({ given: {}, own: [], unsure: [], step: START, depth: 0 })

/** Where the answers lead. */
export interface Way {
  raw: Int32Array
  path: number[] // the questions answered, in order
  next: number // a step
}

export const has = (raw: ArrayLike<number>, input: number, value: number) => (raw[slotOf[input] + Math.floor(value / 31)] >> value % 31 & 1) == 1

/** The raw value of a date's or number's value that is none. */
export const special = (value: number) => MISSING + 1 + value

/** The raw value of "I don't know"; nothing where the rules have none. */
export function unknownRaw(input: number): number | undefined {
  const { k, u } = inputs[input]
  return u === undefined ? undefined : k == CHOICE ? u : special(u)
}

/** Asks the rules for the next question, again and again, as long as there is an answer to it. */
export function follow(engine: Engine, state: State): Way {
  const raw = new Int32Array(slotCount).fill(MISSING)
  if (data.policy) raw.set(data.policy.slice(1), data.policy[0])
  const put = (input: number) => raw.set(state.given[input], slotOf[input])
  raw[slotOf[VISIT]] = today()
  for (const input of state.own) if (state.given[input]) put(input)
  const path: number[] = []
  for (;;) {
    const question = engine.next(raw, new Int32Array(slotCount)), next = question ? question.input : -1
    if (next < 0 || !state.given[next]) return { raw, path, next }
    put(next)
    path.push(next)
    if (next == CHANGE && inputs[CHANGE].l!.includes(raw[slotOf[CHANGE]]) && data.former.some(([paper]) => has(raw, HAVE, paper))) {
      if (state.former === undefined) return { raw, path, next: PAPER }
      path.push(PAPER)
      if (state.former)
        for (const [paper, other] of data.former)
          if (has(raw, HAVE, paper)) raw[slotOf[HAVE]] = raw[slotOf[HAVE]] & ~(1 << paper) | 1 << other
    }
  }
}
