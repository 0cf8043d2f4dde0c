// The reasons of an answer, a long text that few people read.

import { answered, isUnsure, rawIn } from '../checker/answers'
import { type Why, data, input, numbered, word } from '../checker/data'
import { list } from '../checker/pieces'
import { type Result, ending, isPassing } from '../checker/result'
import { type Html, html } from '../parts/html'
import { beside, loadScript } from '../parts/load'

/** What the result assumes because no answer of the visitor confirms it. */
function assumed({ answers, way, answer }: Result): Html[] {
  const found: Html[] = []
  const offered = answer.bring.flat()
  for (const of of data.inputs) {
    const { assumed, notAsked, when } = of
    if (way.path.includes(of) || answers.told[of.id]) {
      if (isUnsure(answers, of, rawIn(way.raw, of))) found.push(assumed || html`${of.short}: ${of.dontKnow}`)
    } else if (notAsked && (!when || offered.some(({ id }) => when.includes(id)))) found.push(notAsked)
  }
  if (answers.unsure.some(id => input(id).kind == 'date' && answers.given[id]?.[0] > 0)) found.push(word('assumed_month'))
  return found
}

/**
 * Passes the reasons, assumptions and sources of the answer to `then` as HTML. Loads them if needed, from the folder of `script`,
 * and calls `missing` if they cannot be loaded. The rest of the data must be loaded.
 */
export function why(r: Result, script: string, then: (reasons: Html) => void, missing: () => void) {
  const of = data
  if (of.rows) return then(reasons(r))
  loadScript(beside(script, of.why!), () => {
    Object.assign(of, (window as any).checkerWhy as Why)
    then(reasons(r))
  }, missing)
}

/** Why the papers may not be enough, if it is so. */
function unsure({ engine, way: { raw }, answer: { found } }: Result): Html[] {
  if (found.enough != 1) return []
  const holds = engine.signals(raw)
  return data.unsure!.filter(({ yes = [], no = [] }) => yes.every(holds) && !no.some(holds)).slice(0, 1).map(({ why }) => why)
}

function reasons(r: Result): Html {
  const { answer, answer: { found } } = r, row = numbered(data.rows!, found.row)!, explain = data.explain![answer.outcome.id]
  const links = row.sources.map((id, i) => html`<a href="../${data.language}/sources.html#${id}">${word('sources')}&nbsp;${i + 1}</a>`)
  return html`${list([...unsure(r), ...row.why])}<h3>${word('assumed')}</h3>${isPassing(r) ? '' : html`<p>${ending(r)}</p>`}${list(assumed(r))}<p class="sources">${
    links.join(' ')}</p>${explain ? html`<p class="related"><a href="../${data.language}/faq/${explain}.html">${word('related')}</a></p>` : ''}`
}
