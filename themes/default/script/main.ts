// Most pages load this script, which runs after the page has been parsed. Without the script, everything can still be read.
import { offerSearch } from './parts/find'
import { loadScript } from './parts/load'
import { tellPrinted } from './parts/printed'
import { showRuby, switchRuby } from './parts/ruby'
import { daily, mark } from './parts/today'
import { now } from './parts/tokyo'
import { unfoldOnPaper } from './parts/unfold'

const root = document.documentElement
const has = (name: string) => root.classList.contains(name)
const all = <T extends Element>(selector: string) => Array.from(document.querySelectorAll<T>(selector))

/**
 * Opens the passages that hold today and the latest year of a list, and closes all other passages and years. Before this
 * script ran, style sheets hid what is now closed. From now on, readers can open and close everything.
 */
function settle() {
  for (const passage of all<HTMLDetailsElement>('details.dated')) {
    const boundary = (letter: string) => Array.from(passage.classList).filter(name => RegExp('^' + letter + '\\d{8}$').test(name))
    passage.open = boundary('f').every(name => has('d' + name.slice(1))) && !boundary('u').some(name => has('d' + name.slice(1)))
    passage.dataset.seen = ''
  }
  for (const [i, year] of all<HTMLDetailsElement>('.year:not([data-seen])').entries()) {
    year.open = i == 0
    year.dataset.seen = ''
  }
}

/** Opens the folded sections around the element to which the address's fragment points, and scrolls to the element. */
function reveal() {
  const place = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)))
  if (!place) return
  let folded = false
  for (let part = place.closest('details'); part; part = part.parentElement!.closest('details')) {
    folded ||= !part.open
    part.open = true
  }
  if (folded) place.scrollIntoView()
}

/**
 * Updates a visible page if the day has changed. A page can stay open past midnight, and browsers restore old pages unchanged.
 */
function again() {
  if (!document.hidden && mark()) {
    settle()
    showRuby()
  }
}

// The page that offers the languages highlights the browser's language. It never redirects.
const choices = all<HTMLAnchorElement>('.choices a[hreflang]')
for (const wanted of navigator.languages || []) {
  const match = choices.find(choice => choice.hreflang.split('-')[0] == wanted.split('-')[0])
  if (match) {
    match.classList.add('match')
    break
  }
}

// In the HTML, tiles link to the pages without script. Here they get the checker's address, if the site has a checker.
for (const tile of all<HTMLAnchorElement>('a[data-checker]')) tile.href = tile.dataset.checker!

// On a wide screen, a further script adds the topics and the page's headings beside the main part.
let rail = document.querySelector<HTMLElement>('[data-rail]')
const widen = onresize = () => {
  if (!rail || !matchMedia('(min-width:64rem)').matches) return
  loadScript(rail.dataset.rail!, () => {})
  rail = null
}

/** The parts of today's date in Tokyo. The names of months and days come from attributes of the line that shows the day. */
function todayIn({ dataset: { months, days } }: HTMLElement) {
  const [year, month, day] = new Date(now()).toISOString().split(/\D/).map(Number)
  return { year, month: months ? JSON.parse(months)[month - 1] : month, day, day_name: days ? JSON.parse(days)[day - 1] : '' }
}

settle()
reveal()
addEventListener('hashchange', reveal)
offerSearch()
unfoldOnPaper()
tellPrinted(todayIn)
switchRuby()
daily(again)
widen()
