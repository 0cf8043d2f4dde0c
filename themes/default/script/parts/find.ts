import { loadScript } from './load'

/** Loads the search when somebody presses a link to its page, and opens its box there. Without it the link leads to that page. */
export function offerSearch() {
  let asked = false
  for (const link of Array.from(document.querySelectorAll<HTMLAnchorElement>('a[data-search]'))) link.onclick = event => {
    if (event.ctrlKey || event.metaKey) return
    event.preventDefault()
    link.setAttribute('aria-expanded', 'true')
    if (!asked) loadScript(link.dataset.search!, () => {}, () => location.href = link.href)
    asked = true
  }
}

/** On the page that is all about the search, its field loads it, and the link leads into the field. */
export function offerField() {
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
