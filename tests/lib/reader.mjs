// Records what a virtual screen reader says about a page. It follows the same specifications as the screen readers that people
// use.

import fs from 'node:fs'
import { createRequire } from 'node:module'

const file = createRequire(import.meta.url).resolve('@guidepup/virtual-screen-reader/browser.js')

/** The reader as a classic script, because a page's policy does not allow modules. */
const source = `(() => { ${fs.readFileSync(file, 'utf8').replace(/export\s*{[^}]*[{,]\s*([\w$]+) as virtual\b[^}]*}/, 'window.reader = $1')}\n})()`

/** Starts the reader at the beginning of a page. */
export async function listen(page) {
  await page.evaluate(source)
  await page.evaluate(() => reader.start({ container: document.body }))
}

/**
 * Lets the reader continue until it has said what is within an element, or to the end of the page if there is no such element.
 * Returns one line for each thing that it says. The first lines are what it has said by itself since the last call, when the
 * focus moved or something was announced. Texts that follow each other are one line. Folded parts, content for browsers without
 * script, and the values of buttons (which are ids) are left out.
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

/** Presses what the reader has said last. */
export const pressHeard = page => page.evaluate(() => reader.act())
