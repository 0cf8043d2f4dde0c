// HTML and text are different types in the scripts. Only this module sets the HTML of an element, and only from finished HTML
// (internal/archtest checks that). None of it costs anything at run time.

declare const finished: unique symbol

/** Finished HTML. A string that the program does not know, such as a typed text, is not assignable to it. */
export type Html = '' | (string & { readonly [finished]: true })

/** An id or a relative address of the site. It has no characters that HTML escapes, so it is HTML as it stands. */
export type Id = Html

/** What may stand in HTML: finished HTML, numbers, and constants of the program. A mere `string` is refused. */
type Part<T> = T extends number | boolean ? T : string extends T ? never : T

/**
 * The tag of a template that becomes HTML. It makes the compiler check every part. The bundler removes the tag, so that no
 * function is called (internal/bundle/esbuild.go).
 */
export declare function html<const T extends readonly (string | number | boolean)[]>(texts: TemplateStringsArray, ...parts: T & { [K in keyof T]: Part<T[K]> }): Html

declare global {
  interface Array<T> {
    /** Pieces of HTML, joined by HTML, are HTML. */
    join(this: Html[], mark: Html | ' '): Html
  }
}

/**
 * Declares that a text is HTML: HTML with marks added, or an id that was read from the page. internal/archtest lists where this
 * may be called. The bundler removes the call.
 */
export function trusted(text: string): Html {
  return text as Html
}

/** A text as HTML, for content and for quoted attributes. */
export const escaped = (text: string) => trusted(text.replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`))

/** Replaces the content of an element. */
export function setHtml(element: Element, content: Html) {
  element.innerHTML = content
}

/** Adds to the content of an element. */
export function addHtml(element: Element, content: Html) {
  element.insertAdjacentHTML('beforeend', content)
}

/** The content of an element as HTML. */
export const htmlOf = (element: Element) => trusted(element.innerHTML)
