// The search of every page: loaded when somebody opens it. It looks in files of the site, and nothing typed leaves the page.

import { Index, type Question } from './search/files'
import { marked, type Wanted } from './search/marks'
import { normalise } from './search/normalise'
import { find, prefixOf, units } from './search/query'

/** How many results are shown at once. */
const SHOWN = 5

const link = document.querySelector<HTMLAnchorElement>('a[data-search]')!
const page = link.href.split('#')[0]
const home = page.slice(0, page.lastIndexOf('/') + 1).replace(/'/g, '%27')
const here = link.hasAttribute('aria-current')
const opened = Index.open(home + 'search/')

const style = '@style@'
document.styleSheets[0].insertRule(`@media all{${style}}`, document.styleSheets[0].cssRules.length)

let panel: HTMLElement, field: HTMLInputElement, status: HTMLElement, list: HTMLElement
let words: Record<string, string>

const nothing: Wanted = () => false
const say = (key: string) => marked(words[key], nothing)

/** Puts up the box once its words are there. */
async function build() {
  const { core } = await opened
  words = core.words!
  const ready = document.querySelector<HTMLElement>('main .search')
  if (ready) return use(ready)
  panel = document.createElement('div')
  panel.className = 'search'
  panel.setAttribute('role', 'search')
  panel.innerHTML = `<form><label for="_search">${say('label')}</label><input id="_search" type="search" autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="search">` +
    `<p class="hint">${say('hint')}</p></form><p role="status"></p><ul></ul><button type="button">${say('close')}</button>`
  link.closest('header')!.append(panel)
  use(panel)
  panel.querySelector('button')!.addEventListener('click', toggle)
}

/** Makes a box answer. */
function use(box: HTMLElement) {
  panel = box
  field = panel.querySelector('input')!
  status = panel.querySelector('[role=status]')!
  list = panel.querySelector('ul')!
  panel.querySelector('form')!.addEventListener('submit', event => {
    event.preventDefault()
    const first = list.querySelector<HTMLElement>('a')
    if (first) first.focus()
  })
  field.addEventListener('input', () => search(SHOWN))
  panel.addEventListener('keydown', walk)
  if (field.value) search(SHOWN) // typed while this was on its way
}

/** Up and down go through the results, Escape closes the box. */
function walk(event: KeyboardEvent) {
  if (event.isComposing) return
  const stops = [field as HTMLElement, ...Array.from(list.querySelectorAll<HTMLElement>('a, button'))]
  const at = stops.indexOf(document.activeElement as HTMLElement) + (event.key == 'ArrowDown' ? 1 : event.key == 'ArrowUp' ? -1 : 0)
  if (event.key == 'Escape' && !here && !field.value) toggle()
  else if (/^Arrow(Up|Down)$/.test(event.key) && stops[at]) {
    event.preventDefault()
    stops[at].focus()
  }
}

function toggle() {
  const open = panel.hidden = !panel.hidden
  link.setAttribute('aria-expanded', String(!open))
  ;(open ? link : field).focus()
}

/** The address of a part of the site, as an attribute: they hold ids and file names only. */
const go = (address: string, text: string) => `<a href='${home}${address}'>${text}</a>`

let asked = 0

/** Shows what is found for the field's words: at most so many. */
async function search(most: number) {
  const turn = ++asked, typed = field.value
  try {
    const html = await results(typed, most)
    if (turn != asked) return
    status.innerHTML = html.said
    list.innerHTML = html.items.map(item => `<li>${item}</li>`).join('')
    const what = status.querySelector('q')
    if (what) what.textContent = typed
    const more = list.querySelector('button')
    if (more) more.addEventListener('click', async () => {
      await search(4 * SHOWN)
      const next = list.querySelectorAll<HTMLElement>('li > a')[most]
      if (next) next.focus()
    })
    } catch {
    if (turn == asked) status.innerHTML = go('search.html', say('failed'))
  }
}

async function results(typed: string, most: number): Promise<{ said: string; items: string[] }> {
  const query = normalise(typed)
  if (!query) return { said: '', items: [] }
  const index = await opened, { core } = index
  const list = units(query, core.synonyms!), lookups = list.flatMap(unit => unit.flat())
  await index.need(lookups.map(({ key, like }): [string, string] => (like ? [prefixOf(key), prefixOf(key) + '\uffff'] : [key, key])))
  const hits = find(list, index)
  const today = new Date(Date.now() + 324e5).toISOString().slice(0, 10).replace(/-/g, '')
  const shown: Question[] = []
  let count = hits.length
  for (let i = 0; i < hits.length && shown.length < most; i++) {
    const question = await index.question(hits[i].question)
    if (question[3] > today || (question[4] && question[4] < today)) count--
    else shown.push(question)
  }
  const offer = hits.slice(0, 3).some(({ question }) => (core.offers || []).includes(question)) ? [checker(query, core)] : []
  if (!count) return { said: say('none').replace('@', '<q></q>'), items: [go('search.html#_topics', say('topics')), ...(core.offer ? [go(core.offer, say('checker'))] : []), `<a href='#_help'>${say('phone')}</a>`] }
  // Endings in kana, which half of the questions have, say nothing.
  const sought = new Set(lookups.map(({ key }) => key).filter(key => !/^[ぁ-ゖ]+$/.test(key) || 2 * index.postings(key).length < index.size))
  const begun = lookups.filter(({ like, key }) => like && key.length > 2).map(({ key }) => key)
  const wanted: Wanted = key => sought.has(key) || begun.some(word => key.startsWith(word))
  const items = shown.map(([address, title, answers]) => `${go(address, marked(title, wanted))}<p>${marked(answers.find(([, until]) => !until || today <= until)![0], wanted)}</p>`)
  if (count > shown.length && most == SHOWN) items.push(`<button type="button">${say('more')}</button>`)
  return { said: say('count').replace('@', String(count)), items: [...offer, ...items] }
}

/** The way into the checker, with the paper that was typed chosen already. */
function checker(query: string, { papers, offer }: Index['core']): string {
  let longest = 0, way = go(offer!, say('checker'))
  for (const [address, name, ...typed] of papers || []) {
    for (const word of typed) {
      if (word.length > longest && query.includes(word)) {
        longest = word.length
        way = go(address, marked(words.paper.replace('@', name), nothing))
      }
    }
  }
  return `<strong>${way}</strong>`
}

if (here) build()
else {
  link.setAttribute('role', 'button')
  link.setAttribute('aria-expanded', 'true')
  link.addEventListener('click', event => {
    event.preventDefault()
    if (panel) toggle()
  })
  build().then(() => field.focus(), () => location.href = link.href)
}
