// Measures how long a search takes among 500 and among 5,000 questions, and how much the first search loads (`make
// search-speed`). The argument names the folder with both indexes, which internal/search/sized_test.go makes from pieces of the
// real questions.

import { execFile } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompressSync } from 'node:zlib'
import { withPage } from './lib/browser.mjs'
import { repository, scratch } from './lib/folders.mjs'
import { TODAY, command, realSite } from './lib/site.mjs'

/** The share of queries that are tried: every third of the Japanese queries in search.yaml that find something. */
const EVERY = 3

/** How many times each query is typed. The best time counts, because other programs can slow down a try. */
const TIMES = 3

const folder = path.resolve(process.argv[2]), language = 'ja'
const { stdout } = await promisify(execFile)(command, ['search', '--format', 'json', '--date', TODAY], { cwd: repository, maxBuffer: 1e8 })
const queries = stdout.trim().split('\n').map(line => JSON.parse(line)).filter(query => query.language === language && query.found.length).map(query => query.query)
  .filter((_, i) => i % EVERY === 0)

/** Types a text, and returns the milliseconds until the results are shown. */
const timed = (page, text) => page.evaluate(async text => {
  const field = document.querySelector('.search input'), list = document.querySelector('.search ul'), said = document.querySelector('.search [role=status]')
  field.value = text
  const start = performance.now()
  const came = new Promise(done => {
    const observer = new MutationObserver(() => {
      observer.disconnect()
      done()
    })
    observer.observe(said, { childList: true })
    observer.observe(list, { childList: true })
  })
  field.dispatchEvent(new Event('input', { bubbles: true }))
  await Promise.race([came, new Promise((_, failed) => setTimeout(failed, 30_000, Error(text)))])
  return performance.now() - start
}, text)

/** Returns the data in the first file of an index. */
function first(index) {
  const text = fs.readFileSync(path.join(index, 'index.js'), 'utf8')
  return JSON.parse(text.slice(text.indexOf(',') + 1, text.lastIndexOf(')')))
}

async function measure(questions) {
  const site = path.join(scratch, String(questions)), loaded = []
  fs.cpSync(path.join(realSite().folder, language), path.join(site, language), { recursive: true })
  fs.cpSync(path.join(realSite().folder, 'assets'), path.join(site, 'assets'), { recursive: true })
  const index = path.join(site, language, 'search'), { words, papers, offer } = first(index)
  fs.rmSync(index, { recursive: true })
  fs.cpSync(path.join(folder, String(questions)), index, { recursive: true })
  fs.writeFileSync(path.join(index, 'index.js'), `sitegenSearch("index",${JSON.stringify({ ...first(index), words, papers, offer })})`)
  const open = async (page, body) => {
    await page.goto('file://' + path.join(site, language, 'search.html'))
    const before = page.requested.length
    await page.focus('.search input')
    await page.waitForFunction(() => 'sitegenSearch' in window)
    const result = await body()
    return [result, page.requested.slice(before)]
  }
  const times = []
  await withPage({}, page => open(page, async () => {
    for (const query of queries) {
      await timed(page, query) // the first try also loads files, so it does not count
      let best = Infinity
      for (let i = 0; i < TIMES; i++) best = Math.min(best, await timed(page, query))
      times.push(best)
    }
    none(page.trouble)
  }))
  for (const query of queries.filter((_, i) => i % 5 === 0)) {
    await withPage({}, async page => {
      const [, requested] = await open(page, () => timed(page, query))
      loaded.push(requested.reduce((sum, address) => sum + brotliCompressSync(fs.readFileSync(new URL(address.split('?')[0]))).length, 0))
    })
  }
  return { times: times.sort((a, b) => a - b), loaded: loaded.sort((a, b) => a - b) }
}

function none(trouble) {
  if (trouble.length) throw new Error(trouble.join('\n'))
}

const middle = list => list[list.length >> 1], last = list => list[list.length - 1]
const few = await measure(500), many = await measure(5000)
const ratio = pick => (pick(many) / pick(few)).toFixed(2)
console.log(`${queries.length} queries         500 questions   5,000 questions   ratio`)
for (const [name, pick, digits] of [
  ['a query, median ms', ({ times }) => middle(times), 1], ['a query, longest ms', ({ times }) => last(times), 1],
  ['a first search, median bytes', ({ loaded }) => middle(loaded), 0], ['a first search, most bytes', ({ loaded }) => last(loaded), 0],
]) console.log(name.padEnd(30), pick(few).toFixed(digits).padStart(8), pick(many).toFixed(digits).padStart(16), ratio(pick).padStart(12))
process.exit()
