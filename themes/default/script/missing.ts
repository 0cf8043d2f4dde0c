// Runs on the page that hosts show for a wrong address, at any depth. If the address contains the folder of a language, the
// folder above that is the site's folder. The script then makes relative links start there.
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
