// Fields on some pages. A filter above a long list hides the entries that lack the typed words. The search field on the search
// page loads the search. Nothing that is typed leaves the device.
import { fill } from './parts/fill'
import { loadScript } from './parts/load'
import { normalise } from './search/normalise'

/** The text of an entry, without readings and spaces, normalised as in the search. */
function words(entry: Element) {
  const copy = entry.cloneNode(true) as Element
  for (const reading of Array.from(copy.querySelectorAll('rt, rp'))) reading.remove()
  return normalise(copy.textContent!).replace(/ /g, '')
}

/**
 * Makes the filter work. It hides entries that lack one of the typed words, and topics without a remaining entry. While
 * something is typed, topics are open; otherwise they are closed.
 */
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
    if (told) told.textContent = wanted.length ? fill(JSON.parse(told.dataset.words!), { n: left }) : ''
  }
}

/**
 * On the search page, the search is loaded when its field gets the focus. The search link in the header moves the focus to the
 * field.
 */
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
