// Words that are kept together on one line must look like the words around them.

import assert from 'node:assert/strict'
import { sweep, visit } from './lib/browser.mjs'
import { none } from './lib/expect.mjs'
import { realSite } from './lib/site.mjs'
import test from './lib/test.mjs'

/**
 * Properties that a rule for other elements could change by mistake. A rule for `span` in a part of a page once made the ends
 * of lines bold or small.
 */
const LOOKS = ['fontSize', 'fontWeight', 'fontStyle', 'lineHeight', 'color', 'letterSpacing']

test('on every kind of page, an element that keeps words on one line looks like its parent', async () => {
  const site = realSite()
  const kinds = new Map(site.pages.filter(page => page.html.includes('whole')).map(page => [`${page.kind} ${page.language}`, page]))
  let met = 0
  const findings = await sweep([...kinds.values()], {}, async (page, item) => {
    await visit(page, item)
    const { count, found } = await page.evaluate(looks => {
      const wholes = [...document.querySelectorAll('.whole')]
      const differs = whole => {
        const own = getComputedStyle(whole), around = getComputedStyle(whole.parentElement)
        return [...looks.filter(name => own[name] !== around[name]), ...(/^(inline|none)$/.test(own.display) ? [] : ['display'])]
      }
      return { count: wholes.length, found: wholes.map(whole => [whole.textContent, differs(whole)]).filter(([, names]) => names.length).map(([text, names]) => `${text}: ${names}`) }
    }, LOOKS)
    met += count
    return found.slice(0, 3)
  })
  none(findings, 'ends of lines that look different')
  assert.ok(met > 100, `only ${met} such elements`)
})
