// The interview: what was answered, and what follows from it. Everything here is computed anew from the answers, so
// that going back, changing one, and coming back later are the same thing.

import { type Choices, type Input, HELD, VISIT, data, input, slotCount, slotOf, slotsOf } from './data'
import { today } from './days'
import { type Engine, MISSING } from './engine'

/** What somebody answered: raw values of the rules, by input. They live in memory and nowhere else. */
export interface Answers {
  given: Record<string, number[]> // to questions
  told: Record<string, number[]> // circumstances and the like, which nobody asked for
  unsure: string[] // "I don't know" where the rules have no value for it; and dates of which only the month is known
  former?: boolean // whether the papers held come from a former insurer
  linked?: boolean // they come from a link
}

export const nothing = (): Answers => ({ given: {}, told: {}, unsure: [] })

/** Where the answers lead. */
export interface Way {
  raw: Int32Array
  path: (Input | 'paper')[] // the questions answered, in order
  next?: Input | 'paper' // the question that comes next; none where the answer is known
}

const bit = (index: number) => 1 << index % 31

const indexOf = ({ values }: Input, id: string) => values.findIndex(value => value.id == id)

/** Whether a value of a set is among raw values of that set. */
export function holds(input: Input, raw: ArrayLike<number> | undefined, value: string): boolean {
  const index = indexOf(input, value)
  return !!raw && index >= 0 && (raw[Math.floor(index / 31)] & bit(index)) != 0
}

/** A set of values as raw values. */
export function maskOf(input: Input, values: string[]): number[] {
  const slots = Array(slotsOf(input)).fill(0)
  for (const index of values.map(value => indexOf(input, value))) slots[Math.floor(index / 31)] |= bit(index)
  return slots
}

/** The values of a set, as its raw values name them. */
export const valuesOf = (input: Input, raw: ArrayLike<number> | undefined) => input.values.map(({ id }) => id).filter(id => holds(input, raw, id))

/** A value of a choice, or a value of a date or number that is none, as a raw value. */
export const rawOf = (input: Input, value: string) => indexOf(input, value) + (input.kind == 'choice' ? 0 : MISSING + 1)

/** The value that a raw value of a choice, date or number names; nothing for a day or a number. */
export const valueOf = (input: Input, raw: number): string | undefined => input.values[input.kind == 'choice' ? raw : raw - MISSING - 1]?.id

/** The raw values of an input among all. */
export const rawIn = (raw: Int32Array, input: Input) => raw.subarray(slotOf(input), slotOf(input) + slotsOf(input))

/** Whether raw values have one of some values. */
export const answered = (raw: Int32Array, { input: id, values }: Choices) => {
  const of = input(id), own = rawIn(raw, of)
  return of.kind == 'set' ? values.some(value => holds(of, own, value)) : values.includes(valueOf(of, own[0])!)
}

/** Asks the rules for the next question, again and again, as long as there is an answer to it. */
export function follow(engine: Engine, answers: Answers): Way {
  const raw = new Int32Array(slotCount).fill(MISSING), path: Way['path'] = []
  const put = (input: Input, values: number[]) => raw.set(values, slotOf(input))
  for (const of of data.inputs) if (of.site) put(of, [rawOf(of, of.site)])
  put(VISIT, [today()])
  for (const id in answers.told) if (input(id) != HELD) put(input(id), answers.told[id])
  for (;;) {
    const next = engine.next(raw), given = next && answers.given[next.id]
    if (!next || !given) return { raw, path, next }
    put(next, next == HELD ? given.map((bits, i) => bits | ((answers.told[next.id] || [])[i] || 0)) : given)
    path.push(next)
    if (next.id == data.leaving.input && answered(raw, data.leaving)) {
      const papers = Object.keys(data.former).filter(paper => holds(HELD, rawIn(raw, HELD), paper))
      if (!papers.length) continue
      if (answers.former === undefined) return { raw, path, next: 'paper' }
      path.push('paper')
      if (answers.former) {
        const kept = valuesOf(HELD, rawIn(raw, HELD)).filter(paper => !papers.includes(paper))
        put(HELD, maskOf(HELD, kept.concat(papers.map(paper => data.former[paper]))))
      }
    }
  }
}

/** Whether something is told that only the neutral line leads to. */
export const isSecret = (answers: Answers) => data.roles.secret.some(({ input: id, values }) => values.some(value => holds(input(id), answers.told[id], value)))

/** The answers with a value given to a question. */
export const giving = (answers: Answers, input: Input, values: number[], unsure: boolean): Answers => ({
  ...answers,
  given: { ...answers.given, [input.id]: values },
  unsure: answers.unsure.filter(id => id != input.id).concat(unsure ? input.id : []),
  former: input == HELD || input.id == data.leaving.input ? undefined : answers.former,
  linked: false,
})

/** The answers with something told that was not asked. */
export const telling = (answers: Answers, input: Input, values: number[] | undefined): Answers => {
  const told = { ...answers.told }
  if (values) told[input.id] = values
  else delete told[input.id]
  return { ...answers, told, linked: false, unsure: answers.unsure.filter(id => id != input.id) }
}
