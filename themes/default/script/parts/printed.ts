// A printed page says when it was printed. Otherwise nobody could tell later on which day its content was true.

import { fill } from './fill'
import { type Html, setHtml, trusted } from './html'

/** The parts of a date: year, month, day and day_name, as numbers or as HTML in the language's words. */
export type Slots = Record<string, Html | number>

/**
 * Writes the day into each line that only paper shows, and into the line that marks today in a list of dates. It does so at
 * once and before each printing, because a change of language may have replaced a line, or a new day may have begun. The text
 * of a line is HTML with slots, as JSON.
 */
export function tellPrinted(today: (line: HTMLElement) => Slots) {
  const tell = () => {
    for (const line of Array.from(document.querySelectorAll<HTMLElement>('.printed, .now'))) {
      setHtml(line, fill(trusted(JSON.parse(line.dataset.words!)), today(line)))
    }
  }
  addEventListener('beforeprint', tell)
  tell()
}
