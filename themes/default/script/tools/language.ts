// Another language, in place: its words are a script of the site, and the answers stay in memory.

import { loadScript } from '../parts/load'
import { showRuby } from '../parts/ruby'
import { data } from '../checker/data'

/**
 * Loads the scripts of a language, given their addresses, and hands over what changes the page around the checker. Where that
 * fails, or the words are of other rules, `missing` is called.
 */
export function speak([words, around]: string[], then: (change: () => void) => void, missing: () => void) {
  const load = (address: string, next: () => void) => loadScript(address, next, missing)
  load(words, () => load(around, () => {
    if ((window as any).checkerData.module != data.module) return missing()
    then(() => put((window as any).checkerAround))
  }))
}

/** What changes around the checker: HTML by the element, and what tells the browser of the language. */
interface Around {
  title: string
  lang: string
  dir?: string // rtl
  easy: boolean
  pieces: Record<string, string>
}

function put({ title, lang, dir, easy, pieces }: Around) {
  document.documentElement.lang = lang
  document.documentElement.dir = dir || 'ltr'
  document.title = title
  document.body.classList.toggle('easy', easy)
  for (const selector in pieces) document.querySelector(selector)!.innerHTML = pieces[selector]
  showRuby()
}
