// The checker: asks one question a step and shows the answer. It loads nothing, stores nothing and sends nothing; the
// answers live in memory and in the entries of this tab's history.
import { W } from './checker/words'
import { AGE, CHANGE, DATE, HAVE, INSURER, NEEDS, NUMBER, PHONE, PLACE, VISIT, data, inputs, maskOf, plain, word } from './checker/data'
import { FIRST, LAST, OLDEST, inWords, read, today } from './checker/days'
import { type Answer, type Engine, createEngine } from './checker/engine'
import { calendar, save } from './checker/files'
import { decode, encode } from './checker/link'
import { occasions, result } from './checker/result'
import { PAPER, RESULT, START, type State, type Way, empty, follow, has, special, unknownRaw } from './checker/state'
import { button, echo, question } from './checker/steps'
import { daily } from './parts/today'

const place = document.getElementById('checker')!
const opening = place.innerHTML
const title = document.title
const VOLUNTEERED = [VISIT, NEEDS, AGE, PHONE, PLACE, INSURER]

let engine: Engine
let state = empty()
let way: Way
let typed: { day: number; month: boolean } | undefined // a date that waits to be confirmed
let shownOn = today()
let clearing = false

const $ = <T extends Element = HTMLElement>(selector: string) => place.querySelector<T>(selector)

/** Puts the state up. The new heading gets the focus, unless the page has just been opened. */
function show(focus = true, message = '') {
  shownOn = today()
  typed = undefined
  way = follow(engine, state)
  if (state.step == START) {
    place.innerHTML = opening
    if (message) place.insertAdjacentHTML('afterbegin', message)
  } else if (state.step == RESULT) {
    const answer = engine.decide(way.raw)
    if (answer) showAnswer(answer, focus, message)
    else place.innerHTML = `<p class="warn"><a href="check-noscript.html">${word(W.broken)}</a></p>`
  } else place.innerHTML = message + question(state.step, state, way)
  const heading = $('h1')!
  document.title = state.step == START ? title : plain(heading.innerHTML) + ' | ' + title
  if (focus) reach(heading)
}

/** Puts the answer up: at once what somebody waits for, and what lies further down when that can be seen. */
function showAnswer(answer: Answer, first: boolean, message: string) {
  const [top, rest] = result(state, way, answer, message)
  place.innerHTML = top
  const shown = place.firstChild!
  const add = () => shown.isConnected && place.insertAdjacentHTML('beforeend', rest())
  if (first) requestAnimationFrame(() => setTimeout(add))
  else add()
}

function reach(element: HTMLElement) {
  element.focus({ preventScroll: true })
  scrollTo(0, Math.max(0, place.getBoundingClientRect().top + scrollY - 8))
}

const notice = (key: W) => `<p class="warn" role="status">${word(key)}</p>`

/** States are never changed in place: the history holds them. */
const change = (parts: Partial<State>) => (state = Object.assign({}, state, parts))

/** Goes on to a step, as a new entry of the history. */
function go(step: number) {
  change({ step, depth: state.depth + 1 })
  remember(true)
  show()
}

function remember(further: boolean) {
  if (further) history.pushState(state, '')
  else history.replaceState(state, '')
}

const give = (step: number, values: number[]) => change({ given: Object.assign({}, state.given, { [step]: values }) })

/** Takes an answer and goes on to the next question, or to the result. */
function answer(values: number[], unsure = false) {
  const { step, own } = state
  if (step == PAPER) change({ former: values[0] == 1 })
  else {
    give(step, values)
    change({ unsure: state.unsure.filter(i => i != step).concat(unsure ? step : []) })
    if (VOLUNTEERED.includes(step) && !way.path.includes(step) && way.next != step && !own.includes(step)) change({ own: own.concat(step) })
    if (step == HAVE || step == CHANGE) change({ former: undefined })
  }
  remember(false) // so that Back finds the answer
  go(follow(engine, state).next)
}

/** Tells what is wrong: first in the page and in the reading order, and where the focus goes. */
function fail(key: W, field: string, values?: Record<string, string>) {
  const text = word(key, values)
  $('#error')!.innerHTML = `<div class="errors" role="alert" tabindex="-1"><h2>${word(W.error_title)}</h2><p><a href="#${field}">${text}</a></p></div>`
  for (const input of Array.from(place.querySelectorAll('.date input'))) input.setAttribute('aria-invalid', 'true')
  document.title = plain(data.page[W.error_title]) + ': ' + title
  reach($('.errors')!)
}

/** Reads what was typed and asks whether it was understood. */
function take() {
  const fields = Array.from(place.querySelectorAll('input')), value = (i: number) => (fields[i] ? fields[i].value.trim() : '')
  if (inputs[state.step].k == NUMBER) {
    const number = value(0).normalize('NFKC').replace(/歳$/, '')
    if (/^\d{1,3}$/.test(number) && +number <= OLDEST) answer([+number])
    else fail(W.age_error, 'f0')
    return
  }
  const text = value(3) || (/\d.*[年月/.-].*\d/.test(value(0)) || !(value(1) || value(2)) ? value(0) : [value(0).replace(/年$/, '') || '0000', value(1).replace(/月$/, ''), value(2).replace(/日$/, '')].filter(Boolean).join('/'))
  const found = text.startsWith('0000') ? W.date_error_year : read(text, FIRST, LAST)
  if (typeof found == 'number') return fail(found, value(3) ? 'f3' : 'f0', { from: inWords(FIRST), until: inWords(LAST) })
  if (found.month && state.step == VISIT) return fail(W.date_error_unreadable, 'f2')
  typed = found
  $('form')!.innerHTML = echo(found.day, found.month)
  $('#error')!.innerHTML = ''
  reach($('h1')!)
}

/** Leaves nothing behind: goes back to where the person began, and makes the browser forget what came after. */
function clear() {
  const back = state.depth
  state = empty()
  if (back) {
    clearing = true
    history.go(-back)
  } else cleared()
}

function cleared() {
  clearing = false
  history.replaceState(state, '')
  change({ depth: 1 })
  remember(true) // this drops the entries that lie ahead
  show(true, notice(W.cleared))
}

function share() {
  const { text, left } = encode(way, state)
  const address = new URL('check.html#' + text, location.href).href
  $('#shared')!.innerHTML = `<p class="warn" tabindex="-1">${word(W.share_warning)}${left ? ' ' + word(W.share_left_out) : ''}</p><input readonly aria-label="${plain(data.page[W.share_link])}" value="${address.replace(/&/g, '&amp;')}">${button('copy', word(W.share_copy))}<p role="status"></p>`
  $('#shared p')!.focus()
}

function copy() {
  const field = $<HTMLInputElement>('#shared input')!
  field.select()
  if (document.execCommand('copy')) $('#shared [role=status]')!.innerHTML = word(W.share_copied)
}

const checkedBoxes = () => Array.from(place.querySelectorAll<HTMLInputElement>('.box input:checked')).map(box => +box.value)

function mask(step: number, values: number[]): number[] {
  const secret = step == NEEDS && state.given[NEEDS] && has(state.given[NEEDS], 0, data.dv) // it is in no box
  return maskOf(inputs[step], secret ? values.concat(data.dv) : values)
}

const actions: Record<string, (value: number) => void> = {
  back: () => history.back(),
  visit: () => go(VISIT),
  step: value => go(value),
  choose: value => answer([state.step >= 0 && inputs[state.step].k == DATE ? special(value) : value]),
  unknown: () => {
    const raw = state.step == PAPER ? undefined : unknownRaw(state.step)
    answer(raw === undefined ? mask(state.step, []) : [raw], true)
  },
  none: () => answer(mask(state.step, [])),
  checked: () => {
    const values = checkedBoxes()
    if (values.length || state.step == NEEDS) answer(mask(state.step, values))
    else fail(W.error_choose, 'checker')
  },
  typed: take,
  use: () => typed && answer([typed.day], typed.month),
  fix: () => show(),
  today: () => {
    change({ own: state.own.filter(i => i != VISIT) })
    go(follow(engine, state).next)
  },
  sensitive: () => {
    give(NEEDS, mask(NEEDS, [data.dv]))
    change({ own: state.own.concat(NEEDS) })
    go(follow(engine, state).next)
  },
  print: () => print(),
  calendar: () => save(calendar(occasions(state, way, engine.decide(way.raw)!)), 'renewal.ics'),
  share, copy, clear,
  again: () => {
    change(Object.assign(empty(), { former: undefined, depth: state.depth }))
    go(way.path.concat(HAVE)[0])
  },
}

function listen() {
  place.addEventListener('click', event => {
    const target = event.target as Element
    const start = target.closest('a.go')
    if (start) {
      event.preventDefault()
      go(follow(engine, state).next)
    }
    const error = target.closest<HTMLAnchorElement>('.errors a')
    if (error) {
      event.preventDefault()
      const field = document.getElementById(error.hash.slice(1))!
      const details = field.closest('details')
      if (details) details.open = true
      ;(field.matches('input') ? field : $('.box input') || field).focus()
    }
    const pressed = target.closest<HTMLButtonElement>('button[data-do]')
    if (pressed) actions[pressed.dataset.do!](+pressed.value)
  })
  place.addEventListener('submit', event => {
    event.preventDefault()
    ;($('[data-do=typed], [data-do=checked]') as HTMLElement | null)?.click()
  })
  addEventListener('popstate', event => {
    if (clearing) return cleared()
    if (event.state && event.state.given) {
      state = event.state
      show()
    } else if (/^#v=/.test(location.hash)) open()
    else if (location.hash) history.replaceState(state, '') // a link within the page
    else {
      state = empty()
      show()
    }
  })
  daily(() => {
    if (!document.hidden && shownOn != today()) show(false)
  })
}

/** Begins with what the entry of the history or a link remembers, if anything. */
function open() {
  const link = /^#(v=.*)$/.exec(location.hash)
  let message = ''
  if (link) {
    const found = decode(link[1])
    state = empty()
    if (typeof found == 'object' && engine.decide((way = follow(engine, found)).raw)) {
      state = found
      state.step = way.next
    } else message = notice(found == 1 ? W.rules_changed : W.forged_link)
    history.replaceState(state, '', location.href.split('#')[0]) // the answers do not stay in the address
  } else if (history.state && history.state.given) state = history.state
  else remember(false)
  show(!!link, message)
}

/** Tells a page around this one how high it is. */
function tellHeight() {
  if (parent === window || !document.body.classList.contains('embed') || !('ResizeObserver' in window)) return
  new ResizeObserver(() => parent.postMessage({ type: 'sitegen-height', height: document.documentElement.offsetHeight }, '*')).observe(document.body)
}

createEngine('@module@', place.dataset.rules!, started => {
  engine = started
  listen()
  open()
  // Browsers compile what is called first, and look for the fonts of what is laid out first: not when somebody waits.
  setTimeout(() => {
    engine.decide(way.raw)
    if (state.step != START) return
    place.insertAdjacentHTML('beforeend', `<div>${question(way.next, state, way)}</div>`)
    place.getBoundingClientRect()
    place.lastElementChild!.remove()
  }, 99)
})
tellHeight()

// Readings on and off, as on the other pages.
const rubySwitch = document.querySelector('.ruby-switch')
if (rubySwitch) {
  const root = document.documentElement.classList
  const show = () => rubySwitch.setAttribute('aria-pressed', `${!root.contains('noruby')}`)
  rubySwitch.addEventListener('click', () => {
    const off = root.toggle('noruby')
    show()
    try {
      localStorage.ruby = off ? 'off' : 'on'
    } catch {
      // it then lasts as long as the page
    }
  })
  show()
}
