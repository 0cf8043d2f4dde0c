// What stands beside the main part on a wide screen: the topics, and what is on the page. The build puts the topics in; narrow screens never load this.

const style = '@style@', topics = '@rail@'
document.styleSheets[0].insertRule(`@media all{${style}}`, document.styleSheets[0].cssRules.length)

const main = document.querySelector('main')!
const beside = document.createElement('div')
beside.className = 'beside'
beside.innerHTML = topics

/** Whether a question holds today: the first day of its period, and the first day after it, are among its classes. */
function holds({ classList }: Element): boolean {
  const today = new Date(Date.now() + 324e5).toISOString().replace(/\D/g, '').slice(0, 8)
  return Array.from(classList).every(name => name[0] == 'f' ? name.slice(1) <= today : name[0] != 'u' || name.slice(1) > today)
}

for (const row of Array.from(beside.querySelectorAll('.limited'))) if (!holds(row)) row.remove()

/** The address of a page, however its host writes it. */
const plain = (address: string) => address.split(/[?#]/)[0].replace(/\.html$/, '')

// Their links begin at the folder of the language, in which this script lies.
const folder = (document.currentScript as HTMLScriptElement).src.replace(/topic(s|\/[^/]*)\.js$/, '')
for (const link of Array.from(beside.querySelectorAll('a'))) {
  link.href = folder + link.getAttribute('href')
  if (plain(link.href) == plain(location.href)) link.setAttribute('aria-current', 'page')
}

/** Where on the page something has its place: there a link leads. */
function placeOf(heading: Element, i: number): string {
  const named = heading.closest('dt[id], dl [id], h2[id]') || heading
  if (!named.id) named.id = `_h${i}`
  return named.id
}

// What has a list of topics of its own is not listed again, nor what is folded.
const headings = Array.from(main.querySelectorAll('h2, .terms dt')).filter(heading => heading.getClientRects().length && !heading.closest('.topic'))
const contents = beside.querySelector('.contents')!
if (headings.length > 1) {
  const list = contents.querySelector('ul')!
  headings.forEach((heading, i) => {
    const item = document.createElement('li'), link = document.createElement('a')
    link.href = '#' + placeOf(heading, i)
    link.innerHTML = heading.innerHTML.replace(/<svg[^]*<\/svg>/, '')
    item.append(link)
    list.append(item)
  })
} else contents.remove()

main.after(beside)

// Of a long list the part is shown in which the page stands.
const current = beside.querySelector<HTMLElement>('[aria-current]'), scroller = current && current.offsetParent
if (scroller) scroller.scrollTop = current!.offsetTop - scroller.clientHeight / 2
export {}
