// Records what a virtual screen reader says about a page. The virtual reader follows the same specifications as real screen
// readers.

import fs from 'node:fs'
import { createRequire } from 'node:module'

const file = createRequire(import.meta.url).resolve('@guidepup/virtual-screen-reader/browser.js')

/** The reader as a classic script. A page's policy does not allow modules. */
const source = `(() => { ${fs.readFileSync(file, 'utf8').replace(/export\s*{[^}]*[{,]\s*([\w$]+) as virtual\b[^}]*}/, 'window.reader = $1')}\n})()`

/** Starts the reader at the beginning of a page. */
export async function listen(page) {
  await page.evaluate(source)
  await page.evaluate(() => reader.start({ container: document.body }))
}

/**
 * Lets the reader continue until it is inside the element, or to the end of the page if there is no such element. Returns one
 * line for each thing that the reader says; consecutive texts form one line. The result begins with what the reader has said on
 * its own since the last call, because the focus moved or something was announced. It leaves out folded parts, content for
 * browsers without script, and the values of buttons, which are ids.
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

/** Presses the element that the reader has just spoken. */
export const pressHeard = page => page.evaluate(() => reader.act())
