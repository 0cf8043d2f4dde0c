import fs from 'node:fs'
import path from 'node:path'
import { factDays, fleeting } from './lib/checks.mjs'
import { none } from './lib/expect.mjs'
import { repository } from './lib/folders.mjs'
import { bothSites } from './lib/site.mjs'
import test from './lib/test.mjs'

const days = factDays(fs.readFileSync(path.join(repository, 'content/facts.yaml'), 'utf8'))

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', '#34': '"', '#39': "'", '#43': '+' }
const plain = html => html.replace(/&(#?\w+);/g, (whole, name) => ENTITIES[name] ?? whole)

/** Returns the texts of a page that other sites store: its title, description and structured data. */
function metadata(html) {
  const texts = [...html.matchAll(/<title>([^<]*)/g)].map(match => match[1])
  for (const [tag] of html.matchAll(/<meta\b[^>]*>/g)) {
    if (/\b(?:name|property)="?(?:description|og:|twitter:|keywords)/.test(tag)) texts.push(/content="([^"]*)"/.exec(tag)?.[1] ?? '')
  }
  for (const [, data] of html.matchAll(/<script\b[^>]*application\/ld\+json[^>]*>([^]*?)<\/script>/g)) texts.push(...strings(JSON.parse(data)))
  return texts.map(plain)
}

/** Returns the texts in structured data. It leaves out fields such as the date of publication, which are not statements. */
function strings(data, key = '') {
  if (typeof data === 'string') return /^date[A-Z]/.test(key) ? [] : [data]
  if (data && typeof data === 'object') return Object.entries(data).flatMap(([key, value]) => strings(value, key))
  return []
}

test('titles, descriptions and data of pages hold no statement whose truth depends on the day', () => {
  none(bothSites().flatMap(site => site.pages.flatMap(page =>
    metadata(page.html).flatMap(text => fleeting(text, days)).map(text => `${page.file}: ${text}`))), 'statements')
})

test('feeds hold no statement whose truth depends on the day', () => {
  const feeds = bothSites().flatMap(site => site.files.filter(file => file.endsWith('feed.xml')).map(file => [file, site.read(file)]))
  none(feeds.flatMap(([file, xml]) =>
    [...xml.matchAll(/<(title|subtitle|summary|content)\b[^>]*>([^]*?)<\/\1>/g)]
      .flatMap(match => fleeting(plain(match[2]), days)).map(text => `${file}: ${text}`)), 'statements')
  if (!process.env.SITE && feeds.length < 3) none(['a site with an address has a feed in each language'], 'missing')
})
