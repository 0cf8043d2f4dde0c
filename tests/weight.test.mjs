import assert from 'node:assert/strict'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import fs from 'node:fs'
import path from 'node:path'
import { none } from './lib/expect.mjs'
import { SWEEP, realSite } from './lib/site.mjs'
import test from './lib/test.mjs'

const KB = 1000

/**
 * The greatest compressed sizes for each kind of page. The first is for the HTML with its style and pictures, the second for everything
 * that a first visit loads.
 */
const LIMITS = { home: [14 * KB, 16 * KB], question: [10 * KB, 12 * KB], check: [14 * KB, 36 * KB], embed: [14 * KB, 36 * KB] }

/**
 * By kind of page that lists everything of a kind: the pattern at which an entry begins, and the greatest compressed size of an entry. The
 * rest of such a page has 4 KB.
 */
const LISTS = { all: [/<article\b/g, 660], glossary: [/<dt\b/g, 150], sources: [/<li id=/g, 80] }

function limits({ kind, html }) {
  if (!LISTS[kind]) return LIMITS[kind] ?? [14 * KB, 14 * KB]
  const [entry, size] = LISTS[kind], most = 4 * KB + html.match(entry).length * size
  return [most, most]
}

const brotli = promisify(brotliCompress)

/** Quality levels of brotli. Hosts send files with BEST. QUICK takes a tenth of the time, and its results are larger. */
const BEST = 11, QUICK = 5

const weights = new Map()

/** Returns the compressed size of a file. */
function weigh(file, quality = BEST) {
  const key = `${quality} ${file}`
  if (!weights.has(key)) weights.set(key, brotli(fs.readFileSync(file), { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }).then(content => content.length))
  return weights.get(key)
}

/**
 * Returns the compressed size of a file that may have at most `limit` bytes. `make test` first compresses it quickly. Only if the result is
 * larger than the limit does it compress the file in the best way.
 */
async function weighUpTo(limit, file) {
  const quick = SWEEP ? Infinity : await weigh(file, QUICK)
  return quick <= limit ? quick : weigh(file)
}

/** Returns the files that a page loads as soon as it is opened. */
function loaded(page) {
  const html = page.html
  const named = [...html.matchAll(/<(?:script|img|source|iframe)\b[^>]*?\bsrc="?([^" >]+)/g), ...html.matchAll(/<link\b[^>]*?\brel="?(?:stylesheet|preload|modulepreload|icon)\b[^>]*?\bhref="?([^" >]+)/g), ...html.matchAll(/<link\b[^>]*?\bhref="?([^" >]+)"?[^>]*?\brel="?(?:stylesheet|preload|modulepreload|icon)\b/g)]
  return [...new Set(named.map(match => match[1]).filter(address => !address.startsWith('data:')))]
    .map(address => path.join(page.site.folder, path.dirname(page.file), address))
}

async function heavy(pages, t) {
  const findings = []
  const rows = new Map()
  const weighed = await Promise.all(pages.map(async page => {
    const [paint, all] = limits(page), script = (await Promise.all(loaded(page).map(file => weigh(file)))).reduce((sum, size) => sum + size, 0)
    return { page, script, html: await weighUpTo(Math.min(paint, all - script), path.join(page.site.folder, page.file)) }
  }))
  for (const { page, script, html } of weighed) {
    const total = html + script
    const row = `${page.kind.padEnd(22)}${page.language}`
    const seen = rows.get(row) ?? { count: 0, sum: 0, most: { total: -1 } }
    rows.set(row, { count: seen.count + 1, sum: seen.sum + total, most: total > seen.most.total ? { html, script, total, file: page.file, limit: limits(page)[1] } : seen.most })
    const [paint, all] = limits(page)
    if (html > paint || total > all) findings.push(`${page.file}: ${html} + ${script} = ${total} bytes, at most ${paint}, and ${all} in all`)
  }
  t.diagnostic('compressed with brotli, in bytes: the heaviest page of each kind and language' + (SWEEP ? '' : ', compressed quickly where that is within the limit'))
  t.diagnostic('kind                  language  pages  average    html  script   total   limit  heaviest')
  for (const [row, { count, sum, most }] of rows) {
    const number = (n, width) => String(Math.round(n)).padStart(width)
    t.diagnostic(row.padEnd(30) + number(count, 7) + number(sum / count, 9) + number(most.html, 8) + number(most.script, 8) + number(most.total, 8) + number(most.limit, 8) + '  ' + most.file)
  }
  none(findings, 'heavy pages')
}

/**
 * Returns the three pages of each kind in each language that are largest before compression. We expect the page that is heaviest after
 * compression to be among them. Of the long lists (LISTS), it takes one page, because compressing them takes long.
 */
function largest(pages) {
  const size = page => Buffer.byteLength(page.html)
  const kinds = new Map()
  for (const page of pages) kinds.set(page.kind + page.language, [...(kinds.get(page.kind + page.language) ?? []), page])
  return [...kinds.values()].flatMap(pages => pages.sort((a, b) => size(b) - size(a)).slice(0, LISTS[pages[0].kind] ? 1 : 3))
}

/** Returns the pages to weigh. They include insurers' pages of the kinds that come closest to their limits. */
function weighed(site) {
  const least = site.every.filter(page => ['check', 'check-noscript', 'embed', 'home'].includes(page.kind))
  return [...new Set(SWEEP ? [...site.different, ...least] : [...largest(site.different), ...largest(least)])]
}

/** Scripts of the checker that only some visitors load, by the beginnings of their names, with their greatest compressed sizes. */
const ON_DEMAND = { rest: 7.4 * KB, why: 2.4 * KB, tools: 9.6 * KB, around: 1.7 * KB }

/** The greatest compressed size of a file that only wide screens load. */
const BESIDE = 3 * KB

/** The greatest compressed size of the script that the checker also loads at its start if WebAssembly is refused. */
const WITHOUT_WEBASSEMBLY = 3 * KB

/** Returns the paths of the script files with a given name. */
const named = (assets, name) => fs.readdirSync(assets).filter(file => file.startsWith(name + '.') && file.endsWith('.js')).map(file => path.join(assets, file))

test('pages weigh no more than a first visit may cost', { long: true }, async t => {
  const site = realSite(), assets = path.join(site.folder, 'assets')
  for (const [name, limit] of Object.entries(ON_DEMAND)) {
    const sizes = await Promise.all(named(assets, name).map(file => weigh(file)))
    t.diagnostic(`on demand: ${name}: at most ${Math.max(...sizes)} bytes of ${limit}`)
    assert.ok(sizes.length > 0 && Math.max(...sizes) <= limit, `a script ${name} has ${Math.max(...sizes)} bytes, at most ${limit}`)
  }
  // Only wide screens load the columns beside the main part.
  const beside = site.files.filter(file => /(^|\/)(topics|topic\/[^/]+)\.js$/.test(file)), sizes = await Promise.all(beside.map(file => weighUpTo(BESIDE, path.join(site.folder, file))))
  assert.ok(sizes.length > 0 && Math.max(...sizes) <= BESIDE, `what stands beside the main part has ${Math.max(...sizes)} bytes, at most ${BESIDE}`)
  await heavy(weighed(site), t)
  // The limits above hold with WebAssembly, and they include the module. If WebAssembly is refused, the checker also loads the
  // script that reads the module.
  const [without, ...others] = named(assets, 'rules-js')
  assert.deepEqual(others, [])
  for (const kind of ['check', 'embed']) t.diagnostic(`${kind} without WebAssembly: ${await weigh(without)} bytes besides, so at most ${LIMITS[kind][1] + WITHOUT_WEBASSEMBLY} in all`)
  assert.ok(await weigh(without) <= WITHOUT_WEBASSEMBLY, `without WebAssembly the checker loads ${await weigh(without)} bytes besides, at most ${WITHOUT_WEBASSEMBLY}`)
})
