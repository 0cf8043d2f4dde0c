// The page of dates shows today and coming dates first, and the last year below. Older years are folded.

import assert from 'node:assert/strict'
import { visit, withPage } from './lib/browser.mjs'
import { realSite } from './lib/site.mjs'
import test from './lib/test.mjs'

const SCREEN = { width: 360, height: 740 }

/**
 * Returns what is visible on the page: the coming days, the days of each year, whether the coming days are above the years, and
 * where the main part ends.
 */
const seen = page => page.evaluate(() => {
  const isSeen = element => element.checkVisibility() && element.getBoundingClientRect().height > 0
  const days = part => [...part.querySelectorAll('.event')].filter(isSeen).map(event => event.querySelector('time').dateTime)
  const ahead = document.querySelector('.ahead')
  return {
    ahead: isSeen(ahead) ? days(ahead) : [], years: [...document.querySelectorAll('.year')].filter(isSeen).map(days),
    order: !isSeen(ahead) || ahead.getBoundingClientRect().bottom <= document.querySelector('.year').getBoundingClientRect().top,
    end: document.querySelector('main').getBoundingClientRect().bottom + scrollY,
  }
})

for (const [day, isAhead] of [['2026-12-15', false], ['2026-06-20', true], ['2026-07-31', true]]) {
  test(`on ${day} each date is shown or folded where it belongs, within three screens`, async () => {
    await withPage({ viewport: SCREEN }, async page => {
      await page.clock.setFixedTime(new Date(`${day}T12:00:00+09:00`))
      await visit(page, realSite().page('ja/changes.html'))
      await page.waitForSelector('.year[data-seen]', { state: 'attached' })
      const { ahead, years, order, end } = await seen(page)
      assert.equal(ahead.length > 0, isAhead)
      assert.ok(ahead.every(date => date >= day), `today and still to come: ${ahead}`)
      assert.deepEqual(ahead, [...ahead].sort(), 'what comes next is first')
      const [last, ...older] = years
      assert.ok(last.length && last.every(date => date.slice(0, 10) < day), `over: ${last}`)
      assert.deepEqual(older.flat(), [], 'older years are folded')
      assert.ok(order && end <= 3 * SCREEN.height, `the page ends after ${(end / SCREEN.height).toFixed(2)} screens`)
    })
  })
}

test('without script and on paper every date is there once', async () => {
  for (const javaScriptEnabled of [false, true]) {
    await withPage({ viewport: SCREEN, javaScriptEnabled }, async page => {
      await page.clock.setFixedTime(new Date('2026-06-20T12:00:00+09:00'))
      await visit(page, realSite().page('en/changes.html'))
      if (javaScriptEnabled) await page.emulateMedia({ media: 'print' })
      const { ahead, years } = await seen(page), all = [...ahead, ...years.flat()]
      assert.equal(new Set(all).size, await page.evaluate(() => new Set([...document.querySelectorAll('.ahead time')].map(time => time.dateTime)).size))
      assert.equal(all.length, await page.locator('.ahead time').count())
    })
  }
})
