// Chromium, which runs all other tests as well: what is found in the others alone is theirs.

import { browserVersion, open } from '../browser.mjs'

export const name = 'Chromium'

export const version = () => browserVersion()

/** Opens a page of a size, with scripts or without. */
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

export const quit = () => {} // with the other tests' browser
