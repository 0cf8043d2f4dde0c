// Makes a tap act only once. The second tap of a double tap is not meant for what has just appeared under the finger.

/**
 * How long something must be on the screen before a tap on it counts, in milliseconds. It is longer than a double tap takes.
 */
const PAUSE = 500

let shownAt = -PAUSE

/** Records that something new has just been shown. */
export function shownNow() {
  shownAt = performance.now()
}

/** Blocks taps that come too early. Clicks by keyboard or assistive technology always pass. */
export function guardTaps() {
  document.addEventListener('click', event => {
    if (!event.detail || event.timeStamp - shownAt >= PAUSE) return
    event.preventDefault()
    event.stopImmediatePropagation()
  }, true)
}
