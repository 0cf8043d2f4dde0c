// A plain static file server, such as an insurer may have: it does not rewrite addresses.

import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { gzipSync } from 'node:zlib'

const TYPES = {
  '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml',
  '.xml': 'application/xml', '.txt': 'text/plain', '.json': 'application/json',
}

/** The name of the script that runs before each page's own scripts. */
const FIRST = 'first.js'

/** Returns a page to which the script is added in a form that the page's policy allows. */
const withFirst = (html, address) => html.replace('<title>', `<script${/ nonce="?\w+"?/.exec(html)?.[0] ?? ''} src="${address}"></script>$&`)

/**
 * Serves a folder below `prefix` on a free port of this machine. The options are:
 *
 * - `types`: 'wrong' sends everything except HTML as application/octet-stream; 'none' sends HTML in this way too;
 * - `charset`: the encoding that every file is declared to have;
 * - `missing`: an ending of files that the server treats as missing (missing files get the site's 404.html);
 * - `headers`: headers that are sent with every file;
 * - `pages`: pages that are served in addition to the files of the folder, by their names;
 * - `first`: a script that runs on each page of the folder before the page's own scripts;
 * - `heard`: called with the address and the response's status of each requested file;
 * - `compressed`: sends every file in gzip, which browsers also accept without https;
 * - `cut`: sends a page in two pieces. The first ends with the text that `cut` returns; `resume` sends the rest.
 *
 * The page `frame.html?x` shows x in a sandboxed frame.
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
