// The screen of the circumstances, which most people do not open.

import { type Answers, holds, isSecret, maskOf, rawOf, telling, valueOf } from '../checker/answers'
import { type Input, data, input, valueIn, word } from '../checker/data'
import { box, button, put } from '../checker/pieces'
import { type Html, type Id, html } from '../parts/html'
import { screen, secretLine } from '../checker/steps'

/**
 * The screen of the circumstances. It has groups that open, with a box for each circumstance. Groups with answers to the
 * question `about` are open.
 */
export function circumstancesStep(answers: Answers, about?: Id): Html {
  const one = (of: Input, value: Id) => {
    const { name, hint } = valueIn(of, value)
    return box(html`${of.id}.${value}`, name, hint, holds(of, answers.told[of.id], value), of.kind == 'set' ? '' : of.id)
  }
  const groups = (data.circumstances || []).map(({ title, choices }) =>
    html`<details class="group"${choices.some(({ input }) => input == about) ? ' open' : ''}><summary><span>${title}</span> <span class="chosen"></span></summary>${choices.flatMap(({ input: id, values }) => values.map(value => one(input(id), value))).join('')}</details>`)
  return screen({ step: '', title: word('circumstances_title'), help: word('circumstances_hint'), body: html`${groups.join('')}${button('tell', word('next'), 'go')}`, below: secretLine() })
}

/** Shows on each group how many of its circumstances are ticked. Opens the groups that contain a ticked one. */
export function count(place: Element) {
  for (const group of Array.from(place.querySelectorAll<HTMLDetailsElement>('.group'))) {
    const n = group.querySelectorAll(':checked').length
    put(group.querySelector('.chosen')!, n ? word('circumstances_chosen', { n }) : '')
    if (n) group.open = true
  }
}

/** Of circumstances that exclude each other, keeps only the last one ticked. */
export function onTick(place: Element, { id, checked, dataset: { one } }: HTMLInputElement) {
  if (checked && one) for (const other of Array.from(place.querySelectorAll<HTMLInputElement>(`[data-one="${one}"]`))) other.checked = other.id == id
  count(place)
}

/**
 * The answers after the circumstances were ticked. `ticked` has the ids of the ticked values by input. A circumstance without a
 * box on the screen stays as it is.
 */
export function tell(answers: Answers, ticked: Map<Input, string[]>): Answers {
  const secret = isSecret(answers)
  for (const [of, values] of ticked) {
    const told = answers.told[of.id], isBoxed = !told || !!document.getElementById(`${of.id}.${valueOf(of, told[0])}`)
    if (of.kind == 'set') answers = telling(answers, of, maskOf(of, values))
    else if (values.length || isBoxed) answers = telling(answers, of, values.length ? [rawOf(of, values[0])] : undefined)
  }
  return secret ? withSecret(answers) : answers
}

/** The answers with all sensitive circumstances told. The neutral line tells all of them at once. */
export function withSecret(answers: Answers): Answers {
  for (const { input: id, values } of data.roles.secret) {
    const of = input(id), mask = maskOf(of, values)
    answers = telling(answers, of, mask.map((bits, i) => bits | (answers.told[id] || [])[i]))
  }
  return answers
}
