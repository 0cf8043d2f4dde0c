import { loadScript } from './load'

/**
 * Loads the search when somebody presses a link to the search page, and opens its box in the present page. If it cannot be
 * loaded, the link leads to that page.
 */
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
