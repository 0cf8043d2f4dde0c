// The answer as HTML, in the order of what a person needs first.

import { W } from './words'
import { AGE, CARD, CARD_EXPIRY, CERT_EXPIRY, CHANGE, CHOICE, DATE, ECERT, HAVE, INSURER, NEEDS, PHONE, PLACE, SET, VISIT, data, inputs, rich, slotOf, word } from './data'
import { inBoth, inWords, today } from './days'
import type { Answer } from './engine'
import { PAPER, type State, type Way, has, unknownRaw } from './state'
import { button, chip, offered } from './steps'

const section = (key: W, body: string, kind = '') => (body ? `<section class="${kind}"><h2>${word(key)}</h2>${body}</section>` : '')
const items = (texts: string[], kind = '') => (texts.length ? `<ul class="${kind}">${texts.map(text => `<li>${text}</li>`).join('')}</ul>` : '')
const bits = (mask: number) => data.docs.map((_, i) => i).filter(i => mask >> i & 1)

/** A day worth a line in a calendar. */
export interface Occasion {
  day: number
  key: W
}

/** The ends of what the person holds, as far as they lie ahead. */
export function occasions(state: State, way: Way, answer: Answer): Occasion[] {
  const found: Occasion[] = []
  const add = (input: number, key: W) => {
    const day = way.raw[slotOf[input]]
    if (way.path.concat(state.own).includes(input) && day > 0) {
      if (day >= today()) found.push({ day, key })
      else if (input == ECERT && answer.until > 0 && answer.bring.some(set => set >> data.card & 1)) found.push({ day: answer.until, key })
    }
  }
  add(ECERT, W.calendar_event)
  add(CARD_EXPIRY, W.calendar_event_card)
  if (has(way.raw, HAVE, data.cert)) add(CERT_EXPIRY, W.calendar_event_cert)
  return found
}

/** The answer itself, and what comes further down. */
export function result(state: State, way: Way, answer: Answer, message: string): [first: string, rest: () => string] {
  const [title, text, say, about] = data.out[answer.outcome]
  const keep = text.startsWith(data.page[W.keep_going])
  const told = answer.tell.filter(note => note != data.care && (!keep || note != data.pay))
  const steps = told.filter(note => data.steps.includes(note))
  const due = occasions(state, way, answer)
  const calls = data.calls.filter((_, i) => data.on[i].some(note => answer.tell.includes(note)) || (keep && data.keep.includes(i)))
  const sources = data.rows[answer.row][1].map(n => `<a href="about.html#${n}">${word(W.sources)} ${n}</a>`)
  return [`<p class="back">${button('back', word(W.back))}</p>${message}` +
    `<div class="answer${keep ? ' keep' : ''}" data-answer='${JSON.stringify(answer)}'><p class="answer-label">${word(W.result)}</p><h1 tabindex="-1">${rich(title)}</h1><p class="lead">${rich(text)}</p>` +
    (keep ? `<p>${word(W.keep_going_more)}</p>` : '') + bring(way, answer, keep) + '</div>' + chip(state), () =>
    section(W.also, items(bits(answer.also).map(paper))) +
    section(W.not_alone, items(bits(answer.notAlone).map(i => `<strong>${rich(data.docs[i][0])}</strong>`))) +
    section(W.call, items(calls.map(call => rich(call)), 'calls')) + section(W.say, `<p class="say"><q>${rich(say)}</q></p>`) +
    section(W.next_steps, items([...due.map(({ day, key }) => `<strong>${word(W.do_by, { date: inWords(day) })}</strong> ${word(key)}`), ...steps.map(note => rich(data.notes[note]))], 'steps')) +
    section(W.tell, items(told.filter(note => !steps.includes(note)).map(note => rich(data.notes[note])))) +
    section(W.assumed, `<p>${answer.until > 0 ? word(W.until, { date: inBoth(answer.until) }) : word(W.until_none)}</p>` + items(assumed(state, way, answer))) +
    section(W.why, items(data.rows[answer.row][0].map(i => rich(data.why[i]))) + `<p class="sources">${sources.join(' ')}</p>`, 'why') +
    section(W.answers_title, (inputs[NEEDS].w && !state.given[NEEDS] ? `<div class="offer"><p>${word(W.needs_offer)}</p>${button('step', rich(inputs[NEEDS].w![0]), 'go', ` value="${NEEDS}"`)}</div>` : '') + answers(state, way), 'given') +
    (about ? `<p class="related"><a href="faq/${about}.html">${word(W.related)}</a></p>` : '') +
    `<div class="tools">${button('print', word(W.print_memo))}${due.length ? button('calendar', word(W.calendar_file)) : ''}${button('share', word(W.share_link))}<div id="shared"></div>` +
    `${button('clear', word(W.clear))}${button('again', word(W.start_over))}</div><p class="memo"><strong>${word(W.memo_title)}</strong> ${word(W.memo_made, { date: inBoth(today()) })}</p>` +
    (state.given[NEEDS] && has(state.given[NEEDS], 0, data.dv) ? '' : `<p class="quiet">${button('sensitive', word(W.sensitive_use), 'plain')}</p>`)]
}

const paper = (i: number) => `<strong>${rich(data.docs[i][0])}</strong> <span class="hint">${rich(data.docs[i][1] || inputs[HAVE].h![i])}</span>`

/** What to bring: alternatives with "or" between them, what belongs together with "and". */
function bring(way: Way, answer: Answer, keep: boolean): string {
  const sets = answer.bring
  if (!sets.length) return `<p class="bring-none">${word(W.nothing_known)}</p>`
  if (!sets[0]) return `<p class="bring-none">${word(W.nothing_needed)}</p>`
  const held = (i: number) => has(way.raw, HAVE, i) || (i == data.card && way.raw[slotOf[CARD]] == 0)
  const mark = (i: number) => (i == data.newcert ? W.must_apply : held(i) || i >= inputs[HAVE].v!.length ? undefined : i == data.cert ? W.at_home : W.not_in_hand)
  const one = (i: number) => `<span class="paper">${paper(i)}${mark(i) === undefined ? '' : `<span class="mark">${word(mark(i)!)}</span>`}</span>`
  const main = (i: number) => +(i < inputs[HAVE].v!.length) // before what goes with it comes a paper that nobody holds yet
  return `<h2>${word(W.bring)}</h2><ul class="bring">${sets.map((set, n) => (n ? `<li class="or">${word(W.or)}</li>` : '') + `<li>${bits(set).sort((a, b) => main(a) - main(b)).map(one).join(`<span class="and">${word(W.and)}</span>`)}</li>`).join('')}</ul>` +
    (keep ? '' : sets[0] & (sets[0] - 1) ? `<p>${word(W.two_needed)}</p>` : `<p class="enough">${word(W.enough)}</p>`)
}

function assumed(state: State, way: Way, answer: Answer): string[] {
  const found: string[] = []
  const card = answer.bring.some(set => set >> data.card & 1)
  if (!state.own.includes(VISIT)) found.push(word(W.assumed_visit_date, { date: inWords(today()) }))
  inputs.forEach((input, i) => {
    if (!input.w || i == VISIT) return
    const say = (n: number) => input.a && found.push(rich(input.a[n]))
    const value = way.raw[slotOf[i]], asked = way.path.includes(i) || state.own.includes(i)
    if (asked && i != NEEDS && (value === unknownRaw(i) || state.unsure.includes(i)) && !(value > 0 && input.k == DATE)) say(i == PLACE ? 1 : 0)
    else if (!asked && card && (i == PLACE || i == CARD_EXPIRY)) say(0)
    else if (!asked && i == CHANGE) say(0)
    if (input.k == DATE && state.unsure.includes(i) && value > 0 && !found.includes(word(W.assumed_month))) found.push(word(W.assumed_month))
  })
  if (state.unsure.includes(NEEDS)) found.push(word(W.assumed_needs))
  if (state.unsure.includes(HAVE)) found.push(word(W.unknown_all))
  return found
}

/** Every answer with a way to change it; also what nobody asked. */
function answers(state: State, way: Way): string {
  const row = (step: number, name: string, value: string) =>
    `<div><dt>${name}</dt><dd>${value}</dd><dd>${button('step', `${word(W.change_answer)}<span class="unseen"> ${name}</span>`, 'plain', ` value="${step}"`)}</dd></div>`
  const short = (i: number) => rich(inputs[i].w![2])
  return `<dl>${way.path.concat(offered(way, PHONE, INSURER)).map(i =>
    i == PAPER ? row(i, word(W.paper_from_new), word(state.former ? W.paper_from_new_no : W.paper_from_new_yes)) : row(i, short(i), shown(state, i))).join('')}</dl>`
}

function shown(state: State, i: number): string {
  const { k, v, w } = inputs[i], given = state.given[i]
  if (!given) return '–'
  if (state.unsure.includes(i) && !(given[0] > 0 && k == DATE) || given[0] === unknownRaw(i)) return rich(w![3])
  if (k == SET) return items(v!.map((_, value) => value).filter(value => has(given, 0, value)).map(value => rich(v![value]))) || word(i == NEEDS ? W.none_apply : W.have_none)
  if (k == CHOICE) return rich(v![given[0]])
  if (i == AGE || given[0] >= 0) return k == DATE ? rich(inBoth(given[0])) : String(given[0])
  return rich(v![given[0] + 0x80000000 - 1])
}
