// The sites that the tests look at. The real command builds them once from the real content.

import { execFile } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { repository, scratch } from './folders.mjs'

const run = promisify(execFile)

/** Whether tests look at all pages in all modes (`make sweep`), or at one page of each kind (`make test`). */
export const SWEEP = process.env.SWEEP === '1'

/**
 * Combines items of two lists. `make sweep` combines each item of `these` with each of `those`; otherwise each item of `these`
 * gets one of `those` in turn.
 */
export const inTurn = (these, those) => SWEEP
  ? these.flatMap(one => those.map(other => [one, other]))
  : these.map((one, i) => [one, those[i % those.length]])

/** The day for which the sites are built. */
export const TODAY = '2026-11-22'

/** The base URL with which the second test site (`addressedSite`) is built. The first one has none. */
export const BASE_URL = 'https://example.jp/kenpo/hoken/'

/** The insurer whose site the tests use as an example. It has its own phone number, colours and passages. */
export const INSURER = 'sk'

/** Copies the real content, adds redirects of removed questions and a page with every kind of block, and returns the folder. */
function withExtras() {
  const content = path.join(scratch, 'content')
  fs.cpSync(path.join(repository, 'content'), content, { recursive: true })
  fs.writeFileSync(path.join(content, 'redirects.yaml'), 'removed-question: what-to-bring\nremoved-matter: topic:old-card\nremoved-for-good: gone\n')
  const extra = path.join(content, 'faq/old-card/every-block')
  fs.cpSync(path.join(repository, 'tests/testdata/every-block'), extra, { recursive: true })
  return content
}

/** A built site in a folder. */
export class Site {
  #kinds
  #samples
  #different

  constructor(folder) {
    this.folder = folder
    this.files = fs.readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)).replaceAll(path.sep, '/'))
      .sort()
    // Each insurer's folder contains a 404.html.
    this.insurers = this.files.map(file => /^([^/]+)\/404\.html$/.exec(file)?.[1]).filter(Boolean)
    /** Every page in the folder, on the general site and on insurers' sites. */
    this.every = this.files.filter(file => file.endsWith('.html')).map(file => new Page(this, file))
    /** The pages of the general site. */
    this.pages = this.every.filter(page => !page.insurer)
    this.languages = [...new Set(this.pages.map(page => page.language).filter(Boolean))]
  }

  /**
   * The pages of the general site, and those of insurers' sites that say something else in their main part. What is equal there need
   * not be looked at twice, and the parts around it occur on the pages that differ. `make test` takes one insurer's Japanese pages.
   */
  get different() {
    const looksAt = SWEEP ? page => page.differs() : page => page.insurer === INSURER && (page.language === 'ja' || !page.language)
    return this.#different ??= this.every.filter(page => !page.insurer || looksAt(page))
  }

  page(file) {
    const found = this.every.find(page => page.file === file)
    if (!found) throw new Error(`the site has no page ${file}`)
    return found
  }

  read(file) {
    return fs.readFileSync(path.join(this.folder, file), 'utf8')
  }

  /** The pages that tests open one after another. */
  get walked() {
    return SWEEP ? this.different : this.kinds()
  }

  /** The pages for tests that open each page in several modes. */
  get sampled() {
    return SWEEP ? this.samples() : this.kinds()
  }

  /**
   * Returns one page of each kind; the languages take turns. It prefers pages with the most features and, of these, short ones.
   */
  kinds() {
    return [...this.#kinds ??= this.#chooseKinds()]
  }

  #chooseKinds() {
    const kinds = new Map()
    for (const page of this.samples()) kinds.set(page.kind, [...(kinds.get(page.kind) ?? []), page])
    const seen = Object.fromEntries(['', ...this.languages].map(language => [language, 0]))
    return [...kinds.values()].map(pages => {
      const most = Math.max(...pages.map(page => page.features().length))
      const full = pages.filter(page => page.features().length === most)
      const shortest = Math.min(...full.map(page => page.html.length))
      const short = full.filter(page => page.html.length <= 2 * shortest)
      const chosen = short.sort((a, b) => seen[a.language] - seen[b.language])[0]
      seen[chosen.language]++
      return chosen
    })
  }

  /** Returns as many of the samples as are needed to have each feature of each kind once, in any language. */
  featured() {
    const seen = new Set()
    return this.samples().filter(page => page.features().filter(feature => !seen.has(`${page.kind} ${feature}`) && seen.add(`${page.kind} ${feature}`)).length)
  }

  /**
   * Returns pages of every kind: in each language at least one, and enough that each feature of the kind occurs if any page has it.
   * Adds, from one insurer's site, a page of each kind that can differ there.
   */
  samples() {
    return [...this.#samples ??= this.#chooseSamples()]
  }

  #chooseSamples() {
    const chosen = new Set()
    const seen = new Set()
    const take = page => {
      const keys = page.features().map(feature => `${page.kind} ${page.language} ${feature}`)
      if (keys.every(key => seen.has(key))) return
      chosen.add(page)
      for (const key of keys) seen.add(key)
    }
    const count = page => page.features().length
    this.pages.filter(page => count(page) > 1).sort((a, b) => count(b) - count(a)).forEach(take)
    const plain = new Set()
    for (const page of this.pages) {
      const key = `${page.kind} ${page.language}`
      if (!plain.has(key)) chosen.add(page)
      plain.add(key)
    }
    // Take, from one insurer's site, a page of each kind whose main part can differ from the general site's.
    for (const page of this.every.filter(page => page.insurer === INSURER && ['chooser', 'home', 'question', 'check', 'embed'].includes(page.kind))) {
      if (!plain.has(page.kind)) chosen.add(page)
      plain.add(page.kind)
    }
    return [...chosen]
  }
}

/** One page of a site. */
export class Page {
  #parts
  #kind
  #features

  constructor(site, file) {
    this.site = site
    this.file = file
    const path = file.split('/')
    this.insurer = site.insurers.includes(path[0]) ? path[0] : ''
    const parts = this.insurer ? path.slice(1) : path
    this.language = parts.length > 1 ? parts[0] : ''
    this.#parts = this.language ? parts.slice(1) : parts
  }

  /** The kind of the page. Some kinds can be told apart only by the HTML. */
  get kind() {
    return this.#kind ??= kindOf(this.#parts, this.language, this)
  }

  get html() {
    return this.site.read(this.file)
  }

  /** Returns whether the page of an insurer's site has a main part that the same page of the general site does not have. */
  differs() {
    const general = this.file.slice(this.insurer.length + 1)
    return !this.site.files.includes(general) || main(this.html) !== main(this.site.read(general))
  }

  /** Returns '' and the names of the parts that distinguish a page from others of its kind (see BLOCKS_OF). */
  features() {
    if (!BLOCKS_OF[this.kind]) return ['']
    if (!this.#features) {
      const { html } = this
      this.#features = ['', ...BLOCKS_OF[this.kind].filter(block => block.pattern.test(html)).map(block => block.name)]
    }
    return this.#features
  }
}

/** Returns the main part of a page, or the whole page if it has none. */
const main = html => /<main[^]*<\/main>/.exec(html)?.[0] ?? html

const classed = name => new RegExp(`class="?(?:[^">]* )?${name}[ ">]`)

/** The kinds of block that authors can write, each with a pattern that finds it in HTML. */
export const BLOCKS = [
  { name: 'steps', pattern: classed('steps') },
  { name: 'timeline', pattern: classed('timeline') },
  { name: 'dated', pattern: classed('dated') },
  { name: 'validity', pattern: classed('validity') },
  { name: 'example', pattern: classed('example') },
  { name: 'note', pattern: classed('note') },
  { name: 'important', pattern: classed('important') },
  { name: 'table', pattern: /<table/ },
  { name: 'quotation', pattern: /<blockquote/ },
]

/**
 * By kind of page: the parts that only some pages of the kind have. `then` is a further question in the row of an answer; `care` is the
 * advice to see a doctor all the same.
 */
export const BLOCKS_OF = {
  question: BLOCKS,
  'check-noscript-step': [{ name: 'then', pattern: classed('then') }],
  'check-noscript-answer': [{ name: 'care', pattern: classed('care') }],
}

function kindOf(parts, language, page) {
  if (parts[0] === 'faq') return /http-equiv="?refresh/.test(page.html) ? 'moved' : /name="?robots/.test(page.html) ? 'gone' : 'question'
  if (parts.length > 1) return parts[0]
  const name = parts[0].replace(/\.html$/, '')
  if (name === 'index') return language ? 'home' : 'chooser'
  if (/^check-noscript-\d+$/.test(name)) return classed('rows').test(page.html) ? 'check-noscript-step' : 'check-noscript-answer'
  return name
}

/** The path of the command that builds the sites. */
export const command = path.join(scratch, 'sitegen')

async function build(name, content, ...more) {
  const out = path.join(scratch, name)
  await run(command, ['build', '--content', content, '--theme', 'themes/default', '--out', out, '--date', TODAY, ...more], { cwd: repository })
  return new Site(out)
}

/** Builds both sites. The environment variable SITE names a folder to test instead, for example one with a deliberate mistake. */
async function sites() {
  if (process.env.SITE) return Array(2).fill(new Site(process.env.SITE))
  await run('go', ['build', '-o', command, './cmd/sitegen'], { cwd: repository })
  const real = await build('public', 'content')
  const manifest = path.join(real.folder, 'sitegen-manifest.json')
  return [real, await build('public-addressed', withExtras(), '--base-url', BASE_URL, '--previous', manifest)]
}
const [real, addressed] = await sites()

/** Returns the site built from the real content without a base URL, so that it can be copied anywhere. */
export const realSite = () => real

/**
 * Returns the site built with a base URL from the content that `withExtras` returns. The real site counts as the publication
 * before it, so the page with every kind of block is new.
 */
export const addressedSite = () => addressed

export const bothSites = () => [...new Set([real, addressed])]
