// Drives WebKitGTK: its MiniBrowser on a virtual screen, through WebDriver.

import { spawn } from 'node:child_process'
import fs from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { scratch } from '../folders.mjs'

export const name = 'WebKit'

const FOLDER = '/usr/lib', MINI = fs.readdirSync(FOLDER).map(one => `${FOLDER}/${one}/webkit2gtk-4.1/MiniBrowser`).find(file => fs.existsSync(file))

/** Keys that are not characters (WebDriver, "Keyboard actions"). */
const KEYS = { Control: '\uE009', Shift: '\uE008', Enter: '\uE007', Tab: '\uE004', Escape: '\uE00C', ArrowUp: '\uE013', ArrowDown: '\uE015' }

let started, session

/** Starts a virtual screen, and WebKit's driver on a port of this machine. */
async function start() {
  const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x1100x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  const display = await new Promise((resolve, reject) => {
    screen.once('error', reject)
    screen.stdio[3].once('data', number => resolve(`:${String(number).trim()}`))
  })
  const port = 20_000 + process.pid % 20_000
  const driver = spawn('WebKitWebDriver', [`--port=${port}`], { stdio: 'ignore', env: { ...process.env, DISPLAY: display, TMPDIR: scratch, HOME: scratch, GDK_BACKEND: 'x11', WEBKIT_DISABLE_COMPOSITING_MODE: '1' } })
  const root = `http://127.0.0.1:${port}`
  for (let tries = 0; !await fetch(`${root}/status`).then(({ ok }) => ok, () => false); tries++) {
    if (tries > 200 || driver.exitCode !== null) throw new Error('WebKitWebDriver does not answer')
    await pause(50)
  }
  return { root, stop: () => [driver, screen].forEach(one => one.kill()) }
}

async function call(method, address, body) {
  const { root } = await (started ??= start())
  const response = await fetch(root + address, { method, headers: { 'Content-Type': 'application/json' }, body: body && JSON.stringify(body) })
  const { value } = await response.json()
  if (!response.ok) throw new Error(`${address.replace(/.*\//, '')}: ${value.error}: ${value.message}`)
  return value
}

/** Returns the session. The driver can have only one session at a time, with one window. */
const connect = () => session ??= call('POST', '/session', { capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': { binary: MINI, args: ['--automation'] } } } })

const inSession = async (method, command, body) => call(method, `/session/${(await connect()).sessionId}/${command}`, body)

export const version = async () => (await connect()).capabilities.browserVersion

/**
 * Returns a script that runs the function `body` in the page. The script passes the result or the error to WebDriver. The function
 * may return a promise.
 */
const inPage = body => `const done = arguments[1]; Promise.resolve(arguments[0]).then(${body}).then(value => done({ value }), error => done({ error: String(error) }))`

/**
 * Returns a script like that of `inPage` for the page around the frame. The function runs there, but with the globals of the
 * frame's window.
 */
const aroundPage = body => `with (frames[0]) { ${inPage(body)} }`

/** The page that shows the tested page in a frame as narrow as a phone. A window alone cannot be narrower than 447 pixels. */
export const FRAME = 'phone.html'

/**
 * Returns a page that shows an address in a frame of a given size. Without `script`, scripts cannot run in the frame, but the
 * page around the frame can still read it.
 */
const around = (address, { script, width, height }) => `<!DOCTYPE html><html lang="en"><title>x</title><link rel="icon" href="data:,"><style>body { margin: 0 } iframe { display: block; border: 0; width: ${width}px; height: ${height}px }</style>
<iframe title="x"${script ? '' : ' sandbox="allow-same-origin allow-top-navigation"'} src="${address}"></iframe>`

/** Opens a page of a given size, with or without scripts. `publish(name, html)` adds a page to the site and returns its address. */
export async function launch(options, publish) {
  await inSession('POST', 'window/rect', { x: 0, y: 0, width: 1000, height: 1000 })
  let inside
  const phone = options.script ? [0] : []
  const perform = (type, more, actions) => inSession('POST', 'actions', { actions: [{ type, id: type, ...more, actions }] })
  const strokes = keys => [...keys.map(value => ({ type: 'keyDown', value })), ...[...keys].reverse().map(value => ({ type: 'keyUp', value }))]
  async function enter(frames) {
    if (inside === String(frames)) return
    await inSession('POST', 'frame', { id: null })
    for (const id of frames) await inSession('POST', 'frame', { id })
    inside = String(frames)
  }
  return {
    async goto(address) {
      inside = undefined
      await inSession('POST', 'frame', { id: null })
      await inSession('POST', 'url', { url: publish(FRAME, around(address, options)) })
    },
    async evaluate(frames, body, argument = null) {
      try {
        await enter([...phone, ...frames])
        const { value, error } = await inSession('POST', 'execute/async', { script: options.script ? inPage(body) : aroundPage(body), args: [argument] })
        if (error) throw new Error(error)
        return value ?? undefined
      } catch (error) {
        inside = undefined // the frame may no longer exist
        throw error
      }
    },
    async click(x, y) {
      await enter(phone) // coordinates count from the corner of the current frame; the frame of the phone begins in the window's corner
      await perform('pointer', { parameters: { pointerType: 'mouse' } }, [
        { type: 'pointerMove', duration: 0, x: Math.round(x), y: Math.round(y) }, { type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 },
      ])
    },
    press: keys => perform('key', {}, strokes(keys.map(key => KEYS[key] ?? key.toLowerCase()))),
    type: text => perform('key', {}, [...text].flatMap(key => strokes([key]))),
    close: () => {},
  }
}

/** Closes the session and stops the driver. */
export async function quit() {
  if (session) await call('DELETE', `/session/${(await session).sessionId}`)
  if (started) (await started).stop()
}
