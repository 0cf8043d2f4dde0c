// A printed page says when it was printed. Otherwise nobody could tell later on which day its content was true.

/** The parts of a date: year, month, day and day_name, as numbers or as HTML in the language's words. */
export type Slots = Record<string, string | number>

/**
 * Writes the day into each line that only paper shows, and into the line that marks today in a list of dates. It does so at
 * once and before each printing, because a change of language may have replaced a line, or a new day may have begun. The text
 * of a line has slots, which are names in braces; it may contain HTML.
 */
export function tellPrinted(today: (line: HTMLElement) => Slots) {
  const tell = () => {
    for (const line of Array.from(document.querySelectorAll<HTMLElement>('.printed, .now'))) {
      const slots = today(line)
      line.innerHTML = line.dataset.words!.replace(/\{(\w+)\}/g, (_, slot) => String(slots[slot]))
    }
  }
  addEventListener('beforeprint', tell)
  tell()
}
