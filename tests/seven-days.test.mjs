// One built site is opened on seven days around the dates of changes. It must say what is valid on each day.

import assert from 'node:assert/strict'
import { fileURL, withPage } from './lib/browser.mjs'
import { choose, hold, shown, start, step, unsure } from './lib/checker.mjs'
import { shiftsByScripts } from './lib/checks.mjs'
import { passages } from './lib/dated.mjs'
import { serve } from './lib/server.mjs'
import { realSite } from './lib/site.mjs'
import test from './lib/test.mjs'

const site = realSite()

const usable = { ja: /2025年12月1日まで/, en: /until 1 December 2025/ }
const lastDay = { ja: /2025年12月1日（令和7年12月1日）まで/, en: /until 1 December 2025|last day was 1 December 2025/ }
// After the end of the interim rule, the banner says until when the rule was announced to hold. That does not count as a
// statement that the rule still holds.
const interim = { ja: /2026年7月31日まで(?!と発表).*(いつもの|暫定)|いつもの割合.*2026年7月31日まで/, en: /usual share.*until 31 July 2026|until 31 July 2026.*usual share/ }
const over = { ja: /いったん全額を払うことがあります/, en: /may have to pay the full cost first/ }

/**
 * For each day: what is valid (`holds`), whether a banner on the home page and on the question says that this has just changed
 * (`banner`), and what the checker returns. `extended` marks days soon after 2026-03-19. On 2026-03-19 the interim rule was
 * extended, and the details of the question changed.
 */
const DAYS = [
  { day: '2025-12-01', holds: usable, banner: false, outcome: 'bring_old_card', bring: ['old_card'], until: '2025-12-01' },
  { day: '2025-12-02', holds: interim, banner: true, outcome: 'old_card_interim', notAlone: true, until: '2026-07-31' },
  { day: '2026-03-31', holds: interim, banner: false, extended: true, outcome: 'old_card_interim', notAlone: true, until: '2026-07-31' },
  { day: '2026-04-01', holds: interim, banner: false, extended: true, outcome: 'old_card_interim', notAlone: true, until: '2026-07-31' },
  { day: '2026-07-31', holds: interim, banner: false, outcome: 'old_card_interim', notAlone: true, until: '2026-07-31' },
  { day: '2026-08-01', holds: over, banner: true, outcome: 'no_valid_doc', notAlone: true, until: null },
  { day: '2026-11-22', holds: over, banner: false, outcome: 'no_valid_doc', notAlone: true, until: null },
]
const states = [usable, interim, over]

/** Returns the visible text of an element as one line. */
const seen = async (page, selector) => (await page.locator(selector).innerText()).replace(/\s+/g, ' ')

const banners = page => page.locator('.banner:visible').count()

async function openAt(page, address, day) {
  await page.clock.setFixedTime(new Date(`${day}T12:00:00+09:00`))
  assert.deepEqual(await shiftsByScripts(page, address), [])
}

for (const { day, holds, banner, extended, outcome, bring, notAlone, until } of DAYS) {
  for (const folder of ['', 'kyokai_yamaguchi/']) {
    test(`on ${day} ${folder || 'the general site'} says on its home page and on the questions about old cards what holds`, async () => {
      const server = await serve(site.folder)
      try {
        await withPage({ viewport: { width: 360, height: 740 } }, async page => {
          for (const language of ['ja', 'en']) {
            const address = name => server.root + folder + language + '/' + name
            await openAt(page, address('index.html'), day)
            await says(page, '.hero', language, banner)
            await openAt(page, address('faq/brought-old-card.html'), day)
            await says(page, '.answer', language, banner || extended)
            assert.deepEqual((await passages(page)).map(passage => passage.open), [day >= '2025-12-02' && day <= '2026-07-31', day >= '2026-03-19'])
            await openAt(page, address('faq/old-card-valid-until.html'), day)
            assert.match(await seen(page, '.answer'), lastDay[language])
            assert.deepEqual(page.trouble, [])
            assert.deepEqual((await passages(page)).map(passage => passage.open), [day >= '2025-12-02' && day <= '2026-07-31', day >= '2026-08-01'])
            // Only the page and its script are requested. Showing the day's statement causes no further request.
            assert.deepEqual(page.requested.filter(asked => !asked.startsWith(server.root) || !/\.html$|\/main\.[0-9a-f]+\.js$/.test(asked)), [])
          }
        })
      } finally {
        await server.close()
      }
      async function says(page, selector, language, announced) {
        const text = await seen(page, selector)
        for (const state of states) {
          if (state === holds) assert.match(text, state[language], `${language} on ${day}`)
          else assert.doesNotMatch(text, state[language], `${language} on ${day}`)
        }
        assert.equal(await banners(page), announced ? 1 : 0, `banners in ${language} on ${day}`)
      }
    })
  }

  test(`on ${day} the checker tells somebody with nothing but the old card what holds`, async () => {
    await withPage({ viewport: { width: 360, height: 740 } }, async page => {
      await page.clock.setFixedTime(new Date(`${day}T12:00:00+09:00`))
      await start(page, site.page('ja/check.html'))
      await hold(page, 'old_card')
      while (!(await page.$('[data-answer]'))) {
        if ((await step(page)) === 'insurer') await choose(page, 'insurer', 'kyokai')
        else await unsure(page)
      }
      const answer = await shown(page)
      assert.equal(answer.outcome, outcome)
      assert.equal(answer.until, until)
      // A held document that is not accepted alone is either worth taking along or reported as not enough. The checker never
      // offers it as the document to bring.
      assert.equal([...answer.also, ...answer.notAlone].includes('old_card'), !!notAlone)
      assert.equal(answer.bring.flat().includes('old_card'), !notAlone)
      if (bring) assert.deepEqual(answer.bring, [bring])
      assert.deepEqual(page.trouble, [])
    })
  })
}

test('without script every answer stands there with the days on which it holds', async () => {
  await withPage({ javaScriptEnabled: false }, async page => {
    await page.goto(fileURL(site.page('ja/faq/brought-old-card.html')))
    const text = await seen(page, '.answer')
    for (const state of states) assert.match(text, state.ja)
    for (const period of ['2025年12月1日まで', '2025年12月2日から2026年7月31日まで', '2026年8月1日から']) assert.ok(text.includes(`（${period}）`), `${period} in ${text}`)
    assert.equal(await banners(page), 0)
    await page.goto(fileURL(site.page('ja/index.html')))
    for (const state of states) assert.match(await seen(page, '.hero'), state.ja)
  })
})

test('a page that is open at midnight in Tokyo tells the new day by itself', async () => {
  await withPage({ timezoneId: 'America/New_York' }, async page => {
    await page.clock.install({ time: new Date('2026-07-31T23:59:50+09:00') })
    await page.goto(fileURL(site.page('ja/faq/brought-old-card.html')))
    assert.match(await seen(page, '.answer'), interim.ja)
    await page.clock.runFor(5000)
    assert.match(await seen(page, '.answer'), interim.ja)
    await page.clock.runFor(6000)
    assert.match(await seen(page, '.answer'), over.ja)
    assert.equal(await banners(page), 1)
    await page.clock.runFor(61 * 864e5)
    assert.match(await seen(page, '.answer'), over.ja)
    assert.equal(await banners(page), 0)
  })
})
