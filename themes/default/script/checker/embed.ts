// The checker in a frame of another site: docs/embed.md.

const framed = parent !== window && document.body.classList.contains('embed')

const tell = (message: object) => framed && parent.postMessage(message, '*')

/** Heights are told in steps of so many pixels: by an exact one the page around could tell which answer somebody got. */
const STEP = 320

/** Tells the page around this one how high the frame must be. */
export function tellHeight() {
  if (framed && 'ResizeObserver' in window)
    new ResizeObserver(() => tell({ type: 'sitegen-height', height: Math.ceil(document.documentElement.offsetHeight / STEP) * STEP })).observe(document.body)
}

/** Tells it that something else is shown, so that it can bring the top of the frame into view: one as high as its content cannot scroll. */
export const tellStep = () => tell({ type: 'sitegen-step' })
