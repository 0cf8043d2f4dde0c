// Writes a calendar file. Nothing leaves the device.

import { plain, word } from '../checker/data'
import { isoOf } from '../checker/days'
import type { Html } from '../parts/html'
import type { Occasion } from '../checker/result'

const stamp = (day: number) => isoOf(day).replace(/-/g, '')

/** How many days before an event the calendar gives a reminder. */
const AHEAD = 30

/**
 * A text property, folded into lines of at most 75 bytes (RFC 5545). A line has at most 18 characters of up to four bytes each,
 * so no character is cut.
 */
const text = (name: string, words: Html) => `${name}:${plain(words).replace(/\s+/g, ' ').replace(/[\\;,]/g, '\\$&')}`.match(/.{1,18}/gu)!.join('\r\n ')

export function calendar(list: Occasion[], today: number): string {
  const now = new Date().toISOString().replace(/[-:]|\.\d+/g, '')
  const events = list.flatMap(({ day, text: what = word('calendar_until'), of }) => [
    'BEGIN:VEVENT', `UID:${stamp(day)}-${of || 'answer'}@sitegen`, `DTSTAMP:${now}`, `DTSTART;VALUE=DATE:${stamp(day)}`, `DTEND;VALUE=DATE:${stamp(day + 1)}`,
    text('SUMMARY', what), 'BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:' + alarm(day - today), text('DESCRIPTION', what), 'END:VALARM', 'END:VEVENT',
  ])
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//sitegen//checker//JA', ...events, 'END:VCALENDAR', ''].join('\r\n')
}

/**
 * The trigger of a reminder: at nine in the morning, AHEAD days before the event, but not before tomorrow. For an event today,
 * it is nine o'clock today.
 */
function alarm(days: number): string {
  const hours = 24 * Math.max(0, Math.min(AHEAD, days - 1)) - 9
  return hours < 0 ? `PT${-hours}H` : `-PT${hours}H`
}

/** Offers a file from memory as a download. */
export function save(text: string, name: string) {
  const link = document.createElement('a')
  link.download = name
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/calendar' }))
  document.body.append(link)
  link.click()
  link.remove()
}
