// A calendar file, made on the device.

import { plain, word } from '../checker/data'
import { isoOf } from '../checker/days'
import type { Occasion } from '../checker/result'

const stamp = (day: number) => isoOf(day).replace(/-/g, '')

/** How long before a day the calendar speaks of it. */
const AHEAD = 30

/** A property with a text, in lines of at most 75 bytes, as RFC 5545 wants them: no letter takes more than four, and none is cut. */
const text = (name: string, html: string) => `${name}:${plain(html).replace(/\s+/g, ' ').replace(/[\\;,]/g, '\\$&')}`.match(/.{1,18}/gu)!.join('\r\n ')

export function calendar(list: Occasion[], today: number): string {
  const now = new Date().toISOString().replace(/[-:]|\.\d+/g, '')
  const events = list.flatMap(({ day, text: what = word('calendar_until'), of }) => [
    'BEGIN:VEVENT', `UID:${stamp(day)}-${of || 'answer'}@sitegen`, `DTSTAMP:${now}`, `DTSTART;VALUE=DATE:${stamp(day)}`, `DTEND;VALUE=DATE:${stamp(day + 1)}`,
    text('SUMMARY', what), 'BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:' + alarm(day - today), text('DESCRIPTION', what), 'END:VALARM', 'END:VEVENT',
  ])
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//sitegen//checker//JA', ...events, 'END:VCALENDAR', ''].join('\r\n')
}

/** When the calendar speaks of a day: at nine in the morning, and from tomorrow on where the day is near. */
function alarm(days: number): string {
  const hours = 24 * Math.max(0, Math.min(AHEAD, days - 1)) - 9
  return hours < 0 ? `PT${-hours}H` : `-PT${hours}H`
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
