// Mistakes that must not compile. tsc reports each line below `@ts-expect-error` that has no error.

import { setHtml, html } from '../themes/default/script/parts/html'
import { put } from '../themes/default/script/checker/pieces'

declare const place: Element
declare const typed: string

// @ts-expect-error: text is not HTML
setHtml(place, typed)
// @ts-expect-error: text is not HTML
put(place, typed)
// @ts-expect-error: text in a template is not HTML
setHtml(place, html`<b>${typed}</b>`)
// @ts-expect-error: a template without the tag is text
setHtml(place, `<b>${typed}</b>`)
// @ts-expect-error: added text is not HTML
setHtml(place, html`<b>` + typed)
// @ts-expect-error: joined texts are not HTML
setHtml(place, [typed].join(''))
