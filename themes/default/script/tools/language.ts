// Changes the language in place: its words are a script of the site, and the answers stay in memory.

import { loadScript } from '../parts/load'
import { showRuby } from '../parts/ruby'
import { data } from '../checker/data'

/**
 * Loads the two scripts of a language and passes `then` a function that changes the page around the checker. If loading fails,
 * or the words belong to different rules, it calls `missing`.
 */
export function speak([words, around]: string[], then: (change: () => void) => void, missing: () => void) {
  const load = (address: string, next: () => void) => loadScript(address, next, missing)
  load(words, () => load(around, () => {
    if ((window as any).checkerData.module != data.module) return missing()
    then(() => put((window as any).checkerAround))
  }))
}

/** The changes around the checker: HTML by selector, and the attributes that say which language the page is in. */
interface Around {
  title: string
  lang: string
  dir?: string // "rtl", or missing for "ltr"
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
