// Everything on the site can be done with a keyboard alone.

import assert from 'node:assert/strict'
import { fileURL, sweep, visit, withPage } from './lib/browser.mjs'
import { thin } from './lib/checks.mjs'
import { passages } from './lib/dated.mjs'
import { none } from './lib/expect.mjs'
import { addressedSite, realSite, SWEEP } from './lib/site.mjs'
import test from './lib/test.mjs'

/**
 * Makes the page record, at each press of a key and before the key moves the focus, a description of the focused element: its name,
 * its index among all focusable elements, and how it looks. The description is null if nothing is focused.
 */
const describeFocus = page => page.evaluate(() => {
  globalThis.reached = []
  globalThis.describe = () => {
    const element = document.activeElement
    if (!element || element === document.body) return reached.push(null)
    const style = getComputedStyle(element)
    const box = element.getBoundingClientRect()
    const lines = [...element.getClientRects()]
    const line = lines[0] ?? box
    const top = document.elementFromPoint(line.left + line.width / 2, line.top + line.height / 2)
    reached.push({
      index: stops.indexOf(element),
      name: `${element.localName} “${element.textContent.trim().slice(0, 30)}”`,
      outline: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
      onTop: !!top && (element.contains(top) || top.contains(element)),
      top: box.top + scrollY,
      bottom: box.bottom + scrollY,
      left: box.left,
      right: box.right,
    })
  }
  addEventListener('keydown', describe, true)
})

/** Presses Tab a number of times, and returns the descriptions of the elements that had the focus one after the other. */
async function tabThrough(page, times) {
  await describeFocus(page)
  for (let i = 0; i < times; i++) await page.keyboard.down('Tab') // a key that is held down moves the focus each time it repeats
  await page.keyboard.up('Tab')
  return page.evaluate(() => {
    describe()
    return reached.slice(1)
  })
}

const findStops = page => page.evaluate(() => {
  globalThis.stops = [...document.querySelectorAll('a[href], button, summary, input, select, textarea, [tabindex]')]
    .filter(e => e.tabIndex >= 0 && e.checkVisibility({ checkVisibilityCSS: true }))
  return globalThis.stops.map(e => `${e.localName} “${e.textContent.trim().slice(0, 30)}”`)
})

test('Tab reaches everything, in the order of the page, with the focus in sight', { long: true }, async () => {
  const samples = addressedSite().sampled.filter(page => page.kind !== 'all')
  none(await sweep(samples, {}, async (page, item) => {
    await visit(page, item)
    if (!SWEEP) await thin(page)
    const stops = await findStops(page)
    const found = []
    let before = null
    const reached = await tabThrough(page, stops.length)
    for (const i of stops.keys()) {
      const at = reached[i]
      if (at?.index !== i) {
        found.push(`Tab ${i + 1} leads to ${at?.name ?? 'nothing'}, not to ${stops[i]}`)
        break
      }
      if (!at.outline) found.push(`${at.name} shows no focus`)
      if (!at.onTop) found.push(`${at.name} is covered when it has the focus`)
      // A stop may be higher than the stop before it only if it is to the right, as the next cell in a row of a table is.
      if (before && at.bottom < before.top && at.left < before.right) found.push(`${at.name} stands above ${before.name}, which comes before it`)
      before = at
    }
    return found
  }), 'findings')
})

test('the first stop leads past everything to the main part', async () => {
  await withPage({}, async page => {
    await page.goto(fileURL(realSite().page('ja/faq/what-to-bring.html')))
    await page.keyboard.press('Tab')
    const box = await page.locator('.skip').boundingBox()
    assert.ok(box.x >= 0 && box.y >= 0 && box.height >= 24, 'the skip link is in sight')
    await page.keyboard.press('Enter')
    assert.equal(await page.evaluate(() => document.activeElement.localName), 'main')
    await page.keyboard.press('Tab')
    assert.ok(await page.evaluate(() => !!document.activeElement.closest('main')))
  })
})

for (const key of ['Enter', 'Space']) {
  test(`readings are switched off and on with ${key}, and the choice is remembered`, async () => {
    const site = realSite()
    const readings = page => page.evaluate(() => [...document.querySelectorAll('main rt')].filter(rt => rt.checkVisibility()).length)
    const pressed = page => page.getAttribute('.ruby-switch', 'aria-pressed')
    await withPage({}, async page => {
      await page.goto(fileURL(site.page('ja-easy/faq/what-to-bring.html')))
      assert.ok((await readings(page)) > 10)
      assert.equal(await pressed(page), 'true')
      await page.focus('.ruby-switch')
      await page.keyboard.press(key)
      assert.deepEqual([await readings(page), await pressed(page)], [0, 'false'])
      await page.reload()
      assert.deepEqual([await readings(page), await pressed(page)], [0, 'false'])
      await page.goto(fileURL(site.page('ja-easy/index.html')))
      assert.deepEqual([await readings(page), await pressed(page)], [0, 'false'])
      await page.focus('.ruby-switch')
      await page.keyboard.press(key)
      assert.equal(await pressed(page), 'true')
      assert.ok((await readings(page)) > 10)
    })
  })
}

test('readings that were switched off never appear, not even before the deferred script', async () => {
  await withPage({}, async page => {
    const easy = realSite().page('ja-easy/faq/what-to-bring.html')
    await page.goto(fileURL(easy))
    await page.click('.ruby-switch')
    await page.route('**/*.js', route => route.abort())
    await page.reload()
    assert.equal(await page.evaluate(() => [...document.querySelectorAll('rt')].filter(rt => rt.checkVisibility()).length), 0)
  })
})

test('a passage that is over is opened and closed with Enter and Space', async () => {
  await withPage({}, async page => {
    await page.clock.setFixedTime(new Date('2026-11-22T12:00:00+09:00'))
    await page.goto(fileURL(realSite().page('ja/faq/brought-old-card.html')))
    for (const section of await page.$$('.part:has(details.dated) > summary')) {
      await section.focus()
      await page.keyboard.press('Enter')
    }
    await page.focus('details.dated summary')
    for (const [key, open] of [['Enter', true], ['Space', false], ['Space', true], ['Enter', false]]) {
      await page.keyboard.press(key)
      assert.equal((await passages(page))[0].open, open, `after ${key}`)
    }
  })
})
