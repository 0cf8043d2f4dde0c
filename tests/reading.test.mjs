// Compares what a screen reader says on the way to a result with the files in tests/transcripts. A person has reviewed those
// files, reading them as a blind visitor would hear them. After an intended change, run `TRANSCRIBE=1 node run.mjs reading` and
// review what has changed.

import assert from 'node:assert/strict'
import fs from 'node:fs'
import { fileURL, withPage } from './lib/browser.mjs'
import { shown } from './lib/checker.mjs'
import { hear, listen, pressHeard } from './lib/reader.mjs'
import { realSite, TODAY } from './lib/site.mjs'
import test from './lib/test.mjs'
import { onDay, readers } from './lib/walk.mjs'

/**
 * Opens a page of the site and starts the screen reader. If the page shows readings above its words, it switches them off, as
 * the accessibility page recommends. Returns what the reader said on the way to the switch, or an empty list.
 */
async function open(page, file) {
  await page.goto(fileURL(realSite().page(file)))
  await page.waitForFunction(() => document.readyState === 'complete' && !document.querySelector('#checker a.choice'))
  await listen(page)
  return await page.$('.ruby-switch[aria-pressed=true]') ? press(page, '.ruby-switch') : []
}

/** Lets the reader read to an element, presses the element, and returns what was said. */
async function press(page, selector) {
  const said = await hear(page, selector)
  await pressHeard(page)
  return [...said, '(pressed)']
}

/** Lets the reader read a page from its beginning to an element. */
const readTo = async (page, file, end) => [...await open(page, file), ...await hear(page, end)]

/** The buttons to press in the checker, from the first question to the result. */
const PRESSED = ['[data-do=name][value=my_number_card]', '[data-do=choose][value=ok]', '[data-do=choose][value=none]', '[data-do=choose][value=reader]']

/** Lets the reader read from the first question to the end of the result. The list of given answers is unfolded. */
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
