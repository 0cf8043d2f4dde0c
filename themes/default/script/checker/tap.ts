// A tap acts once. Whoever taps twice does not mean the second tap for what has come under the finger meanwhile.

/** How many milliseconds something must have been on the screen before a tap counts for it: longer than a double tap takes. */
const PAUSE = 500

let shownAt = -PAUSE

/** Says that something else has just been put up. */
export function shownNow() {
  shownAt = performance.now()
}

/** Lets no tap through that comes too early. Clicks by keyboard, or by programs for people who cannot tap, are let through. */
export function guardTaps() {
  document.addEventListener('click', event => {
    if (!event.detail || event.timeStamp - shownAt >= PAUSE) return
    event.preventDefault()
    event.stopImmediatePropagation()
  }, true)
}
