// Days as numbers (days since 1 January 1970) and in words.

import { fill } from '../parts/fill'
import type { Slots } from '../parts/printed'
import { DAY, now } from '../parts/tokyo'
import { data } from './data'

/** Today in Tokyo. */
export const today = () => Math.floor(now() / DAY)

export const dayOf = (year: number, month: number, day: number) => Date.UTC(year, month - 1, day) / DAY

/** The year, month (1 to 12) and day of a day number. */
export function parts(day: number): [number, number, number] {
  const date = new Date(day * DAY)
  return [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()]
}

/** The first days of the eras, in the order of `formats.eras`. */
export const ERAS = [dayOf(2019, 5, 1), dayOf(1989, 1, 8), dayOf(1926, 12, 25)]

/** The calendar year that is year 1 of an era. `era` is the era's index. */
export const firstYear = (era: number) => parts(ERAS[era])[0]

/** The values for the slots of the date formats. */
export function slots(day: number): Slots {
  const [year, month, date] = parts(day), f = data.formats
  const era = ERAS.findIndex(first => day >= first), eraYear = year - firstYear(era) + 1
  return {
    year, month: f.months ? f.months[month - 1] : month, day: date, day_name: f.days ? f.days[date - 1] : '',
    era: f.eras[era], era_year: eraYear == 1 ? f.firstYear : eraYear,
  }
}

export const isoOf = (day: number) => new Date(day * DAY).toISOString().slice(0, 10)
export const inWords = (day: number) => fill(data.formats.date, slots(day))
export const inEra = (day: number) => fill(data.formats.era, slots(day))
export const inBoth = (day: number) => fill(data.formats.both, { ...slots(day), date: inWords(day), era_date: inEra(day) })
export const monthInWords = (day: number) => fill(data.formats.month, slots(day))
export const monthInEra = (day: number) => fill(data.formats.eraMonth, slots(day))
