// A calendar file, made on the device.

import { W } from './words'
import { plain, data } from './data'
import { inBoth, parts } from './days'
import type { Occasion } from './result'

const two = (n: number) => String(n).padStart(2, '0')
const stamp = (day: number) => parts(day).map(two).join('')
const clean = (text: string) => text.replace(/[\\;,]/g, '\\$&').replace(/\n/g, '\\n')

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

export function calendar(list: Occasion[]): string {
  const now = new Date().toISOString().replace(/[-:]|\.\d+/g, '')
  const events = list.map(({ day, key }) => [
    'BEGIN:VEVENT', `UID:${key}-${stamp(day)}@sitegen`, `DTSTAMP:${now}`, `DTSTART;VALUE=DATE:${stamp(day)}`, `DTEND;VALUE=DATE:${stamp(day + 1)}`,
    'SUMMARY:' + clean(plain(data.page[key])), 'DESCRIPTION:' + clean(plain(data.page[W.calendar_text], { date: inBoth(day) })),
    'BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:-P30D', 'DESCRIPTION:' + clean(plain(data.page[key])), 'END:VALARM', 'END:VEVENT',
  ])
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//sitegen//checker//JA', ...events.flat(), 'END:VCALENDAR', ''].map(fold).join('\r\n')
}

/** Gives the person a file, out of memory. */
export function save(text: string, name: string) {
  const link = document.createElement('a')
  link.download = name
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/calendar' }))
  document.body.append(link)
  link.click()
  link.remove()
}
