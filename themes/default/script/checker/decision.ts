// What the rules decide and ask, by the ids of the data.

import { type Input, data } from './data'
import { type Engine, MISSING } from './engine'

/** A decision. */
export interface Answer {
  outcome: string
  row: number
  enough: 'no' | 'unsure' | 'yes' // whether the first alternative is in hand and accepted
  bring: string[][] // best first
  also: string[]
  notAlone: string[]
  tell: string[]
  until?: number // the last day for which all this holds
}

/** A question that can still change the answer. */
export interface Asked {
  input: Input
  again: boolean // for more of a set of which something was answered already
  matters: string[] // the values that can still change anything
}

const ENOUGH = ['no', 'unsure', 'yes'] as const

const documentsIn = (bits: number) => data.documents.filter((_, i) => bits >> i & 1).map(({ id }) => id)

/** The decision for raw answers, or nothing where one is refused. */
export function decide(engine: Engine, raw: Int32Array): Answer | undefined {
  const found = engine.decide(raw)
  return found && {
    outcome: data.outcomes[found.outcome].id, row: found.row, enough: ENOUGH[found.enough], bring: found.bring.map(documentsIn), also: documentsIn(found.also),
    notAlone: documentsIn(found.notAlone), tell: found.tell.map(note => data.notes[note].id), until: found.until == MISSING ? undefined : found.until,
  }
}

/** The next question, if there is one. `open` says which values of a set that was answered in part are still open. */
export function next(engine: Engine, raw: Int32Array, open: Int32Array): Asked | undefined {
  const found = engine.next(raw, open)
  if (!found) return undefined
  const input = data.inputs[found.input]
  return { input, again: found.again, matters: input.values.filter((_, i) => found.values[Math.floor(i / 31)] >> i % 31 & 1).map(({ id }) => id) }
}
