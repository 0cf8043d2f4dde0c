// The result on a phone, and as a memo on paper. What visitors need first is at the top, and explanations are folded.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { fileURL, sweep, withPage } from './lib/browser.mjs'
import { cases, hold, restore, shown, start, tap, type, unsure } from './lib/checker.mjs'
import { shiftsByScripts } from './lib/checks.mjs'
import { none } from './lib/expect.mjs'
import { repository } from './lib/folders.mjs'
import { SWEEP, command, realSite } from './lib/site.mjs'
import test from './lib/test.mjs'

const SCREEN = { width: 360, height: 640 }
const TODAY = '2026-12-15'

/**
 * How far below the top of the page the tools of the result may end, in screens, for a visitor who has answered the
 * questions. The additional notice for visitors who come by a link does not count.
 */
const SCREENS = 2

/** The printable area of an A4 sheet, in CSS pixels. */
const SHEET = { width: 703, height: 1031 }

/** A memo that names more documents than this may take more than one sheet. */
const MANY = 3

/**
 * Returns one case for each combination of outcome and `enough`, with today as the day of the visit. `make test` takes every
 * sixth of them.
 */
function outcomes() {
  const all = [...new Map(cases.map(one => [one.outcome + one.enough, one])).values()].map(one => ({ ...one, answers: { ...one.answers, visit_date: TODAY } }))
  return SWEEP ? all : all.filter((_, i) => i % 6 === 0)
}

const items = () => realSite().languages.flatMap(language => outcomes().map(({ id, answers }) => ({ name: `${language} ${id}`, answers, page: realSite().page(`${language}/check.html`) })))

async function show(page, { page: item, answers }) {
  await page.clock.setFixedTime(new Date(`${TODAY}T12:00:00+09:00`))
  await restore(page, item, answers)
  await page.waitForSelector('.given', { state: 'attached' })
}

/** Returns the distance of each visible box's lower edge from the top of the page. */
const ends = (page, selector) => page.$$eval(selector, elements => elements.map(element => element.getBoundingClientRect()).filter(({ height }) => height).map(({ bottom }) => bottom + scrollY))

test('an answer, what is done and said, and the tools are within two screens, and what explains it is folded', async () => {
  none(await sweep(items(), { viewport: SCREEN }, async (page, item) => {
    await show(page, item)
    const found = [], { enough } = await shown(page)
    const [answer] = await ends(page, '.answer'), [say] = await ends(page, '.say'), steps = await ends(page, '.steps li'), [tools] = await ends(page, '.tools'), folded = await ends(page, '.tools ~ details')
    const linked = await page.$$eval('#checker > [role=status]', notices => notices.reduce((sum, notice) => sum + notice.getBoundingClientRect().height, 0))
    const screens = (tools - linked) / SCREEN.height
    if (screens > SCREENS) found.push(`${enough}: the tools end after ${screens.toFixed(2)} screens`)
    const order = [answer, ...steps, say, tools, ...folded]
    if (order.some((end, i) => end < order[i - 1])) found.push(`not one below the other: ${order}`)
    if (await page.$('#checker > details[open]')) found.push('something is unfolded')
    if (await page.locator('.given dl > div').count() < 1) found.push('no answers are listed')
    return found
  }), 'answers')
})

test('each paper to bring has its drawing beside its name', async () => {
  await withPage({ viewport: SCREEN }, async page => {
    await show(page, { page: realSite().page('ja/check.html'), answers: { have: ['my_number_card', 'eligibility_notice'], last_use: 'refused', registered: 'yes' } })
    const drawn = await page.$$eval('.paper', papers => papers.map(paper => {
      const name = paper.querySelector('strong').getBoundingClientRect(), box = paper.querySelector('svg')?.getBoundingClientRect()
      return !!box && box.height > 20 && box.right <= name.left && box.top < name.bottom && box.bottom > name.top
    }))
    assert.ok(drawn.length > 1 && drawn.every(fits => fits), `${drawn}`)
  })
})

test('an answer that comes by a link moves nothing that somebody sees', async () => {
  await withPage({ viewport: SCREEN }, async page => {
    const address = `${fileURL(realSite().page('ja/check.html'))}#answers&have=my_number_card&+last_use=ok&+change=none&+place=reader&+visit_date=${TODAY}`
    none(await shiftsByScripts(page, address, () => page.waitForSelector('.given', { state: 'attached' })), 'shifts')
    assert.ok(await page.locator('#checker h1').isVisible())
  })
})

test('what is folded opens, and each question asked is one row that leads to it', async () => {
  await withPage({ viewport: SCREEN }, async page => {
    await start(page, realSite().page('ja/check.html'))
    await unsure(page)
    await tap(page, '.given summary')
    const rows = await page.$$eval('.given dl > div', rows => rows.map(row => ({ height: row.getBoundingClientRect().height, value: row.querySelector('button').value })))
    assert.ok(rows.every(({ value }) => value), 'each row changes an answer')
    none(rows.filter(({ height }) => height > 64).map(row => JSON.stringify(row)), 'rows that are higher than two lines')
    await tap(page, `.given [data-do=step][value=${rows[1].value}]`)
    await page.waitForSelector(`[data-step=${rows[1].value}]`)
  })
})

test('what an answer says already is not told again, and nobody without health insurance is sent to one', async () => {
  await withPage({ viewport: SCREEN }, async page => {
    const told = async answers => {
      await show(page, { page: realSite().page('ja/check.html'), answers })
      await page.waitForFunction(() => document.querySelector('#checker [data-do=again]'))
      const words = selector => page.$$eval(selector, elements => elements.map(element => element.textContent))
      return { marks: await words('.mark'), notes: (await words('.steps li, #checker > details li')).join(' '), calls: (await words('.calls li')).join(' ') }
    }
    const nothing = await told({ card: 'none' })
    const atHome = await page.evaluate(() => Object.values(checkerData.notes).find(({ above = [] }) => above.length).text.replace(/<.*?>/g, ''))
    assert.ok(nothing.marks.length && nothing.notes && !nothing.notes.includes(atHome), 'what is said of a missing paper is told again')
    const refused = await told({ have: ['my_number_card'], last_use: 'refused', registered: 'yes', ecert_expiry: '2029-05-01', card_expiry: '2031-05-01' })
    assert.ok(refused.notes.includes(atHome), 'what is said of no paper is told')
    const insurer = await page.evaluate(() => checkerData.calls.find(({ id }) => id === 'call_insurer').name.split(' <a')[0])
    assert.ok(nothing.calls.includes(insurer))
    for (const answers of [{ insurer: 'none' }, { insurer: 'welfare' }, { needs: ['workers_comp'] }]) assert.ok(!(await told(answers)).calls.includes(insurer), JSON.stringify(answers))
  })
})

test('on paper an answer is one sheet: its name and day first, boxes to tick, and what to say in large letters', async () => {
  const samples = items().filter((_, i) => SWEEP || i % 3 === 0)
  none(await sweep(samples, { viewport: SCREEN }, async (page, item) => {
    await show(page, item)
    const papers = (await shown(page)).bring.flat().length
    await page.emulateMedia({ media: 'print' })
    await page.setViewportSize(SHEET)
    const seen = await page.evaluate(() => {
      scrollTo(0, 0)
      const box = selector => document.querySelector(selector)?.getBoundingClientRect()
      return {
        memo: box('.memo strong').bottom, answer: box('.answer h1').top, end: Math.max(box('main').bottom, box('.help').bottom),
        size: [...document.querySelectorAll('.say q')].map(q => parseFloat(getComputedStyle(q).fontSize)), title: document.querySelector('.memo').innerText,
        boxes: [...document.querySelectorAll('.paper strong')].map(paper => parseFloat(getComputedStyle(paper, '::before').width)),
        // links that are a list item or a whole sentence, and the notice for a visitor who came by a link
        screen: [...document.querySelectorAll('#checker a:not([href^="tel:"]), #checker > [role=status]')].filter(one => one.getBoundingClientRect().height && (!one.href || one.closest('.calls') || /[。.]\s*$/.test(one.previousSibling?.data))).map(one => one.textContent),
        numbers: [...document.querySelectorAll('a[href^="tel:"]')].filter(link => link.getBoundingClientRect().height).length,
        folded: [...document.querySelectorAll('#checker > details:is(.whom, .say) > :last-child')].filter(body => !body.getBoundingClientRect().height).length,
      }
    })
    await page.emulateMedia({ media: null })
    await page.setViewportSize(SCREEN)
    return [
      ...(seen.memo < seen.answer && /2026/.test(seen.title) ? [] : [`the name and the day do not come first: ${seen.title}`]),
      ...(seen.size.every(size => size >= 23) ? [] : [`what to say is ${seen.size} px high`]),
      ...(seen.boxes.every(width => width >= 10) ? [] : [`boxes to tick are ${seen.boxes} px wide`]),
      ...seen.screen.map(text => `of no use on paper: ${text}`),
      ...(seen.folded ? [`${seen.folded} parts are folded`] : []),
      ...(seen.numbers ? [] : ['no number to call stands on it']),
      ...(seen.end <= SHEET.height || papers > MANY ? [] : [`it ends at ${Math.round(seen.end)} px`]),
    ]
  }), 'memos')
})

/** Returns the text of the QR code in a picture. */
async function decoded(picture) {
  return withPage({}, async page => {
    await page.addScriptTag({ path: fileURLToPath(new URL('node_modules/jsqr/dist/jsQR.js', import.meta.url)) })
    return page.evaluate(async png => {
      const image = new Image()
      image.src = `data:image/png;base64,${png}`
      await image.decode()
      const { width, height } = image, canvas = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d')
      canvas.drawImage(image, 0, 0)
      return jsQR(canvas.getImageData(0, 0, width, height).data, width, height)?.data
    }, picture.toString('base64'))
  })
}

test('a memo from an address that others can open has a code that restores its answers, and one from a disk has none', async () => {
  const site = realSite(), host = 'https://memo.example', answers = { have: ['my_number_card'], change: 'none', last_use: 'ok', place: 'reader', registered: 'yes', ecert_expiry: '2027-01-20', card_expiry: '2031-05-01', insurer: 'kenpo' }
  await withPage({ viewport: SCREEN, deviceScaleFactor: 2 }, async page => {
    await page.addInitScript(() => { window.print = () => { document.documentElement.dataset.printed = 'yes' } })
    await page.route(`${host}/**`, route => route.fulfill({ path: path.join(site.folder, new URL(route.request().url()).pathname) }))
    const printed = async () => {
      await tap(page, '[data-do=print]')
      await page.waitForSelector('html[data-printed]')
    }
    await show(page, { page: site.page('ja/check.html'), answers })
    await printed()
    assert.equal(await page.locator('#code svg').count(), 0, 'a memo from a disk has a code')
    const { have, ...others } = answers, open = Object.entries({ visit_date: TODAY, ...others }).map(([id, value]) => `&+${id}=${value}`).join('')
    await page.goto(`${host}/ja/check.html#answers&have=${have[0]}${open}`)
    await page.waitForSelector('.given', { state: 'attached' })
    const before = await shown(page)
    await printed()
    await page.emulateMedia({ media: 'print' })
    const address = await decoded(await page.locator('#code svg').screenshot())
    await page.emulateMedia({ media: null })
    assert.ok(address?.startsWith(`${host}/ja/check.html#answers&`), address)
    await page.goto('about:blank')
    await page.goto(address)
    await page.waitForSelector('.given', { state: 'attached' })
    assert.deepEqual(await shown(page), before)
  })
})

test('where the tools cannot be loaded the page says so, and they are there when it is pressed again', async () => {
  await withPage({ viewport: SCREEN }, async page => {
    let missing = true // at first, the tools cannot be loaded; the page has not loaded them yet, because it was not opened by a link with answers
    await page.route(/assets\/tools/, route => missing ? route.abort() : route.continue())
    await start(page, realSite().page('ja/check.html'))
    await hold(page, 'eligibility_certificate')
    await type(page, '2027/1/20')
    await unsure(page)
    await page.waitForSelector('[data-do=calendar]')
    for (const tool of ['share', 'calendar']) {
      await tap(page, `[data-do=${tool}]`)
      await page.waitForSelector('#shared [role=status]:not(:empty)')
      assert.equal(await page.locator('#shared input').count(), 0)
    }
    missing = false
    await tap(page, '[data-do=share]')
    await page.waitForSelector('#shared input')
    assert.equal(await page.locator('#shared .warn').count(), 1, 'what could not be loaded is no longer said')
  })
})

const plain = html => html.replace(/\u2060|<r[pt]>[^<]*|<[^>]*>/g, '').replace(/\s+/g, ' ').trim()

/** Returns the title over the list with the card, for every page without script behind the neutral line. */
function titlesBehind(language) {
  const page = file => realSite().page(`${language}/${file}`).html
  const links = html => [...html.matchAll(/href="?(check-noscript[^">\s]*\.html)/g)].map(([, file]) => file)
  const ways = html => html.slice(html.lastIndexOf('<ul class="ways"'))
  const secret = links(ways(page('check-noscript.html'))).at(-1), met = new Set(), titles = []
  const follow = file => {
    if (file === 'check-noscript.html' || met.has(file)) return
    met.add(file)
    const html = page(file)
    for (const [, title, list] of html.matchAll(/<h2>((?:(?!<\/h2>).)*)<\/h2>\s*<ul>(.*?)<\/ul>/gs)) if (list.includes('マイナンバーカード')) titles.push(plain(title))
    for (const [, item] of html.matchAll(/<li>((?:(?!<li>|<\/ul>).)*)/gs)) if (/^[^:：]*[:：].*マイナンバーカード/.test(plain(item)) && plain(item).length < 60) titles.push(plain(item).split(/[:：]/)[0])
    links(html.slice(0, html.lastIndexOf('<ul class="ways"'))).forEach(follow)
    if (file === secret) follow(links(ways(html))[0])
  }
  follow(secret)
  return titles
}

test('secret values: the card has the same title on the page with script, on those without, and in sitegen ask', async () => {
  const answers = { have: ['my_number_card'], last_use: 'ok', needs: ['dv'] }
  for (const language of realSite().languages) {
    const titles = await withPage({}, async page => {
      await show(page, { page: realSite().page(`${language}/check.html`), answers })
      return page.evaluate(() => [...document.querySelectorAll('.besides')].map(part => part.innerHTML))
    })
    const [title, list] = titles[0].split('</h2>').map(plain)
    assert.match(list, /マイナンバーカード/)
    const asked = execFileSync(command, ['ask', '--text', '--lang', language, '--date', TODAY, '--answers', '-'], { cwd: repository, input: JSON.stringify(answers), encoding: 'utf8' })
    const lines = asked.split('\n'), at = lines.findIndex(line => line.trim() === list)
    assert.equal(plain(lines[at - 1]).replaceAll(' ', ''), title.replaceAll(' ', ''), `${language}: ask`)
    const behind = titlesBehind(language)
    assert.ok(behind.length > 1)
    assert.deepEqual([...new Set(behind)], [title], `${language}: without script`)
  }
})

test('nobody who knows nothing is told that what they have is not enough, or that they cannot bring the card', async () => {
  const answers = { have: [], card: 'unknown', insurer: 'unknown', place: 'unknown', change: 'unknown' }
  for (const language of realSite().languages) {
    const sentence = await withPage({}, async page => {
      await show(page, { page: realSite().page(`${language}/check.html`), answers })
      assert.equal((await shown(page)).enough, 'no')
      return plain(await page.innerHTML('.enough'))
    })
    const asked = execFileSync(command, ['ask', '--text', '--lang', language, '--date', TODAY, '--answers', '-'], { cwd: repository, input: JSON.stringify(answers), encoding: 'utf8' })
    assert.ok(asked.replaceAll(/[ \u2060]/g, '').includes(`\n${sentence.replaceAll(' ', '')}\n`), `${language}: “${sentence}” in ${asked}`)
    assert.match(sentence, /足りないことも|足りない ことも|may not be enough/)
    assert.doesNotMatch(plain(asked), /cannot bring a My Number Card|マイナンバーカードは、?\s*持って\s*行けない/)
  }
})
