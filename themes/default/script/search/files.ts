// The search index as files. Each file is a classic script that passes its content to a function, so that a page on a disk or
// in a sandboxed frame can load it too. internal/search/files.go makes the content.

import type { Id } from '../parts/html'
import { loadScript } from '../parts/load'
import type { Known, Postings, Synonym } from './query'

/** The first file of an index. */
export interface Core {
  v: string // version of the other files
  n: number // number of questions
  per: number // questions per file
  keys: string[] // the first key of each file of keys
  /**
   * Relative address of the general site's index. It is set if this index has only those questions that an insurer's site
   * changes.
   */
  base?: string
  /** Numbers of the questions in the general index that this site lacks or changes. */
  gone?: number[]
  synonyms?: Synonym[]
  /** Each has a misspelling and the right word. */
  misspelt?: [string, string][]
  words?: Record<string, string>
  /** Papers. Each has the checker's address with the paper chosen, the paper's name, and texts that people type for it. */
  papers?: [address: Id, name: string, ...typed: string[]][]
  offer?: Id // the address of the checker
}

/**
 * A question: its address and title; its answers, each with its last day; the first and the last day on which the question is
 * shown; and whether it is about what to bring. A day has eight digits, or is "" for no limit.
 */
export type Question = [address: Id, title: string, answers: [text: string, until: string][], from: string, until: string, brings: boolean]

const waiting: Record<string, (content: unknown) => void> = {}
;(window as any).sitegenSearch = (name: string, content: unknown) => waiting[name] && waiting[name](content)

const promised: Record<string, Promise<any>> = {}

/** Loads a file, or returns the promise of an earlier load. After a failed load, the next call tries again. */
function load<T>(folder: string, name: string, version = ''): Promise<T> {
  const address = folder + name + '.js' + (version && '?' + version)
  return promised[address] = promised[address] || new Promise<T>((done, failed) => {
    let came = false
    const fails = () => {
      if (came) return
      delete promised[address]
      failed()
    }
    waiting[name + (version && '-' + version)] = content => {
      came = true
      done(content as T)
    }
    loadScript(address, fails, fails) // the load also fails if the file has run without passing content
  })
}

/**
 * Reads the postings in one line of a file of keys: for each question, a number and a letter. The number is the distance from
 * the previous question's number (1 if it is missing), and the letter is the key's impact. A number before ";" is the number
 * of all questions with the key.
 */
function read(line: string): Postings {
  const list: number[] = []
  let all = 0, question = -1, ahead = 0
  for (let i = 0; i < line.length; i++) {
    const code = line.charCodeAt(i)
    if (code < 58) ahead = 10 * ahead + code - 48
    else {
      if (code == 59) all = ahead
      else list.push(question += ahead || 1, code - 64)
      ahead = 0
    }
  }
  return { list, count: all || list.length / 2 }
}

/** One index: that of the general site, or that of the questions that an insurer's site changes. */
class Part {
  keys: string[] = []
  lines = new Map<string, string>()
  loaded = new Set<number>()
  private sorted = true

  constructor(readonly folder: string, readonly core: Core, readonly first: number) {}

  /** The numbers of the files that contain the keys of a range. */
  files(from: string, to: string): number[] {
    const list: number[] = []
    this.core.keys.forEach((key, i) => {
      if (key <= to && (i + 1 == this.core.keys.length || this.core.keys[i + 1] > from)) list.push(i)
    })
    return list
  }

  async load(i: number) {
    const text = await load<string>(this.folder, 'k' + i, this.core.v)
    if (this.loaded.has(i)) return
    this.loaded.add(i)
    let first = ''
    for (const line of text.split('\n')) {
      let [key, postings] = line.split(' ')
      if (!postings) continue
      if (key[0] == "'") key = first + key.slice(1)
      first = String.fromCodePoint(key.codePointAt(0)!)
      this.lines.set(key, postings)
      this.keys.push(key)
    }
    this.sorted = false
  }

  begun(prefix: string): string[] {
    if (!this.sorted) this.keys.sort()
    this.sorted = true
    let low = 0, high = this.keys.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.keys[middle] < prefix) low = middle + 1
      else high = middle
    }
    while (high < this.keys.length && this.keys[high].startsWith(prefix)) high++
    return this.keys.slice(low, high)
  }

  async question(number: number): Promise<Question> {
    const i = Math.floor(number / this.core.per)
    return (await load<Question[]>(this.folder, 'q' + i, this.core.v))[number - i * this.core.per]
  }
}

/**
 * The index of the page's site. On an insurer's site, it combines the general index with the index of the questions that the
 * insurer changes.
 */
export class Index implements Known {
  size: number
  numbers: number
  private constructor(readonly core: Core, private readonly parts: Part[], private readonly gone: Set<number>) {
    this.numbers = parts.reduce((sum, part) => sum + part.core.n, 0)
    this.size = this.numbers - gone.size
  }

  /** Loads the first files of the index, which every query needs. The folder must end in a slash. */
  static async open(folder: string): Promise<Index> {
    const own = await load<Core>(folder, 'index')
    if (!own.base) return new Index(own, [new Part(folder, own, 0)], new Set())
    // The first file of each index is named "index", and two files of the same name cannot load at the same time. So the
    // general index waits for the site's own.
    const general = await load<Core>(folder + own.base, 'index')
    return new Index({ ...general, ...own }, [new Part(folder + own.base, general, 0), new Part(folder, own, general.n)], new Set(own.gone))
  }

  /** Loads the files that contain the keys of these ranges. */
  async need(ranges: [from: string, to: string][]) {
    const before = this.loaded()
    await Promise.all(this.parts.flatMap(part => Array.from(new Set(ranges.flatMap(([from, to]) => part.files(from, to))), i => part.load(i))))
    if (this.loaded() > before) this.known.clear()
  }

  private loaded = () => this.parts.reduce((sum, part) => sum + part.loaded.size, 0)

  private known = new Map<string, Postings>()

  postings(key: string): Postings {
    let list = this.known.get(key)
    if (!list) this.known.set(key, list = this.gather(key))
    return list
  }

  private gather(key: string): Postings {
    const [whole, own] = this.parts, general = read(whole.lines.get(key) || '')
    if (!own) return general
    const list = general.list.filter((_, i) => !this.gone.has(general.list[i & ~1])), more = read(own.lines.get(key) || '')
    const count = general.count - (general.list.length - list.length) / 2 + more.count
    more.list.forEach((value, i) => list.push(i & 1 ? value : value + own.first))
    return { list, count }
  }

  begun(prefix: string): string[] {
    return Array.from(new Set(this.parts.flatMap(part => part.begun(prefix)))).sort()
  }

  question(number: number): Promise<Question> {
    const part = this.parts[this.parts.length - 1]
    return number >= part.first ? part.question(number - part.first) : this.parts[0].question(number)
  }
}
