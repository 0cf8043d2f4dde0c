// The rules, as the page sees them: raw answers in, numbers out. docs/module.md says what they mean.

export const MISSING = -0x80000000

/** A decision in the numbers of the rules. */
export interface Answer {
  outcome: number
  row: number
  bring: number[]
  also: number
  notAlone: number
  tell: number[]
  until: number
}

export interface Engine {
  /** The decision, or nothing where an answer is refused. */
  decide(raw: Int32Array): Answer | undefined
  /** The number of the next question that can still change the answer; -1 where none can. */
  next(raw: Int32Array): number
}

/** The module is written in hexadecimal digits: they compress better than base64. */
const bytesOf = (module: string) => Uint8Array.from(module.match(/../g)!, pair => parseInt(pair, 16))

/**
 * Starts the rules and hands them over: at once, or, where the browser or a policy refuses WebAssembly, when the script
 * that does without it has come. Where that cannot be had either, the page stays as it is: it leads to the page of links.
 */
export function createEngine(module: string, without: string, ready: (engine: Engine) => void) {
  const bytes = bytesOf(module)
  let engine
  try {
    engine = start(bytes)
  } catch {
    const script = document.createElement('script')
    script.src = without
    script.onload = () => ready((window as any).rules(bytes))
    document.head.append(script)
    return
  }
  ready(engine)
}

function start(bytes: Uint8Array): Engine {
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
