import { loadScript } from './load'

/**
 * Makes links to the search page load the search script, which opens its box on the present page. If the script cannot be
 * loaded, the browser goes to the search page.
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
