// On a phone, the checker asks few questions, stores nothing, and gives the same results as the rules.

import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import { chromium } from 'playwright-core'
import { fileURL, sweep, withPage } from './lib/browser.mjs'
import { axeOnNew, inModes, sideways, smallTargets } from './lib/checks.mjs'
import { cases, choose, heading, hold, inIds, onward, restore, sensitive, shown, start, step, tap, tell, type, unsure } from './lib/checker.mjs'
import { none } from './lib/expect.mjs'
import { serve } from './lib/server.mjs'
import { scratch } from './lib/folders.mjs'
import { inTurn, SWEEP, realSite } from './lib/site.mjs'
import test from './lib/test.mjs'

const site = realSite()
const check = language => site.page(`${language}/check.html`)
const focus = page => page.evaluate(() => `${document.activeElement.localName}${document.activeElement.className && '.' + document.activeElement.className}`)
const equal = (a, b) => JSON.stringify([...a].sort()) === JSON.stringify([...b].sort())

/**
 * For each key that a worked case can have, a function that compares the expected value with a result. It returns a description
 * if the result breaks the expectation, and a falsy value if not. A case expects nothing about a key that it lacks.
 */
const EXPECTED = {
  outcome: (want, { outcome }) => outcome !== want && `outcome ${outcome}, not ${want}`,
  enough: (want, { enough }) => enough !== want && `enough ${enough}, not ${want}`,
  bring_any_of: (want, { bring }) => (want.length ? !bring.length || !want.some(set => equal(set, bring[0])) : bring.length) && `bring ${JSON.stringify(bring)}, not one of ${JSON.stringify(want)}`,
  not_alone: (want, { bring }) => want.some(paper => bring.some(set => equal(set, [paper]))) && `one of ${want} stands alone`,
  never_offer: (want, { bring }) => want.some(paper => bring.flat().includes(paper)) && `one of ${want} is offered`,
  tell: (want, { tell }) => want.some(note => !tell.includes(note)) && `does not tell all of ${want}`,
  not_tell: (want, { tell }) => want.some(note => tell.includes(note)) && `tells one of ${want}`,
  until: (want, { until }) => until !== want && `until ${until}, not ${want}`,
}

/** The keys of a worked case that state no expectation. */
const BESIDE = ['id', 'answers', 'who', 'source', 'certainty']

/** Returns how a result differs from what a worked case expects. */
const faults = (c, answer) => Object.entries(c).filter(([key]) => !BESIDE.includes(key))
  .map(([key, want]) => EXPECTED[key] ? EXPECTED[key](want, answer) : `nothing looks at ${key}`).filter(Boolean).map(text => `${c.id}: ${text}`)

test('a result that breaks one key of a worked case is noticed, and so is a key that nothing looks at', () => {
  const right = { outcome: 'a', enough: 'yes', bring: [['x', 'y'], ['z']], tell: ['n'], until: '2026-01-01' }
  const holds = { outcome: 'a', enough: 'yes', bring_any_of: [['y', 'x']], not_alone: ['x'], never_offer: ['w'], tell: ['n'], not_tell: ['m'], until: '2026-01-01' }
  const breaks = { outcome: 'b', enough: 'no', bring_any_of: [], not_alone: ['z'], never_offer: ['y'], tell: ['m'], not_tell: ['n'], until: null }
  assert.deepEqual(Object.keys(breaks), Object.keys(EXPECTED))
  none(faults({ id: 'right', who: 'somebody', ...holds }, right), 'faults')
  for (const [key, want] of Object.entries(breaks)) assert.equal(faults({ ...holds, [key]: want }, right).length, 1, key)
  assert.equal(faults({ ...holds, also: [] }, right).length, 1)
})

/** Returns every n-th of the worked cases, and the first case of each outcome. With `make sweep`, it returns all cases. */
const some = n => cases.filter(({ outcome }, i) => SWEEP || i % n === 0 || i === cases.findIndex(other => other.outcome === outcome))

/**
 * Asks the checker for the results of worked cases. Returns the results by the case's id (`answers`), and `findings`: results that differ
 * from the expectations, pages that scroll sideways, and errors on the page. `prepare` runs before the scripts of each page.
 */
const askAll = (tried, prepare) => withPage({ viewport: { width: 320, height: 640 } }, async page => {
  await page.addInitScript(prepare)
  const findings = [], answers = {}
  for (const c of tried) {
    const { profile } = c.answers
    await restore(page, profile && profile !== 'general' ? site.page(`${profile}/ja/check.html`) : check('ja'), c.answers)
    answers[c.id] = JSON.parse(await page.evaluate(() => document.querySelector('[data-answer]').dataset.answer))
    findings.push(...faults(c, inIds(answers[c.id])), ...(await sideways(page)).map(text => `${c.id}: ${text}`))
  }
  return { answers, findings: [...findings, ...page.trouble] }
})

/** For each engine, a function that makes a page use it. The function runs before the page's scripts. */
const ENGINES = { 'the module': () => {}, 'no WebAssembly': () => delete globalThis.WebAssembly }

test('worked cases are answered as they should be, without WebAssembly exactly as with it', { long: true }, async () => {
  const module = await askAll(some(16), ENGINES['the module']), tables = await askAll(some(48), ENGINES['no WebAssembly'])
  none([...module.findings, ...tables.findings], 'faults')
  for (const [id, answer] of Object.entries(tables.answers)) assert.deepEqual(answer, module.answers[id], id)
})

for (const language of site.languages) {
  test(`a whole interview by keyboard alone, in ${language}`, async () => {
    await withPage({}, async page => {
      await page.goto(fileURL(check(language)))
      const title = await page.title()
      const press = async (selector, key = 'Enter') => {
        for (let i = 0; i < 80; i++) {
          await page.keyboard.press('Tab')
          if (await page.evaluate(s => document.activeElement.matches(s), selector)) break
        }
        assert.ok(await page.evaluate(s => document.activeElement.matches(s), selector), `Tab does not reach ${selector}`)
        await page.keyboard.press(key)
      }
      await press('[data-do=name][value=my_number_card]')
      assert.equal(await focus(page), 'h1', 'the new heading has the focus')
      await press('[data-do=choose][value=ok]', 'Space')
      assert.equal(await focus(page), 'h1')
      await press('[data-do=choose][value=none]')
      for (let i = 0; i < 6 && !(await page.$('[data-answer]')); i++) await press('[data-do=choose], [data-do=none]')
      assert.equal(await focus(page), 'h1')
      assert.equal((await shown(page)).outcome, 'bring_myna')
      assert.equal(await page.title(), title, 'the title tells nothing of the answer')
      none(page.trouble, 'messages')
    })
  })
}

test('nothing is asked of anybody while answering, and nothing is stored', async () => {
  await withPage({}, async page => {
    await start(page, check('ja'))
    page.requested.length = 0
    await hold(page, 'eligibility_certificate')
    await type(page, '令和１０年３月31日')
    await choose(page, 'none')
    const answer = await shown(page)
    assert.deepEqual([answer.outcome, answer.enough, answer.until], ['bring_cert', 'yes', '2028-03-31'])
    none(page.requested, 'requests')
    const kept = await page.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length, location.href, Object.keys(history.state)])
    assert.deepEqual(kept.slice(0, 3), ['', 0, 0])
    assert.ok(kept[3].endsWith('/ja/check.html'), 'the address tells nothing')
    assert.deepEqual(kept[4], ['step', 'key'], 'the history holds a number and a key')
  })
})

test('the folder of a real browser holds no answer after it was closed', async () => {
  const host = await serve(site.folder), folder = path.join(scratch, 'profile')
  const marks = { typed: '令和１０年３月３１日', marker: 'sitegen-marker-in-history' }
  let context
  try {
    context = await chromium.launchPersistentContext(folder, { executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--no-first-run'], ignoreDefaultArgs: ['--disable-back-forward-cache'] })
    const page = await context.newPage()
    await page.goto(host.url(check('ja')))
    await page.waitForSelector('[data-do=name]')
    await tap(page, '[data-do=circumstances]')
    await page.waitForSelector('[data-do=tell]') // the button comes with a script that is loaded later
    await sensitive(page)
    await tap(page, '[data-do=name][value=eligibility_certificate]')
    await page.fill('#f0', marks.typed)
    await tap(page, '[data-do=typed]')
    await unsure(page)
    const { outcome } = await shown(page)
    const title = (await page.innerText('#checker h1')).split('\n').pop()
    const other = await context.newPage()
    await other.goto(host.url(site.page('ja/about.html')))
    await other.evaluate(mark => history.pushState({ mark }, '', '?' + mark), marks.marker)
    await page.waitForTimeout(1500)
    await context.close()
    const holds = text => {
      const forms = [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')]
      return fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile() && !/[Cc]ache/.test(entry.parentPath ?? entry.path))
        .map(entry => path.join(entry.parentPath ?? entry.path, entry.name)).filter(file => forms.some(form => fs.readFileSync(file).includes(form)))
    }
    assert.notDeepEqual(holds(marks.marker), [], 'what stands in the history is found')
    for (const text of [marks.typed, outcome, title, 'eligibility_certificate', '"given"', 'told']) assert.deepEqual(holds(text), [], `“${text}” is kept`)
  } finally {
    await context?.close() // closing it twice does no harm, and an open one would keep the tests running
    await host.close()
  }
})

/**
 * Texts that people type for a day, each with what the page must make of it: a day, a month, "year" if the year is missing, or the name
 * of a fault.
 */
const DAYS = {
  '11月28日': 'year', '12月1日': 'year', '１２月２日': 'year', '11/28': 'year', '11/8': 'year', '3月31日': 'year',
  'Nov 28, 2026': '2026-11-28', 'Dec 2, 2026': '2026-12-02', 'November 28th, 2026': '2026-11-28', '28th November 2026': '2026-11-28',
  'July 31 2027': '2027-07-31', '31/7/2027': '2027-07-31', '7/31/2027': '2027-07-31', '5/6/2027': 'unreadable', '31 March 2026': '2026-03-31',
  '有効期限 令和8年11月28日': '2026-11-28', '有効期限:2026年11月28日': '2026-11-28', '2026年11月28日(土)': '2026-11-28', '2026年11月28日（土）': '2026-11-28',
  '令和8年11月末': '2026-11-30', '令和9年3月末日': '2027-03-31', '平成32年3月31日': '2020-03-31', 'H31.4.30まで有効': '2019-04-30',
  'R8.3.31': '2026-03-31', '令和8年3月31日': '2026-03-31', '2026/3/31': '2026-03-31', '２０２６年３月３１日': '2026-03-31', '令和元年5月1日': '2019-05-01',
  '20260331': '2026-03-31', '9/7/31': '2027-07-31', '2027-7-31': '2027-07-31', '2027/7': '2027-07', '2031年5月': '2031-05',
  '': 'empty', 'きのう': 'unreadable', '27': 'unreadable', '令和12年': 'unreadable', '令和8年11月28日から令和9年1月1日': 'unreadable',
  '令和8年13月1日': 'no_such_day', '2026/2/29': 'no_such_day', '2126/1/1': 'range',
}

test('days are understood in both calendars, and what is wrong is said and gets the focus', async () => {
  await withPage({}, async page => {
    await start(page, check('ja'))
    await hold(page, 'eligibility_certificate')
    const messages = await page.evaluate(() => Object.fromEntries(['empty', 'unreadable', 'no_such_day', 'year', 'range'].map(fault => [fault, checkerData.page['date_error_' + fault].split('\x01')[0]])))
    for (const [text, want] of Object.entries(DAYS)) {
      await page.fill('#f0', text)
      const echo = await page.innerText('#echo')
      if (/^\d/.test(want)) {
        const [year, month, day] = want.split('-').map(Number)
        assert.ok(echo.startsWith(`${year}年${month}月${day ? `${day}日` : '（'}`), `“${text}” is read as “${echo}”, not ${want}`)
        continue
      }
      assert.equal(echo, '', `“${text}” is read as “${echo}”`)
      await tap(page, '[data-do=typed]')
      assert.equal(await focus(page), 'div.errors', `“${text}” is told`)
      assert.ok((await page.innerText('.errors button')).startsWith(messages[want]), `“${text}”: ${await page.innerText('.errors button')}`)
      await tap(page, '.errors button')
      assert.match(await focus(page), /^input/)
    }
  })
})

test('the day of the visit is today, tomorrow or another; one without a year is read back before it counts', async () => {
  await withPage({}, async page => {
    await page.clock.setFixedTime(new Date('2026-11-22T12:00:00+09:00'))
    await start(page, check('ja'))
    const chosen = () => page.evaluate(() => [...document.querySelectorAll('.chip button')].findIndex(button => button.getAttribute('aria-pressed') === 'true'))
    assert.equal(await chosen(), 0, 'today')
    await tap(page, '[data-do=day] >> nth=1')
    assert.equal(await step(page), 'have')
    assert.match(await page.innerText('.chip'), /2026年11月23日/)
    assert.equal(await chosen(), 1, 'tomorrow')
    await tap(page, '[data-do=step][value=visit_date]')
    await page.fill('#f0', '12月2日')
    assert.match(await page.innerText('#echo'), /^2026年12月2日/)
    await tap(page, '[data-do=typed]')
    assert.equal(await page.evaluate(() => document.activeElement.id), 'echo', 'it is asked about')
    await tap(page, '[data-do=typed]')
    assert.match(await page.innerText('.chip'), /2026年12月2日/)
    assert.equal(await chosen(), 2, 'another day')
    assert.match(await page.innerText('.progress'), /質問1$/, 'the day is not a question of the interview')
    for (const field of await page.$$('input:not([type=checkbox])')) assert.equal(await field.getAttribute('autocomplete'), 'off')
  })
})

for (const gap of [60, 150, 300]) {
  test(`a double tap answers one question, ${gap} ms apart`, async () => {
    await withPage({ hasTouch: true }, async page => {
      await start(page, check('ja'))
      for (const selector of ['.answers .unsure', '.answers .unsure', '[data-do=choose] >> nth=-1']) {
        await page.waitForTimeout(600)
        const box = await (await page.$(selector)).boundingBox()
        const before = await page.evaluate(() => history.length)
        await page.evaluate(y => scrollTo(0, y), box.y - 300)
        const { x, y, width, height } = await (await page.$(selector)).boundingBox()
        for (let i = 0; i < 2; i++) {
          await page.touchscreen.tap(x + width / 2, y + height / 2)
          await page.waitForTimeout(gap)
        }
        assert.equal(await page.evaluate(() => history.length), before + 1, `${selector}: one step`)
      }
    })
  })
}

test('Back undoes one step and loses nothing typed, and a change keeps the other answers', async () => {
  await withPage({}, async page => {
    await start(page, check('ja'))
    await hold(page, 'eligibility_certificate')
    await page.fill('#f0', '令和')
    await page.goBack()
    assert.equal(await step(page), 'have')
    await page.goForward()
    assert.equal(await page.inputValue('#f0'), '令和', 'what was typed is still there')
    await type(page, '2028/3/31')
    assert.equal(await step(page), 'change')
    await tap(page, '[data-do=back]')
    assert.equal(await page.waitForFunction(() => document.querySelector('[data-step=cert_expiry]') && 1).then(h => h.jsonValue()), 1)
    assert.equal(await page.inputValue('#f0'), '2028/3/31')
    await tap(page, '[data-do=typed]')
    await choose(page, 'none')
    const { outcome } = await shown(page)
    await tap(page, '[data-do=step][value=cert_expiry]')
    await type(page, '2027/1/31')
    const changed = await shown(page)
    assert.deepEqual([changed.outcome, changed.until], [outcome, '2027-01-31'])
    await page.goBack()
    await page.goBack()
    assert.equal((await shown(page)).until, '2028-03-31', 'the answer before')
  })
})

test('each screen has its own number, also after going back, and one tap can say that nothing else is held', async () => {
  await withPage({}, async page => {
    await start(page, check('ja'))
    const number = async () => (await page.innerText('.progress')).replace(/\D/g, '')
    const numbers = [await number()]
    for (const selector of ['[data-do=name][value=old_card]', '[data-do=none]', '[data-do=choose][value=none]', '[data-do=part]', '[data-do=choose][value=left_job]']) {
      await onward(page, selector)
      numbers.push(await number())
    }
    assert.deepEqual(numbers, ['1', '2', '3', '4', '5', '6'])
    for (const before of ['5', '4', '3', '2']) {
      await page.goBack()
      assert.equal(await number(), before, 'going back')
    }
    await tap(page, '[data-do=alone]')
    assert.deepEqual([await step(page), await number()], ['change', '3'], 'without the question about the card')
    await choose(page, 'none')
    await tap(page, '.given summary')
    await page.waitForSelector('[data-do=step][value=card]')
    assert.match(await page.innerText('.given'), /持っていない/)
  })
})

for (const change of ['left_job', 'dependent_pending', 'insurer_changed']) test(`after "${change}" it is asked whether the next insurance is arranged`, async () => {
  await withPage({}, async page => {
    await start(page, check('en'))
    await hold(page, 'eligibility_certificate')
    await type(page, '2028/3/31')
    await choose(page, change)
    await tap(page, '[data-do=settle][value=enrolled]')
    assert.equal(await step(page), 'cert_issuer')
    await choose(page, 'present')
    assert.equal((await shown(page)).outcome, 'bring_cert')
    assert.equal((await shown(page)).enough, 'yes')
  })
})

test('the answer that is true is offered, also to those for whom it makes no difference', async () => {
  await withPage({}, async page => {
    await start(page, check('ja'))
    await hold(page, 'eligibility_certificate')
    await type(page, '2028/3/31')
    await tap(page, '[data-do=unknown]')
    assert.equal(await step(page), 'cert_issuer')
    await choose(page, 'present')
    assert.equal(await step(page), 'have')
  })
})

test('what all alternatives share is named once, and only "together with" says that all are needed', async () => {
  await withPage({}, async page => {
    const words = async answers => {
      await restore(page, check('ja'), answers)
      return [await page.locator('.one-of').count(), (await page.innerText('#checker')).includes('全部要ります')]
    }
    const checkup = { have: ['eligibility_certificate', 'my_number_card'], cert_expiry: '2028-03-31', needs: ['checkup_vaccine'] }
    assert.deepEqual(await words(checkup), [1, false])
    assert.deepEqual(await words({ ...checkup, have: ['eligibility_certificate'] }), [0, true])
  })
})

test('a paper that may do alone is named once, and one line says so', async () => {
  await withPage({ viewport: { width: 360, height: 740 } }, async page => {
    const answers = { have: ['my_number_card', 'smartphone'], change: 'none', last_use: 'ok', place: 'phone_reader', phone: 'iphone' }
    for (const language of site.languages) {
      await restore(page, check(language), answers)
      const { outcome, bring } = await shown(page)
      assert.deepEqual([outcome, bring], ['bring_phone_plus_card', [['my_number_card', 'smartphone'], ['my_number_card'], ['smartphone']]])
      assert.deepEqual([await page.locator('.bring > li').count(), await page.locator('.bring .paper').count()], [1, 2], language)
      const [said, wanted] = await page.evaluate(() => [document.querySelector('.bring + p').innerHTML.replace(/<rt>.*?<\/rt>|<[^>]*>|\u2060/g, ''), checkerData.page.alone_may_do.replace(/{(.*?)\|.*?}/g, '$1').replace(/<[^>]*>/g, '')])
      assert.equal(said, wanted, language)
    }
  })
})

test('whoever is seen at home or online finds the true place from the question about the reader', async () => {
  for (const language of site.languages) {
    await withPage({ viewport: { width: 360, height: 640 } }, async page => {
      await start(page, check(language))
      await hold(page, 'my_number_card')
      for (let i = 0; i < 9 && await step(page) !== 'place'; i++) await onward(page, '.answers .unsure')
      assert.equal(await step(page), 'place', language)
      const shownAt = page.locator('.choice[data-do=circumstances]')
      await shownAt.focus()
      await page.keyboard.press('Enter')
      await page.waitForSelector('[data-do=tell]')
      assert.equal(await focus(page), 'h1', language)
      assert.deepEqual(await page.$$eval('.group[open] input', boxes => [...new Set(boxes.map(box => box.id.split('.')[0]))]), ['place'], 'only the places are open')
      await page.goBack()
      await page.waitForSelector('[data-step=place]')
      await shownAt.evaluate(button => button.click())
      await page.waitForSelector('[data-do=tell]')
      await tap(page, '[data-do=tell]')
      assert.equal(await step(page), 'place', 'nothing is forced')
      await shownAt.evaluate(button => button.click())
      await page.waitForSelector('[data-do=tell]')
      await page.locator('[id="place.online"]').focus()
      await page.keyboard.press('Space')
      await tap(page, '[data-do=tell]')
      await unsure(page)
      assert.ok((await shown(page)).tell.length, language)
      none([...page.trouble, ...(await sideways(page))], 'messages')
    })
  }
})

test("on an insurer's own site it is asked whether it is that one", async () => {
  await withPage({}, async page => {
    await restore(page, site.page('sk/ja/check.html'), { have: ['eligibility_notice'], card: 'none' })
    await page.goto(fileURL(site.page('sk/ja/check.html')))
    const title = await page.evaluate(() => [checkerData.inputs.find(({ id }) => id === 'insurer').own, checkerData.page.insurer_is])
    assert.equal(title[0], 'kenpo')
    assert.match(title[1].replace(/<[^>]*>/g, ''), /SK健康保険組合/)
  })
})

test("on an insurer's own site only its members are sent to it, also by a link", async () => {
  const item = site.page('sk/ja/check.html'), named = /SK健康保険組合|073-480-5855/
  const text = page => page.waitForSelector('#checker [data-do=again]').then(() => page.textContent('#checker'))
  for (const [says, member] of [['yes', true], ['another of the same kind', false], ['no idea', false]]) {
    const link = await withPage({}, async page => {
      await start(page, item)
      await hold(page, 'eligibility_certificate')
      await tap(page, '.answers .unsure')
      await choose(page, 'moved')
      assert.equal(await step(page), 'insurer')
      if (says === 'no idea') await tap(page, '.answers .unsure')
      else {
        if (!member) await tap(page, '[data-do=part]')
        await choose(page, 'kenpo')
      }
      await unsure(page)
      assert.equal(named.test(await text(page)), member, says)
      await tap(page, '[data-do=share]')
      return page.inputValue('#shared input')
    })
    await withPage({}, async page => {
      await page.goto(link)
      assert.equal(named.test(await text(page)), member, `${says}, by a link`)
    })
  }
})

test('circumstances are told in one step, and the neutral line leads to the answer of those who must not use the card', async () => {
  await withPage({}, async page => {
    await start(page, check('ja'))
    await tell(page, { place: ['disaster'] })
    assert.equal((await shown(page)).outcome, 'disaster', 'nobody is asked what decides no more')
    await tap(page, '[data-do=circumstances]')
    await page.locator('[id="place.online"]').evaluate(box => box.click())
    assert.equal(await page.isChecked('[id="place.disaster"]'), false, 'there is one place')
    await page.goBack()
    await page.goBack()
    await page.goBack()
    assert.equal(await step(page), 'have')
    await sensitive(page)
    await hold(page, 'my_number_card')
    await unsure(page)
    const answer = await shown(page)
    assert.equal(answer.outcome, 'apply_cert')
    assert.ok(answer.bring.every(set => !set.includes('my_number_card')))
  })
})

test('where the words of the circumstances cannot be loaded the page says so, and goes on when it is pressed again', async () => {
  await withPage({}, async page => {
    let missing = true
    await page.route(/assets\/(rest|tools)/, route => missing ? route.abort() : route.continue())
    await start(page, check('ja'))
    await tap(page, '[data-do=circumstances]')
    await page.waitForSelector('#checker > .warn[role=status]')
    assert.equal(await step(page), 'have')
    await tap(page, '[data-do=sensitive]')
    await page.waitForSelector('#checker > .warn[role=status]')
    assert.equal(await step(page), 'have', 'nothing is told whose words are not there')
    missing = false
    await page.locator('[data-do=circumstances]').evaluate(button => { button.click(); button.click() })
    await page.waitForSelector('.group')
    assert.ok((await page.locator('.group summary, .group .box').allTextContents()).every(text => text.trim()), 'all have words')
    await page.goBack()
    assert.equal(await step(page), 'have', 'two taps were one step')
    missing = true
    const address = page.url()
    await page.goto('about:blank') // leave the page, so that its scripts are loaded again
    await page.goto(`${address}#answers&have=my_number_card&+visit_date=2026-12-15`)
    await page.waitForSelector('[data-step=have]')
    assert.match(await page.textContent('[role=status]'), /読めませんでした/)
  })
})

test('a link restores the answer, never carries what is private, and is made only on request', async () => {
  const answers = { have: ['my_number_card', 'welfare_ticket'], change: 'none', last_use: 'ok', place: 'reader', needs: ['pin_forgotten', 'nhi_arrears', 'dv', 'specified_disease', 'welfare_plus_insurance'] }
  const link = await withPage({}, async page => {
    await restore(page, check('ja'), answers)
    assert.ok(!page.url().includes('#'))
    await tap(page, '[data-do=share]')
    return page.inputValue('#shared input')
  })
  for (const secret of ['nhi_arrears', 'dv', 'specified_disease', 'welfare_plus_insurance', 'welfare_ticket']) assert.ok(!new RegExp(`[=.]${secret}\\b`).test(link), secret)
  assert.match(link, /pin_forgotten/)
  await withPage({}, async page => {
    await page.goto(link)
    await page.waitForSelector('[data-answer]')
    assert.equal((await shown(page)).outcome, 'bring_myna')
    assert.match(await page.textContent('[role=status]'), /リンクの答え/)
    assert.ok(!page.url().includes('#'), 'the answers do not stay in the address')
  })
  for (const forged of ['&have=zzz', '&place=<img>', '&+visit_date=99999', '&nobody=1', '&+needs=dv&+visit_date=2026-11-22', '&age=1e9&+visit_date=2026-11-22', '&__proto__=1']) {
    await withPage({}, async page => {
      await page.goto(link.replace(/#.*/, '#answers') + forged)
      assert.match(await page.textContent('[role=status]'), /読めませんでした/, forged)
      none(page.trouble, 'messages')
    })
  }
})

test('one paper may come along from another page, and nothing private', async () => {
  await withPage({}, async page => {
    await page.goto(`${fileURL(check('ja'))}#have=my_number_card`)
    await page.waitForSelector('[data-step=last_use]')
    assert.ok(!page.url().includes('#'))
    assert.match(await page.innerText('.progress'), /2/)
    await page.goBack()
    assert.equal(await step(page), 'have', 'Back leads to the first question')
    await page.goto(`${fileURL(check('ja'))}#have=welfare_ticket`)
    assert.match(await page.textContent('[role=status]'), /読めませんでした/)
  })
})

test('where the names of answers in groups, or the words of a result, cannot be loaded, the page says so and stays', async () => {
  await withPage({}, async page => {
    let missing = true
    await page.route(/assets\/(rest|why)/, route => missing ? route.abort() : route.continue())
    await start(page, check('ja'))
    await hold(page, 'eligibility_certificate')
    await type(page, '2028/3/31')
    await onward(page, '[data-do=part]')
    await page.waitForSelector('#checker > .warn[role=status]')
    assert.equal(await step(page), 'change')
    missing = false
    await onward(page, '[data-do=part]')
    await page.waitForSelector('[data-do=choose][value=left_job]')
    assert.ok((await page.locator('.answers .choice').allTextContents()).every(text => text.trim() && !text.includes('undefined')), 'all have words')
    missing = true
    await page.goto('about:blank') // forgets the scripts that are loaded
    await start(page, check('ja'))
    await hold(page, 'eligibility_certificate_copy')
    for (let i = 0; i < 20 && !(await page.$('#checker > .warn[role=status]')); i++) {
      await onward(page, '.answers .unsure')
      await page.waitForTimeout(50)
    }
    assert.equal(await page.locator('[data-answer]').count(), 0, 'no result is shown whose words are not there')
    missing = false
    await unsure(page)
    assert.ok((await shown(page)).tell.includes('cert_no_copy'))
    assert.match(await page.textContent('#checker'), /コピーや写真は使えません/)
    missing = true
    await page.locator('#why').evaluate(slot => { slot.parentElement.open = true })
    await page.waitForSelector('#why .warn[role=status]')
    missing = false
    await page.locator('#why').evaluate(slot => { slot.parentElement.open = false })
    await page.waitForTimeout(50)
    await page.locator('#why').evaluate(slot => { slot.parentElement.open = true })
    await page.waitForSelector('#why .sources')
  })
})

test('a paper that comes along is not taken where its words cannot be loaded', async () => {
  await withPage({}, async page => {
    await page.route(/assets\/data/, async route => {
      const text = fs.readFileSync(new URL(route.request().url()), 'utf8'), paper = 'id:"my_number_card",name:'
      assert.ok(text.includes(paper))
      await route.fulfill({ contentType: 'text/javascript; charset=utf-8', body: text.replace(paper, `said:true,${paper}`) }) // as if it were a circumstance
    })
    await page.route(/assets\/rest/, route => route.abort())
    await page.goto(`${fileURL(check('ja'))}#have=my_number_card`)
    await page.waitForSelector('[role=status], [data-step=last_use]')
    assert.equal(await step(page), 'have')
    assert.match(await page.textContent('[role=status]'), /読めませんでした/)
  })
})

test('after a reload the checker begins anew and says so; clearing leaves nothing behind', async () => {
  await withPage({}, async page => {
    await start(page, check('ja'))
    await hold(page, 'my_number_card')
    await page.reload()
    await page.waitForSelector('[role=status]')
    assert.equal(await step(page), 'have')
    assert.match(await page.textContent('[role=status]'), /最初から/)
    await hold(page, 'my_number_card')
    await unsure(page)
    await page.waitForSelector('[data-do=clear]')
    await tap(page, '[data-do=clear]')
    assert.match(await page.textContent('[role=status]'), /消しました/)
    for (const move of ['goBack', 'goForward', 'goBack', 'goBack']) {
      await page[move]({ timeout: 1000 }).catch(() => {})
      if (!page.url().endsWith('check.html')) break
      assert.ok(!(await page.$('[data-answer]')), move)
    }
  })
})

test('the language changes in place; where its words cannot be had, its page starts over and says so', async () => {
  const host = await serve(site.folder)
  try {
    await withPage({}, async page => {
      await page.goto(host.url(check('ja')))
      await page.waitForSelector('[data-do=name]')
      await tap(page, '[data-do=name][value=eligibility_certificate]')
      await page.fill('#f0', '2028/3/31')
      await tap(page, '.languages a[lang=en]')
      await page.waitForFunction(() => document.documentElement.lang === 'en')
      assert.match(await heading(page), /Eligibility Certificate/)
      assert.equal(await page.inputValue('#f0'), '2028/3/31')
      assert.equal(await page.evaluate(() => document.querySelector('.help a[href^="tel:"]') !== null && /[ぁ-ん]/.test(document.querySelector('footer').innerText)), false)
      await tap(page, '[data-do=typed]')
      await choose(page, 'none')
      assert.equal((await shown(page)).outcome, 'bring_cert')
      await page.route(/assets\/data/, route => route.abort(), { times: 1 }) // a later request succeeds, so the new page can load its words
      await tap(page, '.languages a[lang=ja]')
      await page.waitForURL(/ja\/check\.html/)
      await page.waitForSelector('[data-do=name]')
      assert.equal(await step(page), 'have')
      assert.match(await page.textContent('#checker [role=status]'), /最初から/)
      assert.ok(!page.url().includes('#'), 'the address is as before')
    })
  } finally {
    await host.close()
  }
})

/** Holds back the first request of a page for an address, and returns a function that lets it go. */
async function holdBack(page, address) {
  let release, count = 0
  const released = new Promise(resolve => { release = resolve })
  await page.route(address, async route => {
    if (!count++) await released
    await route.continue()
  })
  return release
}

test('of two languages chosen one after the other, the last one counts, whichever is loaded first', async () => {
  await withPage({}, async page => {
    const around = /assets\/around/, release = await holdBack(page, around)
    await start(page, check('ja'))
    await Promise.all([page.waitForRequest(around), tap(page, '.languages a[lang=en]')])
    await tap(page, '.languages a[href*="/ja-easy/"]')
    await page.waitForFunction(() => document.body.classList.contains('easy'))
    await Promise.all([page.waitForResponse(around), release()])
    await tap(page, '[data-do=circumstances]')
    assert.ok(await page.evaluate(() => document.body.classList.contains('easy') && checkerData.language === 'ja-easy' && document.documentElement.lang === 'ja'))
    none(page.trouble, 'messages')
  })
  await withPage({}, async page => {
    const around = /assets\/around/, release = await holdBack(page, around)
    await start(page, check('ja'))
    await Promise.all([page.waitForRequest(around), tap(page, '.languages a[lang=en]')])
    await tap(page, '.languages a[href*="/ja/"]') // the language of the page
    await Promise.all([page.waitForResponse(around), release()])
    await tap(page, '[data-do=circumstances]')
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'ja')
    assert.match(await heading(page), /[ぁ-ん]/)
  })
})

test('while a link waits for its words, the screen before it is hidden, and a newer screen stays', async () => {
  for (const [link, leads] of [['#have=welfare_ticket', 'welfare'], ['#have=care_insurance_card', ''], ['#answers&+visit_date=2026-11-22&have=old_card', '']]) {
    await withPage({}, async page => {
      const rest = /assets\/rest/, release = await holdBack(page, rest)
      await start(page, check('ja'))
      await hold(page, 'eligibility_certificate')
      assert.equal(await step(page), 'cert_expiry')
      await Promise.all([page.waitForRequest(rest), page.evaluate(link => { location.hash = link }, link)])
      assert.ok(!await page.isVisible('#checker h1'), `${link}: the old screen is seen`)
      await page.goBack()
      await page.waitForFunction(() => document.querySelector('[data-step]')?.dataset.step === 'cert_expiry' && document.querySelector('#checker').style.visibility === '')
      await Promise.all([page.waitForResponse(rest), release()])
      await tap(page, '[data-do=circumstances]') // loads the words too, after the link
      await page.waitForSelector('[data-do=tell]')
      await page.goBack()
      await page.waitForFunction(() => document.querySelector('[data-step]')?.dataset.step === 'cert_expiry')
      assert.ok(!await page.$('[data-answer]'), `${link} ${leads}`)
      none(page.trouble, 'messages')
    })
  }
})

test('a remedy whose words come later is not shown before they are there, and never without them', async () => {
  /** Moves the words of the remedies from the first data to the rest or, if `lost` is true, nowhere. */
  const late = lost => route => {
    const isRest = /assets\/rest/.test(route.request().url())
    const moved = isRest ? lost ? 'delete checkerRest.remedies' : 'checkerRest.remedies = { ...saidLater, ...checkerRest.remedies }'
      : 'globalThis.saidLater = Object.fromEntries(checkerData.remedies.map(({ say }, i) => [i, { say }]).filter(([, { say }]) => say)); for (const one of checkerData.remedies) delete one.say'
    return route.fulfill({ contentType: 'text/javascript; charset=utf-8', body: `${fs.readFileSync(new URL(route.request().url()), 'utf8')};${moved}` })
  }
  for (const lost of [false, true]) {
    await withPage({}, async page => {
      await page.route(/assets\/(data|rest)/, late(lost))
      await start(page, check('ja'))
      await hold(page, 'old_card')
      for (let i = 0; i < 20 && await step(page); i++) await onward(page, '.answers .unsure')
      if (lost) {
        assert.equal(await page.locator('[data-answer]').count(), 0)
        assert.equal(await page.locator('#checker a[href*="check-"]').count(), 1)
      } else {
        await page.waitForSelector('[data-remedies]', { state: 'attached' })
        const said = await page.$$eval('[data-remedies] li', list => list.map(item => item.textContent))
        assert.ok(said.length > 0 && said.every(text => text && !text.includes('undefined')), said.join())
      }
      none(page.trouble, 'messages')
    })
  }
})

test('a change of language while a script of the old language is on its way leaves nothing in the old language', async () => {
  await withPage({}, async page => {
    const openReasons = () => page.locator('#why').evaluate(reasons => { reasons.parentElement.open = true })
    const rest = /assets\/rest/, around = /assets\/around/, releaseOld = await holdBack(page, rest), releaseNew = await holdBack(page, around)
    await start(page, check('ja'))
    await hold(page, 'my_number_card')
    await unsure(page)
    await Promise.all([page.waitForRequest(rest), openReasons()])
    await Promise.all([page.waitForRequest(around), tap(page, '.languages a[lang=en]')]) // by then, the English version of `rest` has arrived
    await page.evaluate(() => { window.first = checkerTools })
    releaseOld()
    await page.waitForFunction(() => checkerTools !== first)
    releaseNew()
    await page.waitForFunction(() => document.documentElement.lang === 'en')
    await openReasons()
    await page.waitForSelector('#why .sources a')
    assert.deepEqual(await page.$$eval('#why a', links => links.map(link => link.getAttribute('href')).filter(href => !href.startsWith('../en/'))), [])
    await tap(page, '[data-do=circumstances]')
    assert.ok(await page.locator('.group').count() > 0)
    assert.doesNotMatch(await page.textContent('#checker'), /[ぁ-ん]/)
    none(page.trouble, 'messages')
  })
})

test('words that belong to other rules are not taken: their page is loaded, and stays as it was published', async () => {
  const host = await serve(site.folder)
  try {
    await withPage({}, async page => {
      await page.goto(host.url(check('ja')))
      await page.waitForSelector('[data-do=name]')
      await page.route(/assets\/data/, async route => {
        const response = await route.fetch(), text = await response.text()
        const other = text.replace(/\bmodule:\d+/, 'module:1')
        assert.notEqual(other, text)
        await route.fulfill({ response, body: other })
      })
      await tap(page, '.languages a[lang=en]')
      await page.waitForURL(/en\/check\.html/)
      await page.waitForLoadState('load')
      assert.equal(await page.locator('[data-do]:visible').count(), 0)
      assert.ok(await page.locator('a[href*="check-"]:visible').count() > 0)
    })
  } finally {
    await host.close()
  }
})

test('an answer of which the data lacks a part is not shown: the page leads to the pages without script', async () => {
  for (const part of ['documents', 'outcomes', 'notes']) {
    await withPage({}, async page => {
      const spoilt = name => `for (const one of Object.values(globalThis.${name}?.${part} ?? {})) one.number = -1`
      await page.route(/assets\/(data|rest)/, route => route.fulfill({
        contentType: 'text/javascript; charset=utf-8', body: `${fs.readFileSync(new URL(route.request().url()), 'utf8')};${spoilt('checkerData')};${spoilt('checkerRest')}`,
      }))
      await start(page, check('ja'))
      await hold(page, 'old_card')
      for (let i = 0; i < 20 && await step(page); i++) await onward(page, '.answers .unsure')
      assert.equal(await page.locator('[data-answer]').count(), 0, part)
      assert.equal(await page.locator('#checker a[href*="check-"]').count(), 1, part)
      none(page.trouble, 'messages')
    })
  }
})

test('what to say has its readings above the words', async () => {
  await withPage({ viewport: { width: 360, height: 740 } }, async page => {
    await restore(page, check('ja-easy'), { have: ['old_card'] })
    await page.waitForSelector('.say ruby')
    assert.deepEqual(await page.$$eval('.say ruby', words => [...new Set(words.map(word => getComputedStyle(word).display))]), ['ruby'])
  })
})

test('a calendar file is made on the device', async () => {
  await withPage({ acceptDownloads: true }, async page => {
    await restore(page, check('ja'), { have: ['my_number_card'], change: 'none', last_use: 'ok', place: 'reader', registered: 'yes', ecert_expiry: '2027-01-20' })
    page.requested.length = 0
    const [download] = await Promise.all([page.waitForEvent('download'), tap(page, '[data-do=calendar]')])
    let text = ''
    for await (const chunk of await download.createReadStream()) text += chunk
    assert.match(text, /DTSTART;VALUE=DATE:20270120\r\n/)
    assert.match(text, /SUMMARY:電子証明書/)
    assert.ok(text.split('\r\n').every(line => Buffer.byteLength(line) <= 75))
    none(page.requested.filter(address => !address.startsWith('blob:') && !/assets\/tools\.\w+\.js$/.test(address)), 'requests')
  })
})

test('words of any kind stay one text of a calendar file', async () => {
  const words = 'a\\, b; c\nEND:VCALENDAR\r\nATTACH:file:///x\u2028' + '𠮷'.repeat(60)
  await withPage({ acceptDownloads: true }, async page => {
    await page.route(/assets\/data/, async route => {
      const text = fs.readFileSync(new URL(route.request().url()), 'utf8')
      const other = text.replace(/\b(due"?:)"[^"]*"/g, (_, key) => key + JSON.stringify(words))
      assert.notEqual(other, text)
      await route.fulfill({ contentType: 'text/javascript; charset=utf-8', body: other })
    })
    await restore(page, check('ja'), { have: ['my_number_card'], change: 'none', last_use: 'ok', place: 'reader', registered: 'yes', ecert_expiry: '2027-01-20' })
    const [download] = await Promise.all([page.waitForEvent('download'), tap(page, '[data-do=calendar]')])
    const chunks = []
    for await (const chunk of await download.createReadStream()) chunks.push(chunk)
    const text = Buffer.concat(chunks).toString(), lines = text.split('\r\n'), unfolded = text.replaceAll('\r\n ', '').split('\r\n')
    assert.ok(lines.every(line => Buffer.byteLength(line) <= 75 && !/[\r\n\ufffd]/.test(line)))
    none(unfolded.filter(line => !/^(BEGIN|END|VERSION|PRODID|UID|DTSTAMP|DTSTART;VALUE=DATE|DTEND;VALUE=DATE|SUMMARY|DESCRIPTION|ACTION|TRIGGER):|^$/.test(line)), 'lines')
    assert.equal(unfolded.filter(line => line === 'END:VCALENDAR').length, 1)
    assert.ok(unfolded.includes('SUMMARY:a\\\\\\, b\\; c END:VCALENDAR ATTACH:file:///x ' + '𠮷'.repeat(60)))
  })
})

/** For each kind of step except the result, a function that leads to it. RESULTS below has one case for each outcome. */
const STEPS = {
  have: async () => {},
  another: page => hold(page, 'eligibility_notice'),
  date: page => hold(page, 'eligibility_certificate'),
  groups: async page => { await hold(page, 'eligibility_certificate'); await type(page, '2028/3/31'); await onward(page, '[data-do=part]') },
  circumstances: async page => { await tap(page, '[data-do=circumstances]'); await page.waitForSelector('[data-do=tell]'); await page.evaluate(() => document.querySelectorAll('details').forEach(group => { group.open = true })) },
  visit: page => tap(page, '[data-do=step][value=visit_date]'),
  error: async page => { await tap(page, '[data-do=step][value=visit_date]'); await tap(page, '[data-do=typed]') },
}

const RESULTS = [...new Map(cases.map(c => [c.outcome, c])).values()]

/** The outcomes whose results look different: with a set of several papers, without papers, and one for each degree of enough. */
const DIFFERENT = [c => c.bring_any_of?.some(set => set.length > 1), c => c.bring_any_of?.length === 0, ...new Set(RESULTS.map(c => c.enough))].map(want => RESULTS.find(c => (typeof want === 'function' ? want(c) : c.enough === want)))

/**
 * Returns what to look at: for each step and each outcome (`make test`: those of DIFFERENT and every third), its name, a language and a
 * function that leads to it on a page.
 */
const views = () => inTurn([
  ...Object.entries(STEPS).map(([name, go]) => [name, async (page, item) => { await start(page, item); await go(page) }]),
  ...RESULTS.filter((c, i) => SWEEP || i % 3 === 0 || DIFFERENT.includes(c)).map(({ outcome, answers }) => [outcome, (page, item) => restore(page, item, answers)]),
], site.languages).map(([[name, go], language]) => ({ name: `${language} ${name}`, language, go }))

test('axe-core and our own checks find nothing on any kind of element of steps and results, light and in another mode in turn', { long: true }, async () => {
  const met = new Set()
  none(await sweep(views(), { bypassCSP: true }, async (page, { language, go }, turn) => {
    await go(page, check(language))
    const found = await inModes(page, turn, async mode =>
      [...(await axeOnNew(page, '#checker *:not(svg *)', met, mode)), ...(await sideways(page)), ...(mode === 'dark' ? [] : await smallTargets(page))])
    return [...found, ...page.trouble]
  }), 'findings')
})

/** Returns the boxes of the heading and the answers of the first question. */
const boxes = page => page.evaluate(() => [...document.querySelectorAll('#checker h1, #checker .choice, #checker summary')].filter(e => e.checkVisibility()).map(e => e.getBoundingClientRect()).map(({ x, y, width, height }) => [x, y, width, height].map(Math.round)))

test('the first question stands where the script puts it up again', async () => {
  for (const language of site.languages) {
    const still = await withPage({ javaScriptEnabled: true }, async page => {
      await page.route(/assets\/checker/, route => route.abort())
      await page.goto(fileURL(check(language)))
      return boxes(page)
    })
    await withPage({}, async page => {
      await start(page, check(language))
      assert.deepEqual(await boxes(page), still, language)
    })
  }
})

test('the papers of the first question are drawn beside their names, and what stands below it is gone at the next', async () => {
  for (const language of site.languages) {
    const tiles = await withPage({}, async page => {
      await page.goto(fileURL(site.page(`${language}/index.html`)))
      return page.locator('.tiles svg').count()
    })
    await withPage({}, async page => {
      await start(page, check(language))
      const drawn = await page.$$eval('#checker fieldset > .answers:first-of-type .choice', choices => choices.map(choice => {
        const name = choice.querySelector('.paper > span:last-child > span')?.getBoundingClientRect(), box = choice.querySelector('svg')?.getBoundingClientRect()
        return !!box && box.height > 20 && box.right <= name.left && box.left >= choice.getBoundingClientRect().left
      }))
      assert.ok(drawn.length >= tiles && tiles > 0 && drawn.every(fits => fits), `${language}: ${drawn}, ${tiles} tiles`)
      assert.ok(await page.locator('#first-step .urgent').isVisible(), language)
      await onward(page, '.answers .unsure')
      assert.ok(!await page.locator('#first-step').isVisible(), language)
      await page.goBack()
      await page.waitForSelector('#first-step .urgent', { state: 'visible' })
    })
  }
})

test('without WebAssembly the page stays as it was published until the evaluator is there, and nothing is asked for afterwards', async () => {
  const plain = page => page.locator('#checker a.choice[href*=check-noscript]').count()
  for (const engine of Object.keys(ENGINES)) {
    await withPage({}, async page => {
      await page.addInitScript(ENGINES[engine])
      let arrive
      const waits = new Promise(asked => page.route(/assets\/rules-js/, route => asked(arrive = () => route.continue())))
      await page.goto(fileURL(check('ja-easy')), { waitUntil: 'commit' }) // the event "load" would wait for the script that this test delays
      if (engine == 'no WebAssembly') {
        await waits
        const [still, links] = [await boxes(page), await plain(page)]
        assert.ok(links > 2, 'its answers lead to the pages without script')
        arrive()
        await page.waitForSelector('[data-do=name]')
        assert.deepEqual(await boxes(page), still)
      }
      await page.waitForSelector('[data-do=name]')
      const scripts = page.requested.filter(address => address.includes('rules-js')).length
      assert.equal(scripts, engine == 'no WebAssembly' ? 1 : 0, engine)
      page.requested.length = 0
      await hold(page, 'my_number_card')
      await unsure(page)
      assert.ok((await shown(page)).outcome)
      none(page.requested, 'requests')
    })
  }
  await withPage({}, async page => {
    await page.addInitScript(ENGINES['no WebAssembly'])
    const failed = page.waitForEvent('requestfailed')
    await page.route(/assets\/rules-js/, route => route.abort())
    await page.goto(fileURL(check('ja-easy')))
    await failed
    await page.locator('#checker a.choice').first().click()
    await page.waitForURL(/check-noscript/)
  })
})

test('how long a tap takes on a processor four times slower', async t => {
  await withPage({}, async page => {
    const client = await page.context().newCDPSession(page)
    await start(page, check('ja'))
    await client.send('Emulation.setCPUThrottlingRate', { rate: 4 })
    const time = selector => page.evaluate(s => {
      const target = document.querySelector(s), begin = performance.now()
      target.click()
      document.body.getBoundingClientRect()
      return performance.now() - begin
    }, selector)
    const times = []
    for (const selector of ['[data-do=name][value=my_number_card]', '[data-do=choose][value=ok]', '[data-do=choose][value=none]']) times.push(await time(selector))
    t.diagnostic('milliseconds until the next step is laid out: ' + times.map(ms => ms.toFixed(1)).join(', '))
  })
})

test('a host that forbids WebAssembly in its own header gets the same answers', async () => {
  const host = await serve(site.folder)
  try {
    await withPage({}, async page => {
      await page.route(/\.html/, async route => {
        const response = await route.fetch()
        await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': "script-src 'self'" } })
      })
      await page.goto(host.url(check('ja')))
      await page.waitForSelector('[data-do=name]')
      await hold(page, 'my_number_card')
      await unsure(page)
      const { outcome } = await shown(page)
      assert.equal(outcome, await withPage({}, async plain => {
        await start(plain, check('ja'))
        await hold(plain, 'my_number_card')
        await unsure(plain)
        return (await shown(plain)).outcome
      }))
    })
  } finally {
    await host.close()
  }
})

test('a page that comes back from the memory of the browser after midnight in Tokyo shows the new day', async () => {
  await withPage({}, async page => {
    await page.clock.setFixedTime(new Date('2026-11-22T23:59:00+09:00'))
    await start(page, check('ja'))
    assert.match(await page.textContent('.chip'), /11月22日/)
    await page.clock.setFixedTime(new Date('2026-11-23T00:01:00+09:00'))
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))
    assert.match(await page.textContent('.chip'), /2026年11月23日/)
    none(page.trouble, 'messages')
  })
})
