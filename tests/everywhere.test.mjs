// The site works wherever its files are put.

import assert from 'node:assert/strict'
import { fileURL, sweep, withPage } from './lib/browser.mjs'
import { deadLinks, remember, shifts, shiftsByScripts, survey } from './lib/checks.mjs'
import { none } from './lib/expect.mjs'
import { serve } from './lib/server.mjs'
import { addressedSite, bothSites, inTurn, realSite } from './lib/site.mjs'
import test from './lib/test.mjs'

test('from the disk, pages open without a message in the console', async () => {
  const { seen, failed } = await survey(addressedSite())
  none(failed, 'pages that did not open')
  none([...seen].flatMap(([page, { trouble }]) => trouble.map(text => `${page.file}: ${text}`)), 'messages')
})

test('from the disk, every link leads to a file and a place that exist', async () => {
  none(await deadLinks(addressedSite()), 'dead links')
})

test('links are relative and name a file', async () => {
  const { seen } = await survey(addressedSite())
  const findings = []
  for (const [page, { written }] of seen) {
    for (const link of written) {
      if (!/^(#|tel:|mailto:|https:|data:|(\.\.\/)*[\w.-][\w./-]*\.[a-z]+(#.*)?$)/.test(link)) findings.push(`${page.file}: ${link}`)
    }
  }
  none(findings, 'links')
})

test('every address of the site in pages, sitemap and feeds names a file of it, and without an address there is none', () => {
  const site = addressedSite()
  const files = new Set(site.files)
  const findings = []
  for (const file of site.files.filter(file => /\.(html|xml|txt)$/.test(file))) {
    for (const [, address] of site.read(file).matchAll(/https:\/\/example\.jp\/kenpo\/hoken\/([^"<\s]*)/g))
      if (!files.has(address.split('#')[0])) findings.push(`${file}: ${address}`)
  }
  none(findings, 'addresses')
  if (!process.env.SITE) assert.match(site.read('sitemap.xml'), /hreflang="en"/)
  none(realSite().files.filter(file => /canonical|hreflang="x-default"/.test(file.endsWith('.html') ? realSite().read(file) : '')), 'pages that guess an address')
})

test('in a folder of a web host pages load with at most three requests, all to it, and nothing moves', async () => {
  const site = realSite()
  const server = await serve(site.folder, { prefix: '/some/where/' })
  try {
    const findings = await sweep(site.walked.filter(page => page.kind !== 'moved'), {}, async (page, item) => {
      const found = [...(await shiftsByScripts(page, server.url(item))), ...page.trouble]
      if (page.requested.length > 3) found.push(`${page.requested.length} requests`)
      return [...found, ...page.requested.filter(address => !address.startsWith(server.root)).map(address => `asks ${address}`)]
    })
    none(findings, 'findings')
  } finally {
    await server.close()
  }
})

test('nothing moves when a page comes in pieces over a slow line', async () => {
  const site = realSite()
  let mark
  const server = await serve(site.folder, { cut: () => mark })
  const pages = inTurn(['index.html', 'faq/what-to-bring.html', 'topic/money.html', 'changes.html'], site.languages).map(([file, language]) => site.page(`${language}/${file}`))
  const findings = []
  try {
    await withPage({}, async page => {
      for (const item of pages) {
        for (mark of ['</svg>', '</button>', '</header>', '</h1>', '</h2>']) {
          if (!item.html.includes(mark)) continue
          await page.goto(server.url(item), { waitUntil: 'commit' })
          await page.waitForFunction(() => document.body?.childElementCount)
          const since = await remember(page)
          server.resume()
          await page.waitForLoadState('load')
          findings.push(...(await shifts(page, since)).map(text => `${item.file}: cut behind ${mark}: ${text}`))
        }
      }
    })
  } finally {
    await server.close()
  }
  none(findings, 'findings')
})

test('a host that sends wrong types is good enough', async () => {
  const site = realSite()
  const server = await serve(site.folder, { prefix: '/x/', types: 'wrong' })
  try {
    none(await sweep(site.sampled.filter(page => page.kind !== 'moved'), {}, async (page, item) => {
      await page.goto(server.url(item))
      const found = [...page.trouble]
      if (!(await page.title())) found.push('is not shown as a page')
      return found
    }), 'findings')
    await withPage({}, async page => {
      await page.goto(server.root + 'ja-easy/index.html')
      await page.click('.ruby-switch')
      assert.equal(await page.getAttribute('.ruby-switch', 'aria-pressed'), 'false', 'the script does not run')
    })
  } finally {
    await server.close()
  }
})

test('a host that says Shift_JIS or ISO-8859-1 of every file is good enough', async () => {
  const site = realSite(), findings = []
  const pages = inTurn(site.sampled.filter(page => page.kind !== 'moved'), ['Shift_JIS', 'ISO-8859-1'])
  for (const charset of ['Shift_JIS', 'ISO-8859-1']) {
    const server = await serve(site.folder, { charset })
    try {
      findings.push(...(await sweep(pages.filter(([, of]) => of === charset).map(([page]) => page), {}, async (page, item) => {
        await page.goto(server.url(item), { waitUntil: 'load' })
        const [read, title] = await page.evaluate(html => [document.characterSet + ' ' + document.title, new DOMParser().parseFromString(html, 'text/html').title], item.html)
        return read === `UTF-8 ${title}` || item.kind === 'checker' ? page.trouble : [`${charset}: ${read}`, ...page.trouble]
      })))
      await withPage({}, async page => {
        await page.goto(server.root + 'ja/check.html')
        const shown = await page.textContent('[data-step]')
        findings.push(...page.trouble)
        if (!/[ぁ-ん]/.test(shown)) findings.push(`${charset}: the checker says ${shown.slice(0, 60)}`)
      })
    } finally {
      await server.close()
    }
  }
  none(findings, 'findings')
})

test('in a frame without rights every kind of page works', async () => {
  const site = realSite()
  const server = await serve(site.folder)
  try {
    none(await sweep(site.sampled.filter(page => page.kind !== 'moved'), {}, async (page, item) => {
      await page.goto(`${server.root}frame.html?${item.file}`)
      const shown = await page.frames()[1].evaluate(() => document.body.innerText.length)
      return shown ? page.trouble : ['is not shown']
    }), 'messages')
  } finally {
    await server.close()
  }
})

test('the page for wrong addresses leads home from any depth', async () => {
  for (const site of bothSites()) {
    for (const prefix of ['/', '/some/where/']) {
      const server = await serve(site.folder, { prefix })
      try {
        await withPage({}, async page => {
          for (const wrong of ['ja/faq/no-such-page.html', 'en/none/deeper/still.html']) {
            const answer = await page.goto(server.root + wrong)
            assert.equal(answer.status(), 404)
            const links = await page.evaluate(() => [...document.querySelectorAll('main a')].map(a => a.href))
            const home = site === realSite() ? server.root : 'https://example.jp/kenpo/hoken/'
            assert.deepEqual(links, homes(site, home))
          }
        })
      } finally {
        await server.close()
      }
    }
  }
})

const homes = (site, home) => ['ja', 'ja-easy', 'en'].filter(l => site.languages.includes(l)).map(language => `${home}${language}/index.html`)

test('switching the language stays on the same page', async () => {
  const { seen } = await survey(addressedSite())
  const findings = []
  for (const [page, { written }] of seen) {
    if (!page.language || page.kind === 'embed' || page.kind === 'moved') continue // an embedded page has no choice of language, because it follows the page around it
    for (const other of realSite().languages) {
      const own = page.insurer ? page.file.slice(page.insurer.length + 1) : page.file
      const inOther = own.replace(/^[^/]+/, other)
      const up = '../'.repeat(own.split('/').length - 1)
      if (!written.includes(up + inOther)) findings.push(`${page.file}: no link to ${inOther}`)
    }
  }
  none(findings, 'missing links')
})

test('in the browser, a reader changes the language on a question and stays on it', async () => {
  const site = realSite()
  await withPage({}, async page => {
    await page.goto(fileURL(site.page('ja/faq/what-to-bring.html')))
    await page.click('.languages a:text-is("English")')
    await page.waitForURL(/\/en\/faq\/what-to-bring\.html$/)
    assert.equal(await page.getAttribute('html', 'lang'), 'en')
    assert.equal(await page.textContent('.languages [aria-current]'), 'English')
    assert.deepEqual(page.trouble, [])
  })
})

test('the address of a removed question leads to what took its place, or says that nothing did', async () => {
  const site = addressedSite()
  if (!site.files.includes('en/faq/removed-question.html')) return
  await withPage({}, async page => {
    await page.goto(fileURL(site.page('en/faq/removed-question.html')))
    await page.waitForURL(/\/en\/faq\/what-to-bring\.html$/)
    await page.goto(fileURL(site.page('sk/ja/faq/removed-matter.html')))
    await page.waitForURL(/\/sk\/ja\/topic\/old-card\.html$/)
    await page.goto(fileURL(site.page('en/faq/removed-for-good.html')))
    assert.equal(await page.textContent('h1'), 'This question is gone')
    await page.click('main a[href$="all.html"]')
    await page.waitForURL(/\/en\/all\.html$/)
  })
})
