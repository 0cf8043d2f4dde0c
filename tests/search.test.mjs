// The search works on the page itself, wherever the site's files are, and finds the same questions as `sitegen search`.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompressSync } from 'node:zlib'
import ts from 'typescript'
import { visit, withPage } from './lib/browser.mjs'
import { axe, inModes, sideways, smallTargets } from './lib/checks.mjs'
import { none } from './lib/expect.mjs'
import { repository, scratch } from './lib/folders.mjs'
import { serve } from './lib/server.mjs'
import { command, INSURER, SWEEP, Site, TODAY, realSite } from './lib/site.mjs'
import test from './lib/test.mjs'

const site = realSite()
const SEARCH = 'a.find', BOX = '.search'

/** Returns what `sitegen search` finds for the queries in search.yaml. */
async function commanded() {
  const { stdout } = await promisify(execFile)(command, ['search', '--format', 'json', '--date', TODAY], { cwd: repository, maxBuffer: 1e8 })
  return stdout.trim().split('\n').map(line => JSON.parse(line))
}

/** Opens the search box of a page and focuses its field. */
async function openBox(page) {
  if (!/search\.html$/.test(page.url())) await page.click(SEARCH)
  await page.waitForSelector(BOX + ' input')
  await page.focus(BOX + ' input')
}

/** Types a text, and returns what the page shows as the result. */
const type = (page, text) => page.evaluate(([box, text]) => new Promise(done => {
  const field = document.querySelector(box + ' input'), list = document.querySelector(box + ' ul')
  new MutationObserver((_, observer) => {
    observer.disconnect()
    done({
      said: document.querySelector(box + ' [role=status]').textContent, marked: [...list.querySelectorAll('mark')].map(mark => mark.textContent),
      links: [...list.querySelectorAll('a')].map(link => ({ offer: !!link.closest('strong'), id: /faq\/(.*)\.html$/.exec(link.href)?.[1], href: link.href })),
      answers: list.querySelectorAll('li p').length,
    })
  }).observe(list, { childList: true })
  field.value = text
  field.dispatchEvent(new Event('input', { bubbles: true }))
}), [BOX, text])

const found = ({ links }) => links.map(link => link.id).filter(Boolean)

test('the page finds what the command finds, in the same order, without a message and from files of the site alone', async t => {
  const queries = await commanded()
  let most = 0
  for (const language of site.languages) {
    const all = queries.filter(query => query.language === language), own = all.filter((_, i) => SWEEP || i % 8 === 0)
    assert.ok(all.length > 10, language)
    await withPage({}, async page => {
      await visit(page, site.page(`${language}/search.html`))
      await openBox(page)
      for (const { query, found: ids } of own) {
        const result = await type(page, query)
        assert.deepEqual(found(result), ids.slice(0, 5), `${language} ${query}`)
        assert.ok(result.answers >= result.links.filter(link => link.id).length || !ids.length, query)
      }
      none(page.trouble, 'messages')
      assert.ok(page.requested.every(address => address.startsWith('file:')), 'asks nobody')
    })
    const long = all.toSorted((a, b) => b.query.length - a.query.length) // a long query loads the most parts of the index
    for (const { query } of new Set([...long.slice(0, 3), ...(SWEEP ? all.filter((_, i) => i % 12 === 0) : [])])) most = Math.max(most, await weigh(language, query))
  }
  t.diagnostic(`a first search loads at most ${most} bytes, compressed`)
  assert.ok(most <= 40_000, `a first search loads ${most} bytes`)
})

/** Returns the compressed size of everything that a first search loads: script, index and words. */
async function weigh(language, query) {
  return withPage({}, async page => {
    await visit(page, site.page(`${language}/faq/card-lost.html`))
    const before = page.requested.length
    await openBox(page)
    await type(page, query)
    return page.requested.slice(before).reduce((sum, address) => sum + brotliCompressSync(fs.readFileSync(new URL(address.split('?')[0]))).length, 0)
  })
}

/** Returns a part of the search script, compiled to a module and imported. */
async function script(name) {
  const folder = path.join(scratch, 'search-modules'), theirs = path.join(repository, 'themes/default/script/search')
  fs.mkdirSync(folder, { recursive: true })
  for (const file of fs.readdirSync(theirs)) {
    const { outputText } = ts.transpileModule(fs.readFileSync(path.join(theirs, file), 'utf8'), { compilerOptions: { module: 'esnext', target: 'es2022' } })
    fs.writeFileSync(path.join(folder, file.replace('.ts', '.mjs')), outputText.replace(/(from '\.\/\w+)'/g, "$1.mjs'"))
  }
  return import(path.join(folder, name + '.mjs'))
}

test('texts are normalised and cut in the page as in the command', async () => {
  const vectors = JSON.parse(fs.readFileSync(path.join(repository, 'internal/search/testdata/normalise.json'), 'utf8'))
  const { normalise } = await script('normalise'), { units } = await script('query')
  for (const { text, normalised, keys } of vectors) {
    assert.equal(normalise(text), normalised, text)
    assert.deepEqual(units(normalise(text), []).flatMap(unit => unit.alternatives.flat()).map(lookup => lookup.key), keys, text)
  }
})

test('the box opens on any page, shows the answer with what was typed marked, and leads there', async () => {
  for (const [file, query, id, marked] of [['ja/faq/card-lost.html', '保険証なくした', 'old-card-lost', /なくし/], ['ja-easy/index.html', 'しかくかくにんしょ もらう', 'certificate-not-arrived', /資格確認書/], [`${INSURER}/en/index.html`, 'lost certificate', 'certificate-lost', /lost/]]) {
    await withPage({}, async page => {
      await visit(page, site.page(file))
      const before = page.requested.length
      await openBox(page)
      assert.equal(await page.evaluate(() => document.activeElement.id), '_search')
      const result = await type(page, query)
      assert.ok(found(result).includes(id), `${query}: ${found(result)}`)
      assert.ok(result.marked.some(text => marked.test(text)), `${query}: ${result.marked}`)
      assert.ok(page.requested.length > before)
      await page.keyboard.press('ArrowDown')
      assert.match(await page.evaluate(() => document.activeElement.href), /\.html/)
      await page.keyboard.press('ArrowUp')
      assert.equal(await page.evaluate(() => document.activeElement.id), '_search')
      await page.locator(`${BOX} a[href$="faq/${id}.html"]`).click()
      await page.waitForURL(`**/faq/${id}.html`)
      none(page.trouble, 'messages')
    })
  }
})

test('every page has the search, whatever it is about', async () => {
  const outside = ['embed', 'moved'] // pages without search: the embedded page, and pages that redirect at once
  none(site.every.filter(page => !outside.includes(page.kind) && !/<a class="?find/.test(page.html)).map(page => page.file), 'pages without')
  const server = await serve(site.folder, { prefix: '/a/b/' })
  try {
    for (const [address, language, query, id] of [
      [new URL(`file://${path.join(site.folder, 'ja/check.html')}`).href, '', 'カード なくした', 'card-lost'],
      [new URL(`file://${path.join(site.folder, 'index.html')}`).href, 'en', 'lost card', 'card-lost'],
      [new URL(`file://${path.join(site.folder, INSURER, 'index.html')}`).href, 'ja', '引っ越し', 'moving'],
      [server.root + 'ja/faq/not/there.html', 'ja-easy', 'あかちゃん', 'newborn'],
      [`${server.root}${INSURER}/404.html`, 'en', 'baby', 'newborn'],
    ]) {
      await withPage({}, async page => {
        await page.goto(address)
        page.trouble.length = 0 // the console has reported that the address does not exist
        const link = SEARCH + (language && `[data-language="${language}"]`)
        await page.click(link)
        await page.waitForSelector(BOX + ' input')
        assert.equal(await page.locator(link).getAttribute('aria-expanded'), 'true', address)
        const result = await type(page, query)
        assert.ok(found(result).includes(id), `${address} ${query}: ${found(result)}`)
        assert.ok(result.links.every(({ href }) => language ? href.includes(`/${language}/`) : href.includes('/ja/')), address)
        const nothing = await type(page, 'zzzzzz')
        assert.deepEqual(nothing.links.map(({ href }) => href.replace(/.*\//, '').replace(/.*#/, '#')), ['#_topics', 'check.html', '#_help'], address)
        await page.locator(`${BOX} button`).last().click()
        assert.equal(await page.locator(link).getAttribute('aria-expanded'), 'false', address)
        await page.click(link)
        await type(page, query)
        await page.locator(`${BOX} a[href*="faq/${id}.html"]`).click()
        await page.waitForURL(`**/faq/${id}.html`)
        none(page.trouble, 'messages')
      })
    }
  } finally {
    await server.close()
  }
})

test('an insurer\'s site finds its own words, and the general ones from where they lie', async () => {
  const language = 'ja'
  await withPage({}, async page => {
    await visit(page, site.page(`${INSURER}/${language}/search.html`))
    await openBox(page)
    for (const query of ['資格確認書 なくした', '引っ越し', '解除']) {
      const { links, answers } = await type(page, query)
      assert.ok(links.length > 0 && answers > 0, query)
      for (const { href, id } of links) {
        assert.match(href, new RegExp(`/${INSURER}/${language}/`))
        if (id) assert.ok(fs.existsSync(new URL(href)), href)
      }
      assert.equal(new Set(found({ links })).size, found({ links }).length, `${query}: a question stands twice`)
    }
    assert.ok(page.requested.some(address => address.includes(`/${language}/search/k`) && !address.includes(`/${INSURER}/`)), 'the general index is shared')
    none(page.trouble, 'messages')
  })
})

test('who asks what to bring is led into the checker with the paper that was typed, and nothing found says where to go on', async () => {
  await withPage({}, async page => {
    await visit(page, site.page('ja/index.html'))
    await openBox(page)
    const offer = async query => (await type(page, query)).links.find(link => link.offer)?.href.replace(/.*\//, '')
    const tiles = await page.locator('.tiles a').evaluateAll(links => links.map(link => link.dataset.checker))
    assert.ok(tiles.includes(await offer('資格確認書 病院 持ち物')))
    assert.ok(tiles.includes(await offer('うすいカードだけで病院に行ける？')))
    assert.equal(await offer('病院 持ち物'), 'check.html')
    assert.equal(await offer('引っ越し 住所'), undefined)
    const { said, links } = await type(page, '<b>駐車場</b>')
    assert.match(said, /<b>駐車場<\/b>/)
    assert.deepEqual(links.map(({ href }) => href.replace(/.*\//, '').replace(/.*#_help/, '#_help')), ['search.html#_topics', 'check.html', '#_help'])
    assert.equal((await type(page, '　！')).said, '')
    none(page.trouble, 'messages')
  })
})

/** Builds the site with words that look like the placeholders that scripts replace, and returns its folder. */
async function withForgedWords() {
  const content = path.join(scratch, 'forged-words'), out = path.join(scratch, 'public-forged-words')
  fs.cpSync(path.join(repository, 'content'), content, { recursive: true })
  const words = path.join(content, 'text/en.yaml')
  fs.writeFileSync(words, fs.readFileSync(words, 'utf8')
    .replace(/^( {2}(?:printed|search_count|search_none|search_paper|question_count): )"?([^"\n]*)"?$/gm, (_, key, text) => `${key}'${FORGED} ${text}'`))
  await promisify(execFile)(command, ['build', '--content', content, '--theme', path.join(repository, 'themes/default'), '--out', out, '--date', TODAY], { cwd: repository, maxBuffer: 1e8 })
  return out
}
const FORGED = String.raw`\{year\} \{constructor\} \{n\} @ $&`, SHOWN = '{year} {constructor} {n} @ $&', WIDE = SHOWN.replaceAll('{', '｛').replaceAll('}', '｝')

test('a word that looks like a placeholder stays a word', { long: true }, async () => {
  const forged = new Site(await withForgedWords())
  await withPage({}, async page => {
    await visit(page, forged.page('en/all.html'))
    const printed = await page.evaluate(() => document.querySelector('.printed').textContent)
    assert.match(printed.replace(SHOWN, ''), /^ Printed on \d+ \w+ \d{4}\.$/)
    await page.fill('.filter input', 'card')
    assert.match((await page.textContent('.filter [role=status]')).replace(SHOWN, ''), /^ Questions: \d+$/)
    await openBox(page)
    assert.match((await type(page, 'eligibility certificate what to bring')).said.replace(WIDE, ''), /^ Results: \d+$/)
    const [offer] = await page.locator(BOX + ' strong').allTextContents()
    assert.ok(/^ Check what to bring if you have this: [^@]+$/.test(offer.replace(WIDE, '')), offer)
    assert.match((await type(page, 'qqqqzz')).said.replace(WIDE, ''), /^ Nothing was found for “qqqqzz”\. /)
    none(page.trouble, 'messages')
  })
})

test('the search works from a sub-path, in a sandboxed frame and under the strict policy', async () => {
  const host = path.join(scratch, 'search-host')
  fs.mkdirSync(host, { recursive: true })
  const ours = await serve(site.folder, { prefix: '/a/b/' }), theirs = await serve(host)
  try {
    fs.writeFileSync(path.join(host, '404.html'), '')
    fs.writeFileSync(path.join(host, 'index.html'), `<!DOCTYPE html><html lang="ja"><meta charset="utf-8"><title>x</title><link rel="icon" href="data:,"><iframe title="x" sandbox="allow-scripts" style="width: 100%; height: 700px" src="${ours.root}en/search.html"></iframe>`)
    await withPage({}, async page => {
      await page.goto(theirs.root + 'index.html')
      const frame = page.frames()[1]
      await frame.waitForSelector(BOX + ' input')
      await frame.focus(BOX + ' input')
      assert.ok(found(await type(frame, 'lost card')).length > 0)
      none(page.trouble, 'messages')
    })
  } finally {
    await ours.close()
    await theirs.close()
  }
})

test('without script the link leads to the topics and to all questions in the order in which they are read', async () => {
  await withPage({ javaScriptEnabled: false }, async page => {
    for (const language of site.languages) {
      await visit(page, site.page(`${language}/faq/card-lost.html`))
      await page.click(SEARCH)
      await page.waitForURL(`**/${language}/search.html`)
      const count = await page.locator('main .rows a[href*="faq/"]').count(), topics = await page.locator('main .rows a[href*="topic/"]').count()
      assert.equal(count, site.pages.filter(item => item.language === language && item.kind === 'question').length)
      assert.equal(topics, site.pages.filter(item => item.language === language && item.kind === 'topic').length)
      const rows = await page.locator('main h3').allTextContents()
      assert.deepEqual(rows, [...rows].sort(), language)
    }
    none(page.trouble, 'messages')
  })
})

test('the open box has no violation and fits a phone, light, dark and in forced colours', async () => {
  for (const language of site.languages) {
    if (!SWEEP && language !== 'ja-easy') continue // words with readings take the most space, so the language that has them is enough
    await withPage({ viewport: { width: 360, height: 640 } }, async page => {
      await visit(page, site.page(`${language}/faq/card-lost.html`))
      await openBox(page)
      await type(page, language === 'en' ? 'what to bring' : 'びょういん もちもの')
      none((await inModes(page, 0, () => axe(page))).map(text => `${language}: ${text}`), 'violations')
      none((await sideways(page)).map(text => `${language}: ${text}`), 'sideways')
      none((await smallTargets(page)).map(text => `${language}: ${text}`), 'small targets')
      await page.emulateMedia({ media: 'print' })
      assert.ok(!await page.locator(BOX).isVisible(), 'nothing of it is printed')
    })
  }
})
