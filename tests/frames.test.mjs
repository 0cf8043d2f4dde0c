// Who may show a page in a frame. Netlify gets no way to take a header away from one page, so embed.html has two headers there.

import assert from 'node:assert/strict'
import http from 'node:http'
import { withPage } from './lib/browser.mjs'
import test from './lib/test.mjs'

/** Serves one page with these headers on a free port. Returns its address and the server. */
async function serving(html, headers = {}) {
  const server = http.createServer((_, response) => response.writeHead(200, { 'Content-Type': 'text/html', ...headers }).end(html))
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
  return { address: `http://127.0.0.1:${server.address().port}/`, server }
}

test('a browser obeys frame-ancestors where a page also has X-Frame-Options, as embed.html has on Netlify', async () => {
  const own = { 'X-Frame-Options': 'SAMEORIGIN' }
  const pages = [await serving('<p>embed', { ...own, 'Content-Security-Policy': 'frame-ancestors *' }), await serving('<p>other', own)]
  const outer = await serving(pages.map(page => `<iframe src="${page.address}"></iframe>`).join(''))
  try {
    await withPage({}, async page => {
      await page.goto(outer.address, { waitUntil: 'load' })
      const shown = await Promise.all(page.frames().slice(1).map(frame => frame.evaluate(() => document.body.innerText)))
      assert.deepEqual(shown.map(text => /^(embed|other)$/.exec(text.trim())?.[0]), ['embed', undefined])
    })
  } finally {
    for (const { server } of [...pages, outer]) server.close()
  }
})
