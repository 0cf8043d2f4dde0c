import assert from 'node:assert/strict'

const SHOWN = 40

/**
 * Fails if there are findings, and lists them below the heading `what`. A finding has the form “page: text”. A text found on
 * several pages is listed once.
 */
export function none(findings, what) {
  if (findings.length === 0) return
  const places = new Map()
  for (const finding of findings) {
    const [, place, text] = /^(\S+): ([^]*)$/.exec(finding) ?? [null, '', finding]
    places.set(text, [...(places.get(text) ?? []), place])
  }
  const lines = [...places].map(([text, [first, ...others]]) => `${first}${others.length ? ` and ${others.length} more` : ''}: ${text}`)
  if (lines.length > SHOWN) lines.splice(SHOWN, Infinity, `… and ${lines.length - SHOWN} more`)
  assert.fail(`${what}: ${findings.length}\n${lines.join('\n')}`)
}
