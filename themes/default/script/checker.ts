// The checker asks one question per step and shows the answer. It stores nothing and sends nothing: the visitor's answers are
// only in memory, and are lost when the page is closed.
import { type Answers, type Way, chosen, follow, giving, holding, maskOf, nothing, rawOf, telling } from './checker/answers'
import { type Input, HELD, VISIT, data, input, takeData, valueIn, word } from './checker/data'
import { inWords, slots, today } from './checker/days'
import { type Engine, createEngine } from './checker/engine'
import { decide } from './checker/decision'
import { type Action, button, notice, put, withReadings } from './checker/pieces'
import { type Moment, begin, forget, isForeign, isLost, keep, keepTyped, putTyped, recall, stepsBefore } from './checker/memory'
import { type Fault, type Written, FIRST, LAST, OLDEST, read } from './checker/reading'
import { hasWords } from './checker/remedies'
import { type Result, givenBefore, occasions, result } from './checker/result'
import { ALL, LIST, MORE, echo, isFirst, isNumbered, question } from './checker/steps'
import { guardTaps, shownNow } from './checker/tap'
import type { tools as Tools } from './tools'
import { offerSearch } from './parts/find'
import { type Html, type Id, addHtml, escaped, html, trusted } from './parts/html'
import { beside, loadScript } from './parts/load'
import { tellPrinted } from './parts/printed'
import { switchRuby } from './parts/ruby'
import { daily } from './parts/today'
import { unfoldOnPaper } from './parts/unfold'

const place = document.getElementById('checker')!, firstStep = document.getElementById('first-step')!
const built = +place.dataset.built!
const languages = place.dataset.languages!.split(' ') // three entries per language: its id, and the addresses of its two scripts

let engine: Engine
let moment: Moment
let way: Way
let asked: string | undefined // the typed text whose guessed year was read back to the visitor; pressing the button again accepts it
let echoed: string // what the page shows about how it understood the typed text
let shownOn = today()

const $ = <T extends Element = HTMLElement>(selector: string) => place.querySelector<T>(selector)
const fieldsOf = () => Array.from(place.querySelectorAll<HTMLInputElement>('input[id]'))

/**
 * Renders the current moment, after loading the rest of the data if the moment is a result that needs it. If `focus` is true, the
 * heading gets the focus. `message` is HTML that is put above the heading.
 */
function show(focus = true, message: Html = '') {
  if (moment.show == 'result' && needsRest(moment.answers)) { // Back, or a new day, led to it
    const draw = here(() => render(focus, message))
    place.style.visibility = 'hidden' // the old screen, whose buttons would act on the new moment
    withRest(draw, draw)
  } else render(focus, message)
}

function render(focus: boolean, message: Html) {
  place.style.visibility = ''
  shownOn = today()
  asked = undefined
  echoed = ''
  way = follow(engine, moment.answers)
  firstStep.hidden = !isFirst(moment)
  if (moment.show == 'result') showAnswer(focus, message)
  else {
    const asked = moment.show == 'question' ? questionOf() : undefined
    put(place, html`${message}${backLink()}${asked ? question(moment, way, matters(), settles(), built) : loadedTools().circumstancesStep(moment.answers, moment.input)}${givenBefore({ answers: moment.answers, way }, asked)}`)
  }
  putTyped(moment, fieldsOf())
  understand()
  if (moment.show == 'circumstances') loadedTools().count(place)
  if (!focus) return
  shownNow()
  reach($('h1')!)
  document.dispatchEvent(new Event('step')) // on the page for frames, embed.ts listens
}

const questionOf = () => input(moment.input!)

/** The papers that were named before the current question. */
const named = () => moment.answers.held ? moment.answers.held.named.slice(0, moment.named || 0) : []
const before = () => (moment.named ? { named: named(), all: false } : undefined)

/**
 * The values of the current question that can still change the answer, or undefined if the question would not be asked next.
 */
function matters(): Id[] | undefined {
  const of = questionOf(), { [of.id]: own, ...given } = moment.answers.given
  const { next } = follow(engine, { ...moment.answers, given, held: of == HELD ? before() : moment.answers.held })
  return next && next.input == of ? next.matters : undefined
}

/**
 * The answers with the addition that the visitor holds nothing besides the papers named so far. If `unsure` is true, the visitor
 * answered "I don't know".
 */
const withAll = (unsure = false) => holding(moment.answers, { named: named(), all: true }, unsure)

/**
 * Whether the button "nothing else" may also answer the question that `nothing_else` in page.yaml names. It may if that
 * question comes next, and if the value that the button would give can still change the answer.
 */
function settles() {
  const { next } = follow(engine, withAll()), { nothingElse } = data
  return !!nothingElse && !!next && next.input.id == nothingElse.input && next.matters.includes(nothingElse.value)
}

/**
 * Shows the answer: the upper part at once, and the lower part after the first paint. Both parts come at once if the answer takes the place
 * of an older one (`focus` is false) or comes from a link, so that the page does not become short in between. If the rules give no answer,
 * it shows an error with a link to the pages without script.
 */
function showAnswer(focus: boolean, message: Html) {
  const found = decided()
  if (!found) {
    put(place, html`<h1 tabindex="-1">${word('error_title')}</h1><p class="warn"><a href="${escaped(place.dataset.plain!)}">${word('broken')}</a></p>`)
    return
  }
  const [top, rest] = result(found, backLink(), html`${moment.answers.linked ? notice('from_link') : ''}${message}`)
  put(place, top)
  const shown = place.firstChild!
  const add = () => {
    if (!shown.isConnected) return
    addHtml(place, withReadings(rest()))
    const slot = $('#why')!
    const missing = () => put(slot, notice('tool_missing'))
    slot.parentElement!.ontoggle = () => withRest(({ why }) => why(found, place.dataset.tools!, html => put(slot, html), missing), missing)
  }
  if (focus && !moment.answers.linked) requestAnimationFrame(() => setTimeout(add))
  else add()
}

function decided(): Result | undefined {
  const answer = decide(engine, way.raw)
  return answer && hasWords(engine, way.raw) ? { answers: moment.answers, way, answer, built, engine } : undefined
}

function reach(element: HTMLElement) {
  element.focus({ preventScroll: true })
  scrollTo(0, Math.max(0, place.getBoundingClientRect().top + scrollY - 8))
}

/**
 * Shows a new moment, in a new entry of the browser's history. By default, the answers and the number of the question stay the same.
 */
function go(to: Omit<Moment, 'answers' | 'number'>, answers = moment.answers, number = moment.number) {
  moment = { ...to, answers, number }
  keep(moment, true)
  show()
}

/** The moment that comes next: a question, or the result. */
function upNext(answers: Answers): Omit<Moment, 'answers' | 'number'> {
  const { next } = follow(engine, answers)
  return next ? { show: 'question', input: next.input.id, named: next.input == HELD ? answers.held?.named.length : undefined } : { show: 'result' }
}

/** Whether the result for the answers has a part that comes with the rest of the data, which is not loaded yet. */
function needsRest(answers: Answers): boolean {
  if (!data.rest) return false
  const { raw } = follow(engine, answers)
  return !decide(engine, raw) || !hasWords(engine, raw)
}

/** Goes on to what comes next. Before a result it loads the rest of the data if the result needs it. */
function goOn(answers: Answers, number?: number) {
  const to = upNext(answers), move = () => go(to, answers, number)
  if (to.show == 'result' && needsRest(answers)) withRest(here(move), here(again))
  else move()
}

/** Starts over with the first question, in the current entry of the history. */
function restart() {
  const answers = nothing()
  moment = { ...upNext(answers), answers, number: 1 }
  begin(moment)
}

/** Records the answer to the current question and moves on. */
function answer(values: number[], unsure = false) {
  const of = questionOf(), { answers } = moment
  settle(way.path.includes(of) || way.next?.input == of ? giving(answers, of, values, unsure, moment.part == LIST) : telling(answers, of, values))
}

/** Moves on with new answers. The current entry of the history gets the new answers too, so that Back shows them. */
function settle(answers: Answers) {
  const number = moment.number + +isNumbered(moment)
  moment = { ...moment, answers }
  keep(moment, false)
  goOn(answers, number)
}

/** Shows an error at the top of the page, first in reading order, and moves the focus to it. */
function fail(text: Html) {
  put($('#error')!, html`<div class="errors" role="alert" tabindex="-1"><h2>${word('error_title')}</h2>${button('field', text, 'plain')}</div>`)
  fieldsOf()[0].setAttribute('aria-invalid', 'true')
  shownNow()
  reach($('.errors')!)
}

/** The day that is typed in the field, or the fault of the typed text. For the day of the visit, a month alone is a fault. */
function typedDay(): Written | Fault {
  const from = moment.input == VISIT.id ? today() : undefined, found = read(fieldsOf()[0].value, from)
  return from && typeof found == 'object' && found.month ? 'unreadable' : found
}

const isDated = () => moment.show == 'question' && questionOf().kind == 'date'

/** Shows below the field how the day was understood. */
function understand() {
  if (!isDated()) return
  const found = typedDay(), text = typeof found == 'object' ? echo(found) : ''
  if (text != echoed) put($('#echo')!, echoed = text)
}

/** Records the typed day or number as the answer, or shows what is wrong with it. */
function take() {
  const text = fieldsOf()[0].value
  if (!isDated()) return takeNumber(text)
  const found = typedDay()
  if (typeof found == 'string') return fail(word(`date_error_${found}` as const, { from: inWords(FIRST), until: inWords(LAST) }))
  if (found.guessed && asked != text) { // a guessed year is read back first
    asked = text
    shownNow()
    $('#echo')!.tabIndex = -1
    $('#echo')!.focus()
    return
  }
  answer([found.day], found.month)
}

function takeNumber(text: string) {
  const number = text.normalize('NFKC').trim().replace(/歳$/, '')
  if (/^\d{1,3}$/.test(number) && +number <= OLDEST) answer([+number])
  else fail(word('age_error'))
}

/** The values of the ticked boxes, by input. An input whose boxes are all empty has an empty list. */
function ticked(): Map<Input, string[]> {
  const found = new Map<Input, string[]>()
  for (const field of fieldsOf()) {
    const [id, value] = field.id.split('.'), of = input(id)
    found.set(of, (found.get(of) || []).concat(field.checked ? value : []))
  }
  return found
}

/** Deletes all answers from memory and starts over. */
function clear() {
  forget()
  restart()
  show(true, notice('cleared'))
}

const share = () => withTools(({ share }) => {
  put($('#shared')!, share(moment.answers))
  $('#shared p')!.focus()
})

/** Shows a notice that the script for the pressed button could not be loaded. */
const notLoaded = () => put($('#shared')!, notice('tool_missing'))

const loadedTools = (): typeof Tools => (window as any).checkerTools

/**
 * Loads the script with the tools, which few people need. It runs anew each time, and gets the data of the current language.
 */
const loadTools = (use: (tools: typeof Tools) => void, missing: () => void) => loadScript(place.dataset.tools!, () => {
  loadedTools().takeData(data)
  use(loadedTools())
}, missing)

/**
 * Calls `then` with the tools when they and the rest of the data (Rest in checker/data.ts) are loaded. Loads both if needed, and
 * calls `missing` if one of them cannot be loaded.
 */
function withRest(then: (tools: typeof Tools) => void, missing: () => void) {
  const { rest } = data
  if (!rest) return then(loadedTools())
  loadScript(beside(place.dataset.tools!, rest), () => {
    const words = (window as any).checkerRest
    loadTools(tools => {
      // data.rest is not set if another call has taken the rest, or if the language has changed: a new language comes with its rest.
      if (data.rest) tools.takeRest(words)
      then(tools)
    }, missing)
  }, missing)
}

/**
 * Wraps an action so that it runs only while the current moment is shown. So an action runs only once, even if its button is pressed
 * twice while a script loads.
 */
function here<T extends unknown[]>(then: (...given: T) => void) {
  const at = moment
  return (...given: T) => {
    if (moment == at) then(...given)
  }
}

/** Shows the step again with a notice that asks the visitor to press again, because a script could not be loaded. */
const again = () => show(true, notice('tool_missing'))

/** Loads the tools with their words, and uses them on the answer on the page. */
function withTools(use: (tools: typeof Tools) => void) {
  const said = $('#shared')!
  withRest(tools => {
    if (!said.isConnected) return // the page no longer shows the answer
    said.querySelector('.warn[role]')?.remove()
    use(tools)
  }, notLoaded)
}

/** The Back button, or "" if this is the first step. */
const backLink = () => (stepsBefore() ? html`<p class="back">${button('back', word('back'))}</p>` : '')

/** Answers with a value of a choice. If the value leads to a further question, that question is asked first. */
function choose(value: Id) {
  const of = questionOf()
  if ((of.further || []).some(further => further.of.includes(value))) go({ show: 'question', input: of.id, part: value }, undefined, moment.number + 1)
  else answer([rawOf(of, value)])
}

function unknown() {
  const of = questionOf()
  if (of == HELD) settle(withAll(!moment.named))
  else if (of.unknown !== undefined) answer([rawOf(of, of.unknown)])
  else answer(maskOf(of, []), true)
}

const actions: Record<Action, (value: Id) => void> = {
  choose, unknown, share, clear,
  copy: () => loadedTools().copy($('#shared')!), // runs at once, because browsers allow copying only during the click
  back: () => history.back(),
  step: value => go({ show: 'question', input: value, part: value == HELD.id ? ALL : undefined }),
  part: value => {
    const open = () => go({ show: 'question', input: moment.input, part: value }, undefined, moment.number + 1)
    if (value == MORE) withRest(here(open), here(again)) // the names of the answers in groups come with the rest
    else open()
  },
  settle: value => answer([rawOf(questionOf(), value)]),
  name: value => settle(holding(moment.answers, { named: named().concat(value), all: false })),
  none: () => settle(withAll()),
  alone: () => {
    const of = input(data.nothingElse!.input)
    settle(giving(withAll(), of, [rawOf(of, data.nothingElse!.value)], false))
  },
  checked: () => {
    const named = ticked().get(HELD)!
    if (named.length) settle(holding(moment.answers, { named, all: true }))
    else fail(word('error_choose'))
  },
  typed: take,
  field: () => fieldsOf()[0].focus(),
  day: value => goOn(telling(moment.answers, VISIT, [+value])),
  circumstances: of => withRest(here(() => go({ show: 'circumstances', input: of })), here(again)),
  tell: () => settle(loadedTools().tell(moment.answers, ticked())),
  sensitive: () => withRest(here(() => goOn(loadedTools().withSecret(moment.answers))), here(again)),
  print: () => {
    if (location.protocol != 'https:') return print() // without a QR code, because a phone could not open this address
    loadTools(({ code }) => {
      const slot = $('#code')
      if (!slot) return // the page no longer shows the answer
      put(slot, code(moment.answers))
      print()
    }, print)
  },
  calendar: () => withTools(({ calendar, save }) => save(calendar(occasions(decided()!), today()), 'renewal.ics')),
  again: () => {
    forget()
    goOn(nothing(), 1)
  },
}

function press(event: MouseEvent) {
  const pressed = (event.target as Element).closest<HTMLButtonElement>('button[data-do]')
  if (pressed) actions[pressed.dataset.do as Action](trusted(pressed.value))
}

/** Remembers typed texts and ticked boxes. */
function onInput({ target }: Event) {
  if (moment.show == 'circumstances') loadedTools().onTick(place, target as HTMLInputElement)
  keepTyped(moment, fieldsOf())
  understand()
}

/** The folder of a language, from a link in the list of languages. */
const languageOf = (link: HTMLAnchorElement) => link.href.split('#')[0].split('/').slice(-2)[0]

/** The language that the visitor chose last. */
let wanted: string

/**
 * Changes the language in place. If the visitor chooses a different one before its words are loaded, the last choice counts. If the
 * words of the language cannot be loaded, the browser goes to the link's page, which starts over. If the language was changed before,
 * the link may lead to the page that is open. That page is then reloaded, because following a link that only adds a fragment loads
 * nothing.
 */
function changeLanguage(event: MouseEvent) {
  const link = (event.target as Element).closest<HTMLAnchorElement>('.languages a')
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return
  event.preventDefault()
  const language = languageOf(link), isWanted = () => wanted == language
  wanted = language
  if (language == data.language) return
  const at = languages.indexOf(language) + 1, missing = () => {
    if (!isWanted()) return
    if (link.pathname != location.pathname) return location.href = link.href + ANEW
    history.replaceState(null, '', ANEW)
    location.reload()
  }
  loadTools(({ speak }) => speak(languages.slice(at, at + 2), isWanted, words => {
    takeData(words)
    loadedTools().takeData(words) // meanwhile the tools may have been loaded again, with the data of the old language
    show()
  }, missing), missing)
}

function listen() {
  place.addEventListener('click', press)
  place.addEventListener('input', onInput)
  place.addEventListener('submit', event => {
    event.preventDefault()
    ;($('.go[data-do]') as HTMLElement | null)?.click()
  })
  document.addEventListener('click', changeLanguage)
  history.scrollRestoration = 'manual' // a step begins with its heading: otherwise the browser scrolls to where the step was left
  addEventListener('popstate', event => {
    const known = recall(event.state)
    if (known) {
      moment = known
      show()
    } else if (isForeign(event.state) && !brings(location.hash)) keep(moment, false) // the visitor followed a link within the page
    else open()
  })
  daily(() => {
    if (!document.hidden && shownOn != today()) show(false)
  })
}

const ANEW = '#anew', ANSWERS = '#answers&', paper = () => `#${HELD.id}=`

/** Whether the fragment of a link carries answers, one paper, or the sign that earlier answers are lost. */
const brings = (hash: string) => hash == ANEW || hash.startsWith(ANSWERS) || hash.startsWith(paper())

/**
 * Starts the interview anew with what the link's fragment carries. It does so in the current entry of the history, and removes
 * the fragment from that entry and from the address.
 */
function open() {
  const { hash } = location, lost = hash == ANEW || isLost(history.state)
  if (brings(hash)) history.replaceState(null, '', location.href.split('#')[0])
  restart()
  const isAnswers = hash.startsWith(ANSWERS)
  if (!isAnswers && !hash.startsWith(paper())) return show(lost, lost ? notice('begun_anew') : '')
  const text = hash.slice((isAnswers ? ANSWERS : paper()).length), forged = here(() => arrive())
  place.style.visibility = 'hidden' // hides the screen so far, which is not where the link leads, but keeps its space
  if (isAnswers) withRest(here(({ decode }) => arrive(decode(text))), forged)
  else if (valueIn(HELD, text)?.said) withRest(here(() => arrive(chosen(text))), forged)
  else arrive(chosen(text))
}

/**
 * Continues with the answers of a link. If this page cannot have made the link, or if the words of the answers cannot be loaded, it
 * shows the first question and a notice.
 */
function arrive(found?: Answers) {
  if (found && engine.decide(follow(engine, found).raw)) goOn(found, 2)
  else show(true, notice('forged_link'))
}

takeData()
createEngine('@module@', data.module, place.dataset.rules!, started => {
  engine = started
  guardTaps()
  listen()
  switchRuby()
  tellPrinted(() => slots(today()))
  open()
})
unfoldOnPaper()
offerSearch()
