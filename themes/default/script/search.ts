// The search of every page. It is loaded when a visitor opens it. It searches in files of the site, so nothing that is typed
// leaves the page.

import { fill } from './parts/fill'
import { type Html, type Id, escaped, html, setHtml } from './parts/html'
import { addStyle } from './parts/style'
import { today } from './parts/tokyo'
import { type Core, Index, type Question } from './search/files'
import { marked, type Wanted } from './search/marks'
import { normalise } from './search/normalise'
import { asMeant, find, isWanted, prefixOf, units } from './search/query'

/** How many results are shown at first, and how many after the button "more" is pressed. */
const SHOWN = 5
const MORE = 4 * SHOWN

addStyle('@style@')

const nothing: Wanted = () => false

/** The search box of one link. A page without a language has a link and a box for each language. */
class Box {
  private readonly home: Html
  private readonly here: boolean
  private readonly opened: Promise<Index>
  private panel?: HTMLElement
  private field!: HTMLInputElement
  private status!: HTMLElement
  private list!: HTMLElement
  private words!: Record<string, string>
  private asked = 0

  constructor(private readonly link: HTMLAnchorElement) {
    const page = link.href.split('#')[0]
    const folder = page.slice(0, page.lastIndexOf('/') + 1)
    this.home = escaped(folder)
    this.here = link.hasAttribute('aria-current')
    this.opened = Index.open(folder + 'search/')
  }

  private say = (key: string) => marked(this.words[key], nothing)

  /** Shows the box once its words are loaded. The search page already has a box, which is used instead. */
  async build() {
    this.words = (await this.opened).core.words!
    const ready = document.querySelector<HTMLElement>('main .search')
    if (ready) return this.use(ready)
    const { link, say } = this, panel = document.createElement('div'), id = escaped('_search' + (link.dataset.language || ''))
    panel.className = 'search'
    panel.setAttribute('role', 'search')
    panel.lang = link.lang
    setHtml(panel, html`<form><label for="${id}">${say('label')}</label><input id="${id}" type="search" autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="search"><p class="hint">${
      say('hint')}</p></form><p role="status"></p><ul></ul><button type="button">${say('close')}</button>`)
    link.closest('header')!.append(panel)
    this.use(panel)
    panel.querySelector('button')!.addEventListener('click', () => this.toggle())
    link.setAttribute('aria-expanded', 'true')
    this.field.focus()
  }

  /** Connects the box's elements to the search. */
  private use(panel: HTMLElement) {
    this.panel = panel
    this.field = panel.querySelector('input')!
    this.status = panel.querySelector('[role=status]')!
    this.list = panel.querySelector('ul')!
    panel.querySelector('form')!.addEventListener('submit', event => {
      event.preventDefault()
      const first = this.list.querySelector<HTMLElement>('a')
      if (first) first.focus()
    })
    this.field.addEventListener('input', () => this.search(SHOWN))
    panel.addEventListener('keydown', event => this.walk(event))
    if (this.field.value) this.search(SHOWN) // the visitor typed before this script was loaded
  }

  /**
   * The up and down keys move the focus between the field and the results. Escape closes an empty box, except on the search
   * page.
   */
  private walk(event: KeyboardEvent) {
    if (event.isComposing) return
    const stops = [this.field as HTMLElement, ...Array.from(this.list.querySelectorAll<HTMLElement>('a, button'))]
    const at = stops.indexOf(document.activeElement as HTMLElement) + (event.key == 'ArrowDown' ? 1 : event.key == 'ArrowUp' ? -1 : 0)
    if (event.key == 'Escape' && !this.here && !this.field.value) this.toggle()
    else if (/^Arrow(Up|Down)$/.test(event.key) && stops[at]) {
      event.preventDefault()
      stops[at].focus()
    }
  }

  /** Opens the box, or closes it. */
  toggle() {
    if (!this.panel) return
    const open = this.panel.hidden = !this.panel.hidden
    this.link.setAttribute('aria-expanded', String(!open))
    ;(open ? this.link : this.field).focus()
  }

  /** A link to a page of the site. */
  private go = (address: Id, text: Html) => html`<a href='${this.home}${address}'>${text}</a>`

  /** Shows at most `most` results for the text in the field. */
  private async search(most: number) {
    const turn = ++this.asked, typed = this.field.value
    try {
      const found = await this.results(typed, most)
      if (turn != this.asked) return
      setHtml(this.status, found.said)
      setHtml(this.list, found.items.map(item => html`<li>${item}</li>`).join(''))
      const what = this.status.querySelector('q')
      if (what) what.textContent = typed
      const more = this.list.querySelector('button')
      if (more) more.addEventListener('click', async () => {
        await this.search(MORE)
        const next = this.list.querySelectorAll<HTMLElement>('li > a')[most]
        if (next) next.focus()
      })
    } catch {
      if (turn == this.asked) setHtml(this.status, this.go(html`search.html`, this.say('failed')))
    }
  }

  private async results(typed: string, most: number): Promise<{ said: Html; items: Html[] }> {
    const text = normalise(typed)
    if (!text) return { said: '', items: [] }
    const { go, say } = this, index = await this.opened, { core } = index
    const query = asMeant(text, core.misspelt), list = units(query, core.synonyms!), lookups = list.flatMap(unit => unit.alternatives.flat())
    const need = (list: typeof lookups) => index.need(list.map(({ key, like }): [string, string] => (like ? [prefixOf(key), prefixOf(key) + '\uffff'] : [key, key])))
    await need(lookups.filter(({ unless }) => !unless.length))
    await need(lookups.filter(lookup => isWanted(lookup, index)))
    const hits = find(list, index)
    const day = today()
    const holds = ([, , , from, until]: Question) => from <= day && (!until || day <= until)
    const best = await Promise.all(hits.slice(0, most).map(({ question }) => index.question(question)))
    const offer = best.slice(0, 3).some(question => question[5]) ? [this.checker(query, core)] : []
    const shown = best.filter(holds)
    let count = hits.length - best.length + shown.length
    for (let i = best.length; i < hits.length && shown.length < most; i++) {
      const question = await index.question(hits[i].question)
      if (holds(question)) shown.push(question)
      else count--
    }
    if (!count) return { said: fill(say('none'), { query: html`<q></q>` }), items: [go(html`search.html#_topics`, say('topics')), ...(core.offer ? [go(core.offer, say('checker'))] : []), document.getElementById('_help') ? html`<a href='#_help'>${say('phone')}</a>` : go(html`index.html#_help`, say('phone'))] }
    // Keys in kana that at least half of the questions have, such as endings, are not highlighted.
    const sought = new Set(lookups.map(({ key }) => key).filter(key => !/^[ぁ-ゖ]+$/.test(key) || 2 * index.postings(key).count < index.size))
    const begun = lookups.filter(({ like, key }) => like && key.length > 2).map(({ key }) => key)
    const wanted: Wanted = key => sought.has(key) || begun.some(word => key.startsWith(word))
    const items = shown.map(([address, title, answers]) => html`${go(address, marked(title, wanted))}<p>${marked(answers.find(([, until]) => !until || day <= until)![0], wanted)}</p>`)
    if (count > shown.length && most == SHOWN) items.push(html`<button type="button">${say('more')}</button>`)
    return { said: fill(say('count'), { n: count }), items: [...offer, ...items] }
  }

  /** The link to the checker. If the query names a paper, the link opens the checker with that paper chosen. */
  private checker(query: string, { papers, offer }: Core): Html {
    let longest = 0, way = this.go(offer!, this.say('checker'))
    for (const [address, name, ...typed] of papers || []) {
      for (const word of typed) {
        if (word.length > longest && query.includes(word)) {
          longest = word.length
          way = this.go(address, marked(fill(this.words.paper, { paper: name }), nothing))
        }
      }
    }
    return html`<strong>${way}</strong>`
  }
}

for (const link of Array.from(document.querySelectorAll<HTMLAnchorElement>('a[data-search]'))) {
  let box: Box | undefined
  const open = () => {
    if (box) return box.toggle()
    box = new Box(link)
    box.build().catch(() => location.href = link.href)
  }
  if (link.hasAttribute('aria-current')) {
    new Box(link).build().catch(() => {})
    continue
  }
  link.setAttribute('role', 'button')
  if (link.hasAttribute('aria-expanded')) open() // the visitor pressed this link, which loaded this script
  else link.setAttribute('aria-expanded', 'false')
  link.onclick = event => {
    if (event.ctrlKey || event.metaKey) return
    event.preventDefault()
    open()
  }
}
