// What a screen reader says of a page. Nobody uses it, but it follows the same specifications as those that people use.

import fs from 'node:fs'
import { createRequire } from 'node:module'

const file = createRequire(import.meta.url).resolve('@guidepup/virtual-screen-reader/browser.js')

/** The reader as a script that is no module: a page's policy lets no module in. */
const source = `(() => { ${fs.readFileSync(file, 'utf8').replace(/export\s*{[^}]*[{,]\s*([\w$]+) as virtual\b[^}]*}/, 'window.reader = $1')}\n})()`

/** Starts the reader at the beginning of a page. */
export async function listen(page) {
  await page.evaluate(source)
  await page.evaluate(() => reader.start({ container: document.body }))
}

/**
 * Lets it go on from where it is until it has said what is within an element, or to the end of the page where there is none.
 * Returns what it says, a line for each thing: first what it has said by itself since it was asked last, when the focus went somewhere
 * or something was announced. Texts that follow each other are one line. What nobody is told is left out: folded parts, what is there for browsers without
 * script, and the values of buttons, which are ids.
 */
export const hear = (page, selector) => page.evaluate(async selector => {
  const lines = []
  let wasText = false
  const take = async () => {
    const node = reader.activeNode, isText = node.nodeType === Node.TEXT_NODE, element = isText ? node.parentElement : node
    if (element.checkVisibility()) {
      for (const phrase of await reader.spokenPhraseLog()) {
        const said = phrase.replace(/\u2060/g, '').replace(element.localName === 'button' && element.value ? `, ${element.value}` : '', '')
        if (isText && wasText) lines[lines.length - 1] += ` ${said}`
        else lines.push(said)
      }
      wasText = isText
    }
    await reader.clearSpokenPhraseLog()
  }
  const isThere = async () => await reader.lastSpokenPhrase() === 'end of document' || selector && document.querySelector(selector)?.contains(reader.activeNode)
  for (await take(); !await isThere(); await take()) await reader.next()
  return lines
}, selector)

/** Presses what it has said last. */
export const pressHeard = page => page.evaluate(() => reader.act())
