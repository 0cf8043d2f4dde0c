// Words that are kept together on one line must look like the words around them.

import assert from 'node:assert/strict'
import { sweep, visit, withPage } from './lib/browser.mjs'
import { none } from './lib/expect.mjs'
import { brokenTerms } from './lib/lines.mjs'
import { SWEEP, realSite } from './lib/site.mjs'
import test from './lib/test.mjs'

/**
 * Properties that a rule for other elements could change by mistake. A rule for `span` in a part of a page once made the ends
 * of lines bold or small.
 */
const LOOKS = ['fontSize', 'fontWeight', 'fontStyle', 'lineHeight', 'color', 'letterSpacing']

test('on every kind of page, an element that keeps words on one line looks like its parent', async () => {
  const site = realSite()
  const kinds = new Map(site.pages.filter(page => page.html.includes('whole')).map(page => [SWEEP ? `${page.kind} ${page.language}` : page.kind, page]))
  let met = 0
  const findings = await sweep([...kinds.values()], {}, async (page, item) => {
    await visit(page, item)
    const { count, found } = await page.evaluate(([looks, all]) => {
      const wholes = [...document.querySelectorAll('.whole')], names = new Map()
      const differs = whole => {
        const own = getComputedStyle(whole), around = getComputedStyle(whole.parentElement)
        return [...looks.filter(name => own[name] !== around[name]), ...(/^(inline|none)$/.test(own.display) ? [] : ['display'])]
      }
      /**
       * Returns the names and classes of an element and of all elements around it. The same style rules apply to elements with equal
       * results, so only one of these is looked at.
       */
      const nameOf = element => {
        if (!names.has(element)) names.set(element, `${element.parentElement ? nameOf(element.parentElement) : ''} > ${element.localName}.${element.className.baseVal ?? element.className}`)
        return names.get(element)
      }
      const looked = all ? wholes : [...new Map(wholes.map(whole => [nameOf(whole), whole])).values()]
      return { count: wholes.length, found: looked.map(whole => [whole.textContent, differs(whole)]).filter(([, names]) => names.length).map(([text, names]) => `${text}: ${names}`) }
    }, [LOOKS, SWEEP])
    met += count
    return found.slice(0, 3)
  })
  none(findings, 'ends of lines that look different')
  assert.ok(met > 100, `only ${met} such elements`)
})

/** Returns the glossary's Japanese names of two to eight characters, and 資格情報通知書, which is an alias of one of these names. */
async function terms() {
  const names = await withPage({}, async page => {
    await visit(page, realSite().page('ja/glossary.html'))
    return page.evaluate(() => [...document.querySelectorAll('.terms dt')].map(name => [...name.childNodes].filter(part => part.localName !== 'svg').map(part => part.textContent).join('').trim()))
  })
  const short = [...names, '資格情報通知書'].filter(name => name.length > 1 && name.length <= 8)
  assert.ok(short.length > 30 && short.includes('健康保険証'), `the terms are ${short}`)
  return short
}

/**
 * Returns Japanese pages: some of the general site with a table, and one of each kind. `make sweep` takes all Japanese pages
 * except the one with all questions.
 */
function japanese() {
  const all = realSite().every.filter(page => page.language === 'ja' && page.kind !== 'all')
  const tables = all.filter(page => !page.insurer && /class="?table/.test(page.html)).filter((_, i) => i % 4 === 0)
  return SWEEP ? all : [...new Set([...tables, ...new Map(all.map(page => [page.kind, page])).values()])]
}

test('terms of at most eight letters are not broken on a screen 360 px wide, also where the browser does not know phrases', async () => {
  const short = await terms()
  none(await sweep(japanese(), { bypassCSP: true }, async (page, item) => {
    await visit(page, item)
    await page.evaluate(() => { for (const folded of document.querySelectorAll('details')) folded.open = true })
    const found = await brokenTerms(page, short)
    if (['check', 'embed'].includes(item.kind)) return found // the page's words come from a script
    await page.addStyleTag({ content: '* { word-break: normal !important }' })
    return [...found, ...(await brokenTerms(page, short)).map(text => `without phrases: ${text}`)]
  }), 'broken terms')
})
