// The rules, as the page sees them: raw answers in, ids out. docs/module.md says what the numbers mean.

import { type Input, data, outcomeOf } from './data'

export const MISSING = -0x80000000

/** A decision. */
export interface Answer {
  outcome: string
  enough: 'yes' | 'unsure' | 'no' // whether the first alternative is in hand and accepted
  row: number
  bring: string[][]
  also: string[]
  notAlone: string[]
  tell: string[]
  until?: number // the last day for which all this holds
}

export interface Engine {
  /** The decision, or nothing where an answer is refused. */
  decide(raw: Int32Array): Answer | undefined
  /** The next question that can still change the answer. */
  next(raw: Int32Array): Input | undefined
}

/** A decision in the numbers of the rules: documents as bits. */
interface Numbers {
  outcome: number
  row: number
  bring: number[]
  also: number
  notAlone: number
  tell: number[]
  until: number
}

/** The module, or the script that does without it. */
interface Tables {
  decide(raw: Int32Array): Numbers | undefined
  next(raw: Int32Array): number
}

const documentsOf = (bits: number) => data.documents.filter((_, i) => bits >> i & 1).map(({ id }) => id)

const named = (tables: Tables): Engine => ({
  decide(raw) {
    const n = tables.decide(raw)
    if (!n) return undefined
    const outcome = data.outcomes[n.outcome].id
    return {
      outcome, enough: enough(outcome), row: n.row, bring: n.bring.map(documentsOf), also: documentsOf(n.also), notAlone: documentsOf(n.notAlone),
      tell: n.tell.map(note => data.notes[note].id), until: n.until == MISSING ? undefined : n.until,
    }
  },
  next: raw => data.inputs[tables.next(raw)],
})

/** Whether the first alternative is in hand and accepted: until the rules say so themselves, by the outcome. */
const enough = (outcome: string) => (outcomeOf(outcome).careFirst ? 'no' : 'yes')

/** The module is written in hexadecimal digits: they compress better than base64. */
const bytesOf = (module: string) => Uint8Array.from(module.match(/../g)!, pair => parseInt(pair, 16))

/**
 * Starts the rules and hands them over: at once, or, where the browser or a policy refuses WebAssembly, when the script
 * that does without it has come. Where that cannot be had either, the page stays as it is: it leads to the page of links.
 */
export function createEngine(module: string, without: string, ready: (engine: Engine) => void) {
  const bytes = bytesOf(module)
  let tables
  try {
    tables = start(bytes)
  } catch {
    const script = document.createElement('script')
    script.src = without
    script.onload = () => ready(named((window as any).rules(bytes)))
    document.head.append(script)
    return
  }
  ready(named(tables))
}

function start(bytes: Uint8Array): Tables {
  const e = new WebAssembly.Instance(new WebAssembly.Module(bytes as BufferSource)).exports as any
  const memory = new Int32Array(e.memory.buffer)
  const put = (raw: Int32Array) => memory.set(raw, e.input.value >> 2)
  return {
    decide(raw) {
      put(raw)
      if (e.decide() >= 0) return undefined
      const at = e.result.value >> 2
      const list = (from: number, count: number) => Array.from(memory.subarray(at + from, at + from + count))
      return {
        outcome: memory[at], row: memory[at + 1], also: memory[at + 2], notAlone: memory[at + 3], until: memory[at + 4],
        bring: list(8, memory[at + 5]), tell: list(8 + 512, memory[at + 6]),
      }
    },
    next(raw) {
      put(raw)
      return e.next()
    },
  }
}
