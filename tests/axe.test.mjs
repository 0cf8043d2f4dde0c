import { sweep, visit } from './lib/browser.mjs'
import { axe, inModes } from './lib/checks.mjs'
import { none } from './lib/expect.mjs'
import { addressedSite } from './lib/site.mjs'
import test from './lib/test.mjs'

test('axe-core finds nothing on any kind of page, light, dark, in forced colours and 320 px wide', async () => {
  none(await sweep(addressedSite().walked, {}, async (page, item, turn) => {
    await visit(page, item)
    return inModes(page, turn, () => axe(page))
  }), 'violations')
})
