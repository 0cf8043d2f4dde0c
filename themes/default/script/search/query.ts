// Evaluates a query. The original is internal/search/query.go. Both give the same hits in the same order.

import { fromRomaji } from './romaji'
import { features, isDigit, isGram, pairs, singular, tokens } from './tokens'

/** A key to look up, with its weight in percent. If `like` is true, similar keys also count, with a lower weight. */
interface Lookup {
  key: string
  weight: number
  like: boolean
  /** The key is looked up only if no question has one of these keys. */
  unless: string[]
}

/**
 * A part of the query. Each alternative is a meaning that it may have, as a list of keys to look up. A unit is named if it is a
 * synonym, or one of the words that synonyms mean.
 */
interface Unit {
  alternatives: Lookup[][]
  named: boolean
}

export interface Hit {
  question: number
  score: number
}

/**
 * The questions that have a key. `list` has the number of each question, followed by the impact of the key there. `count` is
 * the number of all questions with the key, of which `list` may have only some (mostListed in index.go).
 */
export interface Postings {
  list: number[]
  count: number
}

/** The index as a query uses it after the necessary files have been loaded. */
export interface Known {
  /** How many questions there are. */
  size: number
  /** The numbers of all questions are below this. Some numbers are unused. */
  numbers: number
  /** The questions that have a key. */
  postings(key: string): Postings
  /** The keys that begin with a prefix. */
  begun(prefix: string): string[]
}

/** A text that people type, and the words of the pages that it may stand for. */
export type Synonym = [typed: string, ...means: string[]]

const LEAST_SHARE = 0.14
const KNOWN_SHARE = 0.3
const FULL_IMPACT = 6

const literal = (text: string, weight: number): Lookup[] =>
  tokens(text).flatMap(token => features(token).map(([key, own]) => ({ key, weight: Math.floor((own * weight) / 100), like: !token.grams || token.letters.length == 1, unless: pairs(token, key) })))

const latin = (letter: string) => /[a-z0-9]/.test(letter)
const wordEnds = (text: string, at: number) => !at || at == text.length || !latin(text[at - 1]) || !latin(text[at])

/** Returns a normalised query without the misspellings of the glossary, each of which is replaced by its right word. */
export const asMeant = (query: string, misspelt: [string, string][] = []) =>
  misspelt.reduce((query, [typed, right]) => query.split(typed).join(right), query)

/** Cuts a normalised query into units. The synonyms must be sorted by their typed text, longest first. */
export function units(query: string, synonyms: Synonym[]): Unit[] {
  const list: Unit[] = []
  let start = 0
  const plain = (end: number) => {
    for (const token of tokens(query.slice(start, end))) {
      const text = token.letters.join(''), kana = !token.grams && fromRomaji(text)
      const meant = token.grams ? nearly(token.letters, synonyms) : []
      const slip = token.grams || token.letters.length < 4 || isDigit(text[0]) ? [] : [swapped(text)]
      list.push({
        alternatives: [literal(text, 100), ...meant.map(name => literal(name, 60)), ...(kana ? [literal(kana, 100)] : []), ...slip],
        named: synonyms.some(([, ...means]) => means.includes(text)),
      })
    }
  }
  for (let at = 0; at < query.length;) {
    const found = synonyms.find(([typed]) => query.startsWith(typed, at) && wordEnds(query, at) && wordEnds(query, at + typed.length))
    if (!found) {
      at += query.codePointAt(at)! > 0xffff ? 2 : 1
      continue
    }
    plain(at)
    list.push({ alternatives: found.map((text, i) => literal(text, i ? 90 : 100)), named: true })
    start = at += found[0].length
  }
  plain(query.length)
  return list
}

/** A word whose second and third letters are swapped. It counts only if no question has the word as it was typed. */
function swapped(text: string): Lookup[] {
  const typed = singular(text)
  const [first, second, third, ...rest] = Array.from(typed)
  return [{ key: [first, third, second, ...rest].join(''), weight: 60, like: false, unless: [typed] }]
}

/** The prefix that a key has in common with the keys similar to it. */
export const prefixOf = (key: string) => Array.from(key).slice(0, 2).join('')

/**
 * The edit distance from a to b: how many letters must be added, dropped, changed or swapped with a neighbour. It is 3 if the
 * lengths differ by more than 2.
 */
function slips(a: string[], b: string[]): number {
  if (Math.abs(a.length - b.length) > 2) return 3
  let before: number[] = [], last = [0, ...b.map((_, j) => j + 1)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1)
    }
    before = last
    last = row
  }
  return last[b.length]
}

/**
 * Whether the typed letters are a slip of a name: at least five letters with one edit, or at least eight with at most two.
 */
function isNearly(typed: string[], name: string[]): boolean {
  const n = slips(typed, name)
  return n > 0 && ((typed.length >= 5 && n <= 1) || (typed.length >= 8 && n <= 2))
}

/**
 * Returns the words that typed letters may stand for. A slip of a synonym gives all words that the synonym means; a slip of one of these
 * words gives that word.
 */
function nearly(typed: string[], synonyms: Synonym[]): string[] {
  const list = new Set<string>(), close = (name: string) => typed.length >= 5 && Math.abs(typed.length - name.length) <= 3
  for (const [name, ...means] of synonyms) {
    if (close(name) && isNearly(typed, Array.from(name))) for (const meant of means) list.add(meant)
    for (const meant of means) if (close(meant) && isNearly(typed, Array.from(meant))) list.add(meant)
  }
  return Array.from(list)
}

/**
 * The weight of a key, in percent, if a similar key was typed. It is 0 if the keys are equal or not similar. If some question
 * has the typed key (`known`), the key counts as typed correctly, so only longer keys are similar.
 */
function likeness(typed: string[], key: string[], known: boolean): number {
  let common = 0
  while (common < Math.min(typed.length, key.length) && typed[common] == key[common]) common++
  const endings = Math.max(typed.length, key.length) - common
  const whole = isGram(typed[0]) || isDigit(typed[0])
  if (!endings) return 0
  if (common == typed.length && (typed.length >= 3 || whole)) return 70
  if (whole || (known && key.length <= typed.length)) return 0
  if (!known && isNearly(typed, key)) return 60
  return (common >= 5 && endings <= 5) || (common >= 3 && common == key.length && endings <= 2) ? 50 : 0
}

/**
 * For each question, by its number: the sum of its scores (not 0 once a score is added), and `told`, which says how much of
 * the query the question covers.
 */
class Sums {
  readonly questions: number[] = []
  readonly score: Float64Array
  readonly told: Float64Array

  constructor(numbers: number) {
    this.score = new Float64Array(numbers)
    this.told = new Float64Array(numbers)
  }

  add(question: number, score: number, told: number) {
    if (!this.score[question]) this.questions.push(question)
    this.score[question] += score
    this.told[question] += told
  }

  /** Replaces a question's score and `told` if the new score is higher. */
  best(question: number, score: number, told: number) {
    const before = this.score[question]
    if (!before) this.questions.push(question)
    if (score <= before) return
    this.score[question] = score
    this.told[question] = told
  }
}

/** Whether a key is to be looked up. The keys in `unless` must be loaded before. */
export const isWanted = ({ unless }: Lookup, known: Known) => unless.every(key => !known.postings(key).count)

/** The score of each question for an alternative, and the highest `told` that the alternative can give. */
function weigh(alternative: Lookup[], known: Known): [Sums, number] {
  const sums = new Sums(known.numbers)
  let most = 0
  for (const lookup of alternative) {
    if (!isWanted(lookup, known)) continue
    const typed = known.postings(lookup.key).count
    const best = new Sums(known.numbers), alike: [string, number][] = [[lookup.key, lookup.weight]]
    if (lookup.like) {
      const letters = Array.from(lookup.key)
      for (const key of known.begun(prefixOf(lookup.key))) {
        const like = likeness(letters, Array.from(key), typed > 0)
        if (like) alike.push([key, Math.floor((lookup.weight * like) / 100)])
      }
    }
    let weight = 0
    for (const [key, own] of alike) {
      const { list, count } = known.postings(key)
      if (!count && alike.length > 1) continue // the word is mistyped or unfinished
      const have = Math.max(1, count, typed) // a rare similar word must not weigh more than the common word that was typed
      const rarity = Math.max(1, Math.round(16 * Math.log2(1 + (known.size - have + .5) / (have + .5)))) * own
      weight = Math.max(weight, rarity)
      for (let i = 0; i < list.length; i += 2) best.best(list[i], rarity * list[i + 1], rarity * Math.min(list[i + 1], FULL_IMPACT))
    }
    most += weight * FULL_IMPACT
    for (const question of best.questions) sums.add(question, best.score[question], best.told[question])
  }
  return [sums, most]
}

/**
 * The questions that match a query, best first. If the query has a named unit, a unit that no question knows counts no more
 * than the least of those that questions know, and the best questions are hits in any case.
 */
export function find(list: Unit[], known: Known): Hit[] {
  const named = list.some(unit => unit.named)
  let bound = Infinity // the weight of the least unit that questions know
  const units = list.map(unit => {
    const best = new Sums(known.numbers)
    let weight = 0
    unit.alternatives.forEach((alternative, i) => {
      const [found, most] = weigh(alternative, known)
      if (!i) weight = most
      for (const question of found.questions) best.best(question, found.score[question], found.told[question] / most)
    })
    const isKnown = best.questions.some(question => best.told[question] >= KNOWN_SHARE)
    if (isKnown) bound = Math.min(bound, weight)
    return { best, weight, isKnown }
  })
  const all = new Sums(known.numbers)
  let whole = 0
  for (const { best, weight, isKnown } of units) {
    const counted = named && !isKnown ? Math.min(weight, bound) : weight
    whole += counted
    for (const question of best.questions) all.add(question, (best.score[question] * counted) / weight, best.told[question] * counted)
  }
  const least = Math.min(LEAST_SHARE * whole, named ? all.questions.reduce((most, question) => Math.max(most, all.told[question]), 0) : Infinity)
  const hits: Hit[] = []
  for (const question of all.questions) {
    if (all.told[question] >= least) hits.push({ question, score: all.score[question] * (all.told[question] / whole) })
  }
  return hits.sort((a, b) => b.score - a.score || a.question - b.question)
}
