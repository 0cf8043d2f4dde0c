// A printed page says when it was printed. Otherwise nobody could tell later on which day it was true.

/** The values for the line: year, month, day and day_name, as numbers or as the language names them. */
export type Slots = Record<string, string | number>

/**
 * Fills the day into the line that only paper shows, and into the mark of today in a list of dates. It does so again before
 * printing: the line may be new after a change of language, and a page may stay open overnight. The slots for the day are names
 * in braces. The words around them may contain HTML.
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
