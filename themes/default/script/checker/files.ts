// A calendar file, made on the device.

import { plain, word } from './data'
import { inBoth, parts } from './days'
import type { Occasion } from './result'

const two = (n: number) => String(n).padStart(2, '0')
const stamp = (day: number) => parts(day).map(two).join('')
const clean = (html: string) => plain(html).replace(/[\\;,]/g, '\\$&').replace(/\n/g, '\\n')

/** How long before a day the calendar speaks of it. */
const AHEAD = 30

/** Lines of at most 75 bytes, as RFC 5545 wants them. */
function fold(line: string): string {
  let out = '', length = 0
  for (const c of line) {
    const size = new Blob([c]).size
    if (length + size > 73) {
      out += '\r\n '
      length = 1
    }
    out += c
    length += size
  }
  return out
}

export function calendar(list: Occasion[], today: number): string {
  const now = new Date().toISOString().replace(/[-:]|\.\d+/g, '')
  const events = list.map(({ day, text }) => [
    'BEGIN:VEVENT', `UID:${stamp(day)}-${hash(clean(text))}@sitegen`, `DTSTAMP:${now}`, `DTSTART;VALUE=DATE:${stamp(day)}`, `DTEND;VALUE=DATE:${stamp(day + 1)}`,
    'SUMMARY:' + clean(text), 'DESCRIPTION:' + clean(word('calendar_text', { date: inBoth(day) })),
    'BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:' + alarm(day - today), 'DESCRIPTION:' + clean(text), 'END:VALARM', 'END:VEVENT',
  ])
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//sitegen//checker//JA', ...events.flat(), 'END:VCALENDAR', ''].map(fold).join('\r\n')
}

/** When the calendar speaks of a day: at nine in the morning, and from tomorrow on where the day is near. */
function alarm(days: number): string {
  const hours = 24 * Math.max(0, Math.min(AHEAD, days - 1)) - 9
  return hours < 0 ? `PT${-hours}H` : `-PT${hours}H`
}

/** A number that is the same for the same text. */
const hash = (text: string) => Array.from(text).reduce((sum, c) => (sum * 31 + c.codePointAt(0)!) >>> 0, 7)

/** Gives the person a file, out of memory. */
export function save(text: string, name: string) {
  const link = document.createElement('a')
  link.download = name
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/calendar' }))
  document.body.append(link)
  link.click()
  link.remove()
}
