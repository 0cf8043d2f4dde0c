// Another language, in place: its words are a script of the site, and the answers stay in memory.

import { loadScript } from '../parts/load'
import { showRuby } from '../parts/ruby'
import { data, takeData } from './data'

/** Loads the scripts of a language, given their addresses. Where that fails, or the words are of other rules, `missing` is called. */
export function speak(addresses: string[], then: () => void, missing: () => void) {
  const load = (i: number) => {
    if (i == addresses.length) {
      if ((window as any).checkerData.module != data.module) return missing()
      takeData()
      around((window as any).checkerAround)
      return then()
    }
    loadScript(addresses[i], () => load(i + 1), missing)
  }
  load(0)
}

/** What changes around the checker: HTML by the element, and what tells the browser of the language. */
interface Around {
  title: string
  lang: string
  dir?: string // rtl
  easy: boolean
  pieces: Record<string, string>
}

function around({ title, lang, dir, easy, pieces }: Around) {
  document.documentElement.lang = lang
  document.documentElement.dir = dir || 'ltr'
  document.title = title
  document.body.classList.toggle('easy', easy)
  for (const selector in pieces) document.querySelector(selector)!.innerHTML = pieces[selector]
  showRuby()
}

/** The folder of the language that a link of the list of languages leads to. */
export const languageOf = (link: HTMLAnchorElement) => link.href.split('#')[0].split('/').slice(-2)[0]
