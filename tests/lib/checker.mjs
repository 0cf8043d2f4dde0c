// The checker as a person and as the rules see it: its page, and the ids behind its numbers.

import fs from 'node:fs'
import path from 'node:path'
import { fileURL } from './browser.mjs'
import { repository } from './folders.mjs'
import { realSite } from './site.mjs'

const MISSING = -0x80000000

/** What the published module says of itself (docs/module.md). */
function description() {
  const { folder, files } = realSite()
  const module = new WebAssembly.Module(fs.readFileSync(path.join(folder, files.find(file => /^assets\/rules\..*\.wasm$/.test(file)))))
  return JSON.parse(new TextDecoder().decode(WebAssembly.Module.customSections(module, 'sitegen.rules')[0]))
}
export const { inputs, documents, outcomes, notes } = description()
for (const input of inputs) input.values = [...(input.values ?? []), ...(input.special ?? [])]

export const cases = JSON.parse(fs.readFileSync(path.join(repository, 'content/rules/cases.json'), 'utf8')).cases

export const day = iso => Date.parse(iso) / 864e5
export const iso = day => (day === MISSING ? null : new Date(day * 864e5).toISOString().slice(0, 10))

/** What the page remembers of answers in ids, with all of them given. */
export function remembered(answers) {
  const given = {}
  inputs.forEach((input, i) => {
    const value = answers[input.id]
    if (value === undefined || value === null) return
    if (input.kind === 'set') {
      given[i] = Array(Math.ceil(input.values.length / 31)).fill(0)
      for (const id of value) given[i][Math.floor(input.values.indexOf(id) / 31)] |= 1 << input.values.indexOf(id) % 31
    } else if (typeof value === 'number') given[i] = [value]
    else if (input.kind === 'date' && /^\d/.test(value)) given[i] = [day(value)]
    else given[i] = [input.kind === 'choice' ? input.values.indexOf(value) : MISSING + 1 + input.values.indexOf(value)]
  })
  return { given, own: Object.keys(given).map(Number), unsure: [], step: -1, depth: 0 }
}

const ids = (mask, list) => list.filter((_, i) => mask >> i & 1)

/** The answer a page shows, in ids. */
export async function shown(page) {
  const answer = JSON.parse(await page.getAttribute('[data-answer]', 'data-answer'))
  return {
    outcome: outcomes[answer.outcome], bring: answer.bring.map(set => ids(set, documents)), also: ids(answer.also, documents),
    notAlone: ids(answer.notAlone, documents), tell: answer.tell.map(i => notes[i]), until: iso(answer.until), row: answer.row,
  }
}

/** Opens a page, of the insurer's site where the answers name one, with what a tab would remember. */
export async function restore(page, general, answers) {
  const item = answers.profile ? general.site.page(`${answers.profile}/${general.file}`) : general
  if (page.url() !== fileURL(item)) await page.goto(fileURL(item))
  await page.evaluate(state => history.replaceState(state, ''), remembered(answers))
  await page.reload()
}

export const heading = page => page.textContent('#checker h1')
export const step = page => page.evaluate(() => history.state.step)
export const number = id => inputs.findIndex(input => input.id === id)
export const value = (input, id) => inputs[number(input)].values.indexOf(id)

/** Starts the interview. */
export async function start(page, item) {
  await page.goto(fileURL(item))
  await page.click('#checker a.go')
}

/** Ticks papers and goes on. */
export async function hold(page, ...papers) {
  for (const paper of papers) {
    const box = page.locator(`.box input[value="${value('have', paper)}"]`)
    if (!(await box.isVisible())) await page.click('#checker summary')
    await box.check()
  }
  await page.click('[data-do=checked]')
}

export const choose = (page, input, id) => page.click(`.answers button[data-do=choose][value="${value(input, id)}"]`)
