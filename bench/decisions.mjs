// Measures in V8 how long a decision and the next question of the site's rules take.
//
//   node decisions.mjs FOLDER
//
// FOLDER contains the files that wasm/internal/vectors writes. The WebAssembly module is compared with the plain JavaScript
// evaluator, which reads the same tables. The floor is the time to pass the answers in and to read the result.

import fs from 'node:fs'
import path from 'node:path'
import { load } from '../tests/lib/engine.mjs'

const folder = process.argv[2]
const { Inline, Sum, Answers, Open, Results, Next } = JSON.parse(fs.readFileSync(path.join(folder, 'site.json'), 'utf8'))
const script = load(folder, Inline, Sum, undefined).engine
const { memory, input, open, result, decide, next } = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(Inline, 'hex'))).exports
const words = new Int32Array(memory.buffer)

/** Returns up to 256 visitors for whose index `condition` is true: their answers, and the open values of sets answered in part. */
const choose = condition => Answers.flatMap((answers, i) => condition(i) ? [[Int32Array.from(answers), Int32Array.from(Open[i])]] : []).slice(0, 256)

/**
 * Returns the time that `ask` takes for one visitor, in nanoseconds: the average over `turns` calls, in the fastest of 60
 * rounds.
 */
function time(ask, visitors, turns) {
  let best = Infinity
  for (let round = 0; round < 60; round++) {
    const before = process.hrtime.bigint()
    for (let i = 0; i < turns; i++) ask(...visitors[i % visitors.length])
    best = Math.min(best, Number(process.hrtime.bigint() - before) / turns)
  }
  return best
}

const module = question => (raw, part) => {
  words.set(raw, input.value / 4)
  words.set(part, open.value / 4)
  return question()
}
const complete = choose(i => Results[i].Bad < 0), asked = choose(i => Next[i].Input >= 0), nothing = choose(i => Results[i].Bad < 0 && Next[i].Input < 0)
const floor = time(module(() => words[result.value / 4]), complete, 20000)
for (const [name, ours, peer, visitors] of [
  ['decide', decide, script.decide, complete],
  ['next, a question', next, script.next, asked],
  ['next, none', next, script.next, nothing],
]) {
  const [a, b] = [time(module(ours), visitors, 4000), time(peer, visitors, 400)]
  console.log(`${name.padEnd(16)} ${a.toFixed(0).padStart(9)} ns ${b.toFixed(0).padStart(9)} ns ${(b / a).toFixed(1).padStart(9)} ${(a / floor).toFixed(0).padStart(9)}`)
}
