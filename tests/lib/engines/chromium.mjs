// Drives Chromium, which also runs all other tests. A finding in only one of the other engines is therefore probably due to
// that engine.

import { browserVersion, open } from '../browser.mjs'

export const name = 'Chromium'

export const version = () => browserVersion()

/** Opens a page of a given size, with or without scripts. */
export async function launch({ script, ...viewport }) {
  const page = await open({ viewport, javaScriptEnabled: script })
  const frameAt = frames => frames.reduce((frame, number) => frame.childFrames()[number], page.mainFrame())
  return {
    goto: address => page.goto(address),
    evaluate: (frames, body, argument) => frameAt(frames).evaluate(body, argument),
    click: (x, y) => page.mouse.click(x, y),
    press: keys => page.keyboard.press(keys.join('+')),
    type: text => page.keyboard.type(text),
    paper: () => page.pdf({ format: 'A4' }),
    close: () => page.finish(),
  }
}

export const quit = () => {} // the browser closes after the other tests
