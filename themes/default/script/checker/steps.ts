// The screens of the interview as HTML.

import { type Answers, type Way, holds, rawOf, valueOf } from './answers'
import { type Group, type Input, HELD, VISIT, data, input, valueIn, word } from './data'
import { inBoth, inEra, inWords, monthInEra, monthInWords, parts, today } from './days'
import { box, button, choice, list } from './html'
import type { Moment } from './memory'
import type { Written } from './reading'

/** How far the clock of a device may be from the day on which the site was built: a day before, or about as long as papers last. */
const EARLY = 1, LATE = 1830

/** The day of the visit, which can be changed on the first step and at the answer. */
export function chip(answers: Answers, built: number): string {
  const now = today(), told = answers.told[VISIT.id], day = told ? told[0] : now
  const odd = now < built - EARLY || now > built + LATE
  return `<p class="chip"><span>${word('visit_day')}: <strong>${day == now ? word('today') + ' ' : ''}${inBoth(day)}</strong></span> ${button('visit', word('visit_change'))}</p>` +
    (odd && !told ? `<p class="warn">${word('clock_wrong', { date: inWords(now) })}</p>` : '') + (day < now ? `<p class="warn">${word('visit_past')}</p>` : '')
}

/** What stands around the answers to a question. */
interface Frame {
  title: string
  help?: string
  body: string
}

const screen = (step: string, { title, help, body }: Frame, above = '', below = '') =>
  `<p class="back">${button('back', word('back'))}</p><div id="error"></div><form novalidate autocomplete="off" data-step="${step}"><fieldset${help ? ' aria-describedby="help"' : ''}>` +
  `<legend>${above}<h1 tabindex="-1">${title}</h1></legend>${help ? `<p id="help" class="help-text">${help}</p>` : ''}${body}</fieldset></form>${below}`

/** One question. */
export function question(moment: Moment, way: Way, built: number): string {
  const { answers } = moment
  if (moment.input == 'paper') return screen('paper', paper(answers), progress(way, 'paper'))
  const asked = input(moment.input!), first = asked == HELD
  const below = (first ? chip(answers, built) : '') +
    (asked == VISIT ? '' : `<p class="quiet">${button('circumstances', word('circumstances'), 'plain')}</p>`) + (first ? secretLine() : '')
  return screen(asked.id, fields(asked, moment), progress(way, asked) + (first ? `<p class="for-whom">${word('for_whom')}</p>` : ''), below)
}

const secretLine = () => `<p class="quiet">${button('sensitive', word('sensitive_use'), 'plain')}</p>`

function progress(way: Way, asked: Input | 'paper'): string {
  const place = way.path.indexOf(asked)
  if (place < 0 && asked != way.next) return ''
  return `<p class="progress">${word('progress', { n: String((place < 0 ? way.path.length : place) + 1) })}</p>`
}

const paper = ({ former }: Answers): Frame => ({
  title: word('paper_from_new'),
  body: list([choice('new', word('paper_from_new_yes'), '', former === false, 'paper'), choice('former', word('paper_from_new_no'), '', former === true, 'paper')], 'answers'),
})

function fields(asked: Input, moment: Moment): Frame {
  const { title, hint: help, dontKnow, short } = asked, { answers, part } = moment, given = answers.given[asked.id] || answers.told[asked.id]
  const isUnknown = !!given && (answers.unsure.includes(asked.id) && !(asked.kind == 'date' && given[0] > 0) || asked.unknown !== undefined && given[0] === rawOf(asked, asked.unknown))
  const unsure = button('unknown', dontKnow, 'answer unsure', isUnknown ? ' aria-pressed="true"' : '')
  const frame = (body: string): Frame => ({ title: title!, help, body })
  switch (asked.kind) {
    case 'set': return frame(papers(given) + list([button('none', word('have_none'), 'answer unsure'), unsure], 'answers'))
    case 'date': return frame(date(asked, answers, unsure))
    case 'number': return frame(`<div class="date"><div><label for="f0">${short}</label>${field(0, 'numeric', 4, given && given[0] >= 0 ? String(given[0]) : '')}</div></div>${button('typed', word('next'), 'go')}${list([unsure], 'answers')}`)
    default: return choices(asked, part, given && valueOf(asked, given[0]), unsure, frame)
  }
}

/** The values that are offered: what is a circumstance is told, not asked, and some are told apart by a further question. */
function offered(asked: Input): string[] {
  const of = (list: { input: string; values: string[] }[]) => list.filter(({ input }) => input == asked.id).flatMap(({ values }) => values)
  const elsewhere = [...data.circumstances.flatMap(({ choices }) => of(choices)), ...of(data.roles.secret), ...(asked.further || []).map(({ value }) => value), asked.unknown]
  return asked.values.map(({ id }) => id).filter(id => !elsewhere.includes(id))
}

function choices(asked: Input, part: string | undefined, given: string | undefined, unsure: string, frame: (body: string) => Frame): Frame {
  const { more, own, groups = [], further = [] } = asked
  const next = further.find(({ of }) => of.includes(part!))
  if (next) {
    const unknown = button('settle', asked.dontKnow, 'answer unsure', ` value="${part}"`)
    return { title: next.title, body: list([choice(next.value, next.yes, '', given == next.value, 'settle'), choice(part!, next.no, '', given == part, 'settle'), unknown], 'answers') }
  }
  if (own && !part) {
    return { title: word('insurer_is'), body: list([choice(own, word('say_yes'), '', given == own), choice('list', word('insurer_other'), '', !!given && given != own, 'part'), unsure], 'answers') }
  }
  const offer = offered(asked), grouped = groups.flatMap(valuesIn)
  const some = (ids: string[]) => ids.filter(id => offer.includes(id)).map(id => choice(id, valueIn(asked, id).name, valueIn(asked, id).hint, given == id))
  const ungrouped = some(offer.filter(id => !grouped.includes(id))), under = groups.map(group => `<h2>${group.title}</h2>${list(some(valuesIn(group)), 'answers')}`).join('')
  if (more && part != 'more') return frame(list([...ungrouped, choice('more', more, '', !!given && grouped.includes(given), 'part'), unsure], 'answers'))
  return more ? { title: asked.moreTitle!, body: under + list([unsure], 'answers') } : frame(list(ungrouped, 'answers') + under + list([unsure], 'answers'))
}

const valuesIn = (group: Group) => group.choices.flatMap(({ values }) => values)

function papers(given: number[] | undefined): string {
  const one = (id: string) => box(`${HELD.id}.${id}`, valueIn(HELD, id).name, valueIn(HELD, id).hint, holds(HELD, given, id))
  const others = offered(HELD).filter(id => !data.first.includes(id)), open = others.some(id => holds(HELD, given, id))
  return `<div class="boxes">${data.first.map(one).join('')}<details${open ? ' open' : ''}><summary>${word('more_choices')}</summary>${others.map(one).join('')}</details></div>${button('checked', word('next'), 'go')}`
}

const field = (i: number, mode: string, length: number, value: string) =>
  `<input id="f${i}" inputmode="${mode}" autocomplete="off" maxlength="${length}"${i ? '' : ' autocapitalize="off"'} aria-describedby="era echo" value="${value}">`

/** Three fields, or one text: neither needs the other. What is understood stands below while somebody types. */
function date(asked: Input, answers: Answers, unsure: string): string {
  const given = answers.given[asked.id] || answers.told[asked.id], known = given && given[0] > 0 ? parts(given[0]).map(String) : ['', '', '']
  if (answers.unsure.includes(asked.id)) known[2] = ''
  const part = (i: number, name: string, mode: string, length: number) => `<div><label for="f${i}">${name}</label>${field(i, mode, length, known[i])}</div>`
  const entry = `<div class="date">${part(0, word('date_year'), 'text', 24)}${part(1, word('date_month'), 'numeric', 9)}${part(2, word('date_day'), 'numeric', 4)}</div>` +
    `<details class="as-written"><summary>${word('date_text')}</summary><label for="f3">${word('date_text')}</label>${field(3, 'text', 60, '')}</details>` +
    `<p class="hint" id="era">${word('era_hint')}${asked == VISIT ? '' : ' ' + word('date_month_enough')}</p><p id="echo" role="status"></p>${button('typed', word('next'), 'go')}`
  if (asked != VISIT) {
    const special = asked.values.filter(({ id }) => id != asked.unknown).map(({ id, name }) => choice(id, name, '', given && given[0] === rawOf(asked, id)))
    return entry + list([...special, unsure], 'answers')
  }
  const now = today(), day = given ? given[0] : now, one = (value: number, name: string) => choice(String(value), `${name} ${inBoth(value)}`, '', day == value, 'day')
  return list([one(now, word('today')), one(now + 1, word('tomorrow'))], 'answers') + `<details class="other-day"${day < now || day > now + 1 ? ' open' : ''}><summary>${word('other_day')}</summary>${entry}</details>`
}

/** What was understood of what was typed. */
export const echo = ({ day, month }: Written) =>
  month ? word('date_echo_month', { month: monthInWords(day), era: monthInEra(day) }) : word('date_echo', { date: inWords(day), era: inEra(day) })

/** The circumstances: groups that open, and in each what applies. */
export function circumstances({ answers }: Moment): string {
  const one = (of: Input, value: string) => {
    const told = answers.told[of.id], { name, hint } = valueIn(of, value), id = `${of.id}.${value}`
    return of.kind == 'set' ? box(id, name, hint, holds(of, told, value)) : box(id, name, hint, !!told && valueOf(of, told[0]) == value, of.id)
  }
  const groups = data.circumstances.map(({ title, choices }) =>
    `<details class="group"><summary><span>${title}</span> <span class="chosen"></span></summary>${choices.flatMap(({ input: id, values }) => values.map(value => one(input(id), value))).join('')}</details>`)
  return screen('', { title: word('circumstances_title'), help: word('circumstances_hint'), body: groups.join('') + button('tell', word('next'), 'go') }, '', secretLine())
}
