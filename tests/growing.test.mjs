// A language that is still growing shows missing texts in its fallback language. Such a page has a notice, the writing
// direction of the fallback language, and markup that tells screen readers and search engines the language. The test adds
// Persian, which is written from right to left. Persian has only two texts in this test.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { fileURL, withPage } from './lib/browser.mjs'
import { repository, scratch } from './lib/folders.mjs'
import { BASE_URL, command, INSURER, Site, TODAY } from './lib/site.mjs'
import test from './lib/test.mjs'

const NAME = 'کارت بیمه', NOTICE = 'هنوز ترجمه نشده'

/** Returns a copy of the content with Persian added. Only the site's name and the notice are translated. */
function content() {
  const folder = path.join(scratch, 'growing-content')
  fs.cpSync(path.join(repository, 'content'), folder, { recursive: true })
  const edit = (file, change) => fs.writeFileSync(path.join(folder, file), change(fs.readFileSync(path.join(folder, file), 'utf8')))
  edit('site.yaml', text => text.replace(/\nlanguages:\n(?:[ ].*\n)+/,
    whole => `${whole}  - {id: fa, name: فارسی, lang: fa, hreflang: fa, growing: true, fallback: en}\n`))
  const formats = /^formats:\n(?:(?: .*)?\n)+/m.exec(fs.readFileSync(path.join(folder, 'text/en.yaml'), 'utf8'))[0]
  fs.writeFileSync(path.join(folder, 'text/fa.yaml'), `ui:\n  site_name: ${NAME}\n  fallback: "${NOTICE}: {language}"\n${formats}`)
  fs.writeFileSync(path.join(folder, 'translated/fa.txt'), '')
  return folder
}

/** Returns the text of an element, its language and writing direction, and whether its top is on the first screen. */
const met = (page, selector) => page.locator(selector).first().evaluate(element => {
  const box = element.getBoundingClientRect()
  return {
    text: element.innerText.trim(),
    lang: element.closest('[lang]').lang,
    direction: getComputedStyle(element).direction,
    first: box.width > 50 && box.height > 10 && box.top < innerHeight,
  }
})

const alternates = page => page.evaluate(() => [...document.querySelectorAll('link[hreflang]')].map(link => link.hreflang))

test('a growing language shows what it lacks in the language that stands for it, and says so', async () => {
  const out = path.join(scratch, 'growing')
  await promisify(execFile)(command, ['build', '--content', content(), '--theme', 'themes/default', '--out', out, '--date', TODAY,
    '--profile', INSURER, '--base-url', BASE_URL], { cwd: repository })
  const site = new Site(out)
  await withPage({ viewport: { width: 360, height: 740 } }, async page => {
    await page.goto(fileURL(site.page('fa/faq/what-to-bring.html')))
    assert.equal(await page.evaluate(() => document.documentElement.lang + ' ' + document.documentElement.dir), 'fa rtl')
    assert.deepEqual(await met(page, '.fallback'), { text: `${NOTICE}: English`, lang: 'fa', direction: 'rtl', first: true })
    const heading = await met(page, 'h1'), answer = await met(page, '.answer-text')
    assert.deepEqual({ ...heading, text: '' }, { text: '', lang: 'en', direction: 'ltr', first: true })
    assert.deepEqual({ ...answer, text: '' }, { text: '', lang: 'en', direction: 'ltr', first: true })
    assert.equal(await page.getAttribute('link[rel=canonical]', 'href'), `${BASE_URL}en/faq/what-to-bring.html`)
    assert.ok(!(await alternates(page)).includes('fa'), 'search engines are told of a page that is not translated')

    await page.click('.languages a:text-is("English")')
    await page.waitForURL(/\/en\/faq\/what-to-bring\.html$/)
    assert.equal(await page.textContent('h1'), heading.text)
    assert.ok(!(await alternates(page)).includes('fa'))
    assert.equal(await page.locator('.fallback').count(), 0)
    await page.click('.languages a:text-is("فارسی")')
    await page.waitForURL(/\/fa\/faq\/what-to-bring\.html$/)

    await page.goto(fileURL(site.page('fa/index.html')))
    const name = await met(page, '.band .name')
    assert.ok(name.text.endsWith(NAME) && name.lang === 'fa' && name.direction === 'rtl', JSON.stringify(name))
    assert.equal((await met(page, 'h1 span')).lang, 'en')
    assert.deepEqual(page.trouble, [])
  })
})
