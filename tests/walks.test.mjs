// Invented people (tests/people) go through the whole interview on the real page: 500 with `make walks`, fewer with
// `make test`.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { isDeepStrictEqual } from 'node:util'
import { sweep } from './lib/browser.mjs'
import { none } from './lib/expect.mjs'
import { repository } from './lib/folders.mjs'
import { command, realSite, SWEEP, TODAY } from './lib/site.mjs'
import test from './lib/test.mjs'
import { again, enter, onDay, readers, walk } from './lib/walk.mjs'

const COUNT = SWEEP ? 500 : 40

/** Runs a program in the repository with an input, and returns what it prints. */
async function run(file, args, input = '') {
  const program = spawn(file, args, { cwd: repository, stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = once(program, 'close')
  program.stdin.end(input)
  const printed = await text(program.stdout)
  assert.deepEqual(await ended, [0, null], args.join(' '))
  return printed
}

const AS_SHOWN = { outcome: 'outcome', enough: 'enough', bring: 'bring', notAlone: 'not_alone', tell: 'tell', until: 'until' }

/** Returns how the result on the page differs from the result of the rules. */
const differences = (shown, known) => Object.entries(AS_SHOWN)
  .map(([here, there]) => [there, JSON.stringify(shown[here]), JSON.stringify(known[there])])
  .filter(([, here, there]) => here !== there)
  .map(([key, here, there]) => `${key} is ${here} on the page, and should be ${there}`)

/** Returns how the remedies on the page differ from the remedies of the rules. */
const others = (shown, known) => isDeepStrictEqual(shown, known) ? [] : [`${JSON.stringify(shown)} would be enough on the page, and should be ${JSON.stringify(known)}`]

/**
 * Returns texts of the result that are not for this person: those that name the site's insurer, if the person is insured elsewhere, or else
 * those that name none.
 */
const misnamed = (page, elsewhere) => page.evaluate(elsewhere => {
  const plain = html => {
    const element = document.createElement('p')
    element.innerHTML = html.replace(/\{(.*?)\|.*?\}/g, '$1')
    return element.textContent.replaceAll('\u2060', '')
  }
  const shown = document.querySelector('#checker').cloneNode(true)
  shown.querySelectorAll('rt, rp').forEach(reading => reading.remove())
  const text = shown.textContent.replaceAll('\u2060', ''), texts = [...checkerData.calls, ...Object.values(checkerData.notes)].filter(({ general }) => general)
  return texts.map(({ name, text, general }) => [name ?? text, general]).map(both => both.map(plain))
    .filter(([own, general]) => text.includes(elsewhere ? own : general) && !general.includes(own) && !own.includes(general))
    .map(([own, general]) => `says: ${elsewhere ? own : general}`)
}, !!elsewhere)

const told = ({ site, language, steps }) => `${site || 'general'} ${language} ${steps.map(({ do: what, ...rest }) => what === 'answer' ? `${rest.ask}=${rest.day ?? rest.value ?? '-'}` : `${what} ${JSON.stringify(rest)}`).join(', ')}`

test('what was answered between the questions for papers counts, though with all papers known nobody would be asked it', async () => {
  const steps = [{ do: 'answer', ask: 'have', value: 'my_number_card' }, { do: 'answer', ask: 'have', again: true }]
  const answers = { last_use: 'never', change: 'newborn', registered: 'cancelling', ecert_expiry: '2027-12-01', card_expiry: '2026-12-12', place: 'reader_down' }
  steps.splice(1, 0, ...Object.entries(answers).map(([ask, value]) => ({ do: 'answer', ask, [value.includes('-') ? 'day' : 'value']: value })))
  const site = realSite()
  const known = JSON.parse(await run(command, ['ask', '--date', TODAY, '--answers', '-'], JSON.stringify({ ...answers, have: ['my_number_card'] })))
  none(await sweep([{ name: 'newborn', steps }], {}, async (page, person) => {
    await Promise.all([readers(page), onDay(page, TODAY)])
    await enter(page, site, '', 'ja')
    const { fault, answer } = await walk(page, person, 0)
    return fault ? [fault] : differences(answer, known)
  }), 'people')
})

test('who is insured elsewhere follows from the answers that count, not from those that were taken back or replaced', async () => {
  const profile = 'kyokai_yamaguchi', site = realSite(), given = ask => value => ({ do: 'answer', ask, value })
  const began = [given('have')(), given('card')('none'), given('change')('moved')]
  const people = [
    { name: 'has not moved after all', steps: [...began, given('insurer')('nhi'), { ...given('change')('none'), do: 'change' }], answers: { change: 'none' } },
    { name: 'has no insurance after all', steps: [...began, given('insurer')('kyokai'), { do: 'tell', values: { insurer: ['none'] } }], answers: { change: 'moved', insurer: 'none' }, elsewhere: true },
  ]
  const known = (await run(command, ['ask', '--date', TODAY, '--answers', '-'], people.map(({ answers }) => JSON.stringify({ have: [], card: 'none', profile, ...answers })).join('\n'))).trim().split('\n')
  none(await sweep(people.map((person, i) => ({ ...person, result: JSON.parse(known[i]) })), {}, async (page, person) => {
    await Promise.all([readers(page), onDay(page, TODAY)])
    await enter(page, site, profile, 'ja')
    const { fault, answer } = await walk(page, person, 0)
    return fault ? [fault] : differences(answer, person.result).concat(await misnamed(page, person.elsewhere))
  }), 'people')
})

test(`${COUNT} people are asked on the page what the rules ask, and told what they tell`, async t => {
  const people = JSON.parse(await run('go', ['run', './tests/people', '-count', String(COUNT), '-day', TODAY]))
  assert.equal(people.length, COUNT)
  if (SWEEP) { // `sitegen ask` must give the same results for all people
    const lines = (await run(command, ['ask', '--date', TODAY, '--answers', '-'], people.map(({ answers }) => JSON.stringify(answers)).join('\n'))).trim().split('\n')
    assert.deepEqual(lines.map(line => JSON.parse(line)), people.map(({ result }) => result))
  }
  const began = performance.now(), site = realSite()
  people.forEach((person, i) => Object.assign(person, { name: told(person), way: i }))
  const findings = await sweep(people, {}, async (page, person) => {
    const where = `${person.site} ${person.language}`
    if (page.where === undefined) await Promise.all([readers(page), onDay(page, TODAY)])
    if (page.where !== where) await enter(page, site, person.site, person.language)
    page.where = ''
    const { fault, answer, better } = await walk(page, person, person.way)
    const found = fault ? [fault] : differences(answer, person.result).concat(others(better, person.better), await misnamed(page, person.elsewhere))
    if (!fault) {
      await again(page)
      page.where = where
    }
    return [...found, ...page.trouble]
  })
  t.diagnostic(`walked in ${((performance.now() - began) / 1000).toFixed(1)} s`)
  none(findings, 'people')
})
