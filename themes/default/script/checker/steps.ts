// The screens of the interview as HTML.

import { type Html, type Id, html, trusted } from '../parts/html'
import { type Answers, type Way, answered, givenTo, holds, isUnsure, valueOf } from './answers'
import { type Group, type Input, type Word, HELD, VISIT, data, input, valueIn, word } from './data'
import { inBoth, inEra, inWords, isoOf, monthInEra, monthInWords, today } from './days'
import { box, button, choice, hint, list } from './pieces'
import type { Moment } from './memory'
import type { Written } from './reading'

/**
 * Values of Moment.part for a question with several screens. Any other value of Moment.part is the id of an answer about which
 * a further question is asked.
 */
export const MORE = html`more`, LIST = html`list`, ALL = html`all`

/**
 * By how many days a device's clock may be behind the first day of the month of the build (EARLY), or ahead of it (LATE, about
 * as long as papers last).
 */
const EARLY = 1, LATE = 1830

/** The day of the visit. */
export const visitOf = ({ told }: Answers) => (told[VISIT.id] || [today()])[0]

/** The day of the visit in words. */
export const visitDay = (answers: Answers, write = inBoth) => html`${word('visit_day')}: ${write(visitOf(answers))}`

/** Warnings about the day: that the device's clock seems wrong, or that the visit is in the past. */
export function oddDay(answers: Answers, built: number): Html {
  const now = today(), odd = now < built - EARLY || now > built + LATE
  return html`${odd && !answers.told[VISIT.id] ? html`<p class="warn">${word('clock_wrong', { date: inWords(now) })}</p>` : ''}${visitOf(answers) < now ? html`<p class="warn">${word('visit_past')}</p>` : ''}`
}

/** The line with the day of the visit and the buttons that change it. */
function chip(answers: Answers, built: number): Html {
  const now = today(), day = visitOf(answers)
  const choose = (action: 'day' | 'step', name: Word, chosen: boolean, value: Id | number) => button(action, word(name), '', html` value="${value}" aria-pressed="${chosen}"`)
  return html`<p class="chip"><span>${visitDay(answers)}</span>${choose('day', 'today', day == now, now)}${choose('day', 'tomorrow', day == now + 1, now + 1)}${choose('step', 'other_day', day != now && day != now + 1, VISIT.id)}</p>${oddDay(answers, built)}`
}

/** The parts of a screen, as HTML. */
interface Screen {
  step: Id
  title: Html
  help?: Html
  above?: Html
  body: Html
  below?: Html
}

/** The HTML of a screen. */
export const screen = ({ step, title, help, above = '', body, below = '' }: Screen) =>
  html`<div id="error"></div><form novalidate autocomplete="off" data-step="${step}"><fieldset${help ? ' aria-describedby="help"' : ''}><legend>${
    above}<h1 tabindex="-1">${title}</h1></legend>${help ? html`<p id="help" class="help-text">${help}</p>` : ''}${body}</fieldset></form>${below}`

const quiet = (action: 'circumstances' | 'sensitive', text: Html) => html`<p class="quiet">${button(action, text, 'plain')}</p>`

/** The line that opens the screen of the circumstances. */
export const circumstancesLine = () => quiet('circumstances', word('circumstances'))

/** A line with neutral words. Pressing it records the sensitive circumstances without naming them. */
export const secretLine = () => quiet('sensitive', word('sensitive_use'))

/** What the screen of a question is made from. */
interface Question {
  of: Input
  part?: Id
  before: number // how many papers were named before this question
  given?: number[] // raw values of the earlier answer
  other: boolean // the visitor has answered that the insurer is not the site's
  isUnsure: boolean // the earlier answer was "I don't know"
  matters: Id[] // ids of the values that can still change the result
}

/** Whether a moment shows a question of the interview, and not a question that the visitor opened in addition. */
export const isNumbered = ({ show, input: id, part }: Moment) => show == 'question' && id != VISIT.id && !input(id!).offered && part != ALL

/** Whether a moment shows the first question, which asks for the first paper. */
export const isFirst = ({ show, input: id, part, named }: Moment) => show == 'question' && id == HELD.id && !part && !named

/**
 * The screen of a question. `matters` lists the values that can still change the result; undefined means all values. `settles`
 * says whether a single button may answer both this question ("nothing else is held") and the next one.
 */
export function question(moment: Moment, way: Way, matters: Id[] | undefined, settles: boolean, built: number): Html {
  const { answers, part } = moment, of = input(moment.input!), given = givenTo(answers, of)
  const q: Question = {
    of, part, before: moment.named || 0, given, matters: matters || of.values.map(({ id }) => id),
    other: !!answers.other, isUnsure: !!given && isUnsure(answers, of, given),
  }
  const first = isFirst(moment)
  return screen({
    step: of.id, ...heading(of, way), ...(of == HELD ? held(q, answers, settles) : fields(q, answers)),
    above: html`${isNumbered(moment) ? html`<span class="progress">${word('progress', { n: moment.number })}</span>` : ''}${first ? html`<span class="for-whom">${word('for_whom')}</span>` : ''}`,
    below: html`${first ? chip(answers, built) : ''}${of == VISIT ? '' : circumstancesLine()}${first ? secretLine() : ''}`,
  })
}

/** The title and help of a question. They may depend on the papers held. */
function heading(of: Input, { raw }: Way): Pick<Screen, 'title' | 'help'> {
  const { title, hint } = (of.held || []).find(({ document }) => answered(raw, { input: HELD.id, values: [document] })) || of
  return { title: title!, help: hint }
}

const unsure = ({ of, isUnsure }: Question) => button('unknown', of.dontKnow, 'choice unsure', isUnsure ? html` aria-pressed="true"` : '')

const answersOf = (items: Html[]) => list(items, 'answers')

function fields(q: Question, answers: Answers): Partial<Screen> & { body: Html } {
  const { of, given } = q
  if (of.kind == 'choice') return choices(q)
  if (of.kind == 'date') return { body: date(q, answers) }
  return { body: html`${field(of.short, 'numeric', given && given[0] >= 0 ? html`${given[0]}` : '')}${answersOf([unsure(q)])}` }
}

const valuesIn = (group: Group) => group.choices.flatMap(({ values }) => values)

/**
 * The ids of the values that a question offers. It never offers circumstances, values that another question's answer implies
 * (`said`), the value for "I don't know", or values to which a further question leads. Without groups, it offers all others,
 * so that everybody finds a true one. With groups, it offers the value chosen before, the values that matter, and those from
 * which a further question leads to one of these.
 */
function offered({ of, matters, given }: Question): Id[] {
  const further = of.further || [], elsewhere = [...further.map(({ value }) => value), of.unknown], chosen = given && valueOf(of, given[0])
  const matter = (id: Id) => !of.groups || matters.includes(id) || id == chosen || further.some(({ of, value }) => of.includes(id) && (matters.includes(value) || value == chosen))
  return of.values.filter(({ id, said }) => !said && !elsewhere.includes(id) && matter(id)).map(({ id }) => id)
}

/** The answers that are in no group, and the HTML of the groups with their headings and answers. */
function grouped({ of }: Question, ids: Id[], one: (id: Id) => Html): [ungrouped: Html[], under: Html] {
  const groups = of.groups || [], inGroups = groups.flatMap(valuesIn)
  const under = groups.map(group => ({ title: group.title, own: valuesIn(group).filter(id => ids.includes(id)) })).filter(({ own }) => own.length)
  return [ids.filter(id => !inGroups.includes(id)).map(one), under.map(({ title, own }) => html`<h2>${title}</h2>${answersOf(own.map(one))}`).join('')]
}

function choices(q: Question): Partial<Screen> & { body: Html } {
  const { of, part } = q, given = q.given && valueOf(of, q.given[0])
  const next = (of.further || []).find(({ of }) => of.includes(part!))
  if (next) {
    const one = (value: Id, name: Html) => choice(value, name, '', given == value, 'settle')
    return { title: next.title, help: '', body: answersOf([one(next.value, next.yes), one(part!, next.no), button('settle', of.dontKnow, 'choice unsure', html` value="${part!}"`)]) }
  }
  if (of.own && !part) {
    return { title: word('insurer_is'), help: '', body: answersOf([choice(of.own, word('say_yes'), '', given == of.own && !q.other), choice(LIST, word('insurer_other'), '', !!given && (given != of.own || q.other), 'part'), unsure(q)]) }
  }
  const [ungrouped, under] = grouped(q, offered(q), id => choice(id, valueIn(of, id).name, valueIn(of, id).hint, given == id))
  if (part == MORE) return { title: of.moreTitle!, help: '', body: html`${under}${answersOf([unsure(q)])}` }
  if (of.more) return { body: answersOf([...ungrouped, under && choice(MORE, of.more, '', !!given && under.includes(`value="${given}"`), 'part'), unsure(q)]) }
  const elsewhere = of.elsewhere ? choice(of.id, of.elsewhere, '', false, 'circumstances') : ''
  return { body: html`${answersOf(ungrouped)}${under}${answersOf([elsewhere, unsure(q)])}` }
}

/** The screen that asks which papers are held: the first paper, a further paper, or all papers at once. */
function held(q: Question, answers: Answers, settles: boolean): Partial<Screen> & { body: Html } {
  const { part, before, matters } = q, { named, all: isAll } = answers.held || { named: [], all: false }, all = part == ALL
  const ids = HELD.values.filter(({ id, said }) => !said && (all || matters.includes(id))).map(({ id }) => id)
  const one = (id: Id) => {
    const { name, hint } = valueIn(HELD, id), { drawing } = data.documents[id]
    return all ? box(html`${HELD.id}.${id}`, name, hint, named.includes(id), '', drawing) : choice(id, name, hint, named[before] == id, 'name', drawing)
  }
  const [ungrouped, under] = grouped(q, ids, one), none = choice('', word(before ? 'another_none' : 'have_none'), '', isAll && named.length == before, 'none')
  const more = under && html`<details${under.includes(' checked') ? ' open' : ''}><summary>${word('more_choices')}</summary>${under}</details>`
  if (all) return { body: html`<div class="boxes">${ungrouped.join('')}</div>${more}${button('checked', word('next'), 'go')}${answersOf([none])}` }
  if (!before) return { body: html`${answersOf(ungrouped)}${more}${answersOf([none, unsure(q)])}` }
  const alone = settles && choice('', data.nothingElse!.say, '', false, 'alone')
  return { title: word('another'), help: '', body: html`${answersOf([alone || '', none, ...ungrouped])}${more}${answersOf([unsure(q)])}` }
}

/** A field with its label, a line that shows how its text was understood, and a button. */
const field = (label: Html, mode: 'numeric' | 'text', value: Html, hint: Html = '') =>
  html`<label for="f0">${label}</label><input id="f0" inputmode="${mode}" autocomplete="off" autocapitalize="off" aria-describedby="echo" value="${value}">${hint}<p id="echo" role="status"></p>${button('typed', word('next'), 'go')}`

/** The field for a day. For any day except that of the visit, the special values and "I don't know" are below the field. */
function date(q: Question, answers: Answers): Html {
  const { of, given } = q, day = given ? given[0] : -1
  const known = day < 0 ? '' : trusted(isoOf(day).slice(0, answers.unsure.includes(of.id) ? 7 : 10).replace(/-/g, '/'))
  if (of == VISIT) return field(word('date_label'), 'text', known)
  const special = of.values.filter(({ id }) => id != of.unknown).map(({ id, name }) => choice(id, name, '', holds(of, given, id)))
  return html`${field(word('date_label'), 'text', known, hint(word('date_month_enough')))}${answersOf([...special, unsure(q)])}`
}

/** A sentence that tells the visitor how a typed day was understood. */
export const echo = ({ day, month }: Written) =>
  month ? word('date_echo_month', { month: monthInWords(day), era: monthInEra(day) }) : word('date_echo', { date: inWords(day), era: inEra(day) })
