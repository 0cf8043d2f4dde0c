// A site in which every text that an author can write has a polyglot: a text that would be an element, an attribute or a script if something
// did not escape it. internal/build writes it.

import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { nu } from './lib/checks.mjs'
import { none } from './lib/expect.mjs'
import { repository, scratch } from './lib/folders.mjs'
import { Site } from './lib/site.mjs'
import test from './lib/test.mjs'

async function hostile() {
  const folder = path.join(scratch, 'polyglots')
  await promisify(execFile)('go', ['test', './internal/build', '-count=1', '-run=^TestPolyglots$', '-args', '-polyglots', folder], { cwd: repository })
  return new Site(folder)
}

test('the Nu HTML checker has nothing to say about pages with polyglots', async () => {
  const guess = /appears to be written in/ // of the language: the words of the interface are their English keys
  none((await nu(await hostile())).filter(message => !guess.test(message)), 'messages')
})
