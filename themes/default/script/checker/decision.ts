// Decisions and questions of the rules, in which the data of the page replaces the numbers of the rules.

import { type Html, type Id, trusted } from '../parts/html'
import { type Document, type Input, type Named, type Note, type Outcome, HELD, data, numbered, valueIn } from './data'
import { type Engine, type Answer as Found, MISSING } from './engine'

/** A document with its words. */
export type Paper = Named<Document> & { name: Html }

/** A decision, as the page needs it. */
export interface Answer {
  found: Found
  outcome: Named<Outcome>
  sure: boolean // the visitor holds the first alternative, and it is accepted
  bring: Paper[][] // the alternatives, best first
  also: Paper[]
  notAlone: Paper[]
  tell: Named<Note>[]
  until?: number // the last day on which the whole decision is still the same
}

/** A question that can still change the answer. */
export interface Asked {
  input: Input
  again: boolean // asks for more values of a set that already has some
  matters: Id[] // the ids of the values that can still change the answer
}

/** The decision for raw answers. It is undefined if one of them is refused, or if the data lacks a part of the decision. */
export function decide(engine: Engine, raw: Int32Array): Answer | undefined {
  const found = engine.decide(raw)
  if (!found) return
  const papers = Object.entries(data.documents).map(([id, own]): Paper => ({ ...valueIn(HELD, id), ...own, id: trusted(id) })).sort((a, b) => a.number - b.number)
  const papersIn = (bits: number) => papers.filter(({ number }) => bits >> number & 1)
  const outcome = numbered(data.outcomes, found.outcome), tell = found.tell.map(note => numbered(data.notes, note))
  const known = papers.reduce((bits, { number }) => bits | 1 << number, 0)
  if (!outcome || !tell.every(note => !!note) || [...found.bring, found.also, found.notAlone].some(bits => bits & ~known)) return
  return {
    found, outcome, tell, sure: found.enough > 1, bring: found.bring.map(papersIn), also: papersIn(found.also), notAlone: papersIn(found.notAlone),
    until: found.until == MISSING ? undefined : found.until,
  }
}

/**
 * The next question, or undefined if no question can change the answer. `open` has the open values of sets that were answered
 * in part.
 */
export function next(engine: Engine, raw: Int32Array, open: Int32Array): Asked | undefined {
  const found = engine.next(raw, open)
  if (!found) return undefined
  const input = data.inputs[found.input]
  return { input, again: found.again, matters: input.values.filter((_, i) => found.values[Math.floor(i / 31)] >> i % 31 & 1).map(({ id }) => id) }
}
