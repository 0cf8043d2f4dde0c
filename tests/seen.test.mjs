// Every text that the HTML promises is visible: on every kind of page, with and without script, on paper, and on each day in
// DAYS.

import { sweep, visit } from './lib/browser.mjs'
import { cases, onward, restore, start, step } from './lib/checker.mjs'
import { none } from './lib/expect.mjs'
import { wrongEnds, wrongStarts } from './lib/lines.mjs'
import { look, onPaper, shorten, WINDOW } from './lib/seen.mjs'
import { addressedSite, INSURER, inTurn, realSite, SWEEP, TODAY } from './lib/site.mjs'
import test from './lib/test.mjs'

const DAYS = ['2025-12-01', '2025-12-02', '2026-03-31', '2026-04-01', '2026-07-31', '2026-08-01', '2026-11-22']

/** Returns the pages to look at. `make sweep` takes all pages of the general site and one insurer's Japanese pages. */
const pages = () => SWEEP ? addressedSite().different : addressedSite().kinds()

/**
 * Opens a page. Returns its HTML if the page must show exactly what the HTML says. Returns nothing if a script writes the page,
 * or if the page was shortened.
 */
async function take(page, item, script) {
  await visit(page, item)
  if (item.kind === 'all' && !SWEEP) await shorten(page)
  else if (!script || !['check', 'embed'].includes(item.kind)) return item.html
}

const name = (day, way) => text => `on ${day}, ${way}: ${text}`

test('every text that is not folded on purpose is seen, on the screen and on paper, on each of the days', { long: true }, async () => {
  const items = inTurn(pages(), DAYS).map(([item, day]) => ({ item, day, file: item.file }))
  none(await sweep(items, { viewport: WINDOW }, async (page, { item, day }) => {
    await page.clock.setFixedTime(new Date(`${day}T12:00:00+09:00`))
    const html = await take(page, item, true)
    const shown = await look(page, { script: true }, day, html)
    const printed = await onPaper(page, () => look(page, { script: true, print: true }, day, html))
    return [...shown.map(name(day, 'on the screen')), ...printed.map(name(day, 'on paper'))]
  }), 'texts')
})

test('without script every text is seen, on the screen and on paper', { long: true }, async () => {
  none(await sweep(pages(), { viewport: WINDOW, javaScriptEnabled: false }, async (page, item) => {
    const html = await take(page, item, false)
    const shown = await look(page, {}, '', html)
    const printed = await onPaper(page, () => look(page, { print: true }, '', html))
    return [...shown.map(text => `on the screen: ${text}`), ...printed.map(text => `on paper: ${text}`)]
  }), 'texts')
})

test('no line begins with a closing mark, on screens 320 and 360 px wide', async () => {
  const site = addressedSite(), named = site.every.filter(page => page.insurer && page.kind === 'home' && page.language === 'ja-easy')
  none(await sweep(SWEEP ? site.every : [...pages(), ...named], { viewport: WINDOW }, async (page, item) => {
    await visit(page, item)
    const found = []
    for (const width of [320, 360]) {
      await page.setViewportSize({ ...WINDOW, width })
      found.push(...(await wrongStarts(page)).map(text => `${width} px: ${text}`))
    }
    return found
  }), 'lines')
})

/**
 * Returns one page of each kind, and a question in each language; with `make sweep`, all pages. Redirects, the page with all questions, and
 * the interview without script are left out.
 */
function ended() {
  const site = realSite(), isMeant = page => page.language && !['all', 'moved'].includes(page.kind) && !page.kind.startsWith('check-noscript')
  const questions = site.languages.map(language => site.pages.find(page => page.kind === 'question' && page.language === language))
  return SWEEP ? site.pages.filter(isMeant) : [...new Set([...site.kinds().filter(isMeant), ...questions])]
}

test('the last line of a text is no scrap, and numbers keep with their units, on a screen 360 px wide', { long: true }, async t => {
  let narrow = 0
  none(await sweep(ended(), { viewport: WINDOW }, async (page, item) => {
    await visit(page, item)
    await page.evaluate(() => { for (const folded of document.querySelectorAll('details')) folded.open = true })
    if (SWEEP) {
      await page.setViewportSize({ ...WINDOW, width: 320 })
      narrow += (await wrongEnds(page)).length
      await page.setViewportSize({ ...WINDOW, width: 360 })
    }
    return wrongEnds(page)
  }), 'ends of lines')
  if (SWEEP) t.diagnostic(`on a screen 320 px wide there are ${narrow}`)
})

/** The worked case whose result names the most documents. */
const MANY = cases.find(({ id }) => id === 'W25')

/**
 * Returns cases for the checker, each with the page on which it is shown. The pages are the checker's pages of the general site
 * and of one insurer, in every language. `make sweep` combines each page with a case for every outcome. `make test` takes one
 * case for each page, and one case with many documents; it takes one page of the insurer.
 */
function answers() {
  const site = realSite(), outcomes = [...new Map(cases.map(one => [one.outcome, one])).values()]
  const places = ['', `${INSURER}/`].flatMap((folder, i) => site.languages.filter(language => SWEEP || !i || language === 'ja-easy').map(language => `${folder}${language}/check.html`))
  const all = SWEEP ? outcomes.flatMap(one => places.map(file => [one, file])) : [...places.map((file, i) => [outcomes[i * 4 % outcomes.length], file]), [MANY, 'ja/check.html']]
  return all.map(([{ id, answers }, file]) => ({ file, id, answers }))
}

/** Returns what is wrong on the screen of the checker: hidden texts, and lines that begin with a closing mark. */
async function shownNow(page, when) {
  const found = await look(page, { script: true }, TODAY)
  for (const width of [320, 360]) {
    await page.setViewportSize({ ...WINDOW, width })
    found.push(...(await wrongStarts(page)).map(text => `${width} px: ${text}`))
  }
  return found.map(text => `${when}: ${text}`)
}

test('every text of the checker is seen, at each step and at its answers, on the screen and on paper, and no line begins with a closing mark', { long: true }, async () => {
  none(await sweep(answers(), { viewport: WINDOW }, async (page, { file, id, answers }) => {
    await page.clock.setFixedTime(new Date(`${TODAY}T12:00:00+09:00`))
    await page.goto('about:blank')
    await start(page, realSite().page(file))
    const found = []
    for (let at = 0; at < 20 && !(await page.$('[data-answer]')); at++) {
      found.push(...await shownNow(page, await step(page)))
      await onward(page, '.answers .unsure')
    }
    await restore(page, realSite().page(file), answers)
    await page.waitForSelector('[data-do=again]', { state: 'attached' })
    found.push(...await shownNow(page, `the answer to ${id}`))
    found.push(...(await onPaper(page, () => look(page, { script: true, print: true }, TODAY))).map(text => `the answer to ${id}, on paper: ${text}`))
    return found
  }), 'texts')
})
