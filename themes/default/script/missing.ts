// Runs inside the page for wrong addresses, which hosts show at any depth. The name of a language in the address shows where
// the site's folder is. The links are then rewritten to start there, unless they have a host.
import { offerSearch } from './parts/find'

const links = Array.from(document.querySelectorAll<HTMLAnchorElement>('a[data-language]'))
const parts = location.pathname.split('/')
const at = parts.findIndex(part => links.some(link => link.dataset.language == part))
const rooted = (address: string) => (at < 1 || /^https?:/.test(address) ? address : parts.slice(0, at).join('/') + '/' + address)
for (const link of links) {
  link.href = rooted(link.getAttribute('href')!)
  if (link.dataset.search) link.dataset.search = rooted(link.dataset.search)
}
offerSearch()
