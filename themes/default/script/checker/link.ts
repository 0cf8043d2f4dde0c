// Reads a link that restores answers (tools/share.ts makes it). They stand in it by their ids, which never change their
// meaning. Values that must never stand in a link are not read out of one either.

import { type Answers, holding, maskOf, nothing, rawOf } from './answers'
import { type Input, HELD, VISIT, data, input, valueIn } from './data'
import { FIRST, LAST } from './reading'

/** The greatest age that can be typed. */
export const OLDEST = 130

export const isPrivate = (of: Input, id: string) => !!valueIn(of, id)?.private

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
