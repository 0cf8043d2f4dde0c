// Finds the answers that would make the papers enough. internal/table/remedies.go has the same algorithm in Go.

import { anyOf, indexOf, maskOf, rawOf } from './answers'
import type { Html } from '../parts/html'
import { type Remedy, VISIT, data, input, slotCount } from './data'
import type { Engine } from './engine'

type Given = Remedy['answers']

/** A remedy that helps: what the page says, and the answers that make the difference. */
interface Helping {
  say: Html
  given: Given
}

/**
 * The highest level of `enough` that a remedy for this visitor can lead to, and the remedies that lead to it (`found`).
 * If no remedy leads to a higher level than the present one, the level is the present one and `found` is empty.
 */
export function remedied(engine: Engine, raw: Int32Array): { enough: number; found: Helping[] } {
  let enough = engine.decide(raw)!.enough, found: Helping[] = []
  for (const { say, answers, for: whose, notFor } of data.remedies) {
    if (whose && !anyOf(raw, whose) || notFor && anyOf(raw, notFor)) continue
    let all = raw.slice()
    let given = answers.filter(one => give(all, one))
    const then = engine.decide(all)!
    if (then.enough < enough || then.enough == enough && !found.length) continue
    for (const one of [...given].reverse()) { // drops each answer that is not needed: without it, outcome and level are the same, and no question remains
      const less = all.slice(), slot = slotFor(one), open = new Int32Array(slotCount)
      less[slot] = raw[slot]
      const other = engine.decide(less)!
      if (other.enough != then.enough || other.outcome != then.outcome || engine.next(less, open)) continue
      all = less
      given = given.filter(kept => kept != one)
    }
    if (then.enough > enough) found = []
    enough = then.enough
    found.push({ say, given })
  }
  return { enough, found }
}

/** Whether the data has the words of all remedies that the result shows. Some of them come with Rest (data.ts). */
export const hasWords = (engine: Engine, raw: Int32Array) => remedied(engine, raw).found.every(({ say }) => say !== undefined)

const slotFor = ({ input: id, value }: Given[0]) => input(id).slot + (input(id).kind == 'set' ? Math.floor(indexOf(input(id), value!) / 31) : 0)

/** Sets an answer in `raw`, and reports whether that changed anything. */
function give(raw: Int32Array, one: Given[0]): boolean {
  const of = input(one.input), slot = slotFor(one), before = raw[slot]
  if (of.kind == 'date') raw[slot] = Math.max(before, raw[VISIT.slot])
  else if (of.kind == 'choice') raw[slot] = rawOf(of, one.value!)
  else raw[slot] = Math.max(before, 0) | maskOf(of, [one.value!])[slot - of.slot]
  return raw[slot] != before
}
