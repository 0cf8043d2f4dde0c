// A link that restores answers. It is written only when the visitor asks for it. It contains the ids of answers, which never
// change their meaning. Values that may not be in a link are neither written nor read.

import { type Answers, holding, isPrivate, maskOf, nothing, rawOf, valueOf, valuesOf } from '../checker/answers'
import { type Input, HELD, VISIT, attribute, data, input, valueIn, word } from '../checker/data'
import { isoOf, today } from '../checker/days'
import { button, put } from '../checker/pieces'
import { FIRST, LAST, OLDEST } from '../checker/reading'
import { type Html, escaped, html } from '../parts/html'
import { DAY } from '../parts/tokyo'

/** The raw values of an input as texts: ids, a day or a number. */
function idsOf(of: Input, raw: number[]): string[] {
  if (of.kind == 'set') return valuesOf(of, raw)
  return [valueOf(of, raw[0]) ?? (of.kind == 'date' ? isoOf(raw[0]) : String(raw[0]))]
}

/** The part of a link which says that the insurer is not the site's. */
const OTHER = '!'

/** The fragment of a link, and whether an answer had to be left out (`left`). */
function encode(answers: Answers): { text: string; left: boolean } {
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
  return { text: ['answers', ...holds, ...texts, ...(answers.other ? [OTHER] : []), ...(answers.unsure.length ? ['?' + answers.unsure.join('.')] : [])].join('&'), left }
}

/** The address that restores the answers, and whether an answer had to be left out (`left`). */
export function linkOf(answers: Answers): { address: string; left: boolean } {
  const { text, left } = encode(answers)
  return { address: new URL(`../${data.language}/check.html#${text}`, location.href).href, left }
}

/** The link as HTML, with a warning about what it reveals and a button to copy it. */
export function share(answers: Answers): Html {
  const { address, left } = linkOf(answers)
  return html`<p class="warn" tabindex="-1">${word('share_warning')}${left ? html` ${word('share_left_out')}` : ''}</p><input readonly autocomplete="off" aria-label="${
    attribute(word('share_link'))}" value="${escaped(address)}">${button('copy', word('share_copy'))}<p role="status"></p>`
}

/** Copies the link and shows that it was copied. */
export function copy(shared: Element) {
  shared.querySelector('input')!.select()
  if (document.execCommand('copy')) put(shared.querySelector('[role=status]')!, word('share_copied'))
}

/** Converts ids, a day or a number to raw values. The result is undefined if a link of this page cannot contain this answer. */
function rawsOf(of: Input, ids: string[]): number[] | undefined {
  if (of.site || ids.some(id => isPrivate(of, id))) return undefined
  if (of.kind == 'set') return ids.every(id => valueIn(of, id)) ? maskOf(of, ids) : undefined
  const [id] = ids
  if (valueIn(of, id)) return [rawOf(of, id)]
  const number = of.kind == 'date' ? Date.parse(id) / DAY : /^\d{1,3}$/.test(id) ? +id : NaN
  const fits = of.kind == 'date' ? /^\d{4}-\d\d-\d\d$/.test(id) && number >= FIRST && number <= LAST : of.kind == 'number' && number <= OLDEST
  return fits ? [number] : undefined
}

/** Reads the text after "#answers&" in the fragment of a link. The result is undefined if this page cannot have written it. */
export function decode(text: string): Answers | undefined {
  const answers: Answers = { ...nothing(), linked: true }
  for (const part of text.split('&')) {
    const [, mark, id, value] = /^([+~]?)([\w]+)=([\w.-]*)$/.exec(part) || [], of = input(id), ids = value ? value.split('.') : []
    const unsure = /^\?([\w.]+)$/.exec(part)
    if (part == OTHER) answers.other = true
    else if (unsure) answers.unsure = unsure[1].split('.').filter(id => input(id))
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
