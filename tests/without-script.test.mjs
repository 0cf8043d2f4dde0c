// Without script, and on paper, nothing is missing.

import { sweep, visit } from './lib/browser.mjs'
import { passages } from './lib/dated.mjs'
import { none } from './lib/expect.mjs'
import { addressedSite } from './lib/site.mjs'
import test from './lib/test.mjs'

const kinds = () => addressedSite().sampled

/** Text of the main part that a reader cannot see, apart from the words that tell what the day has brought. */
const unseen = page => page.evaluate(() => {
  const findings = []
  const walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT)
  while (walk.nextNode()) {
    const { parentElement: element, data } = walk.currentNode
    if (!data.trim() || element.closest('.ended, .later, .banner, .missed, rp, script, style')) continue
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

test('on paper every passage is open, with its period', async () => {
  none(await sweep(kinds(), {}, async (page, item) => {
    await page.clock.setFixedTime(new Date('2030-01-01T00:00:00Z'))
    await visit(page, item)
    await page.emulateMedia({ media: 'print' })
    const found = await passages(page)
    const text = await page.evaluate(() => [...document.querySelectorAll('.answer-text, .variant .when, .prose p, .prose li, .prose td')]
      .filter(e => !e.checkVisibility({ checkVisibilityCSS: true })).map(e => `is not printed: “${e.textContent.trim().slice(0, 40)}”`))
    await page.emulateMedia({ media: null })
    return [...text, ...found.filter(p => !p.open).map(() => 'a closed passage'), ...withoutPeriod(found)]
  }), 'findings')
})
