// Runs Lighthouse on the pages that people need most (`make lighthouse`). It visits each page several times, because other
// programs on the machine affect the figures. The first argument is the folder of the Lighthouse package, which is too large to
// install with the other tests. The optional second argument is the number of visits.

import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { serveApart } from './lib/server-apart.mjs'
import { realSite } from './lib/site.mjs'

/** The number of visits to each page. With fewer visits, the figures are not reliable. */
const TIMES = Number(process.argv[3] ?? 5)
const today = new Date(Date.now() + 324e5).toISOString().slice(0, 10) // today in Tokyo: the day of the visit in the link with answers
const PAGES = {
  home: 'ja/index.html',
  question: 'ja/faq/card-lost.html',
  checker: 'ja/check.html',
  result: `ja/check.html#answers&have=my_number_card&+last_use=ok&+change=none&+place=reader&+visit_date=${today}`,
}

/** Audits that cannot run here. Lighthouse would have to send a request from the page, which the page's policy forbids. */
const LEFT_OUT = ['robots-txt']

const modules = path.resolve(process.argv[2], 'node_modules'), load = file => import(pathToFileURL(path.join(modules, file)))
const { default: lighthouse } = await load('lighthouse/core/index.js')
const { launch } = await load('chrome-launcher/dist/index.js')

const median = list => [...list].sort((a, b) => a - b)[list.length >> 1]

/**
 * Returns the scores of a page, and the time in milliseconds at which its largest part was painted. They are medians of several
 * visits. Lighthouse simulates the network and the processor of a phone.
 */
async function visit(address, port) {
  const scores = {}, painted = []
  for (let i = 0; i < TIMES; i++) {
    const { lhr } = await lighthouse(address, { port, logLevel: 'error', skipAudits: LEFT_OUT })
    for (const { title, score } of Object.values(lhr.categories)) (scores[title] ??= []).push(Math.round(100 * score))
    painted.push(lhr.audits['largest-contentful-paint'].numericValue)
    const failed = Object.values(lhr.audits).filter(({ score, scoreDisplayMode }) => scoreDisplayMode === 'binary' && score < 1)
    if (i === 0) for (const { id, title } of failed) console.log(`  ${id}: ${title}`)
  }
  return { scores: Object.entries(scores).map(([title, all]) => `${title} ${median(all)}`), painted: Math.round(median(painted)) }
}

const server = await serveApart(realSite().folder, { compressed: true })
const chromium = await launch({ chromePath: '/usr/bin/chromium', chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'] })
console.log(`${os.cpus().length} × ${os.cpus()[0].model}; load ${os.loadavg()[0].toFixed(1)} before; without ${LEFT_OUT}`)
for (const [name, file] of Object.entries(PAGES)) {
  const { scores, painted } = await visit(server.root + file, chromium.port)
  console.log(`${name.padEnd(8)} ${scores.join(', ')}; largest paint ${painted} ms`)
}
await chromium.kill()
process.exit() // the server's thread would keep running
