// The rules as the page uses them: raw answers in, numbers out. docs/module.md says what they mean.

import { loadScript } from '../parts/load'

/** The raw value of a missing answer. Special value k of a date or number is MISSING + 1 + k. */
export const MISSING = -0x80000000

/** A decision, with numbers in place of ids (docs/module.md). A set of documents is a bit mask. */
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

/** The next question, with numbers in place of ids. */
export interface Question {
  input: number
  again: boolean // asks for more values of a set that is answered in part
  /** One bit mask per slot: of the values that can still change the answer or, for a date or number, of all special values. */
  values: number[]
}

export interface Engine {
  /** The decision, or undefined if an answer is refused. */
  decide(raw: Int32Array): Answer | undefined
  /**
   * The next question that can still change the answer, if there is one. Unanswered inputs are open. For sets that were
   * answered in part, `open` holds a bit mask of the open values.
   */
  next(raw: Int32Array, open: Int32Array): Question | undefined
}

/** Decodes the module. It is written in hexadecimal digits, which compress better than base64. */
const bytesOf = (module: string) => Uint8Array.from(module.match(/../g) || [], pair => parseInt(pair, 16))

/** The checksum of a module, as wasm.Checksum has it: FNV-1a. */
const checksum = (bytes: Uint8Array) => bytes.reduce((sum, byte) => Math.imul(sum ^ byte, 0x1000193), 0x811c9dc5) >>> 0

/** The version of docs/module.md for which this script is written. */
const ABI = 2

/**
 * Starts the rules and passes them to `ready`. If the browser or a policy refuses WebAssembly, it first loads the script that
 * works without WebAssembly, from the address `without`. If that script cannot be loaded, or the checksum of the module is
 * not `sum`, the page stays as it is, with links to the pages without script.
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
  /** Returns the module's 32-bit words from a place on, and a function that reads the list to which two of them (offset, length) point. */
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
