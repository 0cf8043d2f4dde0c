// Runs the tests of all files, two at a time, because most of them wait for a page or for a program that uses one processor. Long tests begin
// first, so that none of them runs alone at the end.

import suite from 'node:test'

const tests = []

/**
 * Registers a test for `runAll`. Each test must prepare everything that it needs, because tests run side by side and in any
 * order. The options are those of node:test, and `long`: the test is one of those that take longest.
 */
export default function test(name, ...rest) {
  const body = rest.pop(), [{ long = false, ...options } = {}] = rest
  tests.push({ name, options, body, long })
}

/**
 * Runs the registered tests whose names contain one of the words, or all tests if there are no words. It throws if a word is
 * in no name: otherwise a misspelt word would run no tests, and the run would pass.
 */
export function runAll(words) {
  const idle = words.filter(word => !tests.some(({ name }) => name.includes(word)))
  if (idle.length) throw new Error(`no test and no file of tests is called ${idle.join(', ')}`)
  const chosen = tests.filter(({ name }) => !words.length || words.some(word => name.includes(word))).sort((a, b) => b.long - a.long)
  suite('browser', { concurrency: 2 }, t => Promise.all(chosen.map(({ name, options, body }) => t.test(name, options, body))))
}
