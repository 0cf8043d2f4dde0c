// A plain static file server, as an insurer may have: it rewrites no addresses.

import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { gzipSync } from 'node:zlib'

const TYPES = {
  '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml',
  '.xml': 'application/xml', '.txt': 'text/plain', '.json': 'application/json',
}

/** The name of the script that runs before the scripts of the pages. */
const FIRST = 'first.js'

/** Returns a page with this script added, in a form that the page's policy allows. */
const withFirst = (html, address) => html.replace('<title>', `<script${/ nonce="?\w+"?/.exec(html)?.[0] ?? ''} src="${address}"></script>$&`)

/**
 * Serves a folder below `prefix` on a free port of this machine. Missing files get the site's 404.html, and so do files with
 * the ending `missing`. With `types: 'wrong'`, everything except HTML is sent as application/octet-stream; with `types:
 * 'none'`, HTML too. With a `charset`, everything is declared to be in it. `headers` are sent with everything. The page
 * `frame.html?x` shows x in a sandboxed frame. `pages` are served in addition to the files of the folder, by their names. The
 * script `first` runs on each page before its own scripts. `heard` is called with each requested address and the status of the
 * response. With `compressed`, everything is sent in gzip, which browsers accept from a host without https.
 *
 * With `cut`, a page is sent in two pieces: the first ends with the text that `cut` returns, and the rest is sent when `resume`
 * is called.
 */
export async function serve(folder, { prefix = '/', types = 'right', charset, missing, headers: more, pages = new Map(), first, heard, compressed, cut } = {}) {
  let resume
  const server = http.createServer((request, response) => {
    const address = decodeURIComponent(new URL(request.url, 'http://localhost').pathname)
    if (address === prefix + 'frame.html') {
      response.writeHead(200, { 'Content-Type': 'text/html' })
      return response.end(`<link rel="icon" href="data:,"><iframe sandbox="allow-scripts" src="${new URL(request.url, 'http://localhost').search.slice(1)}"></iframe>`)
    }
    const own = address === prefix + FIRST ? [first ?? '', 'text/javascript'] : pages.has(address.slice(prefix.length)) && [pages.get(address.slice(prefix.length)), 'text/html']
    if (own) {
      response.writeHead(200, { 'Content-Type': own[1] })
      return response.end(own[0])
    }
    let file = address.startsWith(prefix) ? path.join(folder, address.slice(prefix.length)) : ''
    if (address.startsWith(prefix) && address.endsWith('/')) file = path.join(file, 'index.html')
    let status = 200
    if (!file || missing && file.endsWith(missing) || !fs.statSync(file, { throwIfNoEntry: false })?.isFile()) {
      status = 404
      file = path.join(folder, '404.html')
    }
    const ending = path.extname(file)
    const headers = { ...more }
    headers['Content-Type'] = 'application/octet-stream'
    if (types === 'right' || types === 'wrong' && ending === '.html') headers['Content-Type'] = TYPES[ending] ?? 'application/octet-stream'
    if (charset) headers['Content-Type'] += `; charset=${charset}`
    if (compressed) headers['Content-Encoding'] = 'gzip'
    response.writeHead(status, headers)
    heard?.(request.url, status)
    let content = fs.readFileSync(file)
    if (first && ending === '.html') content = Buffer.from(withFirst(content.toString(), prefix + FIRST))
    if (compressed) content = gzipSync(content)
    const mark = ending === '.html' && cut?.()
    const at = mark ? content.indexOf(mark) + mark.length : 0
    if (at > 0) {
      response.write(content.subarray(0, at))
      resume = () => response.end(content.subarray(at))
    } else {
      response.end(content)
    }
  })
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
  const root = `http://127.0.0.1:${server.address().port}${prefix}`
  return {
    root,
    url: page => root + page.file,
    resume: () => resume(),
    close: () => {
      server.closeAllConnections()
      return new Promise(resolve => server.close(resolve))
    },
  }
}
