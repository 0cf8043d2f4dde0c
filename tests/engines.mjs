// Follows the main ways through the site in three browser engines (`make engines`). The tests look at boxes on the screen and
// at printed text.
//
//   node engines.mjs ../bin/engines                       all tests
//   node engines.mjs ../bin/engines WebKit 'a question'   the tests with both words in their names

import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import test, { after } from 'node:test'
import { sideways, smallTargets } from './lib/checks.mjs'
import { shown } from './lib/checker.mjs'
import { PASSAGES, holds, passages } from './lib/dated.mjs'
import * as chromium from './lib/engines/chromium.mjs'
import * as firefox from './lib/engines/firefox.mjs'
import { Page } from './lib/engines/page.mjs'
import { sheets } from './lib/engines/paper.mjs'
import * as webkit from './lib/engines/webkit.mjs'
import { none } from './lib/expect.mjs'
import { repository } from './lib/folders.mjs'
import { wrongStarts } from './lib/lines.mjs'
import { serve } from './lib/server.mjs'
import { realSite } from './lib/site.mjs'
import { choosing, onDay, press, readers, tapOnHome } from './lib/walk.mjs'

const ENGINES = [chromium, firefox, webkit]
const site = realSite(), SCREEN = { width: 360, height: 640 }, TODAY = '2026-11-22'

/**
 * Runs in a page of any engine, and reports the page's errors to the server: for each error, it requests the address /trouble?…
 * with the error's text.
 */
function telling() {
  const tell = text => { new Image().src = '/trouble?' + encodeURIComponent(text) }
  addEventListener('error', ({ message, target }) => tell(message || `cannot be had: ${target.src || target.href}`), true)
  addEventListener('unhandledrejection', ({ reason }) => tell(String(reason)))
  addEventListener('securitypolicyviolation', ({ violatedDirective: by, blockedURI: address }) => /^img/.test(by) && /trouble/.test(address) || tell(`the policy forbids ${address} by ${by}`))
}

/**
 * Returns the script that runs before a page's own scripts. The script reports errors, sets the day, and makes the page accept
 * quick taps.
 */
async function before(day) {
  const scripts = [], page = { addInitScript: (body, argument) => scripts.push(`(${body})(${JSON.stringify(argument)})`) }
  page.addInitScript(telling)
  await Promise.all([readers(page), onDay(page, day)])
  return scripts.join(';\n')
}

/**
 * Opens the site in an engine on a day, and calls `way(page, root, host)`. `root` is the address of the site; `host` is the
 * address of a different host. Fails if the page reports an error or a request fails.
 */
async function onWay(engine, { script = true, day = TODAY } = {}, way) {
  const trouble = [], pages = new Map()
  const heard = (address, status) => {
    const text = /^\/trouble\?(.*)/.exec(address)?.[1]
    if (text) trouble.push(decodeURIComponent(text))
    else if (status !== 200) trouble.push(`answer ${status}: ${address}`)
  }
  const ours = await serve(site.folder, { prefix: '/kenpo/', pages, first: await before(day), heard })
  const theirs = await serve(site.folder, { pages: new Map([['host.html', hosting(ours.root)]]) })
  const publish = (name, html) => {
    pages.set(name, html)
    return ours.root + name
  }
  const page = new Page(await engine.launch({ ...SCREEN, script }, publish))
  try {
    await way(page, ours.root, theirs.root)
    none(trouble, 'messages')
  } finally {
    await page.close()
    await ours.close()
    await theirs.close()
  }
}

/** Returns a page for a different host. It embeds the checker with the snippet from docs/embed.md. */
function hosting(root) {
  const snippet = /```html\n([^]*?)```/.exec(fs.readFileSync(path.join(repository, 'docs/embed.md'), 'utf8'))[1]
  return `<!DOCTYPE html><html lang="ja"><meta charset="utf-8"><title>x</title><link rel="icon" href="data:,"><body><p style="height: 10rem">x</p>${snippet.replace(/https:\/\/[^"]*embed\.html/, `${root}ja/embed.html`).replace(' loading="lazy"', '')}`
}

/** Returns the boxes and texts of the visible elements. The boxes are measured from the upper left corner of the screen. */
const boxes = (page, selector) => page.evaluate(selector => [...document.querySelectorAll(selector)]
  .filter(element => element.checkVisibility({ visibilityProperty: true }))
  .map(element => {
    const { left, top, right, bottom } = element.getBoundingClientRect()
    return { left, top, right, bottom, text: element.innerText?.trim() ?? '' }
  })
  .filter(({ left, right, top, bottom }) => right > left && bottom > top), selector)

/** Returns the box of the one visible element that matches. Fails if there is not exactly one. */
async function box(page, selector) {
  const found = await boxes(page, selector)
  assert.equal(found.length, 1, `${found.length} × ${selector}`)
  return found[0]
}

const said = ({ left, top, right, bottom, text }) => `“${text.slice(0, 30)}” at ${[left, top, right, bottom].map(Math.round)}`

/** Fails if a box is not entirely on the screen. */
function onScreen(...all) {
  for (const one of all) assert.ok(one.left >= 0 && one.top >= 0 && one.right <= SCREEN.width && one.bottom <= SCREEN.height + .5, `not on the screen: ${said(one)}`)
}

/** Fails unless each box is within the width of the screen and below the box before it. */
function inOrder(all) {
  all.forEach((one, i) => {
    assert.ok(one.left >= 0 && one.right <= SCREEN.width, `sticks out: ${said(one)}`)
    if (i) assert.ok(one.top >= all[i - 1].bottom - .5, `${said(one)} is not below ${said(all[i - 1])}`)
  })
}

/**
 * Fails if a page scrolls sideways, has a target that is too small for a finger, or has a line that begins with a closing mark.
 */
async function look(page, where) {
  none([...await sideways(page), ...await smallTargets(page), ...await wrongStarts(page)].map(text => `${where}: ${text}`), 'findings')
}

/** Waits for the whole result. The result's first screen is shown before the rest. */
const whole = page => page.waitForSelector('#checker [data-do=again]')

/**
 * Checks the result of the checker: it has the outcome, its heading is on the screen, the tools are below the heading, and the
 * answer ends within two screens.
 */
async function lookAtAnswer(page, outcome) {
  assert.equal((await shown(page)).outcome, outcome)
  await whole(page)
  const heading = await box(page, '#checker h1')
  onScreen(heading)
  inOrder([heading, ...await boxes(page, '#checker .tools')])
  assert.ok((await box(page, '#checker .answer')).bottom < 2 * SCREEN.height, 'the answer is within two screens')
  await look(page, outcome)
}

const WITH_CARD = { have: ['my_number_card'], last_use: 'ok', change: 'none', place: 'reader' }
const WITH_CERTIFICATE = { ...WITH_CARD, have: ['eligibility_certificate'], cert_expiry: '2027-07-31' }

/** Goes from the home page to the result, and checks the screen of each question on the way. */
async function toAnswer(page, root, language, person) {
  await page.goto(`${root}${language}/index.html`)
  const truth = { ...person, named: await tapOnHome(page, person) }
  while (await page.$('#checker form[data-step]')) {
    onScreen(await box(page, '#checker h1'))
    await look(page, await page.getAttribute('#checker form[data-step]', 'data-step'))
    await choosing(page, truth)
  }
}

const WAYS = {}

for (const [language, outcome, person] of [['ja', 'bring_myna', WITH_CARD], ['ja-easy', 'bring_cert', WITH_CERTIFICATE], ['en', 'bring_myna', WITH_CARD]]) {
  WAYS[`from the home page to the answer, in ${language}`] = engine => onWay(engine, {}, async (page, root) => {
    await page.goto(`${root}${language}/index.html`)
    const tiles = await boxes(page, '.tiles a')
    assert.equal(tiles.length, 4)
    onScreen(...tiles)
    assert.ok((await boxes(page, '.tiles svg')).every(({ left, right, top, bottom }) => right - left >= 60 && bottom - top >= 38), 'the drawings can be recognised')
    inOrder([await box(page, '.hero h1'), await box(page, '.lead'), tiles[0], tiles[2]])
    await look(page, 'the home page')
    await toAnswer(page, root, language, person)
    await lookAtAnswer(page, outcome)
  })
}

WAYS['one step back, and the answer that was given can be given anew'] = engine => onWay(engine, {}, async (page, root) => {
  await page.goto(`${root}en/index.html`)
  await tapOnHome(page, WITH_CARD)
  const first = await box(page, '#checker h1')
  await press(page, '#checker .answers button')
  const second = await box(page, '#checker h1')
  assert.notEqual(second.text, first.text)
  await press(page, '#checker [data-do=back]')
  await page.waitForFunction(text => document.querySelector('#checker h1').innerText.trim() === text, first.text)
  onScreen(await box(page, '#checker h1'))
})

for (const [file, query, id] of [['ja/faq/card-lost.html', '保険証なくした', 'old-card-lost'], ['en/index.html', 'lost certificate', 'certificate-lost']]) {
  WAYS[`a question by its words: ${query}`] = engine => onWay(engine, {}, async (page, root) => {
    await page.goto(root + file)
    await press(page, 'a.find')
    await page.waitForSelector('.search input')
    assert.equal(await page.evaluate(() => document.activeElement.id), '_search')
    await (/^[ -~]+$/.test(query) ? page.keyboard.type(query) : page.keyboard.insertText(query))
    const result = `.search li a[href$="faq/${id}.html"]`
    await page.waitForSelector(result)
    const field = await box(page, '.search input')
    onScreen(field)
    inOrder([field, ...await boxes(page, '.search li')])
    assert.ok((await boxes(page, '.search mark')).length > 0, 'what was typed is marked')
    await look(page, 'the box')
    await page.keyboard.press('ArrowDown')
    assert.match(await page.evaluate(() => document.activeElement.href), /\.html/)
    await press(page, result)
    await page.waitForURL(RegExp(`faq/${id}\\.html$`))
    onScreen(await box(page, 'h1'))
  })
}

for (const day of ['2026-07-31', '2026-08-01']) {
  WAYS[`the passages that hold on ${day}`] = engine => onWay(engine, { day }, async (page, root) => {
    for (const question of Object.keys(PASSAGES)) {
      await page.goto(`${root}ja/faq/${question}.html`)
      await page.waitForSelector('details.dated[data-seen]')
      assert.deepEqual((await passages(page)).map(({ open }) => open), holds(question, day), question)
      inOrder(await boxes(page, 'details.dated'))
      await look(page, question)
    }
  })
}

WAYS['a day as it stands on paper, and one that is not a day'] = engine => onWay(engine, {}, async (page, root) => {
  await page.goto(`${root}ja/index.html`)
  const truth = { ...WITH_CERTIFICATE, named: await tapOnHome(page, WITH_CERTIFICATE) }
  while (!await page.$('#f0')) await choosing(page, truth)
  await press(page, '#f0')
  await page.keyboard.type('R8.13.1')
  await press(page, '#checker [data-do=typed]')
  const errors = await box(page, '.errors')
  onScreen(errors)
  inOrder([errors, await box(page, '#checker h1'), await box(page, '#f0')])
  assert.equal(await page.evaluate(() => document.activeElement.className), 'errors')
  await press(page, '#f0')
  await page.keyboard.press('Control+A')
  await page.keyboard.type('R9.7.31')
  inOrder([await box(page, '#f0'), await box(page, '#echo')])
  assert.match((await box(page, '#echo')).text, /2027年.*7月31日/)
  await look(page, 'the day')
})

WAYS['another language, in the midst of the checker and at its answer'] = engine => onWay(engine, {}, async (page, root) => {
  await page.goto(`${root}ja/index.html`)
  await tapOnHome(page, WITH_CARD)
  const change = async language => {
    const before = await box(page, '#checker h1'), step = await page.evaluate(() => document.querySelector('#checker form')?.dataset.step)
    await press(page, `.languages a[href*="/${language}/"]`)
    await page.waitForFunction(text => document.querySelector('#checker h1').innerText.trim() !== text, before.text)
    assert.equal(await page.evaluate(() => document.querySelector('#checker form')?.dataset.step), step, 'the same question')
    assert.equal(await page.evaluate(() => document.documentElement.lang), language.slice(0, 2))
    onScreen(await box(page, '#checker h1'))
    await look(page, language)
  }
  await change('en')
  assert.match((await box(page, '#checker h1')).text, /^[ -~’“”]+$/)
  for (const truth = { ...WITH_CARD, named: WITH_CARD.have }; await page.$('#checker form[data-step]');) await choosing(page, truth)
  await whole(page)
  await change('ja-easy')
  await lookAtAnswer(page, 'bring_myna')
  await readingsAbove(page)
})

/** Fails if a reading is not centred above its word. */
async function readingsAbove(page) {
  const wrong = await page.evaluate(() => [...document.querySelectorAll('main ruby')].filter(ruby => ruby.checkVisibility()).flatMap(ruby => {
    const range = document.createRange(), reading = ruby.querySelector('rt')
    range.selectNodeContents(ruby.firstChild)
    const word = range.getBoundingClientRect(), { left, right, top, bottom } = reading.getBoundingClientRect()
    const apart = Math.abs((left + right) / 2 - (word.left + word.right) / 2)
    return bottom > word.top + word.height * .3 || top < word.top - 1.2 * word.height || apart > 3 ? [`${ruby.textContent}: the reading is at ${left}, ${top}, ${right}, ${bottom}, the word at ${word.left}, ${word.top}, ${word.right}, ${word.bottom}`] : []
  }))
  none(wrong, 'readings')
}

WAYS['readings above their words, on and off'] = engine => onWay(engine, {}, async (page, root) => {
  await page.goto(`${root}ja-easy/faq/card-lost.html`)
  await readingsAbove(page)
  await look(page, 'with readings')
  await press(page, '.ruby-switch')
  assert.deepEqual(await boxes(page, 'main rt'), [])
  await look(page, 'without readings')
})

WAYS['the same question in another language'] = engine => onWay(engine, {}, async (page, root) => {
  await page.goto(`${root}ja/faq/card-lost.html`)
  await press(page, '.languages a[hreflang=en]')
  await page.waitForURL(/en\/faq\/card-lost\.html$/)
  onScreen(await box(page, 'h1'))
  await look(page, 'the question')
})

WAYS['the checker in a frame of another site'] = engine => onWay(engine, {}, async (page, root, host) => {
  await page.goto(`${host}host.html`)
  const frame = page.frame(0), isWhole = () => page.waitForFunction(() => document.querySelector('iframe').offsetHeight > 900)
  await frame.waitForSelector('#checker button[data-do=name]')
  await isWhole()
  for (const truth = { ...WITH_CARD, named: [] }; await frame.$('#checker form[data-step]');) {
    await choosing(frame, truth)
    await page.waitForFunction(() => document.querySelector('iframe').getBoundingClientRect().top > -1)
  }
  assert.equal((await shown(frame)).outcome, 'bring_myna')
  await frame.waitForFunction(() => document.documentElement.scrollHeight <= innerHeight + 1)
  const { left, right } = await box(page, 'iframe')
  assert.ok(left >= 0 && right <= SCREEN.width)
  await look(frame, 'the answer')
  await press(frame, '#checker [data-do=circumstances]')
  await frame.waitForSelector('#checker [data-do=tell]') // the script with the words of this step is loaded only now
})

/**
 * Returns a text in normal form and without white space, because a PDF can contain similar characters in place of the original
 * ones.
 */
const dense = text => text.normalize('NFKC').replace(/[\s\u2060\u200b]/g, '')

WAYS['the answer on paper'] = engine => onWay(engine, {}, async (page, root) => {
  await page.goto(`${root}ja/index.html`)
  for (const truth = { ...WITH_CARD, named: await tapOnHome(page, WITH_CARD) }; await page.$('#checker form[data-step]');) await choosing(page, truth)
  await whole(page)
  const title = dense((await box(page, '#checker h1')).text), all = await sheets(page)
  assert.equal(all.length, 1, 'one sheet')
  const text = dense(all[0])
  for (const wanted of [title, 'これで足ります', '言うこと', '2026年11月22日に印刷しました']) assert.ok(text.includes(wanted), `“${wanted}” is not in ${text}`)
  for (const unwanted of ['印刷する', '検索', 'English']) assert.ok(!text.includes(unwanted), `“${unwanted}” is in ${text}`)
})

WAYS['dates on paper, unfolded'] = engine => onWay(engine, {}, async (page, root) => {
  await page.goto(`${root}ja/changes.html`)
  await page.waitForSelector('.year[data-seen]')
  const folded = await page.evaluate(() => [...document.querySelectorAll('.year:not([open]) .event')].map(part => part.textContent.trim()))
  assert.ok(folded.length > 10, 'most is folded on the screen')
  const text = dense((await sheets(page)).join(''))
  none(folded.filter(part => !text.includes(dense(part).slice(0, 10))).map(part => `not printed: ${part.slice(0, 40)}`), 'texts')
  assert.match(text, /2026年11月22日に印刷しました/)
})

WAYS['without script, from the home page to an answer'] = engine => onWay(engine, { script: false }, async (page, root) => {
  for (const language of ['ja', 'en']) {
    await page.goto(`${root}${language}/index.html`)
    onScreen(...await boxes(page, '.tiles a'))
    assert.deepEqual(await boxes(page, 'main button'), [], 'no button that does nothing')
    await press(page, '.tiles a')
    for (let steps = 0; ; steps++) {
      await page.waitForURL(/check-noscript[-\d]*\.html/)
      assert.ok(steps < 14, 'the interview ends')
      await look(page, `step ${steps}`)
      const before = await page.evaluate(() => location.href)
      if (!(await boxes(page, 'main ul.rows a')).length) break
      await press(page, 'main ul.rows a')
      await page.waitForFunction(before => location.href !== before, before)
    }
    inOrder([await box(page, 'h1'), (await boxes(page, 'main p'))[0]])
  }
})

WAYS['without script, a question with all its passages, and the search'] = engine => onWay(engine, { script: false }, async (page, root) => {
  await page.goto(`${root}ja/faq/brought-old-card.html`)
  const found = await passages(page)
  assert.ok(found.length > 1 && found.every(({ open, heading, period }) => open && heading && /\d/.test(period)), 'open, with their periods')
  inOrder(await boxes(page, 'details.dated'))
  await look(page, 'the question')
  await press(page, 'a.find')
  await page.waitForURL(/ja\/search\.html$/)
  assert.ok((await boxes(page, 'main .rows a[href*="faq/"]')).length > 50)
  await look(page, 'the page of all questions')
})

const [, , , ...wanted] = process.argv
after(() => Promise.all(ENGINES.map(engine => engine.quit())))
for (const engine of ENGINES) {
  for (const [way, body] of Object.entries(WAYS)) {
    const name = `${engine.name}: ${way}`
    if (wanted.every(words => name.includes(words))) test(name, () => body(engine))
  }
}
