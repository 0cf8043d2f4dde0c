// A page of any engine. It has the methods of Playwright's Page that lib/walk.mjs and tests/engines.mjs use.

import { setTimeout as pause } from 'node:timers/promises'

/** The longest time to wait for something on a page, in milliseconds. */
const PATIENCE = 20_000

/**
 * A page, or a frame on a page. The driver does what differs between the engines:
 *
 * - `goto(address)` opens a page, and returns when it is loaded;
 * - `evaluate(frames, body, argument)` runs the function `body` in the page, or in a nested frame: each number in `frames` is
 *   the index of a frame within the previous one;
 * - `click(x, y)` clicks at a point, in CSS pixels from the upper left corner of the window;
 * - `press(keys)` presses keys together, and `type(text)` types the characters of a text one after another;
 * - `paper()` returns the page printed on A4, as the bytes of a PDF;
 * - `close()` closes the page.
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

  /** Returns the frame on this page that has the given index. */
  frame(number) {
    return new Page(this.driver, [...this.frames, number])
  }

  /** Returns the position of this frame's upper left corner in the window. */
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

  /**
   * Calls a function in the page until its result is truthy, and returns that result. The result must not be an element,
   * because elements cannot leave the page. Errors are ignored, because calls fail while a different page loads. Throws after
   * PATIENCE.
   */
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
