// Runs all browser tests in one process, so that the tests share the built sites, the browser and the survey of the pages.
//
//   node run.mjs                          all tests
//   node run.mjs checker dates            the tests of two files
//   node run.mjs checker 'a link'         the tests of one file whose names contain these words

import fs from 'node:fs'
import { runAll } from './lib/test.mjs'

const ENDING = '.test.mjs'
const files = fs.readdirSync(new URL('.', import.meta.url)).filter(file => file.endsWith(ENDING))
const asked = process.argv.slice(2)
const named = files.filter(file => asked.includes(file.slice(0, -ENDING.length)))
const words = asked.filter(word => !files.includes(word + ENDING))

await Promise.all((named.length ? named : files).map(file => import(`./${file}`)))
runAll(words)
