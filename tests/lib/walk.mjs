// Leads people through the checker's page as the page is shown to them: the functions find boxes on the screen and click on
// them.

import { fileURL } from './browser.mjs'
import { anew, shown } from './checker.mjs'

/**
 * Makes each tap seem to come a second later than it does. Otherwise the page would ignore quick taps just after a change. (Other
 * tests check that it ignores them.)
 */
export const readers = page => page.addInitScript(() => {
  const now = performance.now.bind(performance)
  performance.now = () => now() - 1000
})

/** Makes a page believe that it is noon in Tokyo on a day. */
export const onDay = (page, day) => page.addInitScript(now => { Date.now = () => now }, Date.parse(`${day}T12:00:00+09:00`))

/** Opens the checker of a site in a language, and waits for its first question. */
export async function enter(page, site, insurer, language) {
  await page.goto(fileURL(site.page(`${insurer && insurer + '/'}${language}/check.html`)))
  await ready(page)
}

/** Waits until the checker's script shows a question or the result. */
const ready = page => page.waitForFunction(() => document.querySelector('#checker button[data-do=circumstances]') !== null)

/** Scrolls to the first element that is visible and can be tapped, and returns its place, or undefined if there is none. */
const spot = (page, selector) => page.evaluate(selector => {
  for (const element of document.querySelectorAll(selector)) {
    if (!element.checkVisibility({ visibilityProperty: true })) continue
    element.scrollIntoView({ block: 'center' })
    const { left, top, width, height } = element.getBoundingClientRect(), x = left + width / 2, y = top + height / 2
    const hit = document.elementFromPoint(x, y)
    if (width > 0 && hit && (element.contains(hit) || hit.contains(element))) return { x, y }
  }
}, selector)

/** By page: a function that is called with the selector of each tap, before the tap is made. */
export const onTap = new WeakMap()

/** Taps the first visible element that matches the selector, or throws if there is none. */
export async function press(page, selector) {
  const at = await spot(page, selector)
  if (!at) throw new Error(`nobody can tap ${selector} on: ${(await page.innerText('#checker')).replaceAll('\n', ' | ').slice(0, 400)}`)
  await onTap.get(page)?.(selector)
  await page.mouse.click(at.x, at.y)
}

/** Taps an element as `press` does, and waits for the page that it leads to. */
const onward = (page, selector) => anew(page, () => press(page, selector))

const isShown = async (page, selector) => await spot(page, selector) !== undefined

/** Opens the folds that hide an element, from the outermost to the innermost. */
async function reveal(page, selector) {
  while (!await isShown(page, selector)) {
    const at = await page.evaluate(selector => {
      const all = [...document.querySelectorAll('#checker details')], at = all.findIndex(one => !one.open && one.querySelector(selector))
      if (at >= 0) all[at].firstElementChild.dataset.opens = at
      return at
    }, selector)
    if (at < 0) return
    await press(page, `#checker summary[data-opens="${at}"]`)
  }
}

/**
 * Returns the id of the question on the page (`ask`), and whether it asks for a further document (`again`). If the page shows the
 * result, it returns undefined.
 */
export const asked = page => page.evaluate(() => {
  const form = document.querySelector('#checker form[data-step]')
  return form ? { ask: form.dataset.step, again: !!form.querySelector('[data-do=name]') && !document.querySelector('.for-whom') } : undefined
})

/** Types a day, or only its month if the day is not known. `way` selects one of the forms of writing that documents use. */
async function typeDay(page, { day, month }, way = 0) {
  const [year, of, date] = day.split('-').map(Number), ofMonth = month ? '' : `${date}日`
  await type(page, '#f0', way % 3 === 2 ? `${year}年${of}月${ofMonth}まで` : way % 3 === 1 && year > 2019 ? `令和${year - 2018}年${of}月${ofMonth}` : [year, of, ...(month ? [] : [date])].join('/'))
  await onward(page, '#checker [data-do=typed]')
}

async function type(page, field, text) {
  await press(page, field)
  await page.keyboard.press('Control+A')
  await page.keyboard.insertText(text)
}

const quoted = value => `[value="${value}"]`

/** Chooses a value of a question, wherever the page offers it: directly, in a folded group, or after a further question. */
async function choose(page, ask, value) {
  const { unknown, further } = await page.evaluate(id => {
    const { unknown, further = [] } = checkerData.inputs.find(input => input.id === id)
    return { unknown, further }
  }, ask)
  if (value === unknown) return onward(page, '#checker .unsure[data-do=unknown]')
  const leads = further.find(one => one.value === value), wanted = leads ? leads.of : [value]
  const buttons = wanted.map(one => `#checker [data-do=choose]${quoted(one)}`).join()
  if (!await isShown(page, buttons)) await onward(page, '#checker [data-do=part]')
  await onward(page, buttons)
  if (await page.$('#checker [data-do=settle]')) await onward(page, `#checker [data-do=settle]${quoted(value)}:not(.unsure)`)
}

/** Names a document that the person holds. Without a value, says that there are no more documents. */
async function name(page, value) {
  if (value === undefined) return onward(page, '#checker [data-do=none]')
  const tile = `#checker [data-do=name]${quoted(value)}`
  await reveal(page, tile)
  await onward(page, tile)
}

async function answer(page, step, way) {
  const kind = await page.evaluate(id => checkerData.inputs.find(input => input.id === id)?.kind, step.ask)
  if (kind === 'set') await name(page, step.value)
  else if (step.day) await typeDay(page, step, way)
  else await choose(page, step.ask, step.value)
}

/**
 * Opens the list of circumstances, ticks some of them in their groups, and continues. `values` lists them by the id of their input.
 * `ask` is the question whose last choice leads to the list, or undefined. `tell` throws if the group with the answers to `ask` is
 * not open.
 */
async function tell(page, values, ask) {
  await press(page, ask ? `#checker .choice[data-do=circumstances]${quoted(ask)}` : '#checker [data-do=circumstances]:not(.choice)')
  await page.waitForSelector('#checker [data-do=tell]') // the words of the circumstances are loaded only now
  for (const value of ask ? values[ask] : []) {
    if (!await isShown(page, `#checker label:has([id="${ask}.${value}"])`)) throw new Error(`the group of ${ask} ${value} is not open`)
  }
  for (const [id, list] of Object.entries(values)) {
    for (const value of list) {
      const box = `#checker label:has([id="${id}.${value}"])`
      await reveal(page, box)
      await press(page, box)
    }
  }
  await onward(page, '#checker [data-do=tell]')
}

/** Presses the neutral line, and waits for the page that it leads to. */
const sensitive = page => onward(page, '#checker [data-do=sensitive]')

/** At the result, presses the button that opens a question, to answer it or to change its answer. */
async function change(page, ask) {
  const button = `#checker [data-do=step]${quoted(ask)}`
  await reveal(page, button)
  await press(page, button)
}

/** At the result, answers a question that the interview never asks. */
async function add(page, { ask, value, number }) {
  await change(page, ask)
  if (value !== undefined) return choose(page, ask, value)
  await type(page, '#f0', String(number))
  await onward(page, '#checker [data-do=typed]')
}

/** Sets the day of the visit. */
async function visit(page, day, way) {
  const near = `#checker [data-do=day]${quoted(Date.parse(day) / 864e5)}`
  if (await isShown(page, near)) return onward(page, near)
  const other = '#checker [data-do=step][value=visit_date]'
  await reveal(page, other)
  await press(page, other)
  await typeDay(page, { day }, way)
}

/** Waits until the whole result is shown. The result's first screen is shown before the rest. */
const whole = page => page.waitForFunction(() => document.querySelector('#checker [data-do=again]') !== null)

/**
 * Leads a person through the interview, from its first question to the result. If a question is wrong, it stops there and
 * returns a description (`fault`). Otherwise it returns the result in ids (`answer`) and the remedies that would make the
 * result enough (`better`).
 */
export async function walk(page, { steps }, way = 0) {
  for (const step of steps) {
    if (step.do === 'answer') {
      const found = await asked(page), wanted = { ask: step.ask, again: !!step.again }
      if (found?.ask !== wanted.ask || found.again !== wanted.again) return { fault: `is asked ${JSON.stringify(found)}, and should be asked ${JSON.stringify(wanted)}` }
      await answer(page, step, way)
    } else if (step.do === 'change') {
      await whole(page)
      await change(page, step.ask)
      await answer(page, step, way)
    } else if (step.do === 'add') {
      await whole(page)
      await add(page, step)
    } else if (step.do === 'tell') await tell(page, step.values, step.ask)
    else if (step.do === 'visit') await visit(page, step.day, way)
    else await sensitive(page)
  }
  const more = await asked(page)
  if (more) return { fault: `is asked ${JSON.stringify(more)} besides` }
  const found = await shown(page)
  await whole(page)
  const better = JSON.parse(await page.evaluate(() => document.querySelector('[data-remedies]')?.dataset.remedies ?? '[]'))
  return { answer: found, better }
}

/** Presses the button that starts the checker again. */
export const again = page => press(page, '#checker [data-do=again]')

/**
 * Goes from the home page to the checker by a tile: that of the first held document or, without a document, the tile "none". It
 * takes the tile "something else" if there is no such tile, or if the person must first press a button that only the first
 * question has. Returns the documents that the tile has named.
 */
export async function tapOnHome(page, { have = [], secret }) {
  const tile = answer => `main a[href$="check.html${answer}"]`, [held] = have, own = tile(`#have=${held ?? ''}`)
  const isTold = !secret && await isShown(page, own)
  await press(page, isTold ? own : tile(''))
  await page.waitForURL(/check\.html/)
  await ready(page)
  return isTold ? have.slice(0, 1) : []
}

/** Enters what a person tells before answering any question. */
export async function tellsFirst(page, { secret, told }) {
  if (secret) await sensitive(page)
  if (told) await tell(page, told)
}

/**
 * Answers the question on the page truthfully for a person, with "I don't know" for what the person does not know. Returns the
 * id of the question, or undefined at the result.
 */
export async function choosing(page, person) {
  const found = await asked(page)
  if (!found) return undefined
  const { ask } = found
  if (ask === 'have') {
    const rest = await page.evaluate(() => checkerData.nothingElse)
    const named = person.named ??= []
    const next = await page.evaluate(([held, named]) => held.find(id => !named.includes(id) && document.querySelector(`#checker [data-do=name][value="${id}"]`)), [person.have ?? [], named])
    if (next) named.push(next)
    else if (person[rest?.input] === rest?.value && await isShown(page, '#checker [data-do=alone]')) {
      await press(page, '#checker [data-do=alone]')
      return ask
    }
    await name(page, next)
  } else {
    const { kind, unknown } = await page.evaluate(id => checkerData.inputs.find(input => input.id === id), ask)
    const value = person[ask] ?? unknown
    await answer(page, kind === 'date' && /^\d/.test(value) ? { ask, day: value } : { ask, value })
  }
  return ask
}
