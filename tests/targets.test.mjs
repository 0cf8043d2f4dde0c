import { sweep, visit } from './lib/browser.mjs'
import { sideways, smallTargets, survey } from './lib/checks.mjs'
import { none } from './lib/expect.mjs'
import { addressedSite } from './lib/site.mjs'
import test from './lib/test.mjs'

const all = async (site, key) => [...(await survey(site)).seen].flatMap(([page, seen]) => seen[key].map(text => `${page.file}: ${text}`))

test('on a screen 320 px wide every target is large enough, on pages of every kind', { long: true }, async () => {
  none(await all(addressedSite(), 'small'), 'small targets')
})

test('on a screen 320 px wide no kind of page scrolls sideways', async () => {
  none(await all(addressedSite(), 'sideways'), 'pages')
})

test('on a screen 360 px wide every target is large enough and nothing scrolls sideways', async () => {
  const samples = addressedSite().sampled
  none(await sweep(samples, {}, async (page, item) => {
    await visit(page, item)
    return [...(await smallTargets(page)), ...(await sideways(page))]
  }), 'findings')
})

test('text spaced as widely as WCAG 1.4.12 asks for does not make a page scroll sideways', async () => {
  const samples = addressedSite().sampled
  none(await sweep(samples, { viewport: { width: 320, height: 640 }, bypassCSP: true }, async (page, item) => {
    await visit(page, item)
    await page.addStyleTag({ content: '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important} p{margin-bottom:2em!important}' })
    return sideways(page)
  }), 'pages')
})
