// Nothing is missing on a page without script, or on paper.

import assert from 'node:assert/strict'
import { fileURL, sweep, visit, withPage } from './lib/browser.mjs'
import { passages } from './lib/dated.mjs'
import { none } from './lib/expect.mjs'
import { addressedSite, inTurn, realSite } from './lib/site.mjs'
import test from './lib/test.mjs'

const kinds = () => addressedSite().sampled

/**
 * Returns text of the main part that readers cannot see. It leaves out notices about the day, controls that do nothing without
 * a script, coming dates (without a script they are shown in the list of all dates instead), and what opens at a tap.
 */
const unseen = page => page.evaluate(() => {
  const findings = []
  const walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT)
  while (walk.nextNode()) {
    const { parentElement: element, data } = walk.currentNode
    if (!data.trim() || element.closest('.ended, .later, .banner, .missed, .ahead, .search, .filter, .now, button, rp, script, style, details:not([open]):not(.dated) > :not(summary)')) continue
    if (!element.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true })) findings.push(`cannot be seen: “${data.trim().slice(0, 40)}”`)
  }
  return findings
})

const withoutPeriod = found => found.filter(passage => !passage.heading || !/\d/.test(passage.period)).map(() => 'a passage without its period')

test('without script everything can be read, and dated passages stand open with their period', async () => {
  none(await sweep(kinds(), { javaScriptEnabled: false }, async (page, item) => {
    await visit(page, item)
    const found = await passages(page)
    const dead = await page.evaluate(() => [...document.querySelectorAll('button')].filter(b => b.checkVisibility()).map(b => `a button that does nothing: ${b.textContent}`))
    return [...(await unseen(page)), ...found.filter(p => !p.open).map(() => 'a closed passage'), ...withoutPeriod(found), ...dead, ...page.trouble]
  }), 'findings')
})

/** Returns the passages of a page that have ended by a day and are still visible. */
const ended = (page, day) => page.evaluate(day => [...document.querySelectorAll('.variant, .dated, .limited')]
  .filter(part => [...part.classList].some(name => /^u\d{8}$/.test(name) && name.slice(1) <= day) && part.checkVisibility())
  .map(part => `is printed though it ended: “${part.textContent.trim().slice(0, 40)}”`), day.replaceAll('-', ''))

test('on paper stands what holds and what comes, open, with its period, and the day of printing', async () => {
  const days = ['2025-12-01', '2026-03-31', '2026-11-22', '2030-01-01']
  const items = inTurn(kinds(), days).map(([item, day]) => ({ item, day, file: item.file }))
  none(await sweep(items, {}, async (page, { item, day }) => {
    await page.clock.setFixedTime(new Date(`${day}T12:00:00+09:00`))
    await visit(page, item)
    await page.emulateMedia({ media: 'print' })
    const found = (await passages(page)).filter(passage => passage.heading)
    const text = await page.evaluate(() => [...document.querySelectorAll('.prose p, .prose li, .prose td')]
      .filter(e => !e.closest('.dated, .variant') && !e.checkVisibility({ checkVisibilityCSS: true })).map(e => `is not printed: “${e.textContent.trim().slice(0, 40)}”`))
    const line = page.locator('.printed:visible')
    const printed = await line.count() ? (await line.innerText()).replace(/[^\dA-Za-z]/g, '') : ''
    const [year, month] = day.split('-').map(Number)
    const without = item.html.includes('class="printed"') && !(printed.includes(year) && (printed.includes(month) || /[a-z]/i.test(printed))) ? [`the day of printing is “${printed}”`] : []
    const over = await ended(page, day)
    await page.emulateMedia({ media: null })
    return [...text, ...over, ...without, ...found.filter(p => !p.open).map(() => 'a closed passage'), ...withoutPeriod(found)].map(text => `on ${day}: ${text}`)
  }), 'findings')
})

test('on paper the answer that holds comes first, and then what comes, each with its day', async () => {
  const said = async (page, file, day, selector) => {
    await page.clock.setFixedTime(new Date(`${day}T12:00:00+09:00`))
    await page.goto(fileURL(realSite().page(file)))
    await page.emulateMedia({ media: 'print' })
    const found = await page.evaluate(selector => [...document.querySelectorAll(selector)].filter(part => part.checkVisibility())
      .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top).map(part => part.innerText.split('\n')[0]), selector)
    await page.emulateMedia({ media: null })
    return found
  }
  await withPage({}, async page => {
    for (const [day, periods] of [
      ['2025-12-01', ['（2025年12月1日まで）', '（2025年12月2日から2026年7月31日まで）', '（2026年8月1日から）']],
      ['2026-07-31', ['（2025年12月2日から2026年7月31日まで）', '（2026年8月1日から）']],
      ['2026-08-01', ['（2026年8月1日から）']],
    ]) {
      assert.deepEqual(await said(page, 'ja/faq/brought-old-card.html', day, '.answer .variant'), periods, day)
      assert.deepEqual(await said(page, 'ja/index.html', day, '.told .variant:not(.banner)'), periods, day)
    }
    const first = await said(page, 'ja/changes.html', '2026-04-01', '.event')
    assert.match(first[0], /^2026年6月/)
    assert.match(first.at(-1), /^2015年/, 'what was over first is last')
    assert.equal(first.length, (await said(page, 'ja/changes.html', '2030-01-01', '.event')).length)
  })
})
