// Tests the checks themselves: each check in lib/checks.mjs must find its mistake on a page that contains that mistake.
// (The Nu HTML checker takes long to start, so html.test.mjs tests it.)

import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import { visit, withPage } from './lib/browser.mjs'
import { axe, deadLinks, factDays, fleeting, inModes, remember, shifts, sideways, smallTargets, survey } from './lib/checks.mjs'
import { passages } from './lib/dated.mjs'
import { none } from './lib/expect.mjs'
import { scratch } from './lib/folders.mjs'
import { addressedSite, BLOCKS_OF, Site } from './lib/site.mjs'
import test from './lib/test.mjs'

const page = (body, head = '') => `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A page</title>${head}</head><body><main><h1>A page</h1>${body}</main></body></html>`

const WRONG = {
  'contrast.html': page('<p style="color:#bbb;background:#fff">Pale words.</p>'),
  'dark.html': page('<p class="pale">Words.</p>', '<style>@media (prefers-color-scheme: dark) { .pale { color: #333; background: #222 } }</style>'),
  'targets.html': page('<ul><li><a href="faq/x.html" style="display:block;height:43px">A question</a></li><li><a href="list.html" style="display:inline-block;height:23px">Other</a></li></ul><p>In a <a href="sentence.html">sentence</a>.</p><button>Do</button>'),
  'wide.html': page('<p style="width:321px">Wide</p><div style="overflow-x:auto"><p style="width:900px">Allowed</p></div>'),
  'links.html': page('<p id="here"><a href="none.html">Gone</a> <a href="wide.html#nowhere">Nowhere</a> <a href="#here">Here</a> <a href="https://example.jp/">Out</a></p>'),
  'policy.html': page('<script>document.title = 1</script>', `<meta http-equiv="Content-Security-Policy" content="default-src 'none'">`),
  'moves.html': page('<p id="grows"></p><p>Moved</p><script>requestAnimationFrame(() => requestAnimationFrame(() => (document.getElementById("grows").style.height = "200px")))</script>'),
  'closed.html': page('<details class="dated" open><summary>Until 1 May</summary><p>Open</p></details><details class="dated"><summary>Until 1 May</summary><p>Closed</p></details><details class="dated" open><summary>Until 1 May</summary><p style="display:none">Hidden</p></details>'),
}

let made
function wrong() {
  if (made) return made
  const folder = path.join(scratch, 'wrong')
  fs.mkdirSync(folder)
  for (const [name, html] of Object.entries(WRONG)) fs.writeFileSync(path.join(folder, name), html)
  return (made = new Site(folder))
}

const on = (name, check) => withPage({ viewport: { width: 320, height: 640 } }, async browserPage => {
  await visit(browserPage, wrong().page(name))
  return check(browserPage)
})

test('axe-core can find something', async () => {
  assert.match((await on('contrast.html', axe)).join(), /color-contrast/)
})

test('axe-core finds in a second mode what was in order in the first, though most of its rules do not run again', async () => {
  const found = []
  for (const turn of [0, 1, 2]) found.push(...await on('dark.html', browserPage => inModes(browserPage, turn, () => axe(browserPage))))
  assert.match(found.join('\n'), /dark: color-contrast/)
  assert.doesNotMatch(found.join('\n'), /light: color-contrast/)
})

test('small targets are found, and links in sentences are not among them', async () => {
  const found = await on('targets.html', smallTargets)
  assert.deepEqual(found.map(text => /“(.*?)”/.exec(text)[1]), ['A question', 'Other', 'Do'])
})

test('what sticks out at the side is found', async () => {
  assert.match((await on('wide.html', sideways)).join(), /Wide/)
  assert.deepEqual(await on('links.html', sideways), [])
})

test('dead links are found', async () => {
  const found = (await deadLinks(wrong())).filter(text => text.startsWith('links.html'))
  assert.deepEqual(found, ['links.html: leads to no file: none.html', 'links.html: leads to no place on its page: wide.html#nowhere'])
})

test('what breaks the policy of a page is found', async () => {
  const { seen } = await survey(wrong())
  assert.match(seen.get(wrong().page('policy.html')).trouble.join(), /Content Security Policy/)
})

test('what moves while a page loads is found', async () => {
  const found = await on('moves.html', async browserPage => {
    await browserPage.waitForFunction(() => document.getElementById('grows').offsetHeight === 200)
    return shifts(browserPage)
  })
  assert.match(found.join(), /Moved/)
  const later = await on('closed.html', async browserPage => {
    const since = await remember(browserPage)
    await browserPage.evaluate(() => document.querySelector('main').prepend(Object.assign(document.createElement('p'), { style: 'height:90px' })))
    return shifts(browserPage, since)
  })
  assert.match(later.join(), /<h1>/)
})

test('the samples have every kind of block', () => {
  const samples = addressedSite().samples()
  const missing = Object.entries(BLOCKS_OF).flatMap(([kind, blocks]) => blocks
    .filter(({ name }) => !samples.some(page => page.kind === kind && page.features().includes(name))).map(({ name }) => `${kind} ${name}`))
  none(missing, 'blocks')
})

test('closed and hidden passages are told from open ones', async () => {
  assert.deepEqual((await on('closed.html', passages)).map(passage => passage.open), [true, false, false])
})

test('statements about a day are found in every way of writing it', () => {
  const days = factDays('  date: 2025-12-01\n')
  assert.deepEqual(days, ['2025-11-30', '2025-12-01', '2025-12-02'])
  for (const text of ['12月2日から', '令和7年12月から', 'from 2 December', 'December 1', '2025-12-01', 'It is over now.', '現在の保険証', 'まもなく終わります'])
    assert.equal(fleeting(text, days).length > 0, true, text)
  for (const text of ['What is known?', '12月20日', 'Until when?', 'マイナ保険証']) assert.deepEqual(fleeting(text, days), [], text)
})
