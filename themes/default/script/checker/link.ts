// A link that restores answers, made only when somebody asks for it. They stand in it by their ids, which never change
// their meaning. Values that must never stand in a link are left out, and are not read out of one either.

import { type Answers, holding, maskOf, nothing, rawOf, valueOf, valuesOf } from './answers'
import { type Input, HELD, VISIT, data, input, valueIn } from './data'
import { isoOf, today } from './days'
import { FIRST, LAST } from './reading'

/** The greatest age that can be typed. */
export const OLDEST = 130

const isPrivate = (of: Input, id: string) => !!valueIn(of, id)?.private

/** Raw values of an input as ids, a day or a number. */
function idsOf(of: Input, raw: number[]): string[] {
  if (of.kind == 'set') return valuesOf(of, raw)
  return [valueOf(of, raw[0]) ?? (of.kind == 'date' ? isoOf(raw[0]) : String(raw[0]))]
}

/** The part of a link behind "#", and whether an answer was left out of it. */
export function encode(answers: Answers): { text: string; left: boolean } {
  let left = false
  const write = (mark: string, of: Input, ids: string[]) => {
    const open = ids.filter(id => !isPrivate(of, id))
    left = left || open.length < ids.length
    return open.length || of.kind == 'set' ? [`${mark}${of.id}=${open.join('.')}`] : []
  }
  const told = { ...answers.told, [VISIT.id]: answers.told[VISIT.id] || [today()] }, { held } = answers
  const texts = data.inputs.flatMap(of => [
    ...(answers.given[of.id] ? write('', of, idsOf(of, answers.given[of.id])) : []), ...(told[of.id] ? write('+', of, idsOf(of, told[of.id])) : []),
  ])
  const holds = held ? write(held.all ? '' : '~', HELD, held.named) : []
  return { text: ['answers', ...holds, ...texts, ...(answers.unsure.length ? ['?' + answers.unsure.join('.')] : [])].join('&'), left }
}

/** Reads a value; nothing where nobody can have answered it. */
function rawsOf(of: Input, ids: string[]): number[] | undefined {
  if (of.site || ids.some(id => isPrivate(of, id))) return undefined
  if (of.kind == 'set') return ids.every(id => valueIn(of, id)) ? maskOf(of, ids) : undefined
  const [id] = ids
  if (valueIn(of, id)) return [rawOf(of, id)]
  const number = of.kind == 'date' ? Date.parse(id) / 864e5 : /^\d{1,3}$/.test(id) ? +id : NaN
  const fits = of.kind == 'date' ? /^\d{4}-\d\d-\d\d$/.test(id) && number >= FIRST && number <= LAST : of.kind == 'number' && number <= OLDEST
  return fits ? [number] : undefined
}

/** Reads such a text; nothing where this page cannot have made it. */
export function decode(text: string): Answers | undefined {
  const answers: Answers = { ...nothing(), linked: true }
  for (const part of text.split('&').slice(1)) {
    const [, mark, id, value] = /^([+~]?)([\w]+)=([\w.-]*)$/.exec(part) || [], of = input(id), ids = value ? value.split('.') : []
    const unsure = /^\?([\w.]+)$/.exec(part)
    if (unsure) answers.unsure = unsure[1].split('.').filter(id => input(id))
    else if (!of) return undefined
    else {
      const raw = rawsOf(of, ids)
      if (!raw) return undefined
      if (of == HELD && mark != '+') answers.held = { named: ids, all: !mark }
      else answers[mark ? 'told' : 'given'][id] = raw
    }
  }
  return answers.told[VISIT.id] ? answers : undefined
}

/** The answers of whoever chose one paper on another page, that they have none (""), or that they don't know ("?"). Nothing where it may not travel. */
export const chosen = (paper: string): Answers | undefined => {
  if (!paper || paper == '?') return holding(nothing(), { named: [], all: true }, !!paper)
  return valueIn(HELD, paper) && !isPrivate(HELD, paper) ? holding(nothing(), { named: [paper], all: false }) : undefined
}
