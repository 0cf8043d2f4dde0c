// A page of any engine, with as much of Playwright's page as lib/walk.mjs and the ways through the site use (tests/engines.mjs).

import { setTimeout as pause } from 'node:timers/promises'

/** How long a page may take for what is waited for, in milliseconds. */
const PATIENCE = 20_000

/**
 * A page, or a frame on it. What differs between engines is in its driver:
 *
 * - `goto(address)` opens a page, and returns when it has been loaded;
 * - `evaluate(frames, body, argument)` runs a function in it, or in the frame to which the numbers lead, one within the other;
 * - `click(x, y)` clicks there, seen from the window's corner, in CSS pixels;
 * - `press(keys)` presses keys together, `type(text)` one after another;
 * - `paper()` prints the page on A4, as the bytes of a PDF;
 * - `close()` ends it.
 */
export class Page {
  constructor(driver, frames = []) {
    this.driver = driver
    this.frames = frames
    this.mouse = { click: async (x, y) => {
      const { left, top } = await this.corner()
      await driver.click(left + x, top + y)
    } }
    this.keyboard = {
      press: keys => driver.press(keys.split('+')),
      type: text => driver.type(text),
      insertText: text => this.evaluate(text => { document.execCommand('insertText', false, text) }, text), // as an input method does
    }
  }

  /** A frame that stands on this page. */
  frame(number) {
    return new Page(this.driver, [...this.frames, number])
  }

  /** Where this frame's corner is in the window. */
  async corner() {
    const corner = { left: 0, top: 0 }
    for (let depth = 0; depth < this.frames.length; depth++) {
      const box = await this.driver.evaluate(this.frames.slice(0, depth), number => {
        const frame = document.querySelectorAll('iframe')[number], { left, top } = frame.getBoundingClientRect()
        return { left: left + frame.clientLeft, top: top + frame.clientTop }
      }, this.frames[depth])
      corner.left += box.left
      corner.top += box.top
    }
    return corner
  }

  goto(address) {
    return this.driver.goto(address)
  }

  evaluate(body, argument) {
    return this.driver.evaluate(this.frames, body, argument)
  }

  /** Waits until a function returns something that is true, and returns that: no element, which cannot leave its page. While another page is loaded, it waits too. */
  async waitForFunction(body, argument) {
    const end = performance.now() + PATIENCE
    for (let trouble; ;) {
      const found = await this.evaluate(body, argument).catch(error => { trouble = error })
      if (found) return found
      if (performance.now() > end) throw new Error(`waited in vain for ${body} ${JSON.stringify(argument) ?? ''}`, { cause: trouble })
      await pause(50)
    }
  }

  waitForSelector(selector) {
    return this.waitForFunction(selector => document.querySelector(selector) !== null, selector)
  }

  waitForURL(pattern) {
    return this.waitForFunction(source => new RegExp(source).test(location.href) && document.readyState === 'complete', pattern.source)
  }

  $(selector) {
    return this.evaluate(selector => document.querySelector(selector) !== null, selector)
  }

  innerText(selector) {
    return this.evaluate(selector => document.querySelector(selector).innerText, selector)
  }

  getAttribute(selector, name) {
    return this.evaluate(([selector, name]) => document.querySelector(selector).getAttribute(name), [selector, name])
  }

  paper() {
    return this.driver.paper()
  }

  close() {
    return this.driver.close()
  }
}
