// HTML helpers for several parts of the page. All texts are the site's own: typed text is never written as HTML.

import { type Html, type Id, html, setHtml, trusted } from '../parts/html'
import { type Word, word } from './data'

/** What a button does (`actions` in checker.ts). */
export type Action = 'choose' | 'unknown' | 'share' | 'clear' | 'copy' | 'back' | 'step' | 'part' | 'settle' | 'name' | 'none' | 'alone' | 'checked' | 'typed' | 'field' |
  'day' | 'circumstances' | 'tell' | 'sensitive' | 'print' | 'calendar' | 'again'

/** The classes of buttons and of lists. */
type Kind = '' | 'plain' | 'choice' | 'choice unsure' | 'go'
type ListKind = '' | 'answers' | 'steps' | 'calls'

const JOINER = '\u2060'

/**
 * Converts words with readings, {漢字|かんじ}, to HTML. A line must not break between such a word and the letters beside it. Word
 * joiners prevent that, as on the other pages (internal/lines/words.go).
 */
export const withReadings = (text: Html) =>
  trusted(text.replace(/([\p{L}\p{N}]?)\{([^{|}]+)\|([^{|}]+)\}(?=([\p{L}\p{N}{]?))/gu, (_, before, word, reading, after) =>
    `${before}${before && JOINER}<ruby>${word}<rt>${reading}</ruby>${after && JOINER}`))

/** Replaces the content of an element, with readings as HTML. */
export const put = (element: Element, content: Html) => setHtml(element, withReadings(content))

export const button = (action: Action, text: Html, kind: Kind = '', more: Html = '') => html`<button type="button" data-do="${action}" class="${kind}"${more}>${text}</button>`

export const list = (items: Html[], kind: ListKind = '') => (items.some(Boolean) ? html`<ul class="${kind}">${items.filter(Boolean).map(item => html`<li>${item}</li>`).join('')}</ul>` : '')

export const section = (key: Word, body: Html, kind: 'steps' | '' = '') => (body ? html`<section class="${kind}"><h2>${word(key)}</h2>${body}</section>` : '')

/** A section folded under its heading; "" without a body. On paper the section is open. */
export const fold = (key: Word, body: Html, more: Html = '') => (body ? html`<details${more}><summary><h2>${word(key)}</h2></summary>${body}</details>` : '')

export const hint = (text: Html | undefined) => (text ? html`<span class="hint">${text}</span>` : '')

export const notice = (key: Word) => html`<p class="warn" role="status">${word(key)}</p>`

/** A text with the drawing of a paper before it. Without a drawing, the space for it stays empty. */
export const pictured = (text: Html, drawing: Html = '') => html`<span class="paper"><span class="pic">${drawing}</span><span>${text}</span></span>`

/** The text of an answer, beside its drawing if it has one. */
const labelled = (name: Html, look?: Html, drawing?: Html) => {
  const text = html`<span>${name}</span>${hint(look)}`
  return drawing ? pictured(text, drawing) : text
}

/** A button that gives an answer with one tap. */
export const choice = (value: Id, name: Html, look?: Html, chosen?: boolean, action: Action = 'choose', drawing?: Html) =>
  button(action, labelled(name, look, drawing), 'choice', html` value="${value}"${chosen ? ' aria-pressed="true"' : ''}`)

/** A box to tick for one of several answers. Of the boxes with the same `group`, only one can be ticked. */
export const box = (id: Id, name: Html, look: Html | undefined, ticked: boolean, group: Id = '', drawing?: Html) =>
  html`<label class="box"><input type="checkbox" id="${id}" autocomplete="off"${group && html` data-one="${group}"`}${ticked ? ' checked' : ''}><span>${labelled(name, look, drawing)}</span></label>`
