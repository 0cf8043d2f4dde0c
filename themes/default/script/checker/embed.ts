// Tells the page around a frame what the checker in it does (docs/embed.md).

const tell = (message: object) => parent.postMessage(message, '*')

/** Heights are reported in steps of this many pixels, because the outer page could infer the answer from an exact height. */
const STEP = 320

if (parent !== window) {
  // reports how high the frame must be, now and whenever the height changes
  if ('ResizeObserver' in window)
    new ResizeObserver(() => tell({ type: 'sitegen-height', height: Math.ceil(document.documentElement.offsetHeight / STEP) * STEP })).observe(document.body)
  // Reports that the content has changed. The outer page can then scroll the top of the frame into view: a frame as high as
  // its content cannot scroll by itself.
  document.addEventListener('step', () => tell({ type: 'sitegen-step' }))
}
