// Reads printed pages.

import { execFileSync } from 'node:child_process'

/**
 * Returns the text of each A4 sheet of a printed page. WebKit's driver cannot print. For WebKit, the result is therefore one
 * text: what the screen shows under the style rules for paper.
 */
export async function sheets(page) {
  const { paper } = page.driver
  if (!paper) return [await page.evaluate(underPaperRules)]
  return execFileSync('pdftotext', ['-layout', '-', '-'], { input: Buffer.from(await paper()), encoding: 'utf8' }).split('\f').slice(0, -1)
}

function underPaperRules() {
  dispatchEvent(new Event('beforeprint'))
  const apply = rules => {
    for (const rule of rules) {
      if (rule instanceof CSSMediaRule) {
        if (/print/.test(rule.media.mediaText)) rule.media.mediaText = 'all'
        else if (/screen/.test(rule.media.mediaText)) rule.media.mediaText = 'not all'
      }
      if (rule.cssRules) apply(rule.cssRules)
    }
  }
  for (const sheet of document.styleSheets) apply(sheet.cssRules)
  return document.body.innerText
}
