// The module in V8 and the evaluator in plain JavaScript, against the reference interpreter in Go: the whole answer,
// the next question and every signal, for the site's rules and for random ones.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import vm from 'node:vm'
import zlib from 'node:zlib'
import { repository, scratch } from './lib/folders.mjs'
import test from './lib/test.mjs'

const folder = path.join(scratch, 'module')
fs.mkdirSync(folder)
await promisify(execFile)('go', ['run', './wasm/internal/vectors', '-out', folder], { cwd: repository })

const read = name => JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'))
const script = fs.readFileSync(path.join(folder, 'evaluator.js'), 'utf8')
const weigh = content => zlib.brotliCompressSync(content, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11 } }).length

/** The page's evaluator, in a world with or without WebAssembly. */
function load(world) {
  const context = vm.createContext(world)
  vm.runInContext(script, context)
  return context.sitegenRules
}
const withWasm = load({ WebAssembly })
const { MISSING } = withWasm

/** Why a page may have no WebAssembly. */
const refusals = {
  'a browser without it': undefined,
  'a policy that forbids it': { Module: function () { throw new WebAssembly.CompileError('blocked by CSP') } },
  'a browser that compiles little at once': { Module: function () { throw new RangeError('larger than 4KB') } },
}

/** The results of Go have other names, and null for no list. */
function expected(result) {
  return { bad: result.Bad, outcome: result.Outcome, row: result.Row, also: result.Also, notAlone: result.NotAlone, until: result.Until, bring: result.Bring ?? [], tell: result.Tell ?? [] }
}

const vectors = answers => Int32Array.from(answers)

for (const name of read('index.json')) {
  test(`${name}: module, script and reference agree`, () => {
    const { Inline, Tables, Signals, Answers, Results, Next } = read(name + '.json')
    const module = withWasm.createEvaluator(Inline)
    const plain = load({ WebAssembly: undefined }).createEvaluator(Inline)
    assert.equal(module.compiled, true)
    assert.equal(plain.compiled, false)
    const bytes = fs.readFileSync(path.join(folder, name + '.wasm'))
    assert.equal(bytes.toString('hex'), Inline)
    assert.equal(Buffer.from(withWasm.tablesOf(bytes)).toString('hex'), Tables)
    for (const [i, answers] of Answers.entries()) {
      const raw = vectors(answers)
      const want = expected(Results[i])
      const told = []
      for (const evaluator of [module, plain]) {
        const got = evaluator.decide(raw)
        if (want.bad >= 0) assert.equal(got.bad, want.bad)
        else assert.deepEqual({ ...got, bring: [...got.bring], tell: [...got.tell] }, want)
        told.push(want.bad < 0 ? Array.from({ length: Signals }, (_, signal) => evaluator.holds(signal)) : [])
        assert.equal(evaluator.next(raw), Next[i])
      }
      assert.deepEqual(told[0], told[1])
    }
  })
}

test('20,000 answers at least were compared', () => {
  const compared = read('index.json').reduce((sum, name) => sum + read(name + '.json').Answers.length, 0)
  assert.ok(compared >= 20000, `${compared} answers`)
})

test('whatever refuses WebAssembly, the page answers', () => {
  const { Inline, Answers, Results } = read('site.json')
  for (const [why, WebAssembly] of Object.entries(refusals)) {
    const evaluator = load({ WebAssembly }).createEvaluator(Inline)
    assert.equal(evaluator.compiled, false, why)
    assert.equal(evaluator.decide(vectors(Answers[0])).outcome, Results[0].Outcome, why)
  }
})

test('a module asks for nothing and offers what docs/module.md says', () => {
  const module = new WebAssembly.Module(fs.readFileSync(path.join(folder, 'site.wasm')))
  assert.deepEqual(WebAssembly.Module.imports(module), [])
  assert.deepEqual(WebAssembly.Module.exports(module).map(({ name, kind }) => `${name} ${kind}`), [
    'memory memory', 'abi global', 'input global', 'result global', 'signals global', 'decide function', 'next function',
  ])
  const { memory } = new WebAssembly.Instance(module).exports
  assert.equal(MISSING, -(2 ** 31))
  assert.equal(memory.buffer.byteLength, 5 * 65536)
  assert.throws(() => memory.grow(1))
})

test('the module and the evaluator are small', t => {
  const limits = { site: 4000, large: 10000 }
  for (const [name, limit] of Object.entries(limits)) {
    const bytes = fs.readFileSync(path.join(folder, name + '.wasm'))
    const [bare, inline, tables] = [bytes, bytes.toString('hex'), withWasm.tablesOf(bytes)].map(weigh)
    t.diagnostic(`${name}: ${bytes.length} bytes; with brotli ${bare}, of it tables ${tables}; as a page carries it ${inline}`)
    assert.ok(bare <= limit, `${name}: ${bare} bytes`)
  }
  t.diagnostic(`evaluator and loader: ${script.length} bytes, with brotli ${weigh(script)}`)
  assert.ok(weigh(script) <= 3000)
})
