// Reads days as people write them: in the Western or the Japanese calendar, with the words around them on a card or paper. It
// also limits which days and ages can be typed.

import { dayOf, firstYear, parts } from './days'

/** The earliest and the latest day that can be typed. No paper that matters here is older or lasts longer. */
export const FIRST = dayOf(2015, 1, 1), LAST = dayOf(2060, 12, 31)

/** The greatest age that can be typed. */
export const OLDEST = 130

/** A day that was read from a text. */
export interface Written {
  day: number
  month?: boolean // only the month was written, so `day` is its first day
  guessed?: boolean // the year was not written
}

/** What is wrong with a text that should be a day. */
export type Fault = 'empty' | 'unreadable' | 'no_such_day' | 'year' | 'range'

const ERA_NAMES = [['令和', 'reiwa', 'r'], ['平成', 'heisei', 'h'], ['昭和', 'showa', 's']]
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const LETTERS = [...ERA_NAMES.flat(), 'st', 'nd', 'rd', 'th', 'of']

const ERA = `(${ERA_NAMES.flat().join('|')})\\.?`
const YEAR = '(\\d{1,2}|元)[年/.-]'
const MONTH_DAY = '(\\d{1,2})(?:[月/.-](\\d{1,2}|末)?日?)?'
const ENGLISH = `(${MONTHS.join('|')})[a-z]*\\.?`
const NTH = '(\\d{1,2})(?:st|nd|rd|th)?'

/**
 * The forms in which a day can be written. Each has a pattern, and the meaning of its groups (era, year, month, day) as
 * letters. A mark must separate year and month, except in days of six or eight digits: 12月 is not year 1 and month 2.
 */
const FORMS: [form: string, parts: string][] = [
  ['(\\d{4})(\\d\\d)(\\d\\d)', 'ymd'],
  [`${ERA}(\\d\\d)(\\d\\d)(\\d\\d)`, 'eymd'],
  [`${ERA}${YEAR}${MONTH_DAY}`, 'eymd'],
  [`(\\d{1,4}|元)年${MONTH_DAY}`, 'ymd'],
  [`(\\d{4})[/.-]${MONTH_DAY}`, 'ymd'],
  ['(\\d{1,2})[/.-](\\d{1,2})[/.-](\\d{4})', 'dmy'],
  ['(\\d{1,3})[/.-](\\d{1,2})[/.-](\\d{1,2})', 'ymd'],
  ['(\\d{1,2})(?:月末|[月/.-](\\d{1,2})日?)', 'md'],
  ['(\\d{1,2})月', 'm'],
  [`${NTH}-?(?:of)?${ENGLISH}-?(\\d{4})?`, 'dmy'],
  [`${ENGLISH}-?(\\d{4})`, 'my'],
  [`${ENGLISH}-?${NTH}-?(\\d{4})?`, 'mdy'],
]

/** Normalises letters, marks and spaces, and removes weekdays and other words that are not part of a date. */
const simple = (text: string) =>
  text.normalize('NFKC').toLowerCase()
    .replace(/\([日月火水木金土](曜日?)?\)|[日月火水木金土]曜日?/g, '')
    .replace(/[a-z]+/g, letters => (LETTERS.includes(letters) || MONTHS.includes(letters.slice(0, 3)) ? letters : ''))
    .replace(/[‐-―−ー]/g, '-').replace(/末日/g, '末')
    .replace(/(\d)[\s,、]+(?=\d)/g, '$1-').replace(/[\s,、]/g, '')

/**
 * Reads a day from a text that may contain other words, such as "有効期限 令和8年3月31日まで". The text must contain exactly one day and
 * no other number. If the year is missing, the result is the next such day from `from` on. Without `from`, a missing year is
 * the fault 'year'.
 */
export function read(text: string, from?: number): Written | Fault {
  text = simple(text)
  if (!/[\da-z元末]/.test(text)) return text.replace(/[^\p{L}]/gu, '') ? 'unreadable' : 'empty'
  for (const [form, names] of FORMS) {
    const match = RegExp(`^[^\\da-z]*?${form}[^\\da-z元]*$`).exec(text)
    if (!match) continue
    const part = (name: string): string | undefined => (names.includes(name) ? match[names.indexOf(name) + 1] : undefined)
    return dated(part('e'), part('y'), part('m')!, part('d'), from, names == 'dmy')
  }
  return 'unreadable'
}

/**
 * Makes a day from its parts. With `either`, month and day can come in either order. If both numbers could be the month and
 * they differ, the day is unreadable.
 */
function dated(era: string | undefined, written: string | undefined, month: string, date: string | undefined, from?: number, either?: boolean): Written | Fault {
  let m = MONTHS.indexOf(month.slice(0, 3)) + 1 || +month, d = date
  if (either && m == +month && m != +d!) {
    if (m <= 12 && +d! <= 12) return 'unreadable'
    if (m > 12) [m, d] = [+d!, month]
  }
  if (written === undefined) return from === undefined ? 'year' : nextSuch(m, d, from)
  const year = yearOf(era, written)
  return typeof year == 'string' ? year : inRange(onDay(year, m, d))
}

/**
 * The calendar year for a written year. Without an era, a number up to 20 is a year of the present era, and other years need
 * four digits. Years of an earlier era are also accepted after its end, because papers were printed with such years in advance.
 */
function yearOf(era: string | undefined, written: string): number | Fault {
  const number = written == '元' ? 1 : +written
  if (era || number <= 20) return number ? firstYear(Math.max(0, ERA_NAMES.findIndex(names => names.includes(era!)))) + number - 1 : 'no_such_day'
  return number < 1000 ? 'year' : number
}

function onDay(year: number, month: number, date: string | undefined): Written | Fault {
  const last = parts(dayOf(year, month + 1, 0))[2]
  const d = date === undefined ? 1 : date == '末' ? last : +date
  if (month < 1 || month > 12 || d < 1 || d > last) return 'no_such_day'
  return { day: dayOf(year, month, d), month: date === undefined }
}

const inRange = (found: Written | Fault) => (typeof found == 'object' && (found.day < FIRST || found.day > LAST) ? 'range' : found)

function nextSuch(month: number, date: string | undefined, from: number): Written | Fault {
  const [year] = parts(from)
  for (let y = year; y < year + 9; y++) { // 29 February can be eight years away
    const found = onDay(y, month, date)
    if (typeof found == 'object' && found.day >= from) return { ...found, guessed: true }
  }
  return 'no_such_day'
}
