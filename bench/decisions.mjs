// Times a decision of the site's rules in V8: node decisions.mjs FOLDER, where FOLDER holds what wasm/internal/vectors
// writes. The peer is the evaluator in plain JavaScript, which reads the same tables; the floor is handing the answers
// over and reading the result.

import fs from 'node:fs'
import path from 'node:path'
import vm from 'node:vm'

const folder = process.argv[2]
const { Inline, Answers, Results } = JSON.parse(fs.readFileSync(path.join(folder, 'site.json'), 'utf8'))
vm.runInThisContext(fs.readFileSync(path.join(folder, 'evaluator.js'), 'utf8'))
const bytes = Buffer.from(Inline, 'hex')
const answers = Answers.filter((_, i) => Results[i].Bad < 0).slice(0, 256).map(list => Int32Array.from(list))
const { memory, input, result, decide, next } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports
const words = new Int32Array(memory.buffer), at = input.value / 4
const script = globalThis.sitegenRules.startScript(globalThis.sitegenRules.tablesOf(bytes))

/** The shortest time of a question, in nanoseconds, of nine rounds. */
function time(ask, turns) {
  let best = Infinity
  for (let round = 0; round < 9; round++) {
    const before = process.hrtime.bigint()
    for (let i = 0; i < turns; i++) ask(answers[i & 255])
    best = Math.min(best, Number(process.hrtime.bigint() - before) / turns)
  }
  return best
}

const module = question => raw => {
  words.set(raw, at)
  return question()
}
const floor = time(module(() => words[result.value / 4]), 100000)
for (const [name, ours, peer] of [['decide', decide, script.decide], ['next', next, script.next]]) {
  const [a, b] = [time(module(ours), 100000), time(peer, 3000)]
  console.log(`${name.padEnd(8)} ${a.toFixed(0).padStart(9)} ns ${b.toFixed(0).padStart(9)} ns ${(b / a).toFixed(1).padStart(9)} ${(a / floor).toFixed(0).padStart(9)}`)
}
