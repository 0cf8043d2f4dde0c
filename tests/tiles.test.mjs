// The tiles on the home page are answers to the checker's first question. They are visible at once, and each leads to the same
// place as its answer in the checker.

import assert from 'node:assert/strict'
import { sweep, visit, withPage } from './lib/browser.mjs'
import { none } from './lib/expect.mjs'
import { INSURER, realSite } from './lib/site.mjs'
import test from './lib/test.mjs'
import { asked, press, readers } from './lib/walk.mjs'

const SCREEN = { width: 360, height: 640 }
const LEAST = 44 // the minimum width and height of a tile, in CSS pixels

const homes = () => realSite().every.filter(page => page.kind === 'home')

/**
 * Returns what is wrong with elements: not entirely on the first screen, too small to tap, with text that sticks out, or with a
 * drawing that is too small.
 */
const faults = (page, selector) => page.evaluate(([selector, { width, height }, least]) => {
  const found = []
  for (const element of document.querySelectorAll(selector)) {
    const name = `${element.className || element.localName} “${element.textContent.trim()}”`, box = element.getBoundingClientRect()
    if (!element.checkVisibility() || box.top < 0 || box.left < 0 || box.right > width || box.bottom > height) found.push(`${name} ends at ${Math.round(box.right)}, ${Math.round(box.bottom)}`)
    if (element.matches('a') && Math.min(box.width, box.height) < least) found.push(`${name} is ${box.width} by ${box.height}`)
    const text = document.createRange()
    text.selectNodeContents(element)
    const inside = text.getBoundingClientRect()
    if (inside.left < box.left || inside.right > box.right || inside.bottom > box.bottom + 1) found.push(`${name} sticks out`)
    const drawing = element.querySelector('svg')?.getBoundingClientRect()
    if (drawing && (drawing.width < 60 || drawing.height < 40)) found.push(`${name} has a drawing of ${drawing.width} by ${drawing.height}`)
  }
  return found
}, [selector, SCREEN, LEAST])

test('the first question is on the first screen of a phone', async () => {
  none(await sweep(homes(), { viewport: SCREEN }, async (page, item) => {
    await visit(page, item)
    const drawings = await page.locator('.tiles a:has(svg)').count(), isWhole = !item.insurer && item.language !== 'ja-easy'
    return [...(drawings === 4 ? [] : [`${drawings} drawings`]), ...await faults(page, isWhole ? '.hero h1, .lead, .hero h2, .tiles a, .others a' : '.tiles a'), ...page.trouble]
  }), 'tiles')
})

/** Returns the tiles of a home page. Each has its text, and where it leads with and without script. */
const tiles = page => page.evaluate(() => [...document.querySelectorAll('.tiles a, .others a')].map(link => ({ name: link.textContent, plain: link.getAttribute('href'), checker: link.dataset.checker })))

/** Returns what the checker shows: the id of the question, whether it asks for a further document, and the text of its form. */
const screen = async page => ({ ...await asked(page), shows: (await page.innerText('#checker fieldset')).replace(/\s+/g, ' ') })

test('a tile answers the first question as the checker itself does, and the address does not keep it', async () => {
  const home = realSite().page('ja/index.html'), check = realSite().page('ja/check.html')
  await withPage({}, async page => {
    await readers(page)
    await visit(page, home)
    const list = await tiles(page)
    assert.equal(list.length, 7)
    for (const [i, { name, checker }] of list.entries()) {
      await visit(page, home)
      await page.locator('.tiles a, .others a').nth(i).click()
      await page.waitForURL(/check\.html$/)
      const found = await screen(page)
      await visit(page, check)
      await page.waitForSelector('#checker button[data-do=circumstances]')
      const answer = checker.split('=')[1]
      if (answer !== undefined) await press(page, answer === '' ? '#checker [data-do=none]' : answer === '?' ? '#checker [data-do=unknown]' : `#checker [data-do=name][value="${answer}"]`)
      assert.deepEqual(found, await screen(page), name)
    }
    none(page.trouble, 'messages')
  })
})

test('without script a tile leads to where its answer leads in the pages without script', async () => {
  for (const home of homes().filter(page => page.language === 'en' && (!page.insurer || page.insurer === INSURER))) {
    await withPage({ javaScriptEnabled: false }, async page => {
      await visit(page, home)
      const list = await tiles(page)
      for (const [i, { name, plain }] of list.entries()) {
        await visit(page, home)
        await page.locator('.tiles a, .others a').nth(i).click()
        await page.waitForURL(/check-noscript(-\d+)?\.html/)
        const [, fragment] = plain.split('#')
        if (fragment) assert.match(await page.textContent(`[id="${fragment}"]`), new RegExp(`^\\s*${name.replace(/^[^A-Za-z]*/, '')}`), name)
        assert.ok(await page.locator('h1').isVisible(), name)
      }
      assert.equal(new Set(list.map(({ plain }) => plain)).size, 6, 'the notice and the old card lead to the same page, all others to their own')
      none(page.trouble, 'messages')
    })
  }
})
