// Checks that run in the browser on one page or on many. Each returns its findings as a list of strings.

import { execFile } from 'node:child_process'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import { promisify } from 'node:util'
import { fileURL, sweep, visit } from './browser.mjs'
import { serveApart } from './server-apart.mjs'
import { SWEEP } from './site.mjs'

const require = createRequire(import.meta.url)
const axeSource = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/**
 * The rules of axe-core that look at colours or at the places of boxes. On our pages, all other rules look only at elements and at which
 * of them are visible. `make sweep` shows whether this is still so for a new version of axe-core: it tries all rules in each mode.
 */
const BY_STYLE = ['color-contrast', 'label', 'link-in-text-block', 'region', 'scrollable-region-focusable', 'skip-link', 'target-size']

/**
 * Returns what axe-core finds on the page after scrolling to its end. Before the end, a bar that sticks to the bottom of the screen covers
 * parts of targets, although people can scroll these into view. If axe-core has just checked the same elements, with the same ones
 * visible, only the rules in BY_STYLE are tried, because no others can find anything new. `make sweep` tries all rules again. `only`
 * selects elements and their descendants: those of `selector` with these indexes. Without it, the whole page is checked.
 */
export async function axe(page, only) {
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
  if (!(await page.evaluate('typeof axe === "object"'))) await page.evaluate(axeSource)
  const violations = await page.evaluate(async ([tags, byStyle, all, only]) => {
    const visible = [...document.querySelectorAll('*')].map(element => +element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
    const state = document.documentElement.outerHTML + visible.join(''), isKnown = globalThis.stateOfAxe === state
    globalThis.stateOfAxe = state
    const context = only ? { include: [...document.querySelectorAll(only.selector)].filter((_, i) => only.indexes.includes(i)) } : document
    const { violations } = await globalThis.axe.run(context, { runOnly: isKnown && !all ? byStyle : tags, resultTypes: ['violations'] })
    return violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(' ')}: ${n.failureSummary}`))
  }, [TAGS, BY_STYLE, SWEEP, only])
  return violations.map(text => text.replace(/\s+/g, ' '))
}

/**
 * Returns what axe-core finds on a page that has elements of a new kind: one that is not yet in `met`. In light colours it checks the whole
 * page, because some rules are about the order of elements; in other modes only the new elements. The function adds the kinds to `met`,
 * each with `mode`, because an element looks different in a different mode. `make sweep` checks the whole page in each mode.
 */
export async function axeOnNew(page, selector, met, mode) {
  const indexes = []
  for (const [i, kind] of (await kindsOf(page, selector)).entries()) {
    const key = `${mode} ${kind}`
    if (!met.has(key)) indexes.push(i)
    met.add(key)
  }
  if (!SWEEP && !indexes.length) return []
  return axe(page, SWEEP || mode === LIGHT ? undefined : { selector, indexes })
}

/**
 * Describes the kind of an element and of its parent: names, classes, roles and attributes, and the values of those attributes on which
 * styles and states depend.
 */
function kindOf(element) {
  const one = ({ localName, classList, attributes, role }) => [
    localName, ...[...classList].sort(), role,
    ...[...attributes].map(({ name, value }) => (/^(type|lang|aria-(pressed|expanded|checked|selected|current|hidden|disabled))$/.test(name) ? `${name}=${value}` : name)).sort(),
  ].join(' ')
  return `${one(element.parentElement)} > ${one(element)}`
}

/** Returns the kinds of the elements of a page that a selector finds. */
const kindsOf = (page, selector) => page.evaluate(`[...document.querySelectorAll(${JSON.stringify(selector)})].map(${kindOf})`)

/**
 * Shortens the long lists of a page. It keeps the first two entries of a list, and each later entry that contains an element of a kind
 * that no earlier entry has. It removes the others, except headings and inline elements.
 */
export const thin = page => page.evaluate(`(${thinned})(${kindOf})`)

function thinned(kind) {
  const isInline = element => /^(inline|ruby|contents)/.test(getComputedStyle(element).display)
  for (const list of [...document.querySelectorAll('main, main *:not(tr, dl)')].filter(element => element.childElementCount > 3)) {
    const met = new Set()
    for (const [i, entry] of [...list.children].entries()) {
      const size = met.size
      for (const element of [entry, ...entry.querySelectorAll('*')]) met.add(kind(element))
      if (i > 1 && met.size === size && !isInline(entry) && !/^h\d$/.test(entry.localName)) entry.remove()
    }
  }
}

/** The name of the mode that `inModes` always checks, before any other. */
export const LIGHT = 'light'

const MODES = [
  { name: LIGHT, width: 360, media: { colorScheme: 'light', forcedColors: 'none' } },
  { name: 'dark', width: 360, media: { colorScheme: 'dark', forcedColors: 'none' } },
  { name: 'forced colours', width: 360, media: { colorScheme: 'dark', forcedColors: 'active' } },
  { name: '320 px', width: 320, media: { colorScheme: 'light', forcedColors: 'none' } },
]

/**
 * Runs a check in light colours and in one further mode, which depends on `turn`, and returns all findings. `make sweep` uses all modes
 * instead. `check(mode)` returns a list of findings.
 */
export async function inModes(page, turn, check) {
  const [light, ...others] = MODES
  // The index shifts by one after each round. Otherwise each language would always get the same modes, because the languages
  // take turns too.
  const next = (turn + Math.floor(turn / others.length)) % others.length
  const found = []
  for (const mode of SWEEP ? MODES : [light, others[next]]) {
    await page.emulateMedia(mode.media)
    await page.setViewportSize({ width: mode.width, height: 740 })
    found.push(...(await check(mode.name)).map(text => `${mode.name}: ${text}`))
  }
  return found
}

/**
 * Returns the targets that are too small for a finger. The least height is 44 pixels for buttons, folds and links to questions, and 24
 * pixels for all others. The least width is 24 pixels. Links within a sentence are exempt (WCAG 2.5.8). axe also exempts other targets,
 * hence this check.
 */
export function smallTargets(page) {
  return page.evaluate(() => {
    const isInline = element => getComputedStyle(element).display.startsWith('inline') && getComputedStyle(element).display !== 'inline-flex' && getComputedStyle(element).display !== 'inline-block'
    const sentences = new Map() // by block: whether it has words besides its links
    function inSentence(link) {
      if (!isInline(link)) return false
      let block = link.parentElement
      while (isInline(block) || /^(contents|ruby)/.test(getComputedStyle(block).display)) block = block.parentElement
      if (!sentences.has(block)) {
        const around = block.cloneNode(true)
        for (const other of around.querySelectorAll('a')) other.remove()
        sentences.set(block, /[\p{L}\p{N}]/u.test(around.textContent))
      }
      return sentences.get(block)
    }
    const findings = []
    for (const target of document.querySelectorAll('a[href], button, summary, input, select, textarea, [role=button]')) {
      const box = target.getBoundingClientRect()
      if (!target.checkVisibility() || box.right <= 0) continue
      const toQuestion = target.matches('a[href*="faq/"]') && !target.closest('.prose')
      const least = toQuestion || target.matches('button, summary, [role=button]') ? 44 : 24
      // Browsers round positions to 64ths of a pixel.
      if ((box.height < least - 1 / 32 || box.width < 24 - 1 / 32) && !inSentence(target))
        findings.push(`${target.localName} “${target.textContent.trim().slice(0, 30)}” in ${target.parentElement.closest('[class]')?.className || 'page'} is ${box.width.toFixed(1)} × ${box.height.toFixed(1)}, needs ${least}`)
    }
    return findings
  })
}

/**
 * If the page can be scrolled sideways, returns one finding with the element that sticks out furthest. Otherwise returns an
 * empty list.
 */
export function sideways(page) {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return []
    const inBox = element => {
      for (let up = element.parentElement; up; up = up.parentElement) if (getComputedStyle(up).overflowX !== 'visible') return true
      return false
    }
    const out = [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > clientWidth + 0.5 && !inBox(e))
    const widest = out.sort((a, b) => b.getBoundingClientRect().right - a.getBoundingClientRect().right)[0]
    return [`scrolls sideways, ${scrollWidth} of ${clientWidth} px; ${widest?.outerHTML.slice(0, 120)}`]
  })
}

/** Returns the links of a page, both resolved and as written, and the ids that links can point to. */
export function ways(page) {
  return page.evaluate(() => ({
    links: [...document.querySelectorAll('[href], [src]')].map(e => e.href?.baseVal ?? e.href ?? e.src).filter(Boolean),
    written: [...document.querySelectorAll('[href], [src]')].map(e => e.getAttribute('href') ?? e.getAttribute('src')),
    ids: [...document.querySelectorAll('[id]')].map(e => e.id),
  }))
}

const surveys = new Map()

/**
 * Opens the pages of a site from the disk, 320 pixels wide, and returns what several tests need to know about them. Each site
 * is surveyed only once.
 */
export function survey(site) {
  if (!surveys.has(site)) surveys.set(site, takeSurvey(site))
  return surveys.get(site)
}

async function takeSurvey(site) {
  const seen = new Map()
  const pages = [...site.kinds(), ...site.featured(), ...site.samples().filter(({ kind }) => ['home', 'check'].includes(kind))]
  const failed = await sweep(SWEEP ? site.different : [...new Set(pages)], { viewport: { width: 320, height: 640 } }, async (page, item) => {
    await visit(page, item)
    const small = await smallTargets(page)
    seen.set(item, { small, sideways: await sideways(page), ...(await ways(page)), trouble: [...page.trouble] })
    return []
  })
  return { seen, failed }
}

/**
 * Returns findings about the links of a surveyed site that lead to a missing file of the site, or to an id that the page does not have.
 */
export async function deadLinks(site) {
  const { seen } = await survey(site)
  const ids = new Map([...seen].map(([page, { ids }]) => [fileURL(page), new Set(ids)]))
  const files = new Set(site.files.map(file => fileURL({ site, file })))
  // The ids of a page that was not opened are read from its HTML.
  const unopened = new Map(site.every.map(page => [fileURL(page), page]))
  const places = address => {
    if (!ids.has(address)) ids.set(address, new Set([...unopened.get(address)?.html.matchAll(/\sid="?([^"\s>]+)/g) ?? []].map(([, id]) => id)))
    return ids.get(address)
  }
  const findings = []
  for (const [page, { links, written }] of seen) {
    links.forEach((link, i) => {
      const found = text => findings.push(`${page.file}: ${text}: ${written[i]}`)
      if (/^(https|tel|mailto|data):/.test(link)) return
      const [address, anchor] = link.split('#')
      if (!files.has(address)) found('leads to no file')
      // have=old_card is not an id but an answer for the checker's script (see tiles.test.mjs).
      else if (anchor && !anchor.includes('=') && !places(address).has(decodeURIComponent(anchor))) found('leads to no place on its page')
    })
  }
  return findings
}

/**
 * Returns the errors and warnings of the Nu HTML checker for the samples of the first site, and for one page of each kind of each further
 * site. `make sweep` checks every page of the first site, and of each further site the general pages and one insurer's Japanese pages. A
 * web server sends the pages, because Nu applies each page's policy, and 'self' in a policy means nothing for a file on the disk.
 */
export async function nu(...sites) {
  const servers = await Promise.all(sites.map(site => serveApart(site.folder)))
  try {
    const pages = new Map(sites.flatMap((site, i) => (SWEEP ? i ? site.different : site.every : i ? site.kinds() : site.featured()).map(page => [servers[i].url(page), page.file])))
    const jar = require.resolve('vnu-jar/build/dist/vnu.jar')
    // Java compiles quickly and collects garbage on one processor, because the program runs only for seconds.
    const options = ['-Xss4m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Dnu.validator.servlet.allow-forbidden-hosts=true', '-jar', jar, '--exit-zero-always', '--stdout', '--format', 'json', ...pages.keys()]
    const { stdout } = await promisify(execFile)('java', options, { maxBuffer: 1 << 28 })
    return JSON.parse(stdout).messages
      .filter(message => message.type !== 'info' || message.subType === 'warning')
      // A script element with this type contains data. It never runs, so the policy does not apply to it (HTML, "data block").
      .filter(message => !(/violates Content Security Policy/.test(message.message) && /<script type="application\/(ld\+)?json"/.test(message.extract)))
      .map(m => `${pages.get(m.url) ?? m.url}: ${m.subType ?? m.type}: ${m.message} ${m.extract?.replace(/\s+/g, ' ') ?? ''}`)
  } finally {
    await Promise.all(servers.map(server => server.close()))
  }
}

/** Waits until everything has been painted, and returns the time in milliseconds since the page was opened. */
const painted = page => page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(document.timeline.currentTime)))))

/**
 * Waits until everything has been painted, and remembers which nodes the page has. Returns the time, to be passed to `shifts`. From then
 * on, `shifts` looks only at these nodes and at those that are gone.
 */
export async function remember(page) {
  const now = await painted(page)
  await page.evaluate(() => {
    globalThis.remembered = new WeakSet()
    for (const walk = document.createTreeWalker(document.documentElement); walk.nextNode();) globalThis.remembered.add(walk.currentNode)
  })
  return now
}

/**
 * Returns what moved after `since` (milliseconds since the page was opened). After `remember`, only moves of nodes that it remembered, or
 * that are gone, count.
 */
export async function shifts(page, since = 0) {
  await painted(page)
  const found = await page.evaluate(async since => {
    // The entry about the navigation always exists, so the observer is called even if nothing moved.
    const entries = await new Promise(done => {
      const all = []
      const observer = new PerformanceObserver(list => {
        all.push(...list.getEntries())
        if (all.some(entry => entry.entryType === 'navigation')) done(all)
      })
      observer.observe({ type: 'layout-shift', buffered: true })
      observer.observe({ type: 'navigation', buffered: true })
    })
    const { remembered } = globalThis
    return entries.filter(entry => entry.entryType === 'layout-shift' && entry.startTime > since && (!remembered || entry.sources.some(({ node }) => !node || remembered.has(node))))
      .map(entry => `${entry.value.toFixed(4)}: ${entry.sources.map(s => s.node?.outerHTML?.slice(0, 80) ?? s.node?.nodeName).join(', ')}`)
  }, since)
  return found.map(text => `layout shift ${text}`)
}

/**
 * Opens a page, and returns findings about what its scripts moved. The scripts are held back until everything else has been painted.
 * Otherwise the result would include shifts that occur only because a busy machine paints a line before all its words have arrived.
 * `arrived` waits for what the scripts show.
 */
export async function shiftsByScripts(page, address, arrived = () => {}) {
  const scripts = '**/*.js'
  let release
  const free = new Promise(done => release = done), hold = route => free.then(() => route.continue())
  await page.route(scripts, hold)
  await page.goto(address, { waitUntil: 'commit' })
  await page.waitForFunction(() => document.readyState !== 'loading')
  const since = await remember(page)
  release()
  await page.waitForLoadState('load')
  await arrived()
  await page.unroute(scripts, hold)
  return shifts(page, since)
}

const WORDS = /現在|今日|本日|まもなく|\bnow\b|\btoday\b|\bcurrently\b|\bsoon\b/i

/** Returns the parts of a text that may become untrue as days pass: words such as "today", and the given days in any written form. */
export function fleeting(text, days) {
  const findings = []
  const word = WORDS.exec(text)
  if (word) findings.push(`“${word[0]}”`)
  for (const day of days) {
    const written = waysToWrite(day).find(way => text.includes(way))
    if (written) findings.push(`“${written}”`)
  }
  return findings.map(found => `${found} in “${text.slice(0, 80)}”`)
}

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

function waysToWrite(day) {
  const [year, month, date] = day.split('-').map(Number)
  const english = MONTHS[month - 1]
  return [
    day, `${month}月${date}日`, `${month}がつ${date}にち`, `${date} ${english}`, `${english} ${date}`,
    `${year}年${month}月`, `令和${year - 2018}年${month}月`, `平成${year - 1988}年${month}月`, `${english} ${year}`, `${year}/${month}/${date}`,
  ]
}

/**
 * Returns the dates that facts state (`date`, `from`, `until`), each with the day before and the day after, because texts can name those
 * neighbouring days too.
 */
export function factDays(facts) {
  const days = new Set()
  for (const [, day] of facts.matchAll(/(?:date|from|until): (\d{4}-\d{2}-\d{2})/g)) {
    for (const step of [-1, 0, 1]) days.add(new Date(Date.parse(day) + step * 864e5).toISOString().slice(0, 10))
  }
  return [...days]
}
