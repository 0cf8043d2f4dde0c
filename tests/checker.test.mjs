// The checker: an interview on the phone that asks little, keeps nothing and says the same as the rules.

import assert from 'node:assert/strict'
import { fileURL, sweep, withPage } from './lib/browser.mjs'
import { cases, choose, heading, hold, number, restore, shown, start, step, value } from './lib/checker.mjs'
import { axe, inModes, sideways, smallTargets } from './lib/checks.mjs'
import { none } from './lib/expect.mjs'
import { serve } from './lib/server.mjs'
import { inTurn, realSite } from './lib/site.mjs'
import test from './lib/test.mjs'

const site = realSite()
const check = language => site.page(`${language}/check.html`)
const focus = page => page.evaluate(() => `${document.activeElement.localName}${document.activeElement.className && '.' + document.activeElement.className}`)
const equal = (a, b) => JSON.stringify([...a].sort()) === JSON.stringify([...b].sort())

/** What is wrong with an answer to a worked case. */
function faults(c, answer) {
  const found = []
  if (answer.outcome !== c.outcome) found.push(`outcome ${answer.outcome}, not ${c.outcome}`)
  const first = answer.bring[0]
  if (c.bring_any_of.length ? !first || !c.bring_any_of.some(set => equal(set, first)) : first) found.push(`bring ${JSON.stringify(answer.bring)}, not one of ${JSON.stringify(c.bring_any_of)}`)
  for (const paper of c.not_alone) if (answer.bring.some(set => equal(set, [paper]))) found.push(`${paper} stands alone`)
  for (const note of c.tell) if (!answer.tell.includes(note)) found.push(`does not tell ${note}`)
  if (c.until !== undefined && c.until !== answer.until) found.push(`until ${answer.until}, not ${c.until}`)
  return found.map(text => `${c.id}: ${text}`)
}

/** Goes through the worked cases on the page: what is wrong with its answers, and the answers, whole. */
const everyCase = prepare => withPage({ viewport: { width: 320, height: 640 } }, async page => {
  await page.addInitScript(prepare)
  const findings = [], answers = []
  for (const c of cases) {
    await restore(page, check('ja'), c.answers)
    answers.push(await page.getAttribute('[data-answer]', 'data-answer'))
    findings.push(...faults(c, await shown(page)), ...(await sideways(page)).map(text => `${c.id}: ${text}`))
  }
  return { findings: [...findings, ...page.trouble], answers }
})

test('every worked case is answered as it should be, by the module and without WebAssembly, and exactly the same', async () => {
  const [module, evaluator] = await Promise.all([everyCase(() => {}), everyCase(() => delete globalThis.WebAssembly)])
  none(module.findings, 'faults of the module')
  none(evaluator.findings, 'faults without WebAssembly')
  assert.equal(module.answers.length, cases.length)
  assert.deepEqual(evaluator.answers, module.answers)
})

for (const language of site.languages) {
  test(`a whole interview by keyboard alone, in ${language}`, async () => {
    await withPage({}, async page => {
      await page.goto(fileURL(check(language)))
      const press = async (selector, key = 'Enter') => {
        for (let i = 0; i < 80; i++) {
          await page.keyboard.press('Tab')
          if (await page.evaluate(s => document.activeElement.matches(s), selector)) break
        }
        assert.ok(await page.evaluate(s => document.activeElement.matches(s), selector), `Tab does not reach ${selector}`)
        await page.keyboard.press(key)
      }
      await press('#checker a.go')
      assert.equal(await focus(page), 'h1', 'the new heading has the focus')
      await press(`.box input[value="${value('have', 'my_number_card')}"]`, 'Space')
      await press('[data-do=checked]')
      assert.equal(await focus(page), 'h1')
      await press(`[data-do=choose][value="${value('change', 'none')}"]`)
      await press(`[data-do=choose][value="${value('last_use', 'ok')}"]`, 'Space')
      await press(`[data-do=choose][value="${value('place', 'reader')}"]`)
      assert.equal(await focus(page), 'h1')
      const answer = await shown(page)
      assert.equal(answer.outcome, 'bring_myna')
      assert.match(await page.title(), new RegExp((await page.evaluate(() => { const h = document.querySelector('#checker h1').cloneNode(true); for (const r of h.querySelectorAll('rt, rp')) r.remove(); return h.textContent.replaceAll('\u2060', '') })).slice(0, 8)))
      none(page.trouble, 'messages')
    })
  })
}

test('nothing is asked of anybody while answering, and nothing is stored', async () => {
  await withPage({}, async page => {
    await start(page, check('ja'))
    page.requested.length = 0
    await hold(page, 'eligibility_certificate')
    await page.fill('#f0', '令和１０年')
    await page.fill('#f1', '３')
    await page.fill('#f2', '31')
    await page.click('[data-do=typed]')
    assert.match(await heading(page), /2028年3月31日（令和10年3月31日）/)
    await page.click('[data-do=use]')
    await choose(page, 'change', 'none')
    assert.equal((await shown(page)).outcome, 'bring_cert')
    assert.equal((await shown(page)).until, '2028-03-31')
    none(page.requested, 'requests')
    const kept = await page.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length, location.href])
    assert.deepEqual(kept.slice(0, 3), ['', 0, 0])
    assert.ok(kept[3].endsWith('/ja/check.html'), 'the address tells nothing')
  })
})

test('days are understood in both calendars, and what is wrong is said and gets the focus', async () => {
  const good = { 'R8.3.31': '2026-03-31', '令和8年3月31日': '2026-03-31', '2026/3/31': '2026-03-31', '２０２６年３月３１日': '2026-03-31', '平成31年4月30日': '2019-04-30', '令和元年5月1日': '2019-05-01', '20260331': '2026-03-31', '31 March 2026': '2026-03-31', 'H31.4.30まで有効': '2019-04-30' }
  const bad = ['', 'きのう', '令和8年13月1日', '2026/2/29', '平成32年1月1日', '3月31日', '2126/1/1']
  await withPage({}, async page => {
    await start(page, check('ja'))
    await hold(page, 'eligibility_certificate')
    await page.click('.as-written summary')
    const messages = new Set()
    for (const text of bad) {
      await page.fill('#f3', text)
      await page.click('[data-do=typed]')
      assert.equal(await focus(page), 'div.errors', `“${text}” is told`)
      messages.add(await page.textContent('.errors p'))
      await page.click('.errors a')
      assert.match(await focus(page), /^input/)
    }
    assert.ok(messages.size >= 5, [...messages].join('\n'))
    for (const [text, day] of Object.entries(good)) {
      await page.fill('#f3', text)
      await page.click('[data-do=typed]')
      const [year, month, date] = day.split('-').map(Number)
      assert.match(await heading(page), new RegExp(`${year}年${month}月${date}日`), text)
      await page.click('[data-do=fix]')
      await page.click('.as-written summary')
    }
  })
})

test('of an electronic certificate the month is enough, and it is said how that was read', async () => {
  await withPage({}, async page => {
    await restore(page, check('ja'), { have: ['my_number_card'], change: 'none', last_use: 'never', registered: 'yes' })
    await page.evaluate(n => history.replaceState({ ...history.state, step: n }, ''), number('ecert_expiry'))
    await page.reload()
    await page.fill('#f0', '2031')
    await page.fill('#f1', '5')
    await page.click('[data-do=typed]')
    assert.match(await heading(page), /2031年5月（令和13年5月）/)
    await page.click('[data-do=use]')
    assert.deepEqual(await page.evaluate(n => history.state.given[n], number('ecert_expiry')), [Date.UTC(2031, 4, 1) / 864e5])
  })
})

test('Back and Forward go through the steps, and a change keeps the other answers', async () => {
  await withPage({}, async page => {
    await start(page, check('ja'))
    await hold(page, 'my_number_card')
    await choose(page, 'change', 'none')
    await choose(page, 'last_use', 'ok')
    await page.goBack()
    assert.equal(await step(page), number('last_use'))
    await page.goBack()
    await page.goBack()
    assert.ok(await page.isChecked(`.box input[value="${value('have', 'my_number_card')}"]`), 'the answer is still there')
    await page.goForward()
    await page.goForward()
    await page.goForward()
    assert.equal(await step(page), number('place'))
    await choose(page, 'place', 'reader')
    await page.click(`[data-do=step][value="${number('place')}"]`)
    await choose(page, 'place', 'no_reader')
    const answer = await shown(page)
    assert.equal(answer.outcome, 'bring_myna_plus_backup')
    await page.reload()
    assert.deepEqual(await shown(page), answer, 'a reload keeps the answer')
    await page.click('.back button')
    assert.equal(await step(page), number('place'))
  })
})

test('a paper is asked after when the insurance changes', async () => {
  await withPage({}, async page => {
    await start(page, check('en'))
    await hold(page, 'eligibility_certificate')
    for (const [i, text] of ['2028', '3', '31'].entries()) await page.fill(`#f${i}`, text)
    await page.click('[data-do=typed]')
    await page.click('[data-do=use]')
    await choose(page, 'change', 'left_job')
    await page.click('[data-do=choose][value="1"]')
    while (!(await page.$('[data-answer]'))) await page.click('.answers [data-do=unknown]')
    assert.equal((await shown(page)).outcome, 'changing_insurer')
    await page.click('[data-do=step][value="-2"]')
    await page.click('[data-do=choose][value="0"]')
    assert.equal((await shown(page)).outcome, 'bring_cert')
  })
})

test('a link restores the answer, never carries what is private, and is made only on request', async () => {
  const answers = { have: ['my_number_card', 'welfare_ticket'], change: 'none', last_use: 'ok', place: 'reader', needs: ['pin_forgotten', 'nhi_arrears', 'dv', 'specified_disease', 'welfare_plus_insurance'] }
  const link = await withPage({}, async page => {
    await restore(page, check('ja'), answers)
    assert.ok(!page.url().includes('#'))
    await page.click('[data-do=share]')
    assert.match(await page.textContent('#shared'), /リンクを見た人には、受診する日/)
    assert.match(await page.textContent('#shared'), /リンクに入れない答え/)
    return page.inputValue('#shared input')
  })
  await withPage({}, async page => {
    await page.goto(link)
    const state = await page.evaluate(() => history.state)
    const has = (input, id) => state.given[number(input)]?.[Math.floor(value(input, id) / 31)] >> value(input, id) % 31 & 1
    assert.equal(has('have', 'my_number_card'), 1)
    assert.equal(has('needs', 'pin_forgotten'), 1)
    for (const id of ['nhi_arrears', 'dv', 'specified_disease', 'welfare_plus_insurance']) assert.equal(has('needs', id), 0, id)
    assert.equal(has('have', 'welfare_ticket'), 0)
    assert.equal((await shown(page)).outcome, 'bring_myna')
    assert.ok(!page.url().includes('#'), 'the answers do not stay in the address')
  })
  await withPage({}, async page => {
    await page.goto(link.replace(/v=\w+/, 'v=00000000'))
    assert.match(await page.textContent('[role=status]'), /決まりが変わりました/)
    assert.ok(await page.isVisible('#checker a.go'), 'it starts over')
  })
  for (const forged of ['&have=zzz', '&place=<img>', '&visit_date=99999', '&nobody=1', '&have=', '&have=99&visit_date=20779', '&age=1e9&visit_date=20779', '&place=-1&visit_date=20779']) {
    await withPage({}, async page => {
      await page.goto(link.replace(/&.*/, '') + forged)
      assert.match(await page.textContent('[role=status]'), /読めませんでした/, forged)
      assert.ok(await page.isVisible('#checker a.go'))
      none(page.trouble, 'messages')
    })
  }
})

test('clearing leaves nothing behind, neither on the page nor in the history', async () => {
  await withPage({}, async page => {
    await start(page, check('ja'))
    await hold(page, 'my_number_card')
    await choose(page, 'change', 'none')
    await choose(page, 'last_use', 'ok')
    await choose(page, 'place', 'reader')
    await page.click('[data-do=clear]')
    await page.waitForSelector('[role=status]')
    assert.match(await page.textContent('[role=status]'), /消しました/)
    for (const move of ['goBack', 'goForward', 'goForward', 'goBack', 'goBack']) {
      await page[move]({ timeout: 1000 }).catch(() => {})
      if (!page.url().endsWith('check.html')) break
      assert.deepEqual(await page.evaluate(() => history.state?.given ?? {}), {}, move)
      assert.ok(!(await page.$('[data-answer]')))
    }
  })
})

test('the neutral line leads to the answer for those who must not use the card', async () => {
  await withPage({}, async page => {
    await start(page, check('ja'))
    await page.click('[data-do=sensitive]')
    await page.goBack()
    await hold(page, 'my_number_card')
    await choose(page, 'change', 'none')
    while (!(await page.$('[data-answer]'))) await page.click('.answers [data-do=unknown]')
    await page.click('[data-do=sensitive]')
    while (!(await page.$('[data-answer]'))) await page.click('.answers [data-do=unknown]')
    const answer = await shown(page)
    assert.equal(answer.outcome, 'apply_cert')
    assert.ok(answer.bring.every(set => !set.includes('my_number_card')))
  })
})

test('a calendar file is made on the device', async () => {
  await withPage({ acceptDownloads: true }, async page => {
    await restore(page, check('ja'), { have: ['my_number_card'], change: 'none', last_use: 'ok', place: 'reader', registered: 'yes', ecert_expiry: '2027-01-20' })
    page.requested.length = 0
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('[data-do=calendar]')])
    const stream = await download.createReadStream()
    let text = ''
    for await (const chunk of stream) text += chunk
    assert.match(text, /DTSTART;VALUE=DATE:20270120\r\n/)
    assert.match(text, /SUMMARY:電子証明書の更新/)
    assert.ok(text.split('\r\n').every(line => Buffer.byteLength(line) <= 75))
    none(page.requested.filter(address => !address.startsWith('blob:')), 'requests')
  })
})

/** One page for each kind of step and each outcome. */
const KINDS = [
  ...['have', 'cert_expiry', 'change', 'last_use', 'ecert_expiry', 'place', 'insurer', 'needs', 'age', 'visit_date'].map(id => ({ step: number(id), answers: { have: ['my_number_card', 'eligibility_certificate'] } })),
  { step: -2, answers: { have: ['eligibility_certificate'], cert_expiry: '2028-01-01', change: 'left_job' } },
  ...[...new Map(cases.map(c => [c.outcome, c])).values()].map(c => ({ step: -1, answers: c.answers })),
]

test('axe-core and our own checks find nothing on any kind of step and result, in four modes', async () => {
  const shown = inTurn(KINDS, site.languages).map(([kind, language]) => ({ ...kind, language, name: `${language}/${kind.step}` }))
  none(await sweep(shown, { bypassCSP: true }, async (page, { answers, step, language }, turn) => {
    await restore(page, check(language), answers)
    await page.evaluate(n => history.replaceState({ ...history.state, step: n }, ''), step)
    await page.reload()
    const found = await inModes(page, turn, async mode =>
      [...(await axe(page)), ...(await sideways(page)), ...(mode === 'dark' ? [] : await smallTargets(page))])
    return [...found, ...page.trouble].map(text => `${JSON.stringify(answers)}: ${text}`)
  }), 'findings')
})

test('how long a tap takes on a processor four times slower', async t => {
  await withPage({}, async page => {
    const client = await page.context().newCDPSession(page)
    await client.send('Emulation.setCPUThrottlingRate', { rate: 4 })
    await page.goto(fileURL(check('ja')))
    const tap = selector => page.evaluate(s => {
      const target = document.querySelector(s), begin = performance.now()
      target.click()
      document.body.getBoundingClientRect()
      return performance.now() - begin
    }, selector)
    const times = [await tap('#checker a.go')]
    await page.check('.box input[value="0"]')
    times.push(await tap('[data-do=checked]'))
    for (const [input, id] of [['change', 'none'], ['last_use', 'ok'], ['place', 'reader']]) times.push(await tap(`[data-do=choose][value="${value(input, id)}"]`))
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
      await page.click('#checker a.go')
      assert.ok(await page.evaluate(() => {
        try {
          return !new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0))
        } catch {
          return true
        }
      }), 'the header holds')
      await hold(page, 'my_number_card')
      while (!(await page.$('[data-answer]'))) await page.click('.answers [data-do=unknown]')
      const answers = { have: ['my_number_card'], change: 'unknown', last_use: 'unknown', registered: 'unknown', ecert_expiry: 'unknown' }
      const { outcome } = await shown(page)
      assert.equal(outcome, await withPage({}, async plain => {
        await restore(plain, check('ja'), answers)
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
    await page.check('.box input[value="0"]')
    await page.clock.setFixedTime(new Date('2026-11-23T00:01:00+09:00'))
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))
    assert.match(await page.textContent('.chip'), /今日 2026年11月23日/)
    none(page.trouble, 'messages')
  })
})
