// The built site works in browsers of 2020. Each newer feature that it uses has a fallback, which FALLBACKS describes.

import fs from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { tooNew } from './lib/compat-apart.mjs'
import { none } from './lib/expect.mjs'
import { repository } from './lib/folders.mjs'
import { realSite } from './lib/site.mjs'
import test from './lib/test.mjs'

const PLAIN = 'it looks plainer, and says the same', LINES = 'lines end where the browser likes', UNDER = 'the place that a link leads to is at the very top'

/** Features that the oldest browsers lack. For each feature: what readers of these browsers get instead. */
const FALLBACKS = {
  'css.properties.color-scheme': 'the colours are those of the style sheet; fields and bars stay light',
  'css.properties.color-scheme.dark': 'the colours are those of the style sheet; fields and bars stay light',
  'css.at-rules.media.forced-colors': 'few colours, by the browser alone: every state is also told by words or shapes',
  'css.properties.forced-color-adjust': PLAIN,
  'css.properties.forced-color-adjust.none': PLAIN,
  'css.properties.text-size-adjust': 'a desktop browser does not enlarge texts by itself; phones have it with a prefix',
  'css.properties.scroll-padding-top': UNDER,
  'css.properties.scroll-margin-top': UNDER,
  'css.properties.text-wrap': LINES,
  'css.properties.text-wrap.balance': LINES,
  'css.properties.text-wrap.pretty': LINES,
  'css.properties.text-wrap.wrap': LINES,
  'css.properties.word-break.auto-phrase': LINES,
  'css.properties.ruby-align': 'the browser spreads readings over their words',
  'css.properties.ruby-align.center': 'the browser spreads readings over their words',
  'css.properties.text-underline-offset': PLAIN,
  'css.properties.text-decoration-thickness': PLAIN,
  'css.properties.accent-color': PLAIN,
  'css.selectors.marker': PLAIN,
  'css.properties.cursor': 'a phone has no pointer',
  'css.properties.cursor.pointer': 'a phone has no pointer',
  'css.selectors.focus-visible': 'the browser draws its own ring around what has the focus',
  'css.properties.outline': 'the ring has corners',
  'css.selectors.has': 'a source is not tinted when a link leads to a part of it, a ticked box has its tick and another colour of its words, the ring is around the tick, and on paper the telephone number stands twice',
  'css.selectors.details-content': 'a script unfolds what is printed (script/parts/unfold.ts)',
  'css.properties.content-visibility': 'a script unfolds what is printed (script/parts/unfold.ts)',
  'css.properties.content-visibility.visible': 'a script unfolds what is printed (script/parts/unfold.ts)',
  'css.properties.break-after.avoid': 'a heading may be the last line of a sheet',
  'css.at-rules.page': 'the margins of sheets are those of the printer',
  'api.HTMLElement.nonce': 'without it the policy allows scripts by their address, which WebKit forgot in 2026 alone',
  'webassembly.api.Global': 'what the module exports are plain numbers there, so it is not taken, and the script without WebAssembly decides',
  'api.ResizeObserver': 'it is asked for first; the frame keeps its height and scrolls',
  'api.ResizeObserver.observe': 'it is asked for first; the frame keeps its height and scrolls',
}

/**
 * Returns the style sheets or scripts inside the HTML of one page of each kind. Identical texts are returned once. Each text
 * comes with the file of a page that contains it.
 */
function within(element) {
  const kinds = new Map(realSite().pages.map(page => [page.kind, page])), found = new Map()
  for (const { file, html } of kinds.values()) for (const [, text] of html.matchAll(RegExp(`<${element}>([^]*?)</${element}>`, 'g'))) found.set(text, found.get(text) ?? file)
  return [...found].map(([text, file]) => [file, text])
}

test('what is newer than the oldest browsers has a fallback', async () => {
  const site = realSite(), tests = path.join(repository, 'tests')
  const files = new Map(site.files.filter(file => /^assets\/.*\.js$/.test(file)).map(file => [file.split('.')[0], file])) // of scripts that differ only in their language, one is checked
  const { options, fileNames: sources } = ts.parseJsonConfigFileContent(JSON.parse(fs.readFileSync(path.join(tests, 'tsconfig.json'), 'utf8')), ts.sys, tests)
  const found = await tooNew({ styles: within('style'), scripts: [...within('script'), ...[...files.values()].map(file => [file, site.read(file)])], sources, options })
  none([...found].filter(([feature]) => !FALLBACKS[feature]).map(([feature, where]) => `${feature} (${where})`), 'features without a fallback')
  none(Object.keys(FALLBACKS).filter(feature => !found.has(feature)), 'fallbacks that nothing needs any more')
})
