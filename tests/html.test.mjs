import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import { nu } from './lib/checks.mjs'
import { none } from './lib/expect.mjs'
import { scratch } from './lib/folders.mjs'
import { bothSites, Site } from './lib/site.mjs'
import test from './lib/test.mjs'

/** Returns a site with one page, which is not valid. */
function invalid() {
  const folder = path.join(scratch, 'invalid')
  fs.mkdirSync(folder)
  fs.writeFileSync(path.join(folder, 'invalid.html'), '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A page</title></head><body><p id="twice">One</p><p id="twice">Two</p></body></html>')
  return new Site(folder)
}

test('the Nu HTML checker has nothing to say about pages, and finds HTML that is not valid', { long: true }, async () => {
  const messages = await nu(...bothSites(), invalid()), isMeant = message => message.startsWith('invalid.html: ')
  assert.match(messages.filter(isMeant).join(), /error: Duplicate ID/)
  none(messages.filter(message => !isMeant(message)), 'messages')
})
