// The link that restores the answers, as a QR code: on paper nobody can press it.

import type { Answers } from '../checker/answers'
import { encode } from '../vendor/uqr'
import { linkOf } from './link'

/** Free room around a code, in modules, that readers need (ISO/IEC 18004). */
const QUIET = 4

/** The code as a drawing. What may stand in no link is not in it. */
export function code(answers: Answers): string {
  const { size, data } = encode(linkOf(answers).address, { border: QUIET, ecc: 'L' })
  const dark = data.map((row: boolean[], y: number) => row.map((on, x) => on ? `M${x} ${y}h1v1h-1z` : '').join('')).join('')
  return `<svg viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges" aria-hidden="true"><path fill="#fff" d="M0 0h${size}v${size}h-${size}z"/><path d="${dark}"/></svg>`
}
