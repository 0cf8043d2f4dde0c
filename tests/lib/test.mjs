// Tests of all files, two at a time: most of them wait for a page, or for a program that uses one processor.

import suite from 'node:test'

const tests = []

/**
 * Notes a test for `runAll`. What it needs it makes itself, for others run beside it and in any order. Options are those of
 * node's own test.
 */
export default function test(name, ...rest) {
  const body = rest.pop(), [options = {}] = rest
  tests.push({ name, options, body })
}

/**
 * Runs the tests that were noted and have one of the words in their names, or all where there are no words. A word that no name
 * has is a slip of whoever typed it: nothing would run, and nothing fail.
 */
export function runAll(words) {
  const idle = words.filter(word => !tests.some(({ name }) => name.includes(word)))
  if (idle.length) throw new Error(`no test and no file of tests is called ${idle.join(', ')}`)
  const chosen = tests.filter(({ name }) => !words.length || words.some(word => name.includes(word)))
  suite('browser', { concurrency: 2 }, t => Promise.all(chosen.map(({ name, options, body }) => t.test(name, options, body))))
}
