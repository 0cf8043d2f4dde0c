// Grades the site with the code of Mozilla's HTTP Observatory, for each kind of host and with the headers that the host really
// sends (`make observatory`). The argument names the folder of the Observatory's package, which is too large to install with
// the other tests.

import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { DOC, headersOf } from './lib/hosts.mjs'
import { realSite } from './lib/site.mjs'

const folder = path.resolve(process.argv[2], 'node_modules/@mdn/mdn-http-observatory')
const load = file => import(pathToFileURL(path.join(folder, 'src', file)))

// The Observatory downloads the HSTS preload list (hosts that browsers reach only by https). An empty list stands in for it
// here, so the site's host counts as not listed.
fs.writeFileSync(path.join(folder, 'conf/hsts-preload.json'), '{}')
const { ALL_TESTS } = await load('constants.js')
const { Requests } = await load('types.js')
const { Session } = await load('retriever/session.js')
const { parseHttpEquivHeaders } = await load('retriever/utils.js')
const { getGradeForScore, getScoreModifier } = await load('grader/grader.js')
const { MINIMUM_SCORE_FOR_EXTRA_CREDIT } = await load('grader/charts.js')
const { AxiosHeaders } = await import(pathToFileURL(path.resolve(process.argv[2], 'node_modules/axios/index.js')))

/**
 * Returns a visit in the Observatory's form. The visited host redirects http to https, and sends these headers with its page.
 */
function visit(headers, html) {
  const requests = new Requests('example.jp')
  const plain = new URL('http://example.jp/'), secure = new URL('https://example.jp/')
  requests.session = new Session(secure)
  requests.resources.path = html
  const response = { headers: new AxiosHeaders(headers), request: { headers: new AxiosHeaders() }, status: 200, statusText: 'OK', verified: true, data: html, config: { headers: new AxiosHeaders() } }
  requests.responses = {
    auto: { ...response, httpEquiv: parseHttpEquivHeaders(html, secure.href) }, cors: response, http: response, https: response,
    httpRedirects: [{ url: plain, status: 301 }, { url: secure, status: 200 }], httpsRedirects: [{ url: secure, status: 200 }],
  }
  return requests
}

/**
 * Returns the score and grade of a visit, and the results that cost points. The score is computed as in the package's
 * src/scanner/index.js.
 */
function grade(requests) {
  let all = 100, lost = 100
  const faults = []
  for (const test of ALL_TESTS) {
    const { result } = test(requests), by = getScoreModifier(result)
    all += by
    if (by < 0) {
      lost += by
      faults.push(`${result} (${by})`)
    }
  }
  return { ...getGradeForScore(lost >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? all : lost), faults }
}

const { parseAllHeaders } = await import(pathToFileURL(path.resolve(process.argv[2], 'node_modules/@netlify/headers-parser/lib/index.js')))

const rows = []
for (const kind of ['apache', 'nginx', 'cloudflare', 'iis', 'netlify', 's3', '']) {
  const { headers, how } = await headersOf(kind, realSite(), parseAllHeaders)
  const { score, grade: letter, faults } = grade(visit(headers, realSite().read('ja/index.html')))
  rows.push(`| ${kind || 'a host that sends no headers of its own (such as `github-pages`)'} | ${how} | ${letter} (${score}) | ${faults.join(', ')} |`)
}
const text = fs.readFileSync(DOC, 'utf8')
const head = '| `sitegen host` | headers | grade | what costs points |\n|---|---|---|---|\n'
const at = text.indexOf(head), end = text.indexOf('\n\n', at)
fs.writeFileSync(DOC, text.slice(0, at) + head + rows.join('\n') + text.slice(end))
console.log(rows.join('\n'))

process.exit() // the package leaves something open that would keep the process running
