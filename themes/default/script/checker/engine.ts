// The rules as the page uses them: they take raw answers and return numbers. docs/module.md explains both.

import { loadScript } from '../parts/load'

/** The raw value of a missing answer. Special value k of a date or number is MISSING + 1 + k. */
export const MISSING = -0x80000000

/** A decision, with numbers in place of ids (docs/module.md). A set of documents is a bit mask. */
export interface Answer {
  outcome: number
  row: number
  enough: number // whether the papers are enough: 0 no, 1 unsure, 2 yes
  bring: number[] // best first
  also: number
  notAlone: number
  tell: number[]
  until: number // the last day on which the whole decision is still the same, or MISSING
}

/** The next question, with numbers in place of ids. */
export interface Question {
  input: number
  again: boolean // asks for more values of a set that already has some
  /**
   * One bit mask per slot. Its bits are the values that can still change the answer or, for a date or number, all special
   * values.
   */
  values: number[]
}

export interface Engine {
  /** The decision, or undefined if an answer is not valid. */
  decide(raw: Int32Array): Answer | undefined
  /**
   * The next question that can still change the answer, or undefined if no question can. Inputs without an answer are open. For
   * a set that was answered in part, `open` has a bit mask of the values that are still open.
   */
  next(raw: Int32Array, open: Int32Array): Question | undefined
  /** Which of the rules' signals hold in the decision for valid answers. Call the function that it returns before anything else here. */
  signals(raw: Int32Array): (signal: number) => boolean
}

/** Decodes the module, which is written in hexadecimal digits because they compress better than base64. */
const bytesOf = (module: string) => Uint8Array.from(module.match(/../g) || [], pair => parseInt(pair, 16))

/** The checksum of a module: FNV-1a, as in wasm.Checksum. */
const checksum = (bytes: Uint8Array) => bytes.reduce((sum, byte) => Math.imul(sum ^ byte, 0x1000193), 0x811c9dc5) >>> 0

/** The version of docs/module.md that this script follows. */
const ABI = 2

/**
 * Starts the rules and passes them to `ready`. If WebAssembly is refused by the browser or by a policy, or if the module
 * follows a different ABI, it first loads a script that replaces WebAssembly, from the address `without`. `ready` is not called
 * if that script cannot be loaded or cannot read the tables, or if the module's checksum is not `sum`. The page then stays as
 * it is, with links to the pages without script.
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
  /**
   * Returns the module's 32-bit words that begin at an address, and the function `list`, which reads a list. The argument of
   * `list` is the index of the word with the list's byte offset; the next word has the list's length.
   */
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
    signals(raw) {
      put(raw, e.input)
      e.decide()
      const { words } = head(e.signals)
      return signal => (words[2 * signal] & 1) > 0
    },
  }
}
