// A printed page says when it was printed. Without that, nobody could tell later on which day its content was true.

/** The values for the line: year, month, day and day_name, as numbers or as the language names them. */
export type Slots = Record<string, string | number>

/**
 * Fills the day into the line that only paper shows, and into the mark of today in a list of dates, at once and before each
 * printing. By then a change of language may have replaced the line, or a new day may have begun. The slots for the day are
 * names in braces. The words around them may contain HTML.
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
