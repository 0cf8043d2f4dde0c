// One browser for all tests. Each page records the errors that occur on it.

import fs from 'node:fs'
import { after } from 'node:test'
import { pathToFileURL } from 'node:url'
import path from 'node:path'
import { chromium } from 'playwright-core'
import { scratch } from './folders.mjs'

// The headless shell has the same engine as Chromium, and opens a page in a third of the time.
const CHROMIUM = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find(file => fs.existsSync(file))
const ARGUMENTS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
]

let browser
after(async () => (await browser)?.close())

/** How many milliseconds a test waits before it gives up. Long, because many tests share a machine that may be slow. */
const TIMEOUT = 120_000

/** The options of a phone: 360 CSS pixels wide, and no preference for reduced motion. */
export const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 1, reducedMotion: 'no-preference' }

/**
 * Opens a page in a new browser context. `page.trouble` collects console messages, exceptions, failed requests and responses
 * with an error status. `page.requested` collects every requested address.
 */
export async function open(options = {}) {
  browser ??= chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS, env: { ...process.env, TMPDIR: scratch } })
  const context = await (await browser).newContext({ ...PHONE, ...options })
  context.setDefaultTimeout(TIMEOUT)
  const page = await context.newPage()
  page.trouble = []
  page.requested = []
  page.on('console', message => page.trouble.push(`console ${message.type()}: ${message.text()}`))
  page.on('pageerror', error => page.trouble.push(`exception: ${error.message}`))
  page.on('request', request => page.requested.push(request.url()))
  page.on('requestfailed', request => page.trouble.push(`request failed: ${request.url()} ${request.failure()?.errorText}`))
  page.on('response', response => {
    if (response.status() >= 400) page.trouble.push(`answer ${response.status()}: ${response.url()}`)
  })
  page.finish = () => context.close()
  return page
}

/** Returns the version of the browser. Call it only after a page has been opened. */
export const browserVersion = async () => (await browser).version()

/** Runs a test body with a page and closes it afterwards. */
export async function withPage(options, body) {
  const page = await open(options)
  try {
    return await body(page)
  } finally {
    await page.finish()
  }
}

/** Returns the address of a page on the disk. */
export const fileURL = page => pathToFileURL(path.join(page.site.folder, page.file)).href

/**
 * Opens a page from the disk. On a page that redirects at once, it prevents the redirect, so that tests can look at the page.
 */
export async function visit(page, item) {
  if (item.kind === 'moved') {
    const body = item.html.replace(/<meta http-equiv="?refresh[^>]*>/, '')
    await page.route(fileURL(item), route => route.fulfill({ contentType: 'text/html', body }))
  }
  await page.goto(fileURL(item))
}

/**
 * Calls `visit(page, item, turn)` for each item, with two browser pages in parallel. `turn` is the index of the item. `visit`
 * returns a list of findings. Returns all findings in the order of the items; an error in `visit` is a finding too.
 */
export async function sweep(items, options, visit) {
  const findings = items.map(() => [])
  let next = 0
  const worker = () => withPage(options, async page => {
    while (next < items.length) {
      const i = next++
      page.trouble.length = page.requested.length = 0
      try {
        findings[i] = (await visit(page, items[i], i)).map(finding => `${name(items[i])}: ${finding}`)
      } catch (error) {
        findings[i] = [`${name(items[i])}: ${error.message}`]
      }
    }
  })
  await Promise.all([worker(), worker()])
  return findings.flat()
}

const name = item => item.file ?? String(item.name ?? item)
