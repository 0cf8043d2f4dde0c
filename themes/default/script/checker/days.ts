// Days in both calendars: as numbers (days since 1970), as people write them, as the language writes them.

import { data } from './data'
import { W } from './words'

export const today = () => Math.floor((Date.now() + 324e5) / 864e5)

export const dayOf = (year: number, month: number, day: number) => Date.UTC(year, month - 1, day) / 864e5

/** The days that can be typed: no paper of this kind is older, and none lasts longer. */
export const FIRST = dayOf(2015, 1, 1), LAST = dayOf(2060, 12, 31)

/** The greatest age that can be typed. */
export const OLDEST = 130

/** Year, month and day of a day. */
export function parts(day: number): [number, number, number] {
  const date = new Date(day * 864e5)
  return [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()]
}

const ERAS: [first: number, letters: string][] = [
  [dayOf(2019, 5, 1), '令和|㋿|r|reiwa'],
  [dayOf(1989, 1, 8), '平成|h|heisei'],
  [dayOf(1926, 12, 25), '昭和|s|showa'],
]
const firstYear = (era: number) => parts(ERAS[era][0])[0]

function fill(format: string, day: number): string {
  const [year, month, date] = parts(day), f = data.fmt
  const era = ERAS.findIndex(e => day >= e[0])
  const eraYear = year - firstYear(era) + 1
  const values: Record<string, string | number> = {
    year, month: f.months ? f.months[month - 1] : month, day: date, day_name: f.days ? f.days[date - 1] : '',
    era: f.eras[era], era_year: eraYear == 1 ? f.first_year : eraYear,
  }
  return format.replace(/\{(\w+)\}/g, (_, name) => String(values[name]))
}

/** Compact texts: see rich. */
export const inWords = (day: number) => fill(data.fmt.date, day)
export const inEra = (day: number) => fill(data.fmt.era, day)
export const monthInWords = (day: number) => fill(data.fmt.month, day)
export const monthInEra = (day: number) => fill(data.fmt.era_month, day)
export const inBoth = (day: number) => fill(data.fmt.both.replace('{date}', data.fmt.date).replace('{era_date}', data.fmt.era), day)

/** A day that somebody wrote; `month` where they gave no day, and then it is the first of the month. */
export interface Written {
  day: number
  month: boolean
}

/** What is wrong with a text that should be a day. */
export type Fault = W.date_error_empty | W.date_error_unreadable | W.date_error_no_such_day | W.date_error_year | W.date_error_range

const MONTHS = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec'

/** Reads a day in either calendar: 令和8年3月31日, R8.3.31, 2026/3/31, ２０２６年３月, 31 March 2026. */
export function read(text: string, lo: number, hi: number): Written | Fault {
  text = text.normalize('NFKC').toLowerCase().replace(/まで.*|有効.*|[\s,]/g, '').replace(/[‐-―−ー]/g, '-')
  if (!text.replace(/[\/.-]/g, '')) return W.date_error_empty
  const english = RegExp(`^(\\d{1,2})?(${MONTHS})[a-z]*(.+)$`).exec(text)
  if (english) text = `${english[3]}/${MONTHS.split('|').indexOf(english[2]) + 1}/${english[1] || ''}`
  const eight = /^(\d{4})(\d\d)(\d\d)$/.exec(text)
  if (eight) text = eight.slice(1).join('/')
  const match = RegExp(`^(${ERAS.map(e => e[1]).join('|')})?\\.?(\\d{1,4}|元)年?[/.-]?(\\d{1,2})月?(?:[/.-]?(\\d{1,2})日?)?[/.-]?$`).exec(text)
  if (!match || !/[年月\/.-]/.test(text)) return /^\d{1,2}[月\/.-]\d{1,2}日?$/.test(text) ? W.date_error_year : W.date_error_unreadable
  const [, name, number, m, d] = match
  let year = number == '元' ? 1 : +number
  const era = name ? ERAS.findIndex(e => e[1].split('|').includes(name)) : 0
  if (name || year <= 20) {
    if (!year) return W.date_error_no_such_day
    year += firstYear(era) - 1
    if (era && year > firstYear(era - 1)) return W.date_error_no_such_day
  } else if (year < 1000) return W.date_error_year
  const day = dayOf(year, +m, d ? +d : 1)
  const [y, mm, dd] = parts(day)
  if (y != year || mm != +m || (d && dd != +d)) return W.date_error_no_such_day
  if (day < lo || day > hi) return W.date_error_range
  return { day, month: !d }
}
