// Counts how many taps people need to reach their result, and how many seconds they read. They read everything visible down to
// what they choose, at 480 characters per minute in Japanese and 230 words per minute in English. Filling in a field counts as
// a tap.
//
// 	node tests/taps.mjs [person ...]
//
// For each person named as an argument, it also prints what the person reads before each tap.

import { fileURL, withPage } from './lib/browser.mjs'
import { shown } from './lib/checker.mjs'
import { realSite } from './lib/site.mjs'
import { choosing, onDay, onTap, press, readers, tapOnHome, tellsFirst } from './lib/walk.mjs'

const DAY = '2026-11-29'
const PER_MINUTE = { ja: 480, 'ja-easy': 480, en: 230 }

/**
 * The people. `aim` marks those for whom the aim (4 taps and 45 seconds) holds. `before` has the figures of an earlier
 * checker, which did not yet ask one question after another: the number of taps and, if measured, the seconds in Japanese.
 */
const PEOPLE = {
  p01: { who: 'certificate until 2027-07-31', before: [9, 125], aim: true, have: ['eligibility_certificate'], cert_expiry: '2027-07-31' },
  p02: { who: 'card used last month', before: [6, 124], aim: true, have: ['my_number_card'], last_use: 'ok' },
  p03: { who: 'foreign, card expired', before: [18], have: ['my_number_card'], last_use: 'never', registered: 'yes', ecert_expiry: '2026-10-15', card_expiry: '2026-10-15' },
  p04: { who: 'student, joined lately', have: ['eligibility_certificate'], cert_expiry: '2027-03-31', change: 'joined_after_20241202', cert_issuer: 'present' },
  p05: { who: 'husband turned 75', have: ['eligibility_certificate'], cert_expiry: '2030-11-30', change: 'dependent_lost', cert_issuer: 'former' },
  p06: { who: 'left a job yesterday', before: [5, 137], have: ['my_number_card'], last_use: 'ok', change: 'left_job' },
  p07: { who: 'wallet stolen', before: [7, 143], card: 'lost' },
  p08: { who: 'child, card and subsidy', have: ['my_number_card'], last_use: 'ok', told: { have: ['subsidy_certificate'] } },
  p09: { who: 'old card only', before: [6, 151], aim: true, have: ['old_card'], card: 'none', insurer: 'kyokai' },
  p10: { who: 'address must stay unknown', secret: true, card: 'none' },
  p11: { who: 'tourist', before: [5], card: 'none', told: { needs: ['short_stay'] } },
  p12: { who: 'e-certificate expired', before: [17, 199], have: ['my_number_card'], last_use: 'never', registered: 'yes', ecert_expiry: '2026-11-10', card_expiry: '2031-11-10' },
  p13: { who: 'card used monthly, 国保', before: [5], have: ['my_number_card'], last_use: 'ok', insurer: 'nhi' },
  p14: { who: 'notice, card at home', have: ['eligibility_notice'], card: 'at_home', last_use: 'never' },
  p15: { who: 'knows nothing', before: [5, 184], change: 'unknown', place: 'unknown', card: 'unknown' },
  p16: { who: 'phone only, card at home', have: ['smartphone'], card: 'at_home', last_use: 'ok' },
  p17: { who: 'card, knows nothing of it', before: [10, 254], have: ['my_number_card'] },
  p18: { who: 'turned 75, certificate', have: ['eligibility_certificate'], cert_expiry: '2030-11-30', change: 'turned_75', cert_issuer: 'former' },
  p19: { who: 'refused last week', before: [17], have: ['my_number_card'], last_use: 'refused', registered: 'yes', ecert_expiry: '2029-05-01', card_expiry: '2031-05-01' },
  p20: { who: 'notice, working card at home', have: ['eligibility_notice'], card: 'at_home', last_use: 'ok' },
  p21: { who: 'nothing, no card', card: 'none' },
  notice: { who: 'notice only, 国保', before: [7, 154], aim: true, have: ['eligibility_notice'], card: 'none', insurer: 'nhi' },
}

/** Returns the visible text that has not been read yet: the text down to an element or, with `inside`, the text inside it. */
const read = (page, selector, inside = false) => page.evaluate(([selector, inside]) => {
  const seen = window.seen ??= new WeakSet()
  const target = [...document.querySelectorAll(selector)].find(element => element.checkVisibility({ visibilityProperty: true }))
  const root = inside ? target : document.querySelector('main') ?? document.body
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  let text = ''
  for (let node; (node = walker.nextNode());) {
    const relation = target.compareDocumentPosition(node), parent = node.parentElement
    if (relation & Node.DOCUMENT_POSITION_FOLLOWING && !(relation & Node.DOCUMENT_POSITION_CONTAINED_BY)) break
    if (seen.has(node) || parent.closest('rt, rp, script, style, noscript') || !parent.checkVisibility({ visibilityProperty: true })) continue
    seen.add(node)
    text += ` ${node.data}`
  }
  return text
}, [selector, inside])

const amount = (text, language) => language === 'en' ? text.split(/\s+/).filter(word => /[\p{L}\p{N}]/u.test(word)).length : text.replace(/[\s\u2060]/g, '').length

/** Leads a person from the home page to the result, and counts taps and reading on the way. */
async function count(page, language, person) {
  const found = { taps: 0, asked: [], read: [], amount: 0 }
  onTap.set(page, async selector => {
    const text = await read(page, selector)
    found.taps++
    found.amount += amount(text, language)
    found.read.push(`${String(amount(text, language)).padStart(4)} ${text.replace(/\s+/g, ' ')}`)
  })
  await page.goto(fileURL(realSite().page(`${language}/index.html`)))
  const named = await tapOnHome(page, person)
  await tellsFirst(page, person)
  const truth = { change: 'none', place: 'reader', ...person, named }
  for (let asked; (asked = await choosing(page, truth));) found.asked.push(asked)
  onTap.delete(page)
  found.outcome = (await shown(page)).outcome
  const answer = amount(await read(page, '[data-answer]', true), language)
  found.seconds = 60 * found.amount / PER_MINUTE[language]
  found.withAnswer = 60 * (found.amount + answer) / PER_MINUTE[language]
  return found
}

const chosen = process.argv.slice(2), cell = (text, width) => String(text).padStart(width)
console.log(`${'person'.padEnd(38)} before |${Object.keys(PER_MINUTE).map(language => cell(`${language}: taps, s, with answer`, 27)).join(' |')} | asked`)
await withPage({}, async page => {
  await Promise.all([readers(page), onDay(page, DAY)])
  for (const [id, person] of Object.entries(PEOPLE)) {
    if (chosen.length && !chosen.includes(id)) continue
    const found = []
    for (const language of Object.keys(PER_MINUTE)) found.push(await count(page, language, person))
    const figures = found.map(({ taps, seconds, withAnswer }) => cell(`${taps} ${cell(Math.round(seconds), 4)} ${cell(Math.round(withAnswer), 4)}`, 27)).join(' |')
    const differs = new Set(found.map(({ outcome, asked }) => `${outcome}: ${asked.join(', ')}`))
    console.log(`${`${id} ${person.who}${person.aim ? ' *' : ''}`.padEnd(38)} ${cell((person.before ?? ['-']).join('/'), 6)} |${figures} | ${[...differs].join(' OR ')}`)
    if (chosen.length) for (const { read } of found) console.log(read.join('\n'))
  }
})
console.log('* aim: 4 taps and 45 seconds')
process.exit() // the browser is still open: only the test runner closes it, and no tests run here
