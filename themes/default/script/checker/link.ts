// A link that restores answers, made only when somebody asks for it. Values stand in it by their number in the rules, so
// one from other rules begins anew. Values that must never stand in a link are left out.

import { CHOICE, DATE, SET, VISIT, data, indexOf, inputs, slotOf } from './data'
import { MISSING } from './engine'
import { has, type State, type Way, RESULT, empty } from './state'

/** The part of a link behind "#", and whether an answer was left out of it. */
export function encode(way: Way, state: State): { text: string; left: boolean } {
  let text = 'v=' + data.v, left = false
  inputs.forEach(({ id, k, v, w, p }, i) => {
    if (!w || (i != VISIT && !state.given[i])) return
    const open = (value: number) => !(p && p.includes(value)) || !(left = true)
    const value = way.raw[slotOf[i]]
    if (k == SET) text += `&${id}=${v!.map((_, value) => value).filter(value => has(state.given[i], 0, value) && open(value)).join('.')}`
    else if (k != CHOICE || open(value)) text += `&${id}=${value}`
  })
  if (state.former !== undefined) text += '&former=' + +state.former
  return { text, left }
}

/** Reads such a text: what it says, 1 where it is from other rules, or 0 where nobody can have been given it. */
export function decode(text: string): State | 0 | 1 {
  const state = empty(), [[, version], ...pairs] = text.split('&').map(pair => pair.split('='))
  if (version != data.v) return /^\w{8}$/.test(version) ? 1 : 0
  for (const [id, value = '', more] of pairs) {
    const i = indexOf(id)
    if (id == 'former' && /^[01]$/.test(value)) state.former = value == '1'
    else {
      const raw = more === undefined && i >= 0 && inputs[i].w && !state.given[i] && values(i, value)
      if (!raw) return 0
      state.given[i] = raw
      state.own.push(i)
    }
  }
  if (!state.given[VISIT]) return 0
  state.step = RESULT
  return state
}

function values(i: number, text: string): number[] | undefined {
  const { k, n, v, lo, hi } = inputs[i], number = +text
  if (k == SET) {
    const raw = Array(n).fill(0)
    for (const value of text ? text.split('.') : []) {
      if (!/^\d+$/.test(value) || +value >= v!.length) return undefined
      raw[Math.floor(+value / 31)] |= 1 << +value % 31
    }
    return raw
  }
  if (!/^-?\d+$/.test(text)) return undefined
  const fits = k == CHOICE ? number >= 0 && number < v!.length : (number >= lo! && number <= hi!) || (v && number > MISSING && number <= MISSING + v.length)
  return fits ? [number] : undefined
}
