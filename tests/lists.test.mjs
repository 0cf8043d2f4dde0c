// Tests the long lists: all questions by topic, and the insurers. A field filters a list to the entries that contain the typed
// words.

import assert from 'node:assert/strict'
import { visit, withPage } from './lib/browser.mjs'
import { realSite } from './lib/site.mjs'
import test from './lib/test.mjs'

const SCREEN = { width: 360, height: 640 }

const seen = (page, selector) => page.evaluate(selector => [...document.querySelectorAll(selector)].filter(part => part.checkVisibility() && part.getBoundingClientRect().height > 0).length, selector)

test('all questions are a list of topics that opens, and a field leaves those with some words', async () => {
  await withPage({ viewport: SCREEN }, async page => {
    await visit(page, realSite().page('ja/all.html'))
    const all = await page.locator('article').count()
    assert.ok(await page.evaluate(() => document.querySelector('main').getBoundingClientRect().bottom) <= 3 * SCREEN.height)
    assert.equal(await seen(page, 'article'), 0, 'topics are folded')
    await page.locator('.topic summary').first().click()
    assert.ok(await seen(page, 'article') > 1)
    assert.equal(await seen(page, '.entry .answer'), 0, 'questions are folded')

    await page.fill('.filter input', '限度額　ﾏｲﾅ保険証')
    const left = await seen(page, 'article')
    assert.ok(left > 0 && left < all / 4, `${left} of ${all}`)
    assert.match(await page.innerText('.filter [role=status]'), new RegExp(`^${left}\\D`))
    assert.ok((await page.$$eval('article:not([hidden])', list => list.map(entry => entry.textContent))).every(text => text.includes('限度額')))
    for (const [typed, meant] of [['まいな', 'マイナ'], ['R8.8.1', '2026年8月1日'], ['コピ', 'コピー']]) {
      const found = []
      for (const words of [typed, meant]) {
        await page.fill('.filter input', words)
        found.push(await page.$$eval('article:not([hidden])', list => list.map(entry => entry.id)))
      }
      assert.ok(found[0].length > 0)
      assert.deepEqual(found[0], found[1], `${typed} is ${meant}, as in the search`)
    }
    await page.fill('.filter input', 'ないことば')
    assert.equal(await seen(page, '.topic'), 0)
    await page.fill('.filter input', '')
    assert.equal(await seen(page, 'article'), 0)

    await page.fill('.filter input', '限度額')
    await page.emulateMedia({ media: 'print' })
    assert.equal(await seen(page, '.entry .answer'), all, 'paper has all of them, open')
    assert.deepEqual(page.trouble, [])
  })
})

test('a link to a question on the page of all opens its topic and itself', async () => {
  await withPage({ viewport: SCREEN }, async page => {
    const item = realSite().page('en/all.html')
    await visit(page, item)
    await page.evaluate(() => { location.hash = 'q-high-cost' })
    await page.waitForFunction(() => document.querySelector('#q-high-cost').getBoundingClientRect().height > 0)
  })
})

test('the page of languages has a line for each, and a field finds an insurer; without script there is no field', async () => {
  for (const javaScriptEnabled of [true, false]) {
    await withPage({ viewport: SCREEN, javaScriptEnabled }, async page => {
      await visit(page, realSite().page('index.html'))
      assert.equal(await page.locator('h1').count() + await page.locator('h2').count(), 2)
      const insurers = await seen(page, '.insurers li')
      assert.ok(insurers > 1)
      assert.equal(await seen(page, '.filter'), javaScriptEnabled ? 1 : 0)
      if (!javaScriptEnabled) return
      await page.fill('.filter input', 'ｓｋ')
      assert.equal(await seen(page, '.insurers li'), 1)
    })
  }
})
