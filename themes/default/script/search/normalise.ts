// Normalises texts as the index does. The original is internal/search/normalise.go. Tests run both on the same list of texts.

const SAME = 'ぁあぃいぅうぇえぉおっつゃやゅゆょよゎわゕかゖかゐいゑえゔぶ髙高﨑崎濵浜đdłløoıi御お'
const folded = new Map<string, string>()

/** Normalises one letter. Accents, long-vowel marks and apostrophes become "". */
export function fold(letter: string): string {
  let text = folded.get(letter)
  if (text === undefined) {
    text = letter.normalize('NFKD').toLowerCase().replace(/[\u0300-\u036fー'’]/g, '').replace(/[ァ-ヶ]/g, kana => String.fromCharCode(kana.charCodeAt(0) - 96)).normalize('NFKC')
    const same = Array.from(SAME).indexOf(text)
    if (same >= 0 && same % 2 == 0) text = Array.from(SAME)[same + 1]
    folded.set(letter, text)
  }
  return text
}

const MONTHS = 'january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec'
const ERAS: Record<string, number> = { 令和: 2018, 平成: 1988, 昭和: 1925, r: 2018, h: 1988, s: 1925 }

const day = (year: string | number, month: string | number, of: string | number) => `${year && year + '年'}${+month}月${+of}日`
const month = (name: string) => 'janfebmaraprmayjunjulaugsepoctnovdec'.indexOf(name.slice(0, 3)) / 3 + 1

/** Reads a number below 1000 in kanji, or a sequence of kanji digits. */
function fromKanji(text: string): number {
  let sum = 0, last = 0
  for (const letter of text) {
    const ten = letter == '十' ? 10 : letter == '百' ? 100 : 0
    if (ten) {
      sum += ten * Math.max(1, last)
      last = 0
    } else last = 10 * last + '〇一二三四五六七八九'.indexOf(letter)
  }
  return sum + last
}

/** Rewrites days to one form: 2025年12月2日 or, without a year, 12月2日. */
const withDays = (text: string) => text
  .replace(/([0-9]) +([年月日歳割か])/g, '$1$2')
  .replace(/([年月]) +([0-9])/g, '$1$2')
  .replace(/([〇一二三四五六七八九十百]+)([年月日歳割])/g, (_, number, unit) => fromKanji(number) + unit)
  .replace(/\b0([0-9][年月日])/g, '$1')
  .replace(/(令和|平成|昭和) *(元|[0-9]{1,2})年/g, (_, era, year) => ERAS[era] + Math.max(1, +year || 0) + '年')
  .replace(/\b([rhs])\.?([0-9]{1,2})(?:年|[./-])([0-9]{1,2})(?:月|[./-])([0-9]{1,2})(?:日|\b)/g, (_, era, year, month, of) => day(ERAS[era] + +year, month, of))
  .replace(/\b((?:19|20)[0-9]{2})[./-]([0-9]{1,2})[./-]([0-9]{1,2})\b/g, (_, year, month, of) => day(year, month, of))
  .replace(/\b([0-9]{1,2})\/([0-9]{1,2})\b/g, (all, month, of) => (+month && month <= 12 && +of && of <= 31 ? day('', month, of) : all))
  .replace(RegExp(`\\b(${MONTHS})\\.? +([0-9]{1,2})(?:st|nd|rd|th)?\\b(?:,? +((?:19|20)[0-9]{2})\\b)?`, 'g'), (_, name, of, year) => day(year || '', month(name), of))
  .replace(RegExp(`\\b([0-9]{1,2})(?:st|nd|rd|th)? +(${MONTHS})\\b(?:\\.?,? +((?:19|20)[0-9]{2})\\b)?`, 'g'), (_, of, name, year) => day(year || '', month(name), of))

/** Removes each う after a kana that ends in o or u, because it usually makes the vowel long. */
export const shortVowels = (text: string) => text.replace(/([おこそとのほもよろごぞどぼぽうくすつぬふむゆるぐずづぶぷ])う/g, '$1')

export const normalise = (text: string) =>
  shortVowels(withDays(Array.from(text.normalize('NFKC'), fold).join(''))).replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ').trim()
