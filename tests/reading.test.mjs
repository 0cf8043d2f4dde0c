// What a screen reader says on the way to an answer, compared with what was written down and read as somebody would who sees nothing
// (tests/transcripts). After a change that is meant: `TRANSCRIBE=1 node run.mjs reading`, and read what has changed.

import assert from 'node:assert/strict'
import fs from 'node:fs'
import { fileURL, withPage } from './lib/browser.mjs'
import { shown } from './lib/checker.mjs'
import { hear, listen, pressHeard } from './lib/reader.mjs'
import { realSite, TODAY } from './lib/site.mjs'
import test from './lib/test.mjs'
import { onDay, readers } from './lib/walk.mjs'

/** Begins to read a page of the site; where its words have readings, without them, as the page about accessibility says. */
async function open(page, file) {
  await page.goto(fileURL(realSite().page(file)))
  await page.waitForFunction(() => document.readyState === 'complete' && !document.querySelector('#checker a.choice'))
  await listen(page)
  return await page.$('.ruby-switch[aria-pressed=true]') ? press(page, '.ruby-switch') : []
}

/** Reads on to something, and presses it. */
async function press(page, selector) {
  const said = await hear(page, selector)
  await pressHeard(page)
  return [...said, '(pressed)']
}

/** From the beginning of a page to something on it. */
const readTo = async (page, file, end) => [...await open(page, file), ...await hear(page, end)]

/** What is pressed in the checker, one after another. */
const PRESSED = ['[data-do=name][value=my_number_card]', '[data-do=choose][value=ok]', '[data-do=choose][value=none]', '[data-do=choose][value=reader]']

/** From the first question to the answer, with what was answered unfolded. */
async function interview(page, language) {
  const said = await open(page, `${language}/check.html`)
  for (const selector of PRESSED) said.push(...await press(page, `#checker ${selector}`))
  await page.waitForSelector('.given')
  assert.equal((await shown(page)).outcome, 'bring_myna')
  await page.evaluate(() => { document.querySelector('.given').open = true })
  return [...said, ...await hear(page, 'main ~ *')]
}

for (const language of realSite().languages) {
  test(`a screen reader says what is written down, in ${language}`, async t => {
    await withPage({}, async page => {
      await Promise.all([readers(page), onDay(page, TODAY)])
      const parts = {
        'The home page': await readTo(page, `${language}/index.html`, 'section.list'),
        'A question': await readTo(page, `${language}/faq/card-lost.html`, '.prose'),
        'The checker, to an answer': await interview(page, language),
      }
      const text = Object.entries(parts).map(([title, said]) => `# ${title}\n\n${said.join('\n')}\n`).join('\n')
      const file = new URL(`transcripts/${language}.txt`, import.meta.url)
      if (process.env.TRANSCRIBE) fs.writeFileSync(file, text)
      if (text !== fs.readFileSync(file, 'utf8')) t.diagnostic('Where this is meant, `TRANSCRIBE=1 node run.mjs reading` writes it down.')
      assert.deepEqual(text.split('\n'), fs.readFileSync(file, 'utf8').split('\n'))
    })
  })
}
