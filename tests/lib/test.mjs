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

/** Runs what was noted and is wanted. */
export function runAll(wanted) {
  const chosen = tests.filter(({ name }) => wanted(name))
  suite('browser', { concurrency: 2 }, t => Promise.all(chosen.map(({ name, options, body }) => t.test(name, options, body))))
}
