// The rules, as the page sees them: raw answers in, numbers out. docs/module.md says what they mean.

import { loadScript } from '../parts/load'

/** A raw answer that was not given. Special value k of a date or number is MISSING + 1 + k. */
export const MISSING = -0x80000000

/** A decision in the numbers of the rules; sets of documents are bits. */
export interface Answer {
  outcome: number
  row: number
  enough: number // 0 no, 1 unsure, 2 yes
  bring: number[] // best first
  also: number
  notAlone: number
  tell: number[]
  until: number // the last day for which all this holds, or MISSING
}

/** What is asked next. */
export interface Question {
  input: number
  again: boolean // for more values of a set of which something was answered already
  /** In each slot the values that can still change anything, as bits; of a date or number all special values. */
  values: number[]
}

export interface Engine {
  /** The decision, or nothing where an answer is refused. */
  decide(raw: Int32Array): Answer | undefined
  /**
   * The next question that can still change the answer, if there is one. What is not answered is open; of sets that were
   * answered in part, `open` says which values are, as bits.
   */
  next(raw: Int32Array, open: Int32Array): Question | undefined
}

/** The module is written in hexadecimal digits: they compress better than base64. */
const bytesOf = (module: string) => Uint8Array.from(module.match(/../g) || [], pair => parseInt(pair, 16))

/** The checksum of a module, as wasm.Checksum has it: FNV-1a. */
const checksum = (bytes: Uint8Array) => bytes.reduce((sum, byte) => Math.imul(sum ^ byte, 0x1000193), 0x811c9dc5) >>> 0

/** The version of docs/module.md that this script is written for. */
const ABI = 2

/**
 * Starts the rules and hands them over: at once, or, where the browser or a policy refuses WebAssembly, when the script
 * that does without it has come. Where that cannot be had either, or the module is not the one that belongs to the words,
 * with this checksum, the page stays as it is: it leads to the page of links.
 */
export function createEngine(module: string, sum: number, without: string, ready: (engine: Engine) => void) {
  const bytes = bytesOf(module)
  if (checksum(bytes) != sum) return
  let engine
  try {
    engine = start(bytes)
  } catch {
    return loadScript(without, () => ready((window as any).rules(bytes)))
  }
  ready(engine)
}

function start(bytes: Uint8Array): Engine {
  const e = new WebAssembly.Instance(new WebAssembly.Module(bytes as BufferSource)).exports as any
  if (e.abi.value != ABI) throw Error('abi')
  const memory = new Int32Array(e.memory.buffer)
  const put = (words: Int32Array, place: WebAssembly.Global) => memory.set(words, place.value >> 2)
  /** The words at a place; and the list that two words of a head lead to. */
  const head = (place: WebAssembly.Global) => {
    const words = memory.subarray(place.value >> 2)
    return { words, list: (i: number) => Array.from(words.subarray(words[i] >> 2, (words[i] >> 2) + words[i + 1])) }
  }
  return {
    decide(raw) {
      put(raw, e.input)
      if (e.decide() >= 0) return
      const { words, list } = head(e.result)
      const [, outcome, row, enough, also, notAlone, until] = words
      return { outcome, row, enough, also, notAlone, until, bring: list(7), tell: list(9) }
    },
    next(raw, open) {
      put(raw, e.input)
      put(open, e.open)
      const input = e.next()
      if (input < 0) return
      const { words, list } = head(e.question)
      return { input, again: words[2] > 0, values: list(3) }
    },
  }
}
