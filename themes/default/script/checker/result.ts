// The answer as HTML. What people need first comes first.

import { type Answers, type Way, answered, givenTo, holds, isSecret, isUnsure, valueOf } from './answers'
import { type Heading, type Input, type Named, type Note, type Word, HELD, VISIT, attribute, circumstances, data, input, valueIn, word } from './data'
import { inBoth, inWords, today } from './days'
import type { Answer, Paper } from './decision'
import type { Engine } from './engine'
import { button, fold, hint, list, pictured, section } from './pieces'
import { type Html, type Id, html, trusted } from '../parts/html'
import { remedied } from './remedies'
import { oddDay, secretLine, visitDay, visitOf } from './steps'

/** A day that goes into the calendar file. */
export interface Occasion {
  day: number
  text?: Html // missing for the last day of the answer itself
  of?: Id // the id of the question whose answer expires on that day
}

/** The keys of the words for the levels 0 to 2 of `enough`. */
const ENOUGH = ['enough_no', 'enough_unsure', 'enough_yes'] as const

/**
 * A paper that expires within this many days gives a next step. If the answer changes within them, the page says so at once.
 */
const SOON = 366

/**
 * How many next steps are shown unfolded: FIRST, or one if MANY or more papers are offered. Steps with a last day are never
 * folded.
 */
const FIRST = 2, MANY = 3

/** Everything that is needed to render the answer. */
export interface Result {
  engine: Engine
  answers: Answers
  way: Way
  answer: Answer
  built: number
}

/** The days from today on when one of the person's papers expires or the answer ends. */
export function occasions({ way, answers, answer }: Result): Occasion[] {
  const found: Occasion[] = []
  for (const of of data.inputs) {
    const day = way.raw[of.slot], text = of.due
    if (text && (way.path.includes(of) || answers.told[of.id]) && day >= today()) found.push({ day, text, of: of.id })
  }
  if (answer.until !== undefined && answer.until >= today() && !found.some(({ day }) => day == answer.until)) found.push({ day: answer.until })
  return found
}

/**
 * The texts of an outcome. Some outcomes have texts for certain notes: if such a note is told, its texts replace the outcome's
 * own.
 */
const headingOf = ({ outcome, tell }: Answer): Heading & { note?: string } => ({ ...outcome, ...(outcome.told || []).find(({ note }) => tell.some(({ id }) => id == note)) })

/**
 * The answer itself, and a function that returns the part below it: next steps, what to say, tools, and the folded
 * explanations.
 */
export function result(r: Result, back: Html, message: Html): [first: Html, rest: () => Html] {
  const { answer, answers } = r, { title, text } = headingOf(answer), { sure } = answer
  return [
    html`<div id="code"></div><p class="memo"><strong>${word('memo_title')}</strong> ${visitDay(answers)}</p><div class="top">${
      back}${button('circumstances', word('circumstances_more'), 'plain')}</div>${
      message}<div class="answer${sure ? '' : ' keep'}" data-answer='${trusted(JSON.stringify(answer.found))}'><p class="answer-label">${
      visitDay(answers, inWords)}</p><h1 tabindex="-1">${sure ? '' : html`<span class="care">${word('keep_going')}</span> `}${title}</h1><p class="lead">${text}</p>${
      bring(r)}${besides(r)}${sure ? '' : payment(answer)}<p${
      isPassing(r) ? '' : ' class="memo"'}>${ending(r)}</p></div>${oddDay(answers, r.built)}`,
    () => {
      const [first, more] = nextSteps(r), [aloud, others] = say(answer)
      return html`${section('next_steps', list(first), 'steps')}${aloud}${tools(r)}${others}${
        fold('call', list(callsOf(answer).map(({ name, general }) => said(r, name, general)), 'calls'), html` class="whom"`)}${
        remedies(r)}${fold('tell', list([...more, ...notesOf(r, false)]))}${given(r)}${
        fold('why', html`<div id="why"></div>`)}${isSecret(answers) ? '' : secretLine()}<p class="quiet">${button('again', word('start_over'), 'plain')} ${button('clear', word('clear'), 'plain')}</p>`
    },
  ]
}

/** The first entry of the data's `recent` that fits the answer. */
const recentOf = ({ answer: { found }, way }: Result) =>
  data.recent.find(({ when = [], enough }) => when.every(choices => answered(way.raw, choices)) && (!enough || enough.includes(found.enough)))

/**
 * Whether the answer changes so soon that the page says so at once. Otherwise only the printed page and the reasons of the
 * answer say it.
 */
export function isPassing(r: Result): boolean {
  const { say, when } = recentOf(r) || {}, { until } = r.answer
  return say ? !!when : until !== undefined && until <= today() + SOON
}

/** The sentence that says how long the answer holds. */
export function ending(r: Result): Html {
  const recent = recentOf(r), { until } = r.answer
  return recent && recent.say || (until !== undefined ? word('until', { date: inBoth(until) }) : word(recent ? 'until_recent' : 'until_none'))
}

function payment({ outcome: { pays, calls } }: Answer): Html {
  const said = [pays ? '' : word('pay_and_claim'), calls ? '' : word('call_first')].filter(Boolean).join(' ')
  return said && html`<p>${trusted(said.replace('。 ', '。'))}</p>`
}

/** The folded list of remedies: what would make the papers enough. */
function remedies({ engine, way: { raw } }: Result): Html {
  const { enough, found } = remedied(engine, raw)
  return found.length ? fold(enough > 1 ? 'would_do' : 'might_do', list(found.map(({ say }) => say)), html` data-remedies='${trusted(JSON.stringify(found.map(({ given }) => given)))}'`) : ''
}

/** Whether a document is among the papers that the visitor can name as held. */
const isNameable = (id: string) => !!valueIn(HELD, id)

const nameOf = ({ name }: Paper) => html`<strong>${name}</strong>`

/**
 * The text beside a document that the person does not hold. It is the first mark whose conditions are met, otherwise the mark
 * without conditions. Without such a mark, it is the general words for a paper that is not at hand, or "" if the visitor cannot
 * name the document as held. The result is undefined if the person holds the document, or if the mark has no text.
 */
function markOf({ id, marks = [] }: Paper, { way, answer }: Result): Html | undefined {
  if (answered(way.raw, { input: HELD.id, values: [id] })) return
  const always = marks.find(({ when, told }) => !when && !told)
  const fits = marks.find(({ when = [], told = [] }) =>
    when.length + told.length && when.every(choices => answered(way.raw, choices)) && (!told.length || answer.tell.some(({ id }) => told.includes(id)))) || always
  return fits ? fits.say : isNameable(id) ? word('not_in_hand') : ''
}

/** A paper to bring: its drawing and name. If the person does not hold it, its mark follows or, if it has no mark, its hint. */
function paper(document: Paper, r: Result): Html {
  const { id, hint: what, drawing } = document, text = markOf(document, r), isHeld = answered(r.way.raw, { input: HELD.id, values: [id] })
  return pictured(html`${nameOf(document)}${text ? html` <span class="mark">${text}</span>` : isHeld ? '' : hint(what)}`, drawing)
}

/**
 * What to bring: "or" between alternatives, "and" between the papers of one alternative. Papers that are in all alternatives
 * are named once. If a paper of the first alternative is also an alternative by itself, it is not named again, and one line
 * says so (Alternatives in internal/checkerpage).
 */
function bring(r: Result): Html {
  const { bring: offered, found, tell } = r.answer, [most] = offered, sets = offered.filter((set, n) => !n || set.length > 1 || !most.includes(set[0]))
  if (!sets.length) return html`<p class="bring-none">${word('nothing_known')}</p>`
  if (!sets[0].length) return html`<p class="bring-none">${word('nothing_needed')}</p>`
  const main = ({ id }: Paper) => +isNameable(id) // a document that nobody can hold yet comes first
  const and = html`<span class="and">${word('and')}</span>`
  const set = (documents: Paper[]) => [...documents].sort((a, b) => main(a) - main(b)).map(one => paper(one, r)).join(and)
  const shared = sets.length > 1 ? sets[0].filter(one => sets.every(set => set.length > 1 && set.includes(one))) : []
  const rest = sets.map(set => set.filter(one => !shared.includes(one)))
  const body = shared.length && rest.every(set => set.length)
    ? html`<li>${set(shared)}<span class="and">${word('one_of')}</span><ul class="one-of">${rest.map(one => html`<li>${set(one)}</li>`).join('')}</ul></li>`
    : sets.map((one, n) => html`${n ? html`<li class="or">${word('or')}</li>` : ''}<li>${set(one)}</li>`).join('')
  return html`<h2>${word('bring')}</h2><ul class="bring">${body}</ul>${sets.length < offered.length ? html`<p>${word('alone_may_do')}</p>` : ''}<p class="enough">${word(ENOUGH[found.enough || +tell.some(({ unclear }) => unclear)])}</p>`
}

/**
 * Papers that are good to have, and papers that the person holds but that are not enough alone. Papers under "what to bring"
 * are left out. People with secret values never hear that a second paper would help (HeldTitle in internal/checkerpage).
 */
function besides({ answers, answer: { bring, also, notAlone } }: Result): Html {
  const named = bring.flat(), good = also.filter(one => !named.includes(one))
  const line = (key: Word, documents: Paper[]) => documents.length ? html`<div class="besides"><h2>${word(key)}</h2>${list(documents.map(nameOf))}</div>` : ''
  return html`${line('also', good)}${line(isSecret(answers) ? 'not_used' : 'not_alone', notAlone.filter(one => !named.includes(one) && !good.includes(one)))}`
}

/** The people to call. */
const callsOf = ({ tell, sure, outcome }: Answer) =>
  data.calls.filter(({ id, notEnough }) => tell.some(({ call = [] }) => call.includes(id)) || !sure && !outcome.calls && notEnough)

/**
 * What to say to whom: in the language that is spoken there, then in the reader's language. Only the words to the first person
 * are unfolded. Where nothing has to be said, both parts are "".
 */
function say(answer: Answer): [first: Html, others: Html] {
  const [first, ...others] = headingOf(answer).speak.map(({ to, own, aloud, romaji }) =>
    [html`<h2>${word('say')}: ${to}</h2>`, aloud ? html`<q lang="ja">${aloud}</q><i lang="ja-Latn">${romaji!}</i><span>${own}</span>` : html`<q>${own}</q>`])
  if (!first) return ['', '']
  return [html`<section class="say">${first.join('')}</section>`, others.map(([to, words]) => html`<details class="say"><summary>${to}</summary>${words}</details>`).join('')]
}

/**
 * The texts of the notes that are told: the next steps if `steps` is true, otherwise the others. It leaves out notes that
 * repeat what the page itself says.
 */
function notesOf(r: Result, steps: boolean): Html[] {
  const { tell, sure, outcome, bring } = r.answer, { note } = headingOf(r.answer), marks = bring.flat().map(one => markOf(one, r))
  const isSaid = ({ id, unless, above }: Named<Note>) => !!unless && !sure && !outcome[unless] || !!above && (id == note || above.some(text => marks.includes(text)))
  return tell.filter(one => !!one.step == steps && !isSaid(one)).map(({ text = '', general }) => onScreen(said(r, text, general)))
}

/** A text or, for people who are not insured with the site's insurer, the general text if there is one. */
const said = ({ way }: Result, own: Html, general?: Html) => general && way.elsewhere ? general : own

/** Marks a link that is the last sentence of a text. Such a link is useless on paper, so it is not printed. */
const onScreen = (text: Html) => trusted(text.replace(/([。.](?: |<wbr>)*)(<a (?:(?!<\/a>).)*<\/a>)$/, '$1<span class="more">$2</span>'))

/** The next steps: first those that are shown at once, then those that are folded. */
function nextSteps(r: Result): [first: Html[], more: Html[]] {
  const due = occasions(r).filter(({ day, of }) => of && day <= today() + SOON)
  const all = [...due.map(({ day, text }) => html`<strong>${word('do_by', { date: inWords(day) })}</strong> ${text!}`), ...notesOf(r, true)]
  const first = Math.max(due.length, r.answer.bring.flat().length < MANY ? FIRST : 1)
  return [all.slice(0, first), all.slice(first)]
}

/** Whether the screen has room for a list beside the question. */
const isWide = () => matchMedia('(min-width:64rem)').matches

/**
 * The list of earlier answers beside a question, or "" if there is no room or no earlier answer. `asked` is the question of the
 * interview that is on the screen, if there is one.
 */
export const givenBefore = (of: Given, asked?: Input) => isWide() && of.way.path.some(one => one != asked) ? given(of, [asked]) : ''

type Given = Pick<Result, 'answers' | 'way'>

/**
 * Every answer with a button to change it, except for the questions in `asked`. Without `asked`, there are also buttons for
 * questions that the interview did not ask. On wide screens the list is open, unless it has a secret that a bystander could
 * read.
 */
function given({ answers, way }: Given, asked?: (Input | undefined)[]): Html {
  const change = (name: Html, step: Id) => button(step ? 'step' : 'circumstances', word('change_answer'), 'plain', html` value="${step}" aria-label="${attribute(html`${word('change_answer')}: ${name}`)}"`)
  const row = (name: Html, value: Html, step: Id = '') => html`<div><dt>${name}</dt><dd>${value}</dd><dd>${change(name, step)}</dd></div>`
  const one = (of: Input) => asked && asked.includes(of) ? '' : row(of.short, shown(of, answers), of.id), circumstances = toldIn(answers), isOpen = (of: Input) => !givenTo(answers, of)
  const more = data.inputs.filter(of => of.offered && !way.path.includes(of) && (!of.offered.length || answered(way.raw, { input: HELD.id, values: of.offered })))
  return fold('answers_title', html`<dl>${row(word('visit_day'), inWords(visitOf(answers)), VISIT.id)}${way.path.map(one).join('')}${
    circumstances && row(word('circumstances_title'), circumstances)}${more.filter(of => !isOpen(of)).map(one).join('')}</dl>${asked ? '' : html`<p>${
    more.filter(isOpen).map(of => button('step', html`＋ ${of.short}`, 'plain', html` value="${of.id}"`)).join(' ')}</p>`}`, html` class="given"${isWide() && !isSecret(answers) ? ' open' : ''}`)
}

/** The names of the circumstances that apply, as a list in HTML. */
const toldIn = (answers: Answers) =>
  list(circumstances().flatMap(({ input: id, values }) => {
    const of = input(id)
    return values.filter(value => holds(of, answers.told[id], value)).map(value => valueIn(of, value).name)
  }))

function shown(of: Input, answers: Answers): Html {
  if (of == HELD) return answers.unsure.includes(of.id) ? of.dontKnow : list(answers.held!.named.map(id => valueIn(of, id).name)) || (answers.told[of.id] ? html`–` : word('have_none'))
  const given = givenTo(answers, of)
  if (!given) return html`–`
  if (isUnsure(answers, of, given)) return of.dontKnow
  const value = valueOf(of, given[0])
  return value !== undefined ? valueIn(of, value).name : of.kind == 'date' ? inBoth(given[0]) : html`${given[0]}`
}

const tools = (r: Result) =>
  html`<div class="tools">${button('print', word('print_memo'))}${occasions(r).length ? button('calendar', word('calendar_file')) : ''}${button('share', word('share_link'))}<div id="shared"></div></div><p class="memo">${word('memo_made', { date: inBoth(today()) })}</p>`
