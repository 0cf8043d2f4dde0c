// Firefox ESR, driven by WebDriver BiDi.

import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { scratch } from '../folders.mjs'

export const name = 'Firefox'

/** The folder where `make engines` has installed what is needed here alone. */
const installed = path.resolve(process.argv[2] ?? '', 'node_modules')

const browsers = new Map()

/** One browser with scripts, and one whose preferences switch them off, as its users do. */
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

/** Opens a page of a size, with scripts or without. */
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

/** Ends what runs. */
export const quit = async () => {
  for (const browser of browsers.values()) await (await browser).close()
}
