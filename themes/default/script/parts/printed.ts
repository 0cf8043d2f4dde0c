// Paper says when it was printed: nobody can see later on which day it was true.

/** What may stand in the line: year, month, day and day_name, as numbers or as the language names them. */
export type Slots = Record<string, string | number>

/**
 * Fills the day into the line that paper has, and into the mark of today in a list of dates, and keeps it the day of printing: the line may be put up anew when the language
 * changes, and a page may stay open overnight. Its slots stand in braces, among readings.
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
