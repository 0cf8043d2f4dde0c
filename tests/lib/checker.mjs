// The checker as a person and as the rules see it: its page, and the ids behind its numbers.

import fs from 'node:fs'
import path from 'node:path'
import { fileURL } from './browser.mjs'
import { repository } from './folders.mjs'

const MISSING = -0x80000000
const text = name => fs.readFileSync(path.join(repository, 'content/rules', name), 'utf8')

/** The names one level below a name of a YAML file that our own authors wrote; `of` '' for the names of the file. */
function names(yaml, of, indent) {
  const lines = yaml.split('\n'), found = []
  let inside = of === ''
  const pad = ' '.repeat(indent)
  for (const line of lines) {
    const match = /^( *)([a-z0-9_]+):/.exec(line)
    if (!match) continue
    if (of !== '' && match[1].length === indent - 2) inside = match[2] === of
    else if (match[1].length < indent) inside = of === ''
    if (inside && match[1] === pad) found.push(match[2])
  }
  return found
}

/** Blocks of a file with a name at the left margin each. */
const blocks = yaml => Object.fromEntries(yaml.split(/\n(?=[a-z_0-9]+:)/).map(block => [/^(?:#.*\n|\n)*([a-z0-9_]+):/.exec(block)?.[1], block]).filter(([id]) => id))

const inputBlocks = blocks(text('inputs.yaml'))
// Of what insurers decide, what the rules read; its first value is always "unset".
const policyBlocks = Object.fromEntries(Object.entries(blocks(text('../policies.yaml'))).filter(([, block]) => /\n {2}decides: true/.test(block)))
export const inputs = [
  ...names(text('inputs.yaml'), '', 0).map(id => ({
    id, kind: /\n {2}kind: (\w+)/.exec(inputBlocks[id])[1],
    values: [...names(inputBlocks[id], 'values', 4), ...names(inputBlocks[id], 'special', 4)],
  })),
  ...Object.entries(policyBlocks).map(([id, block]) => ({ id, kind: 'choice', values: ['unset', ...names(block, 'values', 4)] })),
]
const vocabulary = blocks(text('vocabulary.yaml'))
export const documents = [...inputs[1].values, ...names(vocabulary.documents, '', 2)]
export const outcomes = names(vocabulary.outcomes, '', 2)
export const notes = names(vocabulary.notes, '', 2)
const folder = path.join(repository, 'content/profiles')
const profiles = Object.fromEntries(fs.readdirSync(folder).map(id => {
  const block = blocks(fs.readFileSync(path.join(folder, id, 'profile.yaml'), 'utf8')).policies || ''
  const pairs = [...block.matchAll(/\n {2}(\w+): (\w+)/g)].map(([, name, value]) => [name, value])
  return [id, Object.fromEntries(pairs.filter(([name]) => name in policyBlocks))]
}))

export const cases = JSON.parse(text('cases.json')).cases

export const day = iso => Date.parse(iso) / 864e5
export const iso = day => (day === MISSING ? null : new Date(day * 864e5).toISOString().slice(0, 10))

/** What the page remembers of answers in ids, with all of them given. */
export function remembered(answers) {
  const all = { ...profiles[answers.profile], ...answers }
  const given = {}
  inputs.forEach((input, i) => {
    const value = all[input.id]
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

/** Opens a page with what a tab would remember. */
export async function restore(page, item, answers) {
  if (!page.url().endsWith(item.file)) await page.goto(fileURL(item))
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
