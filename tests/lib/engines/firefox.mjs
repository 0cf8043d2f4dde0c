// Drives Firefox ESR with WebDriver BiDi.

import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { scratch } from '../folders.mjs'

export const name = 'Firefox'

/** The folder where `make engines` has installed the packages that only this driver needs. */
const installed = path.resolve(process.argv[2] ?? '', 'node_modules')

const browsers = new Map()

/** Returns a browser. Without `script`, a preference disables scripts in it, as a user can. */
async function browser(script) {
  const { default: puppeteer } = await import(pathToFileURL(path.join(installed, 'puppeteer-core/lib/esm/puppeteer/puppeteer-core.js')))
  if (!browsers.has(script)) {
    browsers.set(script, puppeteer.launch({
      browser: 'firefox', executablePath: '/usr/bin/firefox-esr', headless: true, extraPrefsFirefox: { 'javascript.enabled': script }, env: { ...process.env, TMPDIR: scratch },
    }))
  }
  return browsers.get(script)
}

export const version = async () => (await browser(true)).version()

/** Opens a page of a given size, with or without scripts. */
export async function launch({ script, ...viewport }) {
  const page = await (await browser(script)).newPage()
  await page.setViewport(viewport)
  const frameAt = frames => frames.reduce((frame, number) => frame.childFrames()[number], page.mainFrame())
  return {
    goto: address => page.goto(address),
    evaluate: (frames, body, argument) => frameAt(frames).evaluate(body, argument),
    click: (x, y) => page.mouse.click(x, y),
    async press(keys) {
      for (const key of keys) await page.keyboard.down(key)
      for (const key of [...keys].reverse()) await page.keyboard.up(key)
    },
    type: text => page.keyboard.type(text),
    paper: () => page.pdf({ format: 'A4' }),
    close: () => page.close(),
  }
}

/** Closes the browsers. */
export const quit = async () => {
  for (const browser of browsers.values()) await (await browser).close()
}
