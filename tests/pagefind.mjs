// Lets Pagefind search the same pages for the queries of `make search-quality` (`make search-compare`). The argument names the
// folder of Pagefind's package, which is too large to install with the other tests.

import { execFile } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { withPage } from './lib/browser.mjs'
import { serve } from './lib/server.mjs'
import { realSite } from './lib/site.mjs'

/** The number of results that are kept: a few more than the table uses. */
const RESULTS = 10

const folder = path.resolve(process.argv[2])
const program = path.join(folder, 'node_modules/.bin/pagefind')
const queries = JSON.parse(fs.readFileSync(path.join(folder, 'queries.json'), 'utf8'))
const found = {}

for (const language of new Set(queries.map(query => query.language))) {
  // Each language gets its own folder with only its questions, so that Pagefind searches nothing else.
  const pages = path.join(folder, 'pages', language)
  fs.rmSync(pages, { recursive: true, force: true })
  fs.cpSync(path.join(realSite().folder, language, 'faq'), path.join(pages, 'faq'), { recursive: true })
  await promisify(execFile)(program, ['--site', pages, '--root-selector', 'main'])
  fs.writeFileSync(path.join(pages, 'index.html'), '<!DOCTYPE html><title>x</title><link rel="icon" href="data:,">')
  const server = await serve(pages)
  await withPage({}, async page => {
    await page.goto(server.root)
    const own = queries.filter(query => query.language === language)
    const results = await page.evaluate(async ([texts, most]) => {
      const pagefind = await import('/pagefind/pagefind.js')
      const list = []
      for (const text of texts) {
        const { results } = await pagefind.search(text)
        list.push(await Promise.all(results.slice(0, most).map(async result => (await result.data()).url)))
      }
      return list
    }, [own.map(query => query.query), RESULTS])
    own.forEach(({ query }, i) => found[`${language} ${query}`] = results[i].map(address => /faq\/(.*)\.html$/.exec(address)[1]))
  })
  await server.close()
}
fs.writeFileSync(path.join(folder, 'found.json'), JSON.stringify(found))
process.exit()
