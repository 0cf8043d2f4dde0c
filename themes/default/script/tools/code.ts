// The link that restores the answers, as a QR code for paper, where a link cannot be pressed.

import type { Answers } from '../checker/answers'
import { type Html, html } from '../parts/html'
import { encode } from '../vendor/uqr'
import { linkOf } from './link'

/** The width of the quiet zone around a code, in modules of the code. Scanners need it (ISO/IEC 18004). */
const QUIET = 4

/** The QR code as an SVG drawing. Its link leaves out answers that may not be in a link. */
export function code(answers: Answers): Html {
  const { size, data } = encode(linkOf(answers).address, { border: QUIET, ecc: 'L' })
  const dark = data.map((row: boolean[], y: number) => row.map((on, x) => on ? html`M${x} ${y}h1v1h-1z` : '').join('')).join('')
  return html`<svg viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges" aria-hidden="true"><path fill="#fff" d="M0 0h${size}v${size}h-${size}z"/><path d="${dark}"/></svg>`
}
