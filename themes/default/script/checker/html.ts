// HTML helpers for several parts of the page. All texts are the site's own: typed text is never written as HTML.

import { type Word, word } from './data'

const JOINER = '\u2060'

/**
 * Converts words with readings, {漢字|かんじ}, to HTML. A line must not break between such a word and the letters beside it. Word
 * joiners prevent that, as on the other pages (internal/lines/words.go).
 */
export const withReadings = (html: string) =>
  html.replace(/([\p{L}\p{N}]?)\{([^{|}]+)\|([^{|}]+)\}(?=([\p{L}\p{N}{]?))/gu, (_, before, word, reading, after) =>
    `${before}${before && JOINER}<ruby>${word}<rt>${reading}</ruby>${after && JOINER}`)

/** Replaces the content of an element. */
export const put = (element: Element, html: string) => {
  element.innerHTML = withReadings(html)
}

export const button = (action: string, text: string, kind = '', more = '') => `<button type="button" data-do="${action}" class="${kind}"${more}>${text}</button>`

export const list = (items: string[], kind = '') => (items.some(Boolean) ? `<ul class="${kind}">${items.filter(Boolean).map(item => `<li>${item}</li>`).join('')}</ul>` : '')

export const section = (key: Word, body: string, kind = '') => (body ? `<section class="${kind}"><h2>${word(key)}</h2>${body}</section>` : '')

/** A section folded under its heading; "" without a body. On paper the section is open. */
export const fold = (key: Word, body: string, more = '') => (body ? `<details${more}><summary><h2>${word(key)}</h2></summary>${body}</details>` : '')

export const hint = (text: string | undefined) => (text ? `<span class="hint">${text}</span>` : '')

export const notice = (key: Word) => `<p class="warn" role="status">${word(key)}</p>`

/** A text with the drawing of a paper before it. Without a drawing, the space for it stays empty. */
export const pictured = (text: string, drawing = '') => `<span class="paper"><span class="pic">${drawing}</span><span>${text}</span></span>`

/** The text of an answer, beside its drawing if it has one. */
const labelled = (name: string, look?: string, drawing?: string) => {
  const text = `<span>${name}</span>${hint(look)}`
  return drawing ? pictured(text, drawing) : text
}

/** A button that gives an answer with one tap. */
export const choice = (value: string, name: string, look?: string, chosen?: boolean, action = 'choose', drawing?: string) =>
  button(action, labelled(name, look, drawing), 'choice', ` value="${value}"${chosen ? ' aria-pressed="true"' : ''}`)

/** A box to tick for one of several answers. Of the boxes with the same `group`, only one can be ticked. */
export const box = (id: string, name: string, look: string | undefined, ticked: boolean, group = '', drawing?: string) =>
  `<label class="box"><input type="checkbox" id="${id}" autocomplete="off"${group && ` data-one="${group}"`}${ticked ? ' checked' : ''}><span>${labelled(name, look, drawing)}</span></label>`
