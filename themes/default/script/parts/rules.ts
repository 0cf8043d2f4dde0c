// The rules without WebAssembly. A page has the tables of the rules only inside the WebAssembly module. If the browser or the
// page's policy refuses WebAssembly, the evaluator below reads the same tables. internal/table/encode.go
// describes their bytes.

import { type Answer, type Engine, MISSING, type Question } from '../checker/engine'

/** A raw value below this is not a day. */
const FIRST_DAY = -(2 ** 30)

/**
 * Returns the tables of a module: the bytes of its data section, which a WebAssembly engine would load at address 0. The module
 * must be valid; from other bytes the result is meaningless.
 */
export function tablesOf(module: Uint8Array): Uint8Array {
  let at = 8
  const unsigned = () => {
    let value = 0, byte
    for (let shift = 0; shift < 35; shift += 7) {
      byte = module[at++]
      value |= (byte & 127) << shift
      if (!(byte > 127)) break
    }
    return value >>> 0
  }
  while (at < module.length) {
    const section = module[at++]
    const size = unsigned()
    if (section == 11) break
    at += size
  }
  at += 5 // skips the head of the only segment: 1 segment, memory 0, i32.const 0, end
  const length = unsigned()
  return module.subarray(at, at + length)
}

/**
 * The signals that must be true and the signals that must be false. In a gate, a third element says whether the result is
 * inverted.
 */
type List = [yes: number[], no: number[], invert: number]

/** An effect of a row of the additive stage: its kind and two numbers. */
type Effect = [kind: number, a: number, b: number]

// The values of a signal. Bit 0 means that the signal may be false, bit 1 that it may be true.
const FALSE = 1
const TRUE = 2
const MAYBE = 3

// Kinds of input, operators of terms, operators of tests, and kinds of effect, with the numbers of internal/table/program.go.
const CHOICE = 0, SEVERAL = 1
const INPUT_DAY = 0, CONST_DAY = 1, MONTH_END = 3, EARLIER = 4, LATER = 5, REACHES = 6, SHIFT = 7
const BIT = 0, IN = 1, IS = 2, NOT_AFTER = 4
const TELL = 0, OR = 1, ALSO = 2, WITH = 3

/** The version of the tables that this script can read. */
const VERSION = 3

/**
 * Returns an engine that evaluates the tables. It is a transcription of the reference interpreter of internal/table (run.go, next.go,
 * calendar.go, encode.go). It throws on tables of a different version. From damaged tables it may return an engine that gives wrong answers, but the page never passes damaged
 * tables.
 */
export function startScript(bytes: Uint8Array): Engine {
  if (bytes[0] != VERSION) throw Error('tables')
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
  const id = () => {
    const first = u8()
    return first < 240 ? first : ((first - 240) << 8) | u8()
  }
  const ids = (count: number) => repeat(count, id)
  const list = (): List => {
    const head = u8()
    return [ids(head & 7), ids((head >> 3) & 7), head >> 6]
  }
  const triple = () => [u8(), u8(), i32()]

  let slotCount = 0
  const inputs = section(0, () => {
    const [kind, slots, specials, asked] = repeat(4, u8)
    const [lo, hi, missing] = repeat(3, i32)
    const first = slotCount
    slotCount += slots
    const all = repeat(slots, () => [i32(), i32()]).map(([all, told]) => (asked ? all & ~told : 0)) // the values that can be open
    return { kind, specials, lo, hi, missing, all, slots: repeat(slots, i => first + i) }
  })
  const terms = section(1, triple)
  const atoms = section(2, triple)
  const gates = section(3, list)
  const rows = section(4, () => ({ when: list(), is: u8(), offer: u8() }))
  const posts = section(5, list)
  const adds = section(6, () => {
    const when = list()
    const effects: Effect[] = []
    let kind
    do {
      kind = u8()
      effects.push([kind & 127, u8(), (kind & 127) == WITH ? u8() : 0])
    } while (kind > 127)
    return { when, effects }
  })
  const sets = section(7, i32)
  const offers = section(8, () => repeat(u8(), u8).map(set => sets[set]))
  const fits = section(9, () => ({ when: list(), is: u8(), offer: 0 }))
  const lasts = section(10, list)
  const asks = section(11, () => ({ input: u8(), flags: u8(), guard: list() }))
  const outcomes = u16(50)
  const [visit, held] = [bytes[54], bytes[55]]
  const [heldIf, heldAs, papers] = [u16(56), word(58), word(62)]
  const firstOutcome = atoms.length + gates.length
  const firstPost = firstOutcome + outcomes
  const firstEnough = firstPost + posts.length
  const levels = fits.length ? 3 : 0
  const firstLast = firstEnough + levels

  const raw: number[] = []
  const open: number[] = repeat(slotCount, () => 0) // bit mask of the open values of each slot; all 0 during a decision
  const days: number[] = []
  const dayOf: number[] = [] // for each term, a bit mask of the open slots on which it depends
  const signal: number[] = []
  let marked: boolean[] = [] // for each signal, whether it matters for the next question

  function load(answers: Int32Array): boolean {
    return inputs.every(({ slots, specials, lo, hi, missing }) =>
      slots.every(slot => {
        const value = (raw[slot] = answers[slot] == MISSING ? missing : answers[slot])
        return (value > MISSING && value <= MISSING + specials) || (value >= lo && value <= hi)
      }))
  }

  const monthStart = (month: number) => {
    const year = (month / 12) | 0
    return (year * 365 + ((year / 4) | 0) - ((year / 100) | 0) + ((year / 400) | 0) + (((153 * (month % 12) + 2) / 5) | 0) - 719468) | 0
  }

  function shift(op: number, day: number, n: number) {
    if (op == SHIFT) return (day + n) | 0
    const z = (day + 719468) | 0
    const ofEra = z % 146097
    const year = ((ofEra - ((ofEra / 1460) | 0) + ((ofEra / 36524) | 0) - ((ofEra / 146096) | 0)) / 365) | 0
    const ofYear = ofEra - (365 * year + ((year / 4) | 0) - ((year / 100) | 0))
    const march = ((5 * ofYear + 2) / 153) | 0
    const ofMonth = ofYear - (((153 * march + 2) / 5) | 0) + 1
    const month = (((z / 146097) | 0) * 400 + year) * 12 + march
    if (op == REACHES) return monthStart(month + 12 * n) + ofMonth - 2
    const last = monthStart(month + n + 1) - 1
    return op == MONTH_END ? last : Math.min(monthStart(month + n) + ofMonth - 1, last)
  }

  function term([op, a, n]: number[], i: number) {
    let day = raw[a]
    dayOf[i] = open[a] ? 1 << a : 0
    if (op != INPUT_DAY) {
      day = op == CONST_DAY ? n : days[a]
      dayOf[i] = op == CONST_DAY ? 0 : dayOf[a]
      if (op == EARLIER || op == LATER) {
        const other = days[n]
        dayOf[i] |= dayOf[n]
        if (other >= FIRST_DAY && (day < FIRST_DAY || other < day == (op == EARLIER))) day = other
      } else if (op != CONST_DAY && day >= FIRST_DAY) day = shift(op, day, n)
    }
    days[i] = day
  }

  const truth = (holds: unknown) => (holds ? TRUE : FALSE)

  function atom([op, a, n]: number[]) {
    if (op == NOT_AFTER) {
      const b = n & 255
      if (dayOf[a] | dayOf[b]) return MAYBE
      return truth(days[a] >= FIRST_DAY && days[b] >= FIRST_DAY && days[a] <= days[b] + (n >> 8))
    }
    const value = raw[a], left = open[a]
    if (op == BIT) return (left >> n) & 1 ? MAYBE : truth((value >> n) & 1)
    if (op == IN) return left ? (left & n ? TRUE : 0) | (left & ~n ? FALSE : 0) : truth((n >> value) & 1)
    return left ? MAYBE : truth(op == IS ? value == n : value >= n)
  }

  /** Returns FALSE if one literal is false, TRUE if all literals are true, otherwise MAYBE. */
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

  const gatesFrom = (first: number, list: List[]) =>
    list.forEach((gate, i) => {
      const is = value(gate)
      signal[first + i] = is != MAYBE && gate[2] ? is ^ MAYBE : is
    })

  function conditions() {
    terms.forEach(term)
    atoms.forEach((test, i) => (signal[i] = atom(test)))
    gatesFrom(atoms.length, gates)
  }

  /**
   * Sets `count` signals from `first` on: the signal with the index `which` is true, the others are false. If `which` is
   * negative, all are false.
   */
  function oneOf(first: number, count: number, which: number) {
    for (let i = 0; i < count; i++) signal[first + i] = truth(i == which)
  }

  const firstFit = (table: { when: List }[]) => table.findIndex(row => value(row.when) == TRUE)

  const append = (list: number[], item: number) => list.indexOf(item) < 0 && list.push(item)

  function answer(): Answer {
    conditions()
    const row = firstFit(rows)
    const outcome = rows[row].is
    oneOf(firstOutcome, outcomes, outcome)
    gatesFrom(firstPost, posts)
    const enough = levels && fits[firstFit(fits)].is
    oneOf(firstEnough, levels, enough)
    gatesFrom(firstLast, lasts)
    const result = { outcome, row, enough, also: 0, notAlone: 0, until: MISSING, bring: offers[rows[row].offer].slice(), tell: [] as number[] }
    add(result)
    return result
  }

  function add(result: Answer) {
    const supplements: Effect[] = []
    let accepted = 0
    for (const { when, effects } of adds)
      if (value(when) == TRUE)
        for (const effect of effects) {
          const [kind, a] = effect
          if (kind == TELL) append(result.tell, a)
          else if (kind == OR) append(result.bring, sets[a])
          else if (kind == ALSO) result.also |= sets[a]
          else if (kind == WITH) supplements.push(effect)
          else accepted |= sets[a]
        }
    for (const [, more, to] of supplements)
      result.bring = result.bring.map(set => (!sets[to] || set & sets[to] ? set | sets[more] : set))
    const offered = result.bring.reduce((all, set) => all | set, 0)
    result.also &= ~offered
    result.notAlone = (raw[held] | (signal[heldIf] == TRUE ? heldAs : 0)) & papers & ~(accepted | offered | result.also)
  }

  /**
   * Returns the first day of the visit on which a comparison has a different result than on the day before. It returns MISSING
   * if the comparison does not depend on the visit, or if its other side is not a day.
   */
  function turn([op, a, n]: number[]) {
    const isVisit = (term: number) => terms[term][0] == INPUT_DAY && terms[term][1] == visit
    const b = n & 255
    if (op != NOT_AFTER || (!isVisit(a) && !isVisit(b))) return MISSING
    const other = days[isVisit(a) ? b : a]
    return other < FIRST_DAY ? MISSING : other + (isVisit(a) ? (n >> 8) + 1 : -(n >> 8))
  }

  function until(now: Answer) {
    const text = ({ outcome, enough, notAlone, bring, tell }: Answer) => [outcome, enough, notAlone, bring, '', tell].join('/')
    const from = raw[visit]
    const turns = atoms.map(turn).filter(day => day > from)
    for (const day of turns.sort((a, b) => a - b)) {
      raw[visit] = day
      if (text(answer()) != text(now)) return day - 1
    }
    return MISSING
  }

  function next(answers: Int32Array, part: Int32Array): Question | undefined {
    if (!load(answers)) return
    open.fill(0)
    conditions()
    const asked = asks.map(({ guard }) => value(guard) == TRUE)
    for (const { kind, all, slots } of inputs)
      slots.forEach((slot, k) => (open[slot] = answers[slot] == MISSING ? all[k] : kind == SEVERAL ? all[k] & part[slot] : 0))
    let stale = true
    const followed = () => {
      if (stale) follow()
      stale = false
    }
    for (let k = 0; k < asks.length; k++) {
      const { input, flags, guard } = asks[k], { kind, all, slots } = inputs[input]
      const again = (flags & 1) > 0
      if (!slots.some(slot => open[slot]) || again != (kind == SEVERAL && slots.some((slot, k) => open[slot] != all[k]))) continue
      followed()
      if (asked[k] && slots.some(bearing)) return question(input, again)
      if (flags & 2 && (asked[k] || value(guard) == FALSE)) { // no later step asks for the input, so its default applies
        for (const slot of slots) open[slot] = 0
        stale = true
      }
    }
  }

  /** Marks the signals on which the outcome, `enough` or the first alternative can still depend. */
  function follow() {
    marked = []
    conditions()
    oneOf(firstOutcome, outcomes, -1)
    known(rows, firstOutcome)
    gatesFrom(firstPost, posts)
    oneOf(firstEnough, levels, -1)
    known(fits, firstEnough)
    gatesFrom(firstLast, lasts)
    firstSets()
    backward()
  }

  /** Returns the rows of a table that can still be the row that decides. */
  function possible<Row extends { when: List }>(table: Row[]) {
    const found: Row[] = []
    for (const row of table) {
      const is = value(row.when)
      if (is != FALSE) found.push(row)
      if (is == TRUE) break
    }
    return found
  }

  /**
   * Sets the signals for the results of a table. A result is TRUE if all possible rows agree on it, otherwise MAYBE. If the
   * rows disagree on the result or on what they offer, it marks the signals on which the rows depend.
   */
  function known(table: typeof rows, first: number) {
    const found = possible(table)
    const same = (what: 'is' | 'offer') => found.every(row => row[what] == found[0][what])
    for (const { is } of found) signal[first + is] = same('is') ? TRUE : MAYBE
    if (!same('is') || !same('offer')) markRows(table)
  }

  /** Marks the signals on which the first alternative depends. */
  function firstSets() {
    const found: number[] = []
    const unsure: List[] = []
    let nothing = false
    for (const { offer } of possible(rows))
      if (offers[offer].length) append(found, offers[offer][0])
      else nothing = true
    for (const { when, effects } of adds) {
      const is = value(when)
      const offered = effects.filter(([kind]) => kind == OR)[0]
      if (!nothing || !offered || is == FALSE) continue
      append(found, sets[offered[1]])
      nothing = is != TRUE
      if (nothing) unsure.push(when)
    }
    if (nothing || found.length > 1) unsure.forEach(mark)
    for (const { when, effects } of adds)
      if (value(when) == MAYBE && effects.some(([kind, more, to]) =>
        kind == WITH && found.some(set => (!sets[to] || sets[to] & set) && sets[more] & ~set)))
        mark(when)
  }

  function mark([yes, no]: List) {
    for (const s of yes.concat(no)) if (signal[s] == MAYBE) marked[s] = true
  }

  const markRows = (table: { when: List }[]) => possible(table).forEach(({ when }) => mark(when))

  /**
   * Marks the signals on which marked signals depend. A signal refers only to earlier signals, so one pass backwards is enough.
   */
  function backward() {
    markGates(firstLast, lasts)
    markGates(firstPost, posts)
    markGates(atoms.length, gates)
  }

  function markGates(first: number, list: List[]) {
    for (let i = list.length; i--; ) if (marked[first + i]) mark(list[i])
  }

  /**
   * Returns, as bits, the open values of a slot that a marked test distinguishes. For a choice, these are the values that the
   * test distinguishes from the default. For a date or number, every bit is set if a marked test reads the slot.
   */
  function bearing(slot: number) {
    let values = 0
    atoms.forEach(([op, a, n], i) => {
      if (!marked[i]) return
      if (op == NOT_AFTER) values |= -(((dayOf[a] | dayOf[n & 255]) >> slot) & 1)
      else if (a == slot) values |= op == BIT ? 1 << n : op == IN ? open[slot] & ((n >> raw[slot]) & 1 ? ~n : n) : -1
    })
    return values
  }

  function question(input: number, again: boolean): Question {
    for (const { when } of adds) mark(when)
    markRows(rows)
    markRows(fits)
    backward()
    const { kind, slots, specials } = inputs[input]
    const values = (slot: number) =>
      kind == SEVERAL ? bearing(slot) : kind == CHOICE ? bearing(slot) | (1 << raw[slot]) : (1 << specials) - 1
    return { input, again, values: slots.map(values) }
  }

  return {
    decide(answers) {
      if (!load(answers)) return
      open.fill(0)
      const now = answer()
      now.until = until(now)
      return now
    },
    next,
    signals(answers) {
      load(answers)
      open.fill(0)
      answer()
      return s => signal[s] == TRUE
    },
  }
}
