// The checker in a frame on a different site: docs/embed.md.

const framed = parent !== window && document.body.classList.contains('embed')

const tell = (message: object) => framed && parent.postMessage(message, '*')

/** Heights are reported in steps of this many pixels. From an exact height the outer page could infer the answer. */
const STEP = 320

/** Reports to the outer page how high the frame must be. */
export function tellHeight() {
  if (framed && 'ResizeObserver' in window)
    new ResizeObserver(() => tell({ type: 'sitegen-height', height: Math.ceil(document.documentElement.offsetHeight / STEP) * STEP })).observe(document.body)
}

/**
 * Reports to the outer page that the content changed, so that it can scroll the top of the frame into view. A frame as high as
 * its content cannot scroll itself.
 */
export const tellStep = () => tell({ type: 'sitegen-step' })
