// On wide screens, adds the topics and the page's headings beside the main part. The build fills in the topics. Narrow screens
// never load this script.

import { htmlOf, setHtml, trusted } from './parts/html'
import { addStyle } from './parts/style'
import { today } from './parts/tokyo'

const topics = trusted('@rail@')
addStyle('@style@')

const main = document.querySelector('main')!
const beside = document.createElement('div')
beside.className = 'beside'
setHtml(beside, topics)

/** Whether a question is valid today. Its classes contain the first day of its period (f…) and the first day after it (u…). */
function holds({ classList }: Element): boolean {
  const day = today()
  return Array.from(classList).every(name => name[0] == 'f' ? name.slice(1) <= day : name[0] != 'u' || name.slice(1) > day)
}

for (const row of Array.from(beside.querySelectorAll('.limited'))) if (!holds(row)) row.remove()

/** An address without query and fragment, and without .html, which some hosts leave out. */
const plain = (address: string) => address.split(/[?#]/)[0].replace(/\.html$/, '')

// The links are relative to the folder of the language. That folder is part of this script's address.
const folder = (document.currentScript as HTMLScriptElement).src.replace(/topic(s|\/[^/]*)\.js$/, '')
for (const link of Array.from(beside.querySelectorAll('a'))) {
  link.href = folder + link.getAttribute('href')
  if (plain(link.href) == plain(location.href)) link.setAttribute('aria-current', 'page')
}

/** The id to which the link to a heading points. A heading without an id gets one. */
function placeOf(heading: Element, i: number): string {
  const named = heading.closest('dt[id], dl [id], h2[id]') || heading
  if (!named.id) named.id = `_h${i}`
  return named.id
}

// The list leaves out headings in folded sections and, on the page with all questions, headings inside the topics.
const headings = Array.from(main.querySelectorAll('h2, .terms dt')).filter(heading => heading.getClientRects().length && !heading.closest('.topic'))
const contents = beside.querySelector('.contents')!
if (headings.length > 1) {
  const list = contents.querySelector('ul')!
  headings.forEach((heading, i) => {
    const item = document.createElement('li'), link = document.createElement('a')
    link.href = '#' + placeOf(heading, i)
    setHtml(link, trusted(htmlOf(heading).replace(/<svg[^]*<\/svg>/, '')))
    item.append(link)
    list.append(item)
  })
} else contents.remove()

main.after(beside)

// Scrolls a long list to the link of the present page.
const current = beside.querySelector<HTMLElement>('[aria-current]'), scroller = current && current.offsetParent
if (scroller) scroller.scrollTop = current!.offsetTop - scroller.clientHeight / 2
