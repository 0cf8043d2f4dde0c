// Changes the language in place. The words of each language are a script of the site, and the answers stay in memory.

import { loadScript } from '../parts/load'
import { showRuby } from '../parts/ruby'
import { data } from '../checker/data'

/**
 * Loads the two scripts of a language, and passes `then` a function that changes the page around the checker. Calls `missing`
 * if a script cannot be loaded, or if the words belong to different rules.
 */
export function speak([words, around]: string[], then: (change: () => void) => void, missing: () => void) {
  const load = (address: string, next: () => void) => loadScript(address, next, missing)
  load(words, () => load(around, () => {
    if ((window as any).checkerData.module != data.module) return missing()
    then(() => put((window as any).checkerAround))
  }))
}

/** The changes around the checker: the page's title, the attributes that state its language, and HTML by selector. */
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
