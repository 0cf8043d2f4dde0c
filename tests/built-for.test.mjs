// The day for which a site is built matters only to the checks during the build. What readers see depends only on the day on
// which they read. Only the preview shows the day that it was started for.

import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { fileURL, withPage } from './lib/browser.mjs'
import { repository, scratch } from './lib/folders.mjs'
import { realSite, Site } from './lib/site.mjs'
import test from './lib/test.mjs'

const run = promisify(execFile)
const command = path.join(scratch, 'sitegen')
const DAY = '2026-06-01' // a day on which the interim rule holds
const FILES = ['ja/index.html', 'en/faq/old-card-valid-until.html', 'ja/faq/brought-old-card.html']

/** Returns the visible text of a page, without the notices that the preview adds. */
const text = page => page.evaluate(() => {
  for (const own of document.querySelectorAll('#sitegen-notice, #sitegen-overlay')) own.remove()
  return document.body.innerText.trim()
})

async function on(day, page, address) {
  await page.clock.setFixedTime(new Date(`${day}T12:00:00+09:00`))
  await page.goto(address)
  return text(page)
}

test('a site that was built for another day shows what holds on the day it is read', { long: true }, async () => {
  const out = path.join(scratch, 'built-for')
  await run(command, ['build', '--content', 'content', '--theme', 'themes/default', '--out', out, '--date', DAY], { cwd: repository })
  const other = new Site(out)
  await withPage({}, async page => {
    for (const file of FILES) {
      const seen = []
      for (const day of ['2026-07-31', '2026-08-01']) {
        seen.push(await on(day, page, fileURL(other.page(file))))
        assert.equal(seen.at(-1), await on(day, page, fileURL(realSite().page(file))), `${file} on ${day}`)
      }
      assert.notEqual(seen[0], seen[1], `${file} is the same on both days`)
    }
  })
})

test('the preview shows the day that it was given', async () => {
  const preview = spawn(command, ['serve', '--port', '0', '--date', DAY, '--lang', 'en'], { cwd: repository, stdio: ['ignore', 'pipe', 'ignore'] })
  try {
    let root
    for await (const line of createInterface({ input: preview.stdout })) if ((root = /http:\S+/.exec(line)?.[0])) break
    await withPage({}, async page => {
      for (const file of FILES) {
        const wanted = await on(DAY, page, fileURL(realSite().page(file)))
        assert.equal(await on('2026-11-28', page, root + file), wanted, file)
        assert.deepEqual(page.trouble, [])
      }
    })
  } finally {
    preview.kill()
  }
})
