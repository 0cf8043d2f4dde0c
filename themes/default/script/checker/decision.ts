// Decisions and questions of the rules, in which the data of the page replaces the numbers of the rules.

import { type Document, type Input, type Note, type Outcome, data, documents } from './data'
import { type Engine, type Answer as Found, MISSING } from './engine'

/** A decision, as the page needs it. */
export interface Answer {
  found: Found
  outcome: Outcome
  sure: boolean // the visitor holds the first alternative, and it is accepted
  bring: Document[][] // the alternatives, best first
  also: Document[]
  notAlone: Document[]
  tell: Note[]
  until?: number // the last day on which the whole decision is still the same
}

/** A question that can still change the answer. */
export interface Asked {
  input: Input
  again: boolean // asks for more values of a set that already has some
  matters: string[] // the ids of the values that can still change the answer
}

const documentsIn = (bits: number) => documents.filter((_, i) => bits >> i & 1)

/** The decision for raw answers, or undefined if one of them is refused. */
export function decide(engine: Engine, raw: Int32Array): Answer | undefined {
  const found = engine.decide(raw)
  return found && {
    found, outcome: data.outcomes[found.outcome]!, sure: found.enough > 1, bring: found.bring.map(documentsIn), also: documentsIn(found.also),
    notAlone: documentsIn(found.notAlone), tell: found.tell.map(note => data.notes[note]), until: found.until == MISSING ? undefined : found.until,
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
