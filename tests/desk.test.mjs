// On wide screens, the topics and the page's table of contents are beside the main part; in the checker, the answers
// given so far are beside the question or the result. On every screen, the button below a long list stays in view.

import assert from 'node:assert/strict'
import { fileURL, sweep, visit, withPage } from './lib/browser.mjs'
import { onward, sensitive, start, tap } from './lib/checker.mjs'
import { axe, shifts, sideways, smallTargets } from './lib/checks.mjs'
import { none } from './lib/expect.mjs'
import { shorten } from './lib/seen.mjs'
import { INSURER, SWEEP, addressedSite, realSite } from './lib/site.mjs'
import test from './lib/test.mjs'

const NARROW = [320, 360, 768], WIDE = [1024, 1280]
const HEIGHT = 800

const railed = page => /data-rail=/.test(page.html)

/** Returns what is wrong with the positions of the columns beside the main part. */
const beside = page => page.evaluate(() => {
  const found = [], box = selector => document.querySelector(selector)?.getBoundingClientRect()
  const main = document.querySelector('main'), style = getComputedStyle(main), around = main.getBoundingClientRect()
  const left = around.left + parseFloat(style.paddingLeft), right = around.right - parseFloat(style.paddingRight)
  const rail = box('.rail'), contents = box('.contents'), help = box('.help')
  if (!rail?.width) return ['there are no topics']
  if (rail.left < 0 || rail.right > left) found.push(`topics end at ${rail.right}, the main part begins at ${left}`)
  if (contents) {
    if (contents.right > left && contents.left < right) found.push(`what is on the page stands from ${contents.left} to ${contents.right}, the main part from ${left} to ${right}`)
    if (contents.right > innerWidth) found.push(`what is on the page ends at ${contents.right}`)
    if (contents.left < rail.right && contents.bottom > rail.top) found.push('what is on the page stands over the topics')
  }
  for (const one of [rail, contents, around]) if (one && one.bottom > help.top + 1) found.push('something stands over the help')
  if (rail.top > around.top + 400 || rail.top < around.top) found.push(`topics begin at ${rail.top}, the main part at ${around.top}`)
  if (around.width < 600) found.push(`the main part is ${around.width} px wide`)
  if (main.compareDocumentPosition(document.querySelector('.beside')) !== Node.DOCUMENT_POSITION_FOLLOWING) found.push('topics are read before the main part')
  return found
})

test('topics stand beside the main part of every page where there is room, and narrow screens never load them', async () => {
  const pages = addressedSite().kinds().filter(railed)
  assert.deepEqual(new Set(pages.map(page => page.kind)), new Set(['question', 'topic', 'all', 'glossary', 'changes', 'updates', 'about', 'sources', 'accessibility', 'gone']))
  none(await sweep(pages, {}, async (page, item) => {
    const found = [], at = (width, texts) => found.push(...texts.map(text => `${width} px: ${text}`))
    const { rail } = { rail: /data-rail="?([^"> ]+)/.exec(item.html)[1] }
    for (const width of [...NARROW, ...WIDE]) {
      await page.setViewportSize({ width, height: HEIGHT })
      if (width === NARROW[0]) {
        await visit(page, item)
        if (!SWEEP && item.kind === 'all') await shorten(page)
      }
      if (WIDE.includes(width)) {
        await page.waitForSelector('.rail a')
        at(width, await beside(page))
        at(width, await smallTargets(page))
      } else if (await page.$('.beside') || page.requested.some(address => address.endsWith(rail.replaceAll('../', '/')))) at(width, ['topics were loaded'])
      at(width, await sideways(page))
    }
    await page.setViewportSize({ width: NARROW[2], height: HEIGHT })
    if (await page.isVisible('.beside')) at('narrow again', ['topics are shown'])
    await page.setViewportSize({ width: 1280, height: HEIGHT })
    await page.emulateMedia({ media: 'print' })
    if (await page.isVisible('.beside')) at('printed', ['topics are shown'])
    await page.emulateMedia({ media: null })
    return found.concat(page.trouble)
  }), 'findings')
})

test('nothing moves when topics arrive, and they say where the reader is', async () => {
  const { language, file } = { language: 'ja', file: 'ja/faq/high-cost.html' }, site = realSite()
  await withPage({ viewport: { width: 1280, height: HEIGHT } }, async page => {
    await visit(page, site.page(file))
    await page.waitForSelector('.rail a')
    none(await shifts(page), 'shifts')
    none(await axe(page), 'violations')
    const topics = site.pages.filter(page => page.kind === 'topic' && page.language === language)
    const links = await page.$$eval('.rail a', all => all.map(link => ({ href: link.href, current: link.getAttribute('aria-current'), inner: !!link.closest('ul ul') })))
    assert.deepEqual(links.filter(link => !link.inner).map(link => link.href).sort(), topics.map(fileURL).sort())
    assert.deepEqual(links.filter(link => link.current).map(link => link.href), [fileURL(site.page(file))])
    const listed = await page.$eval('.crumbs li:last-child a', link => link.href)
    const own = links.filter(link => link.inner).map(link => link.href)
    await page.goto(listed)
    await page.waitForSelector('.rail a')
    assert.deepEqual(own, await page.$$eval('main .rows a', all => all.map(link => link.href)))
    assert.deepEqual(await page.$$eval('.rail [aria-current]', all => all.map(link => link.href)), [listed])
    assert.equal(await page.locator('.rail a[href*="/faq/"]').count(), 0, 'questions that stand on the page are not named twice')
    assert.deepEqual(page.trouble, [])
  })
})

test('what is on the page leads to each of its headings, also to folded ones', async () => {
  await withPage({ viewport: { width: 1280, height: HEIGHT } }, async page => {
    await visit(page, realSite().page('ja-easy/faq/high-cost.html'))
    await page.waitForSelector('.contents a')
    const texts = selector => page.$$eval(selector, all => all.map(one => one.textContent))
    assert.deepEqual(await texts('.contents a'), await texts('main h2'))
    const folded = await page.$eval('.part:not([open]) h2', heading => heading.id)
    await page.click(`.contents a[href="#${folded}"]`)
    await page.waitForSelector(`.part[open] #${folded}`)
    await page.click('.contents li:last-child a')
    await page.waitForFunction(() => scrollY > 0)
    assert.ok((await page.locator('.contents').boundingBox()).y >= 0, 'it stays in sight')
    await visit(page, realSite().page('en/glossary.html'))
    await page.waitForSelector('.contents a')
    assert.deepEqual(await page.$$eval('.contents a', all => all.map(link => link.hash.slice(1))), await page.$$eval('.terms > div', all => all.map(term => term.id)))
  })
})

test('on a wide screen the home page and the page of the search have their topics on the left', async () => {
  none(await sweep(realSite().pages.filter(page => ['home', 'search'].includes(page.kind)), {}, async (page, item) => {
    await visit(page, item)
    const found = []
    for (const width of [...NARROW, ...WIDE]) {
      await page.setViewportSize({ width, height: HEIGHT })
      found.push(...await sideways(page))
      const [topics, rows] = await page.evaluate(() => [document.querySelector('.list:has(a[href^="topic/"])'), document.querySelector('.list .rows:has(a[href^="faq/"])')].map(one => one.getBoundingClientRect().toJSON()))
      if (WIDE.includes(width) !== topics.right <= rows.left) found.push(`${width} px: topics end at ${topics.right}, questions begin at ${rows.left}`)
    }
    if (await page.$('.beside')) found.push('topics are there twice')
    return found
  }), 'findings')
})

test('on a wide screen what was answered stands beside a question of at most 36 rem, and beside the answer', async () => {
  for (const [width, wide] of [[1280, true], [1024, true], [768, false]]) {
    await withPage({ viewport: { width, height: HEIGHT } }, async page => {
      await start(page, realSite().page('ja/check.html'))
      assert.equal(await page.locator('.given').count(), 0, 'nothing was answered yet')
      await tap(page, '[data-do=name]')
      await page.waitForSelector('[data-step]:not([data-step=have])')
      assert.equal(await page.locator('.given').count(), +wide)
      assert.deepEqual(await sideways(page), [])
      if (!wide) return
      const stands = async what => {
        const [beside, main] = [await page.locator('.given').boundingBox(), await page.locator(what).boundingBox()], rem = await page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize))
        assert.ok(main.width <= 36 * rem + 1, `${what} is ${main.width} px wide`)
        assert.ok(beside.x >= main.x + main.width, 'it stands to the right')
        assert.ok(beside.x + beside.width <= width)
        assert.ok(beside.y + beside.height <= (await page.locator('.help').boundingBox()).y)
      }
      await stands('form')
      assert.ok(await page.locator('.given dd').first().isVisible())
      for (let at = 0; at < 20 && !(await page.$('[data-answer]')); at++) await onward(page, '.answers .unsure')
      await page.waitForSelector('.given')
      await stands('.tools')
      none(await axe(page), 'violations')
      await tap(page, '.given [data-do=step][value=have]')
      await page.waitForSelector('[data-step=have]')
      assert.equal(await page.locator('.given [value=have]').count(), 0, 'a question is not told beside itself')
    })
  }
})

test('answers that only the neutral line leads to stand open beside nothing', async () => {
  await withPage({ viewport: { width: 1280, height: HEIGHT } }, async page => {
    await start(page, realSite().page('ja/check.html'))
    await sensitive(page)
    for (let at = 0; at < 20 && !(await page.$('[data-answer]')); at++) {
      assert.equal(await page.locator('.given[open]').count(), 0)
      await onward(page, '.answers .unsure')
      await page.waitForTimeout(0)
    }
    await page.waitForSelector('.given', { state: 'attached' })
    assert.equal(await page.locator('.given[open]').count(), 0)
  })
})

test('the button below a long list stays in sight, and never above what has the focus', async () => {
  for (const viewport of [{ width: 360, height: 640 }, { width: 1280, height: 700 }]) {
    await withPage({ viewport }, async page => {
      await start(page, realSite().page('ja/check.html'))
      await tap(page, '[data-do=circumstances]')
      await page.waitForSelector('.group')
      for (const group of await page.$$('.group')) await group.evaluate(group => { group.open = true })
      const stops = await page.locator('form summary, form input').count()
      assert.ok(stops > 20)
      await page.locator('form summary').first().focus()
      for (let at = 0; at < stops; at++) {
        const found = await page.evaluate(() => {
          const focused = document.activeElement, box = (focused.closest('label') || focused).getBoundingClientRect(), bar = document.querySelector('.go').getBoundingClientRect()
          return { name: focused.textContent || focused.id, top: box.top, bottom: box.bottom, bar: bar.top, end: bar.bottom }
        })
        assert.ok(found.top >= 0 && found.bottom <= found.bar, `${found.name} ends at ${found.bottom}, the button begins at ${found.bar}`)
        assert.ok(found.end <= viewport.height, `the button ends at ${found.end}`)
        await page.keyboard.press('Tab')
      }
      assert.ok(await page.evaluate(() => document.activeElement.matches('.go')), 'the button comes after the list')
    })
  }
})

test('a box that is ticked has a thick border and a tint, and the ring is around the whole box', async () => {
  for (const media of [{ colorScheme: 'light' }, { colorScheme: 'dark' }, { forcedColors: 'active' }]) {
    await withPage({ viewport: { width: 360, height: 640 } }, async page => {
      await page.emulateMedia(media)
      await start(page, realSite().page(`${INSURER}/ja/check.html`))
      await tap(page, '[data-do=circumstances]')
      await page.waitForSelector('.group')
      const look = () => page.evaluate(() => {
        const box = document.querySelector('.group .box'), style = getComputedStyle(box)
        return { back: style.backgroundColor, line: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth), inside: parseFloat(style.outlineOffset) < 0, height: box.getBoundingClientRect().height }
      })
      await page.locator('.group summary').first().focus()
      await page.keyboard.press('Enter')
      const before = await look()
      await page.keyboard.press('Tab')
      await page.keyboard.press('Space')
      const focused = await look()
      await page.keyboard.press('Tab')
      const after = await look()
      assert.equal(before.line, 0)
      assert.ok(focused.line >= 3 && !focused.inside, 'the ring is around it')
      assert.ok(after.line >= 2 && after.inside, 'the border is as thick again')
      assert.equal(after.height, before.height, 'nothing moves')
      if (!media.forcedColors) assert.notEqual(after.back, before.back)
      none(await axe(page), 'violations')
    })
  }
})
