// Changes the language in place. The words of each language are a script of the site, and the answers stay in memory.

import { beside, loadScript } from '../parts/load'
import { type Html, setHtml } from '../parts/html'
import { showRuby } from '../parts/ruby'
import { type Data, data, takeData, takeRest } from '../checker/data'

/**
 * Loads the words of a language, their rest and the frame, and then changes the frame and passes the words to `then`. It
 * changes nothing before all three are loaded, so that the page never mixes languages, and nothing if `isWanted` has become
 * false meanwhile. Calls `missing` if a script cannot be loaded, or if the words belong to different rules.
 */
export function speak([words, around]: string[], isWanted: () => boolean, then: (words: Data) => void, missing: () => void) {
  const load = (address: string, next: (loaded: any) => void) => loadScript(address, () => isWanted() && next(window), missing)
  load(words, ({ checkerData }) => {
    if (checkerData.module != data.module) return missing()
    load(beside(words, checkerData.rest), ({ checkerRest }) => load(around, ({ checkerAround }) => {
      takeData(checkerData)
      takeRest(checkerRest)
      put(checkerAround)
      then(checkerData)
    }))
  })
}

/** The changes around the checker: the page's title, the attributes that state its language, and HTML by selector. */
interface Around {
  title: string
  lang: string
  dir?: string // "rtl", or missing for "ltr"
  easy: boolean
  pieces: Record<string, Html>
}

function put({ title, lang, dir, easy, pieces }: Around) {
  document.documentElement.lang = lang
  document.documentElement.dir = dir || 'ltr'
  document.title = title
  document.body.classList.toggle('easy', easy)
  for (const selector in pieces) setHtml(document.querySelector(selector)!, pieces[selector])
  showRuby()
}
