// Fills the slots of a text.

import type { Html } from './html'

/** Replaces the slots of a text with values. A slot is a name between \x01 and \x02, two characters that no author can write. */
export function fill(text: Html, values?: Record<string, Html | number>): Html
export function fill(text: string, values?: Record<string, string | number>): string
export function fill(text: string, values: Record<string, string | number> = {}) {
  return text.replace(/\x01(\w+)\x02/g, (_, name) => String(values[name]))
}
