// The checker in a frame on a different site (docs/embed.md).

const framed = parent !== window && document.body.classList.contains('embed')

const tell = (message: object) => framed && parent.postMessage(message, '*')

/** Heights are reported in steps of this many pixels, because the outer page could infer the answer from an exact height. */
const STEP = 320

/** Reports to the outer page how high the frame must be, now and whenever the height changes. */
export function tellHeight() {
  if (framed && 'ResizeObserver' in window)
    new ResizeObserver(() => tell({ type: 'sitegen-height', height: Math.ceil(document.documentElement.offsetHeight / STEP) * STEP })).observe(document.body)
}

/**
 * Reports to the outer page that the content changed. The outer page can then scroll the top of the frame into view: a frame as
 * high as its content cannot scroll by itself.
 */
export const tellStep = () => tell({ type: 'sitegen-step' })
