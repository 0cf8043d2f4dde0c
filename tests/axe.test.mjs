import { sweep, visit } from './lib/browser.mjs'
import { axe, axeOnNew, inModes, LIGHT, thin } from './lib/checks.mjs'
import { none } from './lib/expect.mjs'
import { shorten } from './lib/seen.mjs'
import { SWEEP, addressedSite } from './lib/site.mjs'
import test from './lib/test.mjs'

test('axe-core finds nothing on any kind of page, light, dark, in forced colours and 320 px wide', { long: true }, async () => {
  const met = new Set()
  none(await sweep(addressedSite().walked, {}, async (page, item, turn) => {
    await visit(page, item)
    if (!SWEEP && item.kind === 'all') await shorten(page)
    if (!SWEEP) await thin(page)
    return inModes(page, turn, mode => mode === LIGHT ? axe(page) : axeOnNew(page, 'body *:not(svg *)', met, mode))
  }), 'violations')
})
