// Finds the letters of a text that match the query.

import { type Html, escaped, html } from '../parts/html'
import { fold, shortVowels } from './normalise'
import { isDigit, isGram, singular } from './tokens'

/** Reports whether a key is searched for. A key is a pair of letters, a number with its unit, or a word. */
export type Wanted = (key: string) => boolean

const isLetter = (text: string) => /^[\p{L}\p{N}]/u.test(text)

/** The indices of the letters that belong to a wanted key. */
function places(letters: string[], wanted: Wanted): Set<number> {
  const marked = new Set<number>()
  const kept = letters.map((letter, i) => ({ text: fold(letter), i })).filter(({ text }) => text)
  const mark = (from: number, to: number) => {
    for (let i = kept[from].i; i <= kept[to].i; i++) marked.add(i)
  }
  for (let at = 0; at < kept.length; at++) {
    const { text } = kept[at]
    if (isGram(text)) {
      for (const to of [at + 1, at + 2]) if (to < kept.length && wanted(shortVowels(kept.slice(at, to + 1).map(letter => letter.text).join('')))) mark(at, to)
      continue
    }
    if (!isLetter(text)) continue
    let to = at
    while (to + 1 < kept.length && isLetter(kept[to + 1].text) && !isGram(kept[to + 1].text)) to++
    let word = kept.slice(at, to + 1).map(letter => letter.text).join('')
    if (isDigit(text) && to + 1 < kept.length && isGram(kept[to + 1].text)) word += kept[++to].text
    if (wanted(singular(word))) mark(at, to)
    at = to
  }
  return marked
}

/**
 * Converts a text with readings, {漢字|かんじ}, to HTML in which the matches are marked. A line must not break between a word with a
 * reading and the letters beside it, so word joiners are added (see checker/pieces.ts).
 */
export function marked(text: string, wanted: Wanted): Html {
  const parts = Array.from(text.matchAll(/\{([^{|}]+)\|([^{|}]+)\}|[^{]/gu) as Iterable<string[]>, ([all, word, reading]) => ({ text: word || all, reading }))
  const letters = parts.flatMap((part, i) => Array.from(part.text, letter => ({ letter, i })))
  const found = places(letters.map(({ letter }) => letter), wanted), hit = new Set<number>()
  letters.forEach(({ i }, at) => found.has(at) && hit.add(i))
  parts.forEach(({ reading }, i) => reading && places(Array.from(reading), wanted).size && hit.add(i))
  const pieces = parts.map(({ text, reading }, i) => {
    const joined = i && (reading || parts[i - 1].reading) && /[\p{L}\p{N}]$/u.test(parts[i - 1].text) && /^[\p{L}\p{N}]/u.test(text) ? '\u2060' : ''
    const begin = hit.has(i) && !hit.has(i - 1) ? '<mark>' : '', end = hit.has(i) && !hit.has(i + 1) ? '</mark>' : ''
    return html`${joined}${begin}${reading ? html`<ruby>${escaped(text)}<rt>${escaped(reading)}</ruby>` : escaped(text)}${end}`
  })
  return pieces.join('')
}
