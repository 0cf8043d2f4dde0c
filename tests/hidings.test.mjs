// Tests that tests/lib/seen.mjs notices every way of hiding a text. `make hidings` tries every way on every part of every kind
// of page; `make test` tries a few.

import assert from 'node:assert/strict'
import { sweep, visit } from './lib/browser.mjs'
import { cases, restore } from './lib/checker.mjs'
import { none } from './lib/expect.mjs'
import { FEW, tryClasses, tryHidings } from './lib/hidings.mjs'
import { look, onPaper, shorten, WINDOW } from './lib/seen.mjs'
import { addressedSite, TODAY } from './lib/site.mjs'
import test from './lib/test.mjs'

const ALL = process.env.HIDINGS === '1' || process.env.SWEEP === '1'

/** How many hidings `make test` tries on each page. */
const SAMPLE = 3

/** Yields pseudorandom numbers from 0 up to but not including 1. The same seed always gives the same sequence. */
function* random(seed) {
  for (let state = seed + 1; ; yield state / 2 ** 31) state = (state * 1103515245 + 12345) % 2 ** 31
}

/**
 * Returns one page of each kind. `make test` takes only pages that are checked quickly. If a page has `show`, that function
 * prepares the opened page: it enters answers, or shortens a long page.
 */
function subjects() {
  const site = addressedSite()
  const pages = site.kinds().filter(page => page.kind !== 'all' && (ALL || page.html.length < 60000))
  const other = (file, show) => ({ site, file, html: site.page(file).html, show })
  const shown = [other('ja/check.html', page => restore(page, site.page('ja/check.html'), cases[0].answers)), ...(ALL ? [other('ja/all.html', shorten)] : [])]
  return [...pages, ...shown]
}

/**
 * The states in which hidings are tried. On the screen all ways are tried. In each other state, a few ways are tried, by a rule
 * that applies only in that state.
 */
const STATES = [
  { name: 'on the screen', state: { script: true } },
  { name: 'on paper', state: { script: true, print: true }, ways: FEW, around: '@media print{@}' },
  { name: 'without script', state: {}, ways: FEW, around: 'html:not(.js){@}' },
]

for (const { name, state, ways, around } of STATES) {
  test(`whatever hides a text ${name} is noticed`, { long: true }, async t => {
    const count = { pages: 0, tried: 0, classes: 0, changing: 0 }
    const items = subjects().filter(({ show }) => state.script || !show || show === shorten)
    const found = await sweep(items, { viewport: WINDOW, bypassCSP: true, javaScriptEnabled: !!state.script }, async (page, item, turn) => {
      await page.clock.setFixedTime(new Date(`${TODAY}T12:00:00+09:00`))
      await visit(page, item)
      await item.show?.(page)
      const html = item.show || state.script && ['check', 'embed'].includes(item.kind) ? undefined : item.html
      const attempt = async () => {
        assert.deepEqual(await look(page, state, TODAY, html), [])
        if (ALL) return tryHidings(page, { ways, around })
        const { place } = await tryHidings(page, { ways, around, only: [] }), next = random(turn)
        return tryHidings(page, { ways, around, only: Array.from({ length: SAMPLE }, () => Math.floor(next.next().value * place)) })
      }
      const { tried, missed } = await (state.print ? onPaper(page, attempt) : attempt())
      const classes = ALL && !ways ? await tryClasses(page) : { tried: 0, changed: 0, missed: [] }
      count.pages++
      count.tried += tried
      count.classes += classes.tried
      count.changing += classes.changed
      return [...missed, ...classes.missed]
    })
    t.diagnostic(`${count.tried} hidings on ${count.pages} pages; ${count.classes} classes taken away, of which ${count.changing} change the text`)
    none(found, 'hidings that nobody noticed')
  })
}
