// Cuts a normalised text into keys of the index. The original is internal/search/tokens.go.

/**
 * A token: a word, a number with its unit, or a sequence of letters in a script without spaces. Such a sequence has `grams`
 * set, and its keys are pairs of letters and single kanji.
 */
export interface Token {
  letters: string[]
  grams: boolean
}

export type Feature = [key: string, weight: number]

export const isGram = (letter: string) => /[\u3040-\u30ff々㐀-鿿\u{20000}-\u{3ffff}가-\ud7a3\u0e00-\u109f\u1780-\u17ff]/u.test(letter)
const isHan = (letter: string) => /[㐀-鿿\u{20000}-\u{3ffff}]/u.test(letter)
export const isDigit = (letter: string) => letter >= '0' && letter <= '9'

function tokenLength(rest: string[]): number {
  let n = 1, digits = isDigit(rest[0])
  const grams = isGram(rest[0])
  for (; n < rest.length && isGram(rest[n]) == grams; n++) digits = digits && isDigit(rest[n])
  if (!digits || n == rest.length) return n
  return rest[n] == 'か' && rest[n + 1] == '月' ? n + 2 : n + 1
}

export function tokens(text: string): Token[] {
  const list: Token[] = []
  for (const field of text.split(' ')) {
    let rest = Array.from(field)
    while (rest.length) {
      const letters = rest.slice(0, tokenLength(rest))
      list.push({ letters, grams: isGram(letters[0]) })
      rest = rest.slice(letters.length)
    }
  }
  return list
}

/** The kanji that follows an ending of one or two kana, or "" if there is no such kanji. */
function beyondEnding(letters: string[]): string {
  for (let n = 0; n < letters.length; n++) {
    if (n && isHan(letters[n])) return letters[n]
    if (n == 2 || !'いきぎしじちつびみりえけげせぜべめれら'.includes(letters[n])) return ''
  }
  return ''
}

/** The pairs of adjacent kanji in a token that contain the kanji `key`. */
export const pairs = ({ letters }: Token, key: string) => letters
  .map((letter, i) => (i && isHan(letter) && isHan(letters[i - 1]) && (key == letter || key == letters[i - 1]) ? letters[i - 1] + letter : ''))
  .filter(Boolean)

/**
 * Removes the s at the end of a word, so that "cards" is found as "card". Words with ss at the end or fewer than four
 * letters stay.
 */
export const singular = (word: string) => (/^.{2,}[^s]s$/.test(word) ? word.slice(0, -1) : word)

export function features({ letters, grams }: Token): Feature[] {
  if (!grams || letters.length == 1) return [[singular(letters.join('')), 100]]
  const list: Feature[] = []
  letters.forEach((letter, i) => {
    if (i + 1 < letters.length) list.push([letter + letters[i + 1], 100])
    if (!isHan(letter)) return
    list.push([letter, 30])
    const next = beyondEnding(letters.slice(i + 1))
    if (next) list.push([letter + next, 50])
  })
  return list
}
