// Pieces of HTML that several parts of the page use. All texts are the site's own; nothing typed is ever written back.

import { type Word, word } from './data'

const JOINER = '\u2060'

/**
 * Words with their readings, {漢字|かんじ}, as HTML. No line may end between such a word and the letters beside it: a word
 * joiner forbids that, as in the pages (internal/render/words.go).
 */
export const withReadings = (html: string) =>
  html.replace(/([\p{L}\p{N}]?)\{([^{|}]+)\|([^{|}]+)\}(?=([\p{L}\p{N}{]?))/gu, (_, before, word, reading, after) =>
    `${before}${before && JOINER}<ruby>${word}<rt>${reading}</ruby>${after && JOINER}`)

/** Puts HTML into the page. */
export const put = (element: Element, html: string) => {
  element.innerHTML = withReadings(html)
}

export const button = (action: string, text: string, kind = '', more = '') => `<button type="button" data-do="${action}" class="${kind}"${more}>${text}</button>`

export const list = (items: string[], kind = '') => (items.some(Boolean) ? `<ul class="${kind}">${items.filter(Boolean).map(item => `<li>${item}</li>`).join('')}</ul>` : '')

export const section = (key: Word, body: string, kind = '') => (body ? `<section class="${kind}"><h2>${word(key)}</h2>${body}</section>` : '')

/** What is folded under its heading, and open on paper. */
export const fold = (key: Word, body: string, more = '') => (body ? `<details${more}><summary><h2>${word(key)}</h2></summary>${body}</details>` : '')

export const hint = (text: string | undefined) => (text ? `<span class="hint">${text}</span>` : '')

export const notice = (key: Word) => `<p class="warn" role="status">${word(key)}</p>`

/** An answer that is one tap. */
export const choice = (value: string, name: string, look?: string, chosen?: boolean, action = 'choose') =>
  button(action, `<span>${name}</span>${hint(look)}`, 'choice', ` value="${value}"${chosen ? ' aria-pressed="true"' : ''}`)

/** An answer among several that can be ticked; of those with the same group only one. */
export const box = (id: string, name: string, look: string | undefined, ticked: boolean, group = '') =>
  `<label class="box"><input type="checkbox" id="${id}" autocomplete="off"${group && ` data-one="${group}"`}${ticked ? ' checked' : ''}><span><span>${name}</span>${hint(look)}</span></label>`
