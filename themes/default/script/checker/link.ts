// A link that restores answers, made only when somebody asks for it. They stand in it as the raw values of the rules, so
// one from other rules begins anew. Values that must never stand in a link are left out.

import { SET, VISIT, data, inputs, maskOf, slotOf, slotsOf } from './data'
import { type State, type Way, RESULT, empty } from './state'

/** The part of a link behind "#", and whether an answer was left out of it. */
export function encode(way: Way, state: State): { text: string; left: boolean } {
  let left = false
  const values = inputs.map((input, i) => {
    const raw = i == VISIT ? [way.raw[slotOf[i]]] : state.given[i] || []
    const secret = input.k == SET ? maskOf(input, input.p || []) : []
    return raw.map((value, slot) => {
      const open = input.k == SET ? value & ~secret[slot] : input.p && input.p.includes(value) ? '' : value
      left = left || open !== value
      return open
    }).join('.')
  })
  return { text: `v=${data.v}&${values.concat(state.former === undefined ? [] : `${+state.former}`).join('_')}`, left }
}

/** Reads such a text: what it says, 1 where it is from other rules, or 0 where nobody can have been given it. */
export function decode(text: string): State | 0 | 1 {
  const state = empty(), [version, values = ''] = text.slice(2).split('&'), list = values.split('_')
  if (version != data.v) return /^\w{8}$/.test(version) ? 1 : 0
  inputs.forEach((input, i) => {
    if (!list[i] || !input.w) return
    state.given[i] = list[i].split('.').slice(0, slotsOf(input)).map(value => +value | 0)
    state.own.push(i)
  })
  if (list[inputs.length]) state.former = list[inputs.length] == '1'
  if (/[^-\d._]/.test(values) || !state.given[VISIT]) return 0
  state.step = RESULT
  return state
}
