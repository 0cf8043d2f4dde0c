// A tap acts once. The second tap of a double tap is not meant for what has appeared under the finger in between.

/** How long something must have been on the screen before a tap on it counts, in milliseconds: longer than a double tap takes. */
const PAUSE = 500

let shownAt = -PAUSE

/** Records that something new has just been shown. */
export function shownNow() {
  shownAt = performance.now()
}

/** Blocks taps that come too early. Clicks by keyboard, or by assistive programs, always pass. */
export function guardTaps() {
  document.addEventListener('click', event => {
    if (!event.detail || event.timeStamp - shownAt >= PAUSE) return
    event.preventDefault()
    event.stopImmediatePropagation()
  }, true)
}
