import { nu } from './lib/checks.mjs'
import { none } from './lib/expect.mjs'
import { bothSites } from './lib/site.mjs'
import test from './lib/test.mjs'

test('the Nu HTML checker has nothing to say about pages', async () => {
  none(await nu(...bothSites()), 'messages')
})
