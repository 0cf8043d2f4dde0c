// Tests a site in which every text that an author can write has a polyglot: a text that would be an element, an attribute or a script if
// something did not escape it. internal/build writes the site.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { visit, withPage } from './lib/browser.mjs'
import { start, tap, unsure } from './lib/checker.mjs'
import { nu } from './lib/checks.mjs'
import { none } from './lib/expect.mjs'
import { repository, scratch } from './lib/folders.mjs'
import { Site, SWEEP } from './lib/site.mjs'
import test from './lib/test.mjs'

let site
const hostile = () => site ??= (async () => {
  const folder = path.join(scratch, 'polyglots')
  await promisify(execFile)('go', ['test', '-vet=off', './internal/build', '-count=1', '-run=^TestPolyglots$', '-args', '-polyglots', folder], { cwd: repository, maxBuffer: 1 << 28 })
    .catch(error => { throw Error(error.stdout || error.message) })
  return new Site(folder)
})()

/** Opens a page in the browser. A polyglot that runs there causes an error, because xpoly is not defined. */
const inBrowser = body => withPage({}, async page => {
  await body(page)
  none(page.trouble, 'messages')
})

test('pages with polyglots say nothing in the browser, and have no element of an author', { long: true }, async () => {
  const site = await hostile()
  await inBrowser(async page => {
    for (const item of SWEEP ? site.every : site.kinds()) {
      await visit(page, item)
      none(await page.$$eval('x-poly, [onclick], [x-poly]', list => list.map(element => element.outerHTML)), item.file)
    }
  })
})

test('the checker with polyglots can be walked to its end', async () => {
  const checkers = (await hostile()).every.filter(page => page.kind === 'check')
  assert.ok(checkers.length > 0)
  await inBrowser(async page => {
    for (const item of SWEEP ? checkers : checkers.slice(0, 1)) {
      await start(page, item)
      await tap(page, '[data-do=name]')
      await unsure(page)
      await page.waitForSelector('[data-answer]')
      none(await page.$$eval('x-poly, [onclick], [x-poly]', list => list.map(element => element.outerHTML)), item.file)
    }
  })
})

// `make test` leaves this test out, because starting the Nu HTML checker takes longer than all other tests of this file. (html.test.mjs
// then runs it on the built sites only.)
if (SWEEP) test('the Nu HTML checker has nothing to say about pages with polyglots', async () => {
  const guess = /appears to be written in/ // Nu guesses the language, and is misled here: the words of the interface are their English keys
  none((await nu(await hostile())).filter(message => !guess.test(message)), 'messages')
})
