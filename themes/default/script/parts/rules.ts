// The rules at work. Their tables stand once in a page, inside the WebAssembly module; where the browser or the page's
// policy refuses WebAssembly, the evaluator below reads the same tables. docs/module.md says what everything means.

/** A raw answer that was not given. Special value k of a date is MISSING + 1 + k. */
export const MISSING = -(2 ** 31)
/** What `until` is where the answer never changes. */
export const NO_DAY = MISSING

/** Days before this are none. */
const FIRST_DAY = -(2 ** 30)

/** An answer in numbers; sets of documents are bits. */
export interface Answer {
  /** The slot of an answer that is refused, or -1; with a refused answer the rest says nothing. */
  bad: number
  outcome: number
  row: number
  also: number
  notAlone: number
  /** The last day for which all this holds. */
  until: number
  bring: number[]
  tell: number[]
}

export interface Evaluator {
  decide(raw: Int32Array): Answer
  /** The next question that can still change the answer, or -1. */
  next(raw: Int32Array): number
  /** Whether a signal, for one a named condition, held in the decision made last. */
  holds(signal: number): boolean
  /** Whether WebAssembly is at work. */
  compiled: boolean
}

/** Starts the module, given as the generator writes it into pages: two hexadecimal digits a byte. */
export function createEvaluator(module: string): Evaluator {
  const bytes = Uint8Array.from(module.match(/../g) || [], digits => parseInt(digits, 16))
  try {
    return startModule(bytes)
  } catch {
    return startScript(tablesOf(bytes))
  }
}

export function startModule(bytes: Uint8Array): Evaluator {
  const { memory, input, result, signals, decide, next } = new WebAssembly.Instance(new WebAssembly.Module(bytes as BufferSource))
    .exports as any
  const words = new Int32Array(memory.buffer)
  const list = (place: number, length: number) => Array.from(words.subarray(place, place + length))
  const ask = (question: () => number, raw: Int32Array) => {
    words.set(raw, input.value >> 2)
    return question()
  }
  return {
    decide(raw) {
      const bad = ask(decide, raw)
      const at = result.value >> 2
      const [outcome, row, also, notAlone, until, brings, tells] = list(at, 7)
      return { bad, outcome, row, also, notAlone, until, bring: list(at + 8, brings), tell: list(at + 520, tells) }
    },
    next: raw => ask(next, raw),
    holds: signal => (words[(signals.value >> 2) + 2 * signal] & 1) > 0,
    compiled: true,
  }
}

/** The tables of a module: the bytes of its data section, which lie at address 0. */
export function tablesOf(module: Uint8Array): Uint8Array {
  let at = 8
  const unsigned = () => {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = module[at++]
      value |= (byte & 127) << shift
      if (byte < 128) return value
    }
  }
  for (;;) {
    const section = module[at++]
    const size = unsigned()
    if (section == 11) break
    at += size
  }
  at += 5 // one segment, of memory 0, from i32.const 0, end
  const length = unsigned()
  return module.subarray(at, at + length)
}

/** Signals that must hold, and that must not; as a gate, whether that is inverted. */
type List = [yes: number[], no: number[], invert: number]

// What a signal can be: a bit "may be false", a bit "may be true".
const FALSE = 1
const TRUE = 2
const MAYBE = 3

/** The reference interpreter of internal/rules (run.go, calendar.go, encode.go), word for word. */
export function startScript(bytes: Uint8Array): Evaluator {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const u16 = (place: number) => view.getUint16(place, true)
  const word = (place: number) => view.getInt32(place, true)
  let at = 0
  const u8 = () => bytes[at++]
  const i32 = () => word((at += 4) - 4)
  const repeat = <T>(count: number, entry: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => entry(i))
  const section = <T>(number: number, entry: () => T) => {
    at = u16(2 + 4 * number)
    return repeat(u16(4 + 4 * number), entry)
  }
  const ids = (count: number) => repeat(count, () => u8() + (bytes[1] > 1 ? u8() << 8 : 0))
  const list = (): List => {
    const head = u8()
    return [ids(head & 7), ids((head >> 3) & 7), head >> 6]
  }

  const inputs = section(0, () => {
    at++
    const [slots, specials, ask] = repeat(3, u8)
    const [lo, hi, missing] = repeat(3, i32)
    return { slots, specials, ask, lo, hi, missing, guard: list() }
  })
  const triple = () => [u8(), u8(), i32()]
  const terms = section(1, triple)
  const atoms = section(2, triple)
  const gates = section(3, list)
  const rows = section(4, () => ({ when: list(), outcome: u8(), offer: u8() }))
  const posts = section(5, list)
  const adds = section(6, () => {
    const when = list()
    const effects: number[][] = []
    let kind
    do {
      kind = u8()
      effects.push([kind & 127, u8(), (kind & 127) == 3 ? u8() : 0])
    } while (kind > 127)
    return { when, effects }
  })
  const sets = section(7, i32)
  const offers = section(8, () => repeat(u8(), u8))
  const outcomes = u16(38)
  const visit = bytes[42]
  const firstOutcome = atoms.length + gates.length

  const raw = new Int32Array(32)
  let open = 0 // slots not answered yet, as bits; 0 in a decision
  const days: number[] = []
  const dayOf: number[] = [] // the open slots a term depends on
  const signal: number[] = []
  const from: number[] = [] // the open slots a MAYBE depends on
  let held: number[] = [] // the signals of the decision made last

  function load(answers: Int32Array): number {
    let slot = 0
    for (const input of inputs)
      for (let i = input.slots; i--; slot++) {
        const value = answers[slot] == MISSING ? input.missing : answers[slot]
        if ((value == MISSING || value > MISSING + input.specials) && (value < input.lo || value > input.hi)) return slot
        raw[slot] = value
      }
    return -1
  }

  const monthStart = (month: number) => {
    const year = (month / 12) | 0
    return (year * 365 + ((year / 4) | 0) - ((year / 100) | 0) + ((year / 400) | 0) + (((153 * (month % 12) + 2) / 5) | 0) - 719468) | 0
  }

  function shift(op: number, day: number, n: number) {
    if (op == 7) return (day + n) | 0
    const z = (day + 719468) | 0
    const ofEra = z % 146097
    const year = ((ofEra - ((ofEra / 1460) | 0) + ((ofEra / 36524) | 0) - ((ofEra / 146096) | 0)) / 365) | 0
    const ofYear = ofEra - (365 * year + ((year / 4) | 0) - ((year / 100) | 0))
    const march = ((5 * ofYear + 2) / 153) | 0
    const ofMonth = ofYear - (((153 * march + 2) / 5) | 0) + 1
    const month = (((z / 146097) | 0) * 400 + year) * 12 + march
    if (op == 6) return monthStart(month + 12 * n) + ofMonth - 2
    const last = monthStart(month + n + 1) - 1
    return op == 3 ? last : Math.min(monthStart(month + n) + ofMonth - 1, last)
  }

  function term([op, a, n]: number[], i: number) {
    let day = raw[a]
    dayOf[i] = open & (1 << a)
    if (op) {
      day = op == 1 ? n : days[a]
      dayOf[i] = op == 1 ? 0 : dayOf[a]
      if (op == 4 || op == 5) {
        const other = days[n]
        dayOf[i] |= dayOf[n]
        if (other >= FIRST_DAY && (day < FIRST_DAY || other < day == (op == 4))) day = other
      } else if (op > 1 && day >= FIRST_DAY) day = shift(op, day, n)
    }
    days[i] = day
  }

  function atom([op, a, n]: number[], i: number) {
    const value = raw[a]
    from[i] = open & (1 << a)
    let holds
    if (op == 4) {
      const b = n & 255
      from[i] = dayOf[a] | dayOf[b]
      holds = days[a] >= FIRST_DAY && days[b] >= FIRST_DAY && days[a] <= days[b] + (n >> 8)
    } else holds = op == 0 ? (value >> n) & 1 : op == 1 ? (n >> value) & 1 : op == 2 ? value == n : value >= n
    signal[i] = from[i] ? MAYBE : holds ? TRUE : FALSE
  }

  /** FALSE where a literal is false, else TRUE where all are true, else MAYBE. */
  function value([yes, no]: List) {
    let value = TRUE
    for (const s of yes) {
      if (signal[s] == FALSE) return FALSE
      value |= signal[s] & FALSE
    }
    for (const s of no) {
      if (signal[s] == TRUE) return FALSE
      value |= signal[s] >> 1
    }
    return value
  }

  const origin = ([yes, no]: List) => yes.concat(no).reduce((slots, s) => slots | (signal[s] == MAYBE ? from[s] : 0), 0)

  const gatesFrom = (first: number, list: List[]) =>
    list.forEach((gate, i) => {
      const is = value(gate)
      from[first + i] = is == MAYBE ? origin(gate) : 0
      signal[first + i] = is != MAYBE && gate[2] ? is ^ MAYBE : is
    })

  function conditions() {
    terms.forEach(term)
    atoms.forEach(atom)
    gatesFrom(atoms.length, gates)
  }

  function answer(): Answer {
    conditions()
    const row = rows.findIndex(row => value(row.when) == TRUE)
    const { outcome, offer } = rows[row]
    for (let o = 0; o < outcomes; o++) signal[firstOutcome + o] = o == outcome ? TRUE : FALSE
    gatesFrom(firstOutcome + outcomes, posts)
    let bring = offers[offer].map(set => sets[set])
    const tell: number[] = []
    const supplements: number[][] = []
    let also = 0
    let accepted = 0
    const append = (list: number[], item: number) => list.indexOf(item) < 0 && list.push(item)
    for (const { when, effects } of adds)
      if (value(when) == TRUE)
        for (const effect of effects) {
          const [kind, a] = effect
          if (kind == 0) append(tell, a)
          else if (kind == 1) append(bring, sets[a])
          else if (kind == 2) also |= sets[a]
          else if (kind == 3) supplements.push(effect)
          else accepted |= sets[a]
        }
    for (const set of bring) if (!(set & (set - 1))) accepted |= set
    const holding = raw[bytes[43]] | (signal[u16(44)] == TRUE ? word(46) : 0)
    for (const [, more, to] of supplements) bring = bring.map(set => (!sets[to] || set & sets[to] ? set | sets[more] : set))
    return { bad: -1, outcome, row, also, notAlone: holding & word(50) & ~accepted, until: NO_DAY, bring, tell }
  }

  /** The day of the visit from which on a comparison is another, or NO_DAY. */
  function turn([op, a, n]: number[]) {
    const isVisit = (term: number) => terms[term][0] == 0 && terms[term][1] == visit
    const b = n & 255
    if (op != 4 || (!isVisit(a) && !isVisit(b))) return NO_DAY
    const other = days[isVisit(a) ? b : a]
    return other < FIRST_DAY ? NO_DAY : other + (isVisit(a) ? (n >> 8) + 1 : -(n >> 8))
  }

  function until(now: Answer) {
    const text = ({ outcome, notAlone, bring, tell }: Answer) => [outcome, notAlone, bring, '', tell].join('/')
    const from = raw[visit]
    const turns = atoms.map(turn).filter(day => day > from)
    for (const day of turns.sort((a, b) => a - b)) {
      raw[visit] = day
      if (text(answer()) != text(now)) return day - 1
    }
    return NO_DAY
  }

  function next(answers: Int32Array) {
    if (load(answers) >= 0) return -1
    let slot = 0
    const bits = inputs.map(({ slots }) => ((1 << slots) - 1) << ((slot += slots) - slots))
    slot = 0
    open = 0
    inputs.forEach((input, i) => {
      if (input.ask && answers[slot] == MISSING) open |= bits[i]
      slot += input.slots
    })
    for (let i = 0; i < inputs.length; i++) {
      if (!(open & bits[i])) continue
      conditions()
      if (value(inputs[i].guard) != FALSE) {
        const matter = matters()
        if (matter < 0) return -1
        if (matter & bits[i]) return i
      }
      open &= ~bits[i] // not asked: its default stands
    }
    return -1
  }

  /** The open slots on which the decision can still depend; -1 where every row that can decide answers the same. */
  function matters() {
    let slots = 0
    let first
    let several = false
    for (const row of rows) {
      const is = value(row.when)
      if (is == FALSE) continue
      first = first || row
      several = several || row.outcome != first.outcome || row.offer != first.offer
      if (is == TRUE) break
      slots |= origin(row.when)
    }
    return several ? slots : -1
  }

  return {
    decide(answers) {
      const bad = load(answers)
      if (bad >= 0) return { bad, outcome: 0, row: 0, also: 0, notAlone: 0, until: NO_DAY, bring: [], tell: [] }
      open = 0
      const now = answer()
      held = signal.slice()
      now.until = until(now)
      return now
    },
    next,
    holds: signal => held[signal] == TRUE,
    compiled: false,
  }
}
