// A page shows what is valid in Japan on the day on which it is opened, even if nobody has built it again.

import assert from 'node:assert/strict'
import { fileURL, sweep, visit, withPage } from './lib/browser.mjs'
import { PASSAGES, holds, passages } from './lib/dated.mjs'
import { none } from './lib/expect.mjs'
import { TODAY, inTurn, realSite } from './lib/site.mjs'
import test from './lib/test.mjs'

const DAYS = ['2025-12-01', '2025-12-02', '2026-03-31', '2026-04-01', '2026-07-31', '2026-08-01', '2026-11-22']

async function openOn(page, question, language, moment) {
  await page.clock.setFixedTime(new Date(moment))
  await page.goto(fileURL(realSite().page(`${language}/faq/${question}.html`)))
  return (await passages(page)).map(passage => passage.open)
}

/**
 * Returns all combinations of a question in PASSAGES, a day in DAYS and one of the given times, each with a language. The
 * languages take turns; with `make sweep`, each combination comes in every language.
 */
const moments = times => inTurn(Object.keys(PASSAGES).flatMap(question => DAYS.flatMap(day => times.map(time => ({ question, day, time })))), realSite().languages)

const openAsExpected = async (page, times) => {
  for (const [{ question, day, time }, language] of moments(times)) {
    const moment = `${day}T${time}+09:00`
    assert.deepEqual(await openOn(page, question, language, moment), holds(question, day), `${language}/${question} at ${moment}`)
  }
}

for (const timezoneId of ['Asia/Tokyo', 'America/Los_Angeles', 'Pacific/Kiritimati']) {
  test(`passages are open on the days on which they hold, on a machine in ${timezoneId}`, async () => {
    await withPage({ timezoneId }, async page => {
      await openAsExpected(page, ['00:00:00', '23:59:59'])
      assert.deepEqual(page.trouble, [])
    })
  })
}

test('at the first paint, before the deferred script, passages are already as they will be', async () => {
  await withPage({}, async page => {
    // Without the external script, only the script inside the page runs.
    await page.route('**/*.js', route => route.abort())
    await openAsExpected(page, ['12:00:00'])
  })
})

test('a passage that does not hold says so, and opens and closes for who wants to read it', async () => {
  await withPage({}, async page => {
    for (const [day, words] of [['2025-12-01', 'まだ始まっていません'], ['2026-08-01', '終わりました']]) {
      await openOn(page, 'brought-old-card', 'ja', `${day}T12:00:00+09:00`)
      assert.match((await passages(page))[0].period, new RegExp(words))
      for (const open of [true, false, true]) {
        await page.click('details.dated summary')
        assert.equal((await passages(page))[0].open, open, `after a click on ${day}`)
      }
    }
    await openOn(page, 'brought-old-card', 'ja', '2026-01-01T12:00:00+09:00')
    assert.doesNotMatch((await passages(page))[0].period, /終わりました|まだ始まっていません/)
  })
})

test('a page left open over midnight tells the new day when it is shown again', async () => {
  await withPage({}, async page => {
    assert.deepEqual(await openOn(page, 'brought-old-card', 'ja', '2026-07-31T23:59:59+09:00'), [true, true])
    await page.clock.setFixedTime(new Date('2026-08-01T00:00:00+09:00'))
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))
    assert.deepEqual((await passages(page)).map(passage => passage.open), [false, true])
  })
})

test('a clock that is far off does no harm', async () => {
  await withPage({}, async page => {
    for (const moment of ['1970-01-01T00:00:00Z', '2099-12-31T00:00:00Z']) {
      await openOn(page, 'brought-old-card', 'ja', moment)
      assert.ok((await page.innerText('.answer-text')).length > 20)
    }
    assert.deepEqual(page.trouble, [])
  })
})

test('no kind of page says on the day it is made that something was not reviewed, and each says so once when it was not', async () => {
  const notices = page => page.evaluate(() => [...document.querySelectorAll('.review > *')].filter(notice => notice.checkVisibility({ visibilityProperty: true }) && notice.getBoundingClientRect().height > 0).length)
  none(await sweep(realSite().sampled.filter(page => page.kind !== 'moved'), {}, async (page, item) => {
    const found = []
    for (const [moment, wanted] of [[`${TODAY}T12:00:00+09:00`, 0], ['2027-07-01T00:00:00+09:00', ['chooser', '404'].includes(item.kind) ? 0 : 1]]) {
      await page.clock.setFixedTime(new Date(moment))
      await visit(page, item)
      const count = await notices(page)
      if (count !== wanted) found.push(`${count} notices on ${moment}`)
    }
    return found
  }), 'pages')
  const pages = { 'ja/index.html': '.help', 'ja/check.html': '.help', 'en/embed.html': 'main', 'en/topic/contact.html': '.help', 'sk/en/about.html': '.help', 'en/glossary.html': '.help' }
  await withPage({}, async page => {
    for (const [file, part] of Object.entries(pages)) {
      for (const [moment, overdue] of [['2026-11-22T12:00:00+09:00', false], ['2027-07-01T00:00:00+09:00', true]]) {
        await page.clock.setFixedTime(new Date(moment))
        await page.goto(fileURL(realSite().page(file)))
        assert.equal(/Not reviewed since|確かめ直していない/.test(await page.innerText(part)), overdue, `${file} at ${moment}`)
      }
    }
    assert.deepEqual(page.trouble, [])
  })
})

test('a page tells that a fact on it was not reviewed in time, by the day it is read', async () => {
  // The phone number on the page whom-to-call is to be reviewed by 31 March 2027.
  const told = { ja: '2026年11月22日のあと、確かめ直していない', en: 'Not reviewed since 22 November 2026' }
  const planned = { ja: '2027年3月31日までに', en: 'To be reviewed by 31 March 2027' }
  const text = page => page.innerText('.review')
  await withPage({}, async page => {
    for (const language of Object.keys(told)) {
      for (const [moment, overdue] of [['2026-11-22T12:00:00+09:00', false], ['2027-03-31T23:59:59+09:00', false], ['2027-04-01T00:00:00+09:00', true]]) {
        await openOn(page, 'whom-to-call', language, moment)
        assert.equal((await text(page)).includes(told[language]), overdue, `${language} at ${moment}`)
        assert.ok(!(await text(page)).includes(planned[language]), `${language} at ${moment}`)
      }
    }
    assert.deepEqual(page.trouble, [])
  })
  await withPage({ javaScriptEnabled: false }, async page => {
    for (const language of Object.keys(told)) {
      await page.goto(fileURL(realSite().page(`${language}/faq/whom-to-call.html`)))
      assert.ok((await text(page)).includes(planned[language]), language)
      assert.ok(!(await text(page)).includes(told[language]), language)
    }
  })
})
