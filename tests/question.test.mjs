// On a phone, a question's page begins with the answer, which is not folded, and is at most four screens long.

import assert from 'node:assert/strict'
import { sweep, visit, withPage } from './lib/browser.mjs'
import { none } from './lib/expect.mjs'
import { SWEEP, realSite, TODAY } from './lib/site.mjs'
import test from './lib/test.mjs'

const SCREEN = { width: 360, height: 640 }

/** The greatest length of a question's page, in screens. */
const MOST = 4

/**
 * The greatest height of the help section and the footer together, in CSS pixels. Insurers' sites also say how to reach the
 * insurer, so their limit is higher.
 */
const BELOW = { general: SCREEN.height * 2 / 3, insurer: SCREEN.height * 3 / 4 }

const lengthOf = html => html.replace(/<rt>[^<]*|<[^>]*>/g, '').length

/**
 * Returns how many characters the title, the longest short answer and the list of related questions have together. A page may
 * fold the related questions, but neither the title nor the answer.
 */
const unfolded = html => lengthOf(/<h1[^]*?<\/h1>/.exec(html)[0]) + Math.max(...html.match(/<p class="?answer-text[^]*?<\/p>/g).map(lengthOf))
  + lengthOf(/<\w+ class="?(?:[^">]* )?related[^]*?<\/ul>/.exec(html)?.[0] ?? '')

/**
 * Returns the questions to check. `make sweep` takes all questions of all sites. Otherwise the function takes the four longest
 * questions of the general site in each language. It also takes, on each insurer's site, the two questions whose title, answer
 * and related questions are longest on the general site.
 */
function questions() {
  const site = realSite(), all = site.every.filter(page => page.kind === 'question')
  if (SWEEP) return all
  return site.languages.flatMap(language => {
    const general = all.filter(page => page.language === language && !page.insurer).map(page => ({ page, html: page.html }))
    const first = (count, size) => general.map(({ page, html }) => ({ page, size: size(html) })).sort((a, b) => b.size - a.size).slice(0, count).map(({ page }) => page)
    const least = first(2, unfolded).flatMap(({ file }) => site.insurers.map(insurer => all.find(page => page.file === `${insurer}/${file}`)))
    return [...first(4, html => html.length), ...least.filter(Boolean)]
  })
}

test('a question is at most four screens of a phone long, and begins with an answer whose words lead nowhere else', async () => {
  none(await sweep(questions(), { viewport: SCREEN }, async (page, item) => {
    await page.clock.setFixedTime(new Date(`${TODAY}T12:00:00+09:00`))
    await visit(page, item)
    return page.evaluate(([screen, most, below]) => {
      const found = [], height = element => element.getBoundingClientRect().height
      const screens = document.documentElement.scrollHeight / screen
      if (screens > most) found.push(`${screens.toFixed(2)} screens`)
      const end = height(document.querySelector('.help')) + height(document.querySelector('footer'))
      if (end > below) found.push(`help and footer are ${Math.round(end)} px high`)
      const words = [...document.querySelectorAll('.answer a')].find(link => link.matches('.term') || getComputedStyle(link).textDecorationStyle === 'dotted')
      if (words) found.push(`a word in the answer leads away: ${words.textContent}`)
      for (const fold of document.querySelectorAll('.words, .part, .based')) {
        if (fold.open) found.push(`${fold.className} is open`)
        if (height(fold.querySelector('summary')) < 44) found.push(`the row of ${fold.className} is low`)
      }
      for (const important of document.querySelectorAll('.important')) {
        if (!important.checkVisibility()) found.push(`folded: ${important.textContent.slice(0, 30)}`)
      }
      return found
    }, [SCREEN.height, MOST, item.insurer ? BELOW.insurer : BELOW.general])
  }), 'long pages')
})

test('a row below the answer explains its words; a link to a folded part opens it, and paper has everything open', async () => {
  await withPage({ viewport: SCREEN }, async page => {
    const item = realSite().page('en/faq/high-cost.html')
    await visit(page, item)
    const words = page.locator('.words')
    assert.ok((await words.boundingBox()).y >= (await page.locator('.answer').boundingBox()).y)
    await words.locator('summary').click()
    assert.match(await words.innerText(), /資格確認書/)
    const folded = page.locator('.part:not([open]) h2').first(), id = await folded.getAttribute('id')
    await page.evaluate(id => { location.hash = id }, id)
    await page.waitForSelector(`.part[open] #${id}`)
    await page.emulateMedia({ media: 'print' })
    assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll('.words dd, .prose .part > :not(summary), .based li')].filter(part => part.getBoundingClientRect().height === 0).length), 0)
    assert.deepEqual(page.trouble, [])
  })
})

test('letters in a drawing over time have at least 16 px on a phone', async () => {
  const drawn = realSite().pages.filter(page => page.kind === 'question' && page.features().includes('timeline'))
  assert.ok(drawn.length > 0)
  none(await sweep(drawn.slice(0, 1), { viewport: SCREEN }, async (page, item) => {
    await visit(page, item)
    return page.evaluate(() => [...document.querySelectorAll('.timeline text')].map(text => {
      for (let fold = text.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true
      const size = parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a
      return size < 16 ? `${text.textContent}: ${size.toFixed(1)} px` : ''
    }).filter(Boolean))
  }), 'small letters')
})
