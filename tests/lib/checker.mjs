// Helpers for tests of the checker. They press its buttons, and read the ids of what it shows.

import fs from 'node:fs'
import path from 'node:path'
import vm from 'node:vm'
import { fileURL } from './browser.mjs'
import { repository } from './folders.mjs'
import { realSite } from './site.mjs'

/** Returns the description of the rules that the published module contains (docs/module.md). */
function description() {
  const { folder } = realSite()
  const module = new WebAssembly.Module(fs.readFileSync(path.join(folder, 'assets/rules.wasm')))
  return JSON.parse(new TextDecoder().decode(WebAssembly.Module.customSections(module, 'sitegen.rules')[0]))
}

const policies = new Set(fs.readFileSync(path.join(repository, 'content/policies.yaml'), 'utf8').match(/^\w+(?=:)/gm))

/** The worked cases that set no policy of an insurer. A visitor cannot answer a policy on the page. */
export const cases = JSON.parse(fs.readFileSync(path.join(repository, 'content/rules/cases.json'), 'utf8')).cases
  .filter(({ answers }) => !Object.keys(answers).some(id => policies.has(id)))

const names = description()

/** The default answer of each input, by the input's id. It applies if the question is not answered. */
const defaults = Object.fromEntries(names.inputs.map(input => [input.id, input.default]))

export const day = iso => Date.parse(iso) / 864e5
export const iso = day => (day === undefined ? null : new Date(day * 864e5).toISOString().slice(0, 10))

/**
 * Clicks an element as a keyboard or a screen reader does: without a pointer. The page ignores a pointer just after it has
 * changed, but never such a click.
 */
export const tap = (page, selector) => page.locator(selector).first().evaluate(element => element.click())

/**
 * Returns the result that a page shows. It contains the numbers of outcomes, notes and documents, not their ids
 * (docs/module.md).
 */
export const numbers = async page => JSON.parse(await page.getAttribute('[data-answer]', 'data-answer'))

/** Returns a result with ids and ISO dates instead of numbers. */
export function inIds({ outcome, row, enough, bring, also, notAlone, tell, until }) {
  const documents = bits => names.documents.filter((_, i) => bits >> i & 1)
  return {
    outcome: names.outcomes[outcome], row, enough: names.enough[enough], bring: bring.map(documents), also: documents(also), notAlone: documents(notAlone),
    tell: tell.map(note => names.notes[note]), until: until === -0x80000000 ? null : iso(until),
  }
}

/** Returns the result that a page shows, with ids and ISO dates. */
export const shown = async page => inIds(await numbers(page))

/** Returns the id of the question that a page shows, or undefined if it shows the result. */
export const step = page => page.evaluate(() => document.querySelector('[data-step]')?.dataset.step)

export const heading = page => page.textContent('#checker h1')

const list = value => (Array.isArray(value) ? value : [value])

/**
 * Returns the fragment of a link that restores answers. The answers must not include private values: a link may not contain
 * them.
 */
const linkOf = answers => 'answers' + Object.entries(answers).map(([id, value]) => `&${id === 'have' ? '' : '+'}${id}=${list(value).join('.')}`).join('')

/** The ids of the private values of each input, by the address of the page. */
const secrets = new Map()

/** Returns the ids of the private values of each input. Those of some inputs are in a script that the page loads later. */
async function privateValues(page, item) {
  const address = fileURL(item)
  if (!secrets.has(address)) {
    const { inputs, rest } = await page.evaluate(() => checkerData)
    const later = rest ? vm.runInNewContext(fs.readFileSync(path.join(item.site.folder, 'assets', rest), 'utf8')).values : {}
    secrets.set(address, Object.fromEntries(inputs.map(({ id, values }) => [id, [...values, ...(later[id] ?? [])].filter(value => value.private).map(({ id }) => id)])))
  }
  return secrets.get(address)
}

/** Separates answers into those that a link may contain (`open`) and the private values (`secret`). */
async function apart(page, item, answers) {
  const hidden = await privateValues(page, item)
  const open = {}, secret = {}
  for (const [id, value] of Object.entries(answers)) {
    const isPrivate = one => hidden[id]?.includes(one)
    const told = list(value).filter(isPrivate)
    if (told.length) secret[id] = told
    if (Array.isArray(value) || !told.length) open[id] = Array.isArray(value) ? value.filter(one => !isPrivate(one)) : value
  }
  return { open, secret }
}

/**
 * Ticks circumstances on the form that lists them, and sends the form. `told` lists the values to tick, by the id of their
 * input.
 */
export async function tell(page, told) {
  await tap(page, '[data-do=circumstances]')
  for (const [id, values] of Object.entries(told)) for (const value of values) await page.locator(`[id="${id}.${value}"]`).evaluate(box => box.checked || box.click())
  await tap(page, '[data-do=tell]')
}

/** Returns the id of the question that a page shows (`asked`), and whether it shows the result (`answered`). */
const state = page => page.evaluate(() => ({ asked: document.querySelector('[data-step]')?.dataset.step, answered: !!document.querySelector('[data-answer]') }))

/** Follows a link within the page, and waits until the page shows where the link leads. */
const follow = (page, hash) => page.evaluate(hash => new Promise((resolve, reject) => {
  const place = document.querySelector('#checker'), before = place.firstElementChild
  const late = setTimeout(() => reject(Error(`the page does not follow ${hash}`)), 30000)
  const watch = new MutationObserver(() => {
    if (before.isConnected || place.style.visibility === 'hidden') return // the page hides the first question while it loads words
    watch.disconnect()
    clearTimeout(late)
    resolve()
  })
  watch.observe(place, { childList: true, attributeFilter: ['style'] })
  location.hash = hash
}), hash)

/**
 * Shows the result for the given answers. Any other question that the page asks gets its default answer. A link passes the
 * answers to the page; private answers are entered on the page, because a link cannot contain them.
 */
export async function restore(page, item, { profile, ...answers }) {
  if (!page.url().endsWith(item.file)) await page.goto(fileURL(item))
  const visit_date = answers.visit_date ?? await page.evaluate(() => new Date(Date.now() + 324e5).toISOString().slice(0, 10))
  const { open, secret } = await apart(page, item, { visit_date, ...answers })
  const { needs = [], change, ...others } = secret, told = { ...others, ...(needs.filter(id => id !== 'dv').length ? { needs: needs.filter(id => id !== 'dv') } : {}) }
  for (let tries = 0; ; tries++) {
    await follow(page, linkOf(open))
    if (Object.keys(told).length) await tell(page, told)
    if (needs.includes('dv')) {
      await tap(page, '[data-do=circumstances]')
      await sensitive(page)
    }
    if (change && await step(page) === 'change') await choose(page, change[0])
    const { asked, answered } = await state(page)
    if (answered) return
    if (!asked || tries > 12) throw new Error(`${asked} is asked after ${linkOf(open)}: ${await page.innerText('#checker')}`)
    open[asked] = defaults[asked] ?? []
  }
}

/**
 * Runs `act`, and waits until the page has been written anew. Words may be loaded first, and the question may stay the same; so this function
 * marks an element of the old page, and waits until that element is gone.
 */
export async function anew(page, act) {
  await page.evaluate(() => document.querySelector('#checker').firstElementChild.classList.add('before'))
  await act()
  await page.waitForFunction(() => !document.querySelector('#checker > .before'))
}

/** Clicks an element as `tap` does, and waits for the page that it leads to: before some pages, words are loaded. */
export const onward = (page, selector) => anew(page, () => tap(page, selector))

/** Presses the neutral line, and waits for the page that it leads to. */
export const sensitive = page => onward(page, '[data-do=sensitive]')

/** Opens the checker's page at its first question. */
export async function start(page, item) {
  await page.goto(fileURL(item))
  await page.waitForSelector('[data-do=name]')
}

/** Names the given documents one after another, whenever the page asks for the next one. */
export async function hold(page, ...papers) {
  for (const paper of papers) await tap(page, `[data-do=name][value="${paper}"]`)
}

/** Chooses a value of the question on the page. If the value is in a folded group, it opens the group first. */
export async function choose(page, value) {
  const button = `[data-do=choose][value="${value}"]`
  if (!(await page.$(button))) await onward(page, '[data-do=part][value=more]')
  await onward(page, button)
}

/** Answers "I don't know" until the result is shown. */
export async function unsure(page) {
  for (let i = 0; i < 20 && !(await page.$('[data-answer]')); i++) await onward(page, '.answers .unsure')
}

/** Types a day into the date field and confirms the entry. */
export async function type(page, text) {
  await page.fill('#f0', text)
  await tap(page, '[data-do=typed]')
}
