/** Loads the search when somebody opens it, or goes into the field of the page that is all about it. Without it its link leads to that page. */
export function offerSearch() {
  const link = document.querySelector<HTMLAnchorElement>('.find')
  if (!link) return
  let script: HTMLScriptElement
  const load = (event?: MouseEvent) => {
    if (event) {
      if (event.ctrlKey || event.metaKey) return
      event.preventDefault()
    }
    if (script) return
    script = document.createElement('script')
    script.src = link.dataset.search!
    if (event) script.onerror = () => location.href = link.href
    document.head.append(script)
  }
  const field = document.querySelector<HTMLElement>('main .search input')
  if (!field) return void (link.onclick = load)
  field.onfocus = () => load()
  link.onclick = event => {
    event.preventDefault()
    field.focus()
  }
}
