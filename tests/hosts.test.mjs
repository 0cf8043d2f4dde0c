// The home page, a question, the checker and the search work on each host.

import assert from 'node:assert/strict'
import fs from 'node:fs'
import { after } from 'node:test'
import { browserVersion, withPage } from './lib/browser.mjs'
import { unsure } from './lib/checker.mjs'
import { none } from './lib/expect.mjs'
import { DOC, HOSTS, versionOf } from './lib/hosts.mjs'
import { realSite, SWEEP } from './lib/site.mjs'
import test from './lib/test.mjs'

const PAGES = { home: 'ja/index.html', question: 'ja/faq/what-to-bring.html', checker: 'ja/check.html', search: 'ja/index.html' }

/** Opens the search of the home page, types a word, and follows the first question found. */
async function searched(shown) {
  await shown.click('a.find')
  await shown.fill('.search input', '再発行')
  await shown.click('.search ul a[href*="faq/"]')
  await shown.waitForURL(/faq\/.*\.html/)
}

/** Opens a page on a host. Returns 'works', or a short description of what the browser does instead. */
async function look(host, root, kind) {
  const item = realSite().page(PAGES[kind])
  return withPage({}, async page => {
    let answer
    try {
      answer = await page.goto(host.framed ? `${root}frame.html?${item.file}` : root + item.file, { waitUntil: 'load' })
    } catch (error) {
      if (/Download is starting/.test(error.message)) return 'saved, not shown'
      throw error
    }
    if (answer.status() >= 400) return `answer ${answer.status()}`
    const shown = host.framed ? page.frames()[1] : page
    if (kind === 'checker') {
      await shown.waitForSelector('[data-step]')
      await unsure(shown)
      await shown.waitForSelector('[data-answer]')
    } else if (kind === 'search') {
      await searched(shown)
    } else {
      const title = await page.evaluate(html => new DOMParser().parseFromString(html, 'text/html').title, item.html)
      assert.equal(await shown.title(), title, host.name)
    }
    assert.match(await shown.innerText('h1'), /[ぁ-ん]/, host.name)
    if (!host.noisy) none(page.trouble, `messages on ${host.name}`)
    return await shown.evaluate(() => document.styleSheets.length) ? 'works' : 'works, without styles'
  })
}

async function seenOn(host) {
  const { root, close } = await host.start(realSite())
  try {
    return { home: await look(host, root, 'home'), question: await look(host, root, 'question'), checker: await look(host, root, 'checker'), search: await look(host, root, 'search') }
  } finally {
    await close()
  }
}

const row = (host, version, seen) => `| ${host.name} | ${version} | ${seen.home} | ${seen.question} | ${seen.checker} | ${seen.search} |`

for (const host of HOSTS) {
  if (!SWEEP && !process.env.HOSTS && !host.sampled) continue
  test(`on ${host.name}: home, a question, the checker and the search`, async () => {
    host.seen = await seenOn(host)
    assert.deepEqual(host.seen, host.want)
  })
}

if (!process.env.HOSTS) test('the page about hosts has a row for each, and says what is to be seen', () => {
  const rows = fs.readFileSync(DOC, 'utf8').split('\n').filter(line => /^\| .* \| (works|answer|saved)/.test(line))
  const plain = line => line.split(' | ').filter((_, i) => i !== 1).join(' | ')
  assert.deepEqual(rows.map(plain), HOSTS.map(host => plain(row(host, '', host.want))), 'run `make hosts`')
})

if (process.env.HOSTS) after(writeTable)

/** Writes the table in docs/hosts.md (`make hosts`). */
async function writeTable() {
  if (HOSTS.some(host => !host.seen)) return
  const text = fs.readFileSync(DOC, 'utf8')
  const head = '| host | version | home | a question | the checker to its end | the search |\n|---|---|---|---|---|---|\n'
  const before = text.slice(0, text.indexOf('| host |')), behind = /\n\n(?!\|)[\s\S]*/.exec(text.slice(text.indexOf('| host |')))?.[0] ?? '\n'
  fs.writeFileSync(DOC, before.replace(/Chromium [\d.]+/, `Chromium ${await browserVersion()}`) + head + HOSTS.map(host => row(host, versionOf(host), host.seen)).join('\n') + behind)
}
