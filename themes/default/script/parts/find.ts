import { loadScript } from './load'

/** Loads the search when somebody opens it, or goes into the field of the page that is all about it. Without it its link leads to that page. */
export function offerSearch() {
  const link = document.querySelector<HTMLAnchorElement>('.find')
  if (!link) return
  let asked = false
  const load = (missing?: () => void) => {
    if (!asked) loadScript(link.dataset.search!, () => {}, missing)
    asked = true
  }
  const field = document.querySelector<HTMLElement>('main .search input')
  if (field) field.onfocus = () => load()
  link.onclick = event => {
    if (!field && (event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    if (field) field.focus()
    else load(() => location.href = link.href)
  }
}
