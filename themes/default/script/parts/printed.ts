// Paper says when it was printed: nobody can see later on which day it was true.

/** Fills the day into the line that paper has. Its slots stand in braces, among readings. */
function tell() {
  const line = document.querySelector<HTMLElement>('.printed')
  if (!line) return
  const { words, months, days } = line.dataset
  const [year, month, day] = new Date(Date.now() + 324e5).toISOString().split(/\D/).map(Number)
  const slots: Record<string, string | number> = {
    year, month: months ? months.split(' ')[month - 1] : month, day, day_name: days ? days.split(' ')[day - 1] : '',
  }
  line.innerHTML = words!.replace(/\{(\w+)\}/g, (_, slot) => String(slots[slot]))
}

/** Keeps the day of printing: the line may be put up anew when the language changes, and a page may stay open overnight. */
export function tellPrinted() {
  addEventListener('beforeprint', tell)
  tell()
}
