// The pages of the interview as HTML. Every text is the site's own; nothing a person typed is ever written back.

import { W } from './words'
import { AGE, CARD_EXPIRY, DATE, ECERT, HAVE, NEEDS, NUMBER, PLACE, SET, VISIT, data, inputs, rich, word } from './data'
import { inBoth, inEra, inWords, monthInEra, monthInWords, today } from './days'
import { PAPER, type State, type Way, has, special, unknownRaw } from './state'

const hint = (text: string | undefined) => (text ? `<span class="hint">${rich(text)}</span>` : '')

export const button = (action: string, text: string, kind = '', more = '') => `<button type="button" data-do="${action}" class="${kind}"${more}>${text}</button>`

/** The day of the visit, which can be changed everywhere. */
export function chip(state: State): string {
  const own = state.own.includes(VISIT), now = today(), day = own ? state.given[VISIT][0] : now
  const odd = now < data.day - 1 || now > data.day + 1830
  return `<p class="chip"><span>${word(W.visit_date)}: <strong>${day == now ? word(W.today) + ' ' : ''}${rich(inBoth(day))}</strong></span> ${button('visit', word(W.visit_change))}</p>` +
    (odd && !own ? `<p class="warn">${word(W.clock_wrong, { date: inWords(now) })}</p>` : '') + (day < now ? `<p class="warn">${word(W.visit_past)}</p>` : '')
}

/** One question. */
export function question(step: number, state: State, way: Way): string {
  const position = way.path.indexOf(step)
  const [title, help] = step == PAPER ? [data.page[W.paper_from_new], ''] : inputs[step].w!
  const asked = position < 0 && step != way.next ? '' : `<p class="progress">${word(W.progress, { n: String((position < 0 ? way.path.length : position) + 1) })}</p>`
  return `<p class="back">${button('back', word(W.back))}</p>${step == VISIT ? '' : chip(state)}<div id="error"></div>` +
    `<form novalidate><fieldset${help ? ' aria-describedby="help"' : ''}><legend>${asked}<h1 tabindex="-1">${rich(title)}</h1></legend>` +
    (help ? `<p id="help" class="help-text">${rich(help)}</p>` : '') + fields(step, state) + `</fieldset></form>` +
    (step == HAVE ? `<p class="quiet">${button('sensitive', word(W.sensitive_use), 'plain')}</p>` : '')
}

function fields(step: number, state: State): string {
  if (step == PAPER) return list([choice(0, word(W.paper_from_new_yes), '', state.former === false), choice(1, word(W.paper_from_new_no), '', state.former === true)])
  const { k, v, h, w } = inputs[step], given = state.given[step]
  const unsure = button('unknown', rich(w![3]), 'answer unsure', given && (state.unsure.includes(step) || given[0] === unknownRaw(step)) ? ' aria-pressed="true"' : '')
  if (k == SET) return step == NEEDS ? needs(state) : papers(state) + list([button('none', word(W.have_none), 'answer unsure'), unsure])
  if (k == DATE) return date(step, state) + list([...specials(step, given), step == VISIT ? '' : unsure])
  if (k == NUMBER) return `<div class="date"><label for="f0">${rich(w![2])}</label><input id="f0" inputmode="numeric" autocomplete="off" maxlength="4" value="${given && given[0] >= 0 ? given[0] : ''}"></div>${button('typed', word(W.next), 'go')}` + list([unsure])
  return list([...order(step).map(i => choice(i, rich(v![i]), h && h[i], given && given[0] == i)), unsure])
}

const list = (items: string[]) => `<ul class="answers">${items.filter(Boolean).map(item => `<li>${item}</li>`).join('')}</ul>`

const choice = (value: number, name: string, look: string | undefined, chosen: boolean | undefined) =>
  button('choose', `<span>${name}</span>${hint(look)}`, 'answer', ` value="${value}"${chosen ? ' aria-pressed="true"' : ''}`)

const order = (step: number) => inputs[step].v!.map((_, i) => i).filter(i => i !== inputs[step].u)

function box(step: number, value: number, state: State): string {
  const { v, h } = inputs[step], given = state.given[step]
  return `<label class="box"><input type="checkbox" value="${value}"${given && has(given, 0, value) ? ' checked' : ''}><span><span>${rich(v![value])}</span>${hint(h && h[value])}</span></label>`
}

function papers(state: State): string {
  const others = order(HAVE).filter(i => !data.first.includes(i)), given = state.given[HAVE]
  const open = given && others.some(i => has(given, 0, i))
  return `<div class="boxes">${data.first.map(i => box(HAVE, i, state)).join('')}<details${open ? ' open' : ''}><summary>${word(W.more_choices)}</summary>` +
    `${others.map(i => box(HAVE, i, state)).join('')}</details></div>${button('checked', word(W.next), 'go')}`
}

function needs(state: State): string {
  const groups = inputs[NEEDS].g!.map(([title, values]) => `<fieldset class="boxes"><legend>${rich(title)}</legend>${values.map(i => box(NEEDS, i, state)).join('')}</fieldset>`)
  return groups.join('') + button('checked', word(W.next), 'go') + list([button('none', word(W.none_apply), 'answer unsure')])
}

const specials = (step: number, given: number[] | undefined) =>
  order(step === VISIT ? AGE : step).filter(i => step != VISIT && inputs[step].v![i]).map(i => choice(i, rich(inputs[step].v![i]), '', given && given[0] == special(i)))
    .concat(step == VISIT ? [button('today', word(W.today) + ' ' + rich(inBoth(today())), 'answer')] : [])

/** Three fields, or one text: neither needs the other. */
function date(step: number, state: State): string {
  const given = state.given[step], known = given && given[0] > 0 ? new Date(given[0] * 864e5) : undefined
  const values = known ? [known.getUTCFullYear(), known.getUTCMonth() + 1, state.unsure.includes(step) ? '' : known.getUTCDate()] : ['', '', '']
  const field = (i: number, name: W, mode: string, length: number) =>
    `<div><label for="f${i}">${word(name)}</label><input id="f${i}" inputmode="${mode}" autocomplete="off" maxlength="${length}" aria-describedby="era" value="${values[i]}"></div>`
  return `<div class="date">${field(0, W.date_year, 'text', 20)}${field(1, W.date_month, 'numeric', 9)}${field(2, W.date_day, 'numeric', 4)}</div>` +
    `<details class="as-written"><summary>${word(W.date_text)}</summary><label for="f3">${word(W.date_text)}</label><input id="f3" autocomplete="off" maxlength="40" aria-describedby="era"></details>` +
    `<p class="hint" id="era">${word(W.era_hint)}${step == ECERT || step == CARD_EXPIRY ? ' ' + word(W.date_month_enough) : ''}</p>` + button('typed', word(W.next), 'go')
}

/** What was understood, before it is used. */
export function echo(day: number, month: boolean): string {
  const text = month ? word(W.date_echo_month, { month: monthInWords(day), era: monthInEra(day) }) : word(W.date_echo, { date: inWords(day), era: inEra(day) })
  return `<h1 tabindex="-1">${text}</h1>` + list([button('use', word(W.date_use), 'answer'), button('fix', word(W.date_fix), 'answer')])
}

/** The questions nobody needs to be asked, but which can add to an answer. */
export const offered = (way: Way, phone: number, insurer: number) =>
  [PLACE, insurer, ...(has(way.raw, HAVE, data.first[4]) ? [phone] : []), AGE, NEEDS].filter(input => !way.path.includes(input))
