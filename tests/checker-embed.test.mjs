// Tests the checker on a page of a different site, in a frame that may only run scripts. Also tests the frame's page without
// scripts.

import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import { fileURL, withPage } from './lib/browser.mjs'
import { hold, shown, tap, unsure } from './lib/checker.mjs'
import { axe, sideways, smallTargets } from './lib/checks.mjs'
import { none } from './lib/expect.mjs'
import { repository, scratch } from './lib/folders.mjs'
import { serve } from './lib/server.mjs'
import { realSite } from './lib/site.mjs'
import test from './lib/test.mjs'

const site = realSite()

/** The HTML snippet in docs/embed.md. Insurers paste it into their pages. */
const snippet = /```html\n([^]*?)```/.exec(fs.readFileSync(path.join(repository, 'docs/embed.md'), 'utf8'))[1]

test('the documented snippet works in a sandboxed frame on another host, and takes the height it needs', async () => {
  const host = path.join(scratch, 'host')
  fs.mkdirSync(host, { recursive: true })
  const ours = await serve(site.folder, { prefix: '/kenpo/' }), theirs = await serve(host)
  try {
    fs.writeFileSync(path.join(host, '404.html'), '')
    fs.writeFileSync(path.join(host, 'index.html'), '<!DOCTYPE html><html lang="ja"><meta charset="utf-8"><title>x</title><link rel="icon" href="data:,"><body>' + snippet.replace(/https:\/\/[^"]*embed\.html/, ours.root + 'ja/embed.html'))
    await withPage({}, async page => {
      await page.goto(theirs.root + 'index.html')
      const frame = page.frames()[1]
      await frame.waitForSelector('[data-do=name]')
      const before = page.requested.length
      await hold(frame, 'my_number_card')
      for (const value of ['ok', 'none']) await tap(frame, `[data-do=choose][value=${value}]`)
      await unsure(frame)
      assert.match((await shown(frame)).outcome, /^bring_myna/)
      assert.equal(page.requested.length, before, 'nothing is requested')
      await frame.waitForSelector('.given', { state: 'attached' }) // wait until the whole result is shown
      await frame.waitForFunction(() => document.documentElement.scrollHeight <= innerHeight + 1)
      const inner = await frame.evaluate(() => [document.documentElement.scrollHeight, innerHeight])
      assert.ok(inner[0] <= inner[1] + 1, `the frame scrolls: ${inner}`)
      assert.equal(inner[1] % 320, 0, `the exact height would tell the page around which answer it is: ${inner}`)
      none(page.trouble, 'messages')
    })
  } finally {
    await ours.close()
    await theirs.close()
  }
})

test('after each step the reader of a page around the frame sees the question', async () => {
  const host = path.join(scratch, 'host-steps')
  fs.mkdirSync(host, { recursive: true })
  const ours = await serve(site.folder, { prefix: '/kenpo/' }), theirs = await serve(host)
  try {
    fs.writeFileSync(path.join(host, '404.html'), '')
    const above = '<p style="height: 60rem">x</p>'
    fs.writeFileSync(path.join(host, 'index.html'), '<!DOCTYPE html><html lang="ja"><meta charset="utf-8"><title>x</title><link rel="icon" href="data:,"><body>' + above + snippet.replace(/https:\/\/[^"]*embed\.html/, ours.root + 'ja/embed.html').replace(' loading="lazy"', '') + above)
    await withPage({}, async page => {
      await page.goto(theirs.root + 'index.html')
      const frame = page.frames()[1]
      await frame.waitForSelector('[data-do=name]')
      await page.evaluate(() => document.querySelector('iframe').scrollIntoView()) // browsers do not lay out a frame of a different host before it is scrolled into view
      await page.waitForFunction(() => document.querySelector('iframe').offsetHeight > 900)
      for (let i = 0; i < 3; i++) {
        const last = (await frame.$$('.choice')).at(-1)
        await last.evaluate(button => button.scrollIntoView())
        await page.evaluate(() => scrollBy(0, document.querySelector('iframe').offsetHeight / 2))
        await last.evaluate(button => button.click())
        await page.waitForFunction(() => {
          const { top } = document.querySelector('iframe').getBoundingClientRect()
          return top >= -1 && top < innerHeight / 2
        })
      }
    })
  } finally {
    await ours.close()
    await theirs.close()
  }
})

for (const language of site.languages) {
  test(`without script the interview is done by links, in ${language}`, async () => {
    await withPage({ javaScriptEnabled: false }, async page => {
      await page.goto(fileURL(site.page(`${language}/check.html`)))
      await page.click('#checker a.choice')
      assert.match(page.url(), /check-noscript\.html$/)
      for (let steps = 0; ; steps++) {
        assert.ok(steps < 14, 'the interview ends')
        const link = page.locator('main ul.rows a').first()
        if (!(await link.count())) break
        await link.click()
        assert.match(page.url(), /check-noscript[-\w]*\.html/)
      }
      none(page.trouble, 'messages')
    })
    await withPage({ bypassCSP: true }, async page => {
      await page.goto(fileURL(site.page(`${language}/check-noscript.html`)))
      await page.setViewportSize({ width: 320, height: 640 })
      none([...(await sideways(page)), ...(await smallTargets(page)), ...(await axe(page))], 'findings')
    })
  })
}

test('a host that sends wrong types, and one that forbids WebAssembly, are good enough', async () => {
  const server = await serve(site.folder, { prefix: '/x/', types: 'wrong' })
  try {
    for (const prepare of [() => {}, () => { WebAssembly.Module = function () { throw new Error('forbidden') } }]) {
      await withPage({}, async page => {
        await page.addInitScript(prepare)
        await page.goto(server.url(site.page('en/check.html')))
        await page.waitForSelector('[data-do=none]')
        await tap(page, '[data-do=none]')
        assert.equal(await page.locator('.answers button').count() > 3, true)
        none(page.trouble, 'messages')
      })
    }
  } finally {
    await server.close()
  }
})
