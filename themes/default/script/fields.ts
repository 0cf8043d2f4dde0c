// The fields that stand on some pages: the one above a long list leaves of it what has the words that somebody types; that of the
// page of the search loads it. Nothing leaves the device.
import { loadScript } from './parts/load'
import { normalise } from './search/normalise'

/** What a reader sees of an entry, without readings, in the letters of the search; spaces do not count. */
function words(entry: Element) {
  const copy = entry.cloneNode(true) as Element
  for (const reading of Array.from(copy.querySelectorAll('rt, rp'))) reading.remove()
  return normalise(copy.textContent!).replace(/ /g, '')
}

/** Makes the field work: entries without all of the words are hidden, topics without an entry too, and others open. */
function offerFilter(field: HTMLInputElement) {
  const told = document.querySelector<HTMLElement>('.filter [role=status]')
  let entries: { entry: HTMLElement; text: string }[] | undefined
  field.oninput = () => {
    entries ||= Array.from(document.querySelectorAll<HTMLElement>('[data-item]'), entry => ({ entry, text: words(entry) }))
    const wanted = normalise(field.value).split(' ').filter(word => word)
    let left = 0
    for (const { entry, text } of entries) {
      entry.hidden = !wanted.every(word => text.includes(word))
      if (!entry.hidden) left++
    }
    for (const topic of Array.from(document.querySelectorAll<HTMLDetailsElement>('.topic'))) {
      topic.hidden = !topic.querySelector('[data-item]:not([hidden])')
      topic.open = wanted.length > 0
    }
    if (told) told.textContent = wanted.length ? told.dataset.words!.replace('{n}', String(left)) : ''
  }
}

/** On the page that is all about the search, its field loads it, and the link leads into the field. */
function offerField() {
  const field = document.querySelector<HTMLElement>('main .search input'), link = document.querySelector<HTMLAnchorElement>('a[data-search]')
  if (!field || !link) return
  field.onfocus = () => {
    field.onfocus = null
    loadScript(link.dataset.search!, () => {})
  }
  link.onclick = event => {
    event.preventDefault()
    field.focus()
  }
}

const filter = document.querySelector<HTMLInputElement>('.filter input')
if (filter) offerFilter(filter)
offerField()
