import { sweep, visit } from './lib/browser.mjs'
import { axe } from './lib/checks.mjs'
import { none } from './lib/expect.mjs'
import { addressedSite } from './lib/site.mjs'
import test from './lib/test.mjs'

const MODES = [
  { name: 'light', width: 360, media: { colorScheme: 'light', forcedColors: 'none' } },
  { name: 'dark', width: 360, media: { colorScheme: 'dark', forcedColors: 'none' } },
  { name: 'forced colours', width: 360, media: { colorScheme: 'dark', forcedColors: 'active' } },
  { name: '320 px', width: 320, media: { colorScheme: 'light', forcedColors: 'none' } },
]

test('axe-core finds nothing on any kind of page, light, dark, in forced colours and 320 px wide', async () => {
  const findings = await sweep(addressedSite().walked, {}, async (page, item) => {
    await visit(page, item)
    const found = []
    for (const mode of MODES) {
      await page.emulateMedia(mode.media)
      await page.setViewportSize({ width: mode.width, height: 740 })
      found.push(...(await axe(page)).map(text => `${mode.name}: ${text}`))
    }
    return found
  })
  none(findings, 'violations')
})
