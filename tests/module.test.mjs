// The rules as pages run them, in V8 and in plain JavaScript, against the reference interpreter in Go: the whole answer and
// the next question, for the site's rules and for random ones. What runs here is what ships: the checker's engine.ts and
// the script that it loads where WebAssembly is refused.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import zlib from 'node:zlib'
import { load } from './lib/engine.mjs'
import { repository, scratch } from './lib/folders.mjs'
import test from './lib/test.mjs'

const folder = path.join(scratch, 'module')
fs.mkdirSync(folder)
await promisify(execFile)('go', ['run', './wasm/internal/vectors', '-out', folder], { cwd: repository })

const read = name => JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'))
const weigh = content => zlib.brotliCompressSync(content, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11 } }).length
const start = (module, WebAssembly) => load(folder, module, WebAssembly)

/** Why a page may have no WebAssembly. */
const refusals = {
  'a browser without it': undefined,
  'a policy that forbids it': { Module: function () { throw new WebAssembly.CompileError('blocked by CSP') } },
  'a browser that compiles little at once': { Module: function () { throw new RangeError('larger than 4KB') } },
}

/** The results of Go have other names, and null for no list. */
const answer = r => r.Bad >= 0 ? undefined : {
  outcome: r.Outcome, row: r.Row, enough: r.Enough, also: r.Also, notAlone: r.NotAlone, until: r.Until, bring: r.Bring ?? [], tell: r.Tell ?? [],
}
const question = q => q.Input < 0 ? undefined : { input: q.Input, again: q.Again, values: q.Values }

/** A copy with objects of this realm. */
const copy = value => value && JSON.parse(JSON.stringify(value))
const vector = words => Int32Array.from(words)

for (const name of read('index.json')) {
  test(`${name}: module, script and reference agree`, () => {
    const { Inline, Answers, Open, Results, Next } = read(name + '.json')
    assert.equal(fs.readFileSync(path.join(folder, name + '.wasm')).toString('hex'), Inline)
    const module = start(Inline, WebAssembly), script = start(Inline, undefined)
    assert.equal(module.loaded, 0)
    assert.equal(script.loaded, 1)
    for (const [i, answers] of Answers.entries()) {
      const raw = vector(answers), open = vector(Open[i])
      for (const { engine } of [module, script]) {
        assert.deepEqual(copy(engine.decide(raw)), answer(Results[i]))
        assert.deepEqual(copy(engine.next(raw, open)), question(Next[i]))
      }
      assert.deepEqual([...raw, ...open], [...answers, ...Open[i]])
    }
  })
}

test('20,000 answers at least were compared, with every kind of question', () => {
  let answers = 0
  const questions = { none: 0, first: 0, again: 0 }, levels = [0, 0, 0]
  for (const name of read('index.json')) {
    const { Next, Results } = read(name + '.json')
    answers += Next.length
    for (const { Input, Again } of Next) questions[Input < 0 ? 'none' : Again ? 'again' : 'first']++
    for (const { Bad, Enough } of Results) if (Bad < 0) levels[Enough]++
  }
  assert.ok(answers >= 20000, `${answers} answers`)
  assert.ok(Math.min(...Object.values(questions), ...levels) >= 50, JSON.stringify({ questions, levels }))
})

test('whatever refuses WebAssembly, the page answers', () => {
  const { Inline, Answers, Results } = read('site.json')
  const accepted = Results.findIndex(result => result.Bad < 0)
  for (const [why, WebAssembly] of Object.entries(refusals)) {
    const { engine, loaded } = start(Inline, WebAssembly)
    assert.equal(loaded, 1, why)
    assert.equal(engine.decide(vector(Answers[accepted])).outcome, Results[accepted].Outcome, why)
  }
})

test('a module asks for nothing and offers what docs/module.md says', () => {
  const module = new WebAssembly.Module(fs.readFileSync(path.join(folder, 'site.wasm')))
  assert.deepEqual(WebAssembly.Module.imports(module), [])
  assert.deepEqual(WebAssembly.Module.exports(module).map(({ name, kind }) => `${name} ${kind}`), [
    'memory memory', 'abi global', 'input global', 'open global', 'result global', 'question global', 'signals global',
    'decide function', 'next function',
  ])
  const { memory } = new WebAssembly.Instance(module).exports
  assert.equal(memory.buffer.byteLength, 5 * 65536)
  assert.throws(() => memory.grow(1))
})

test('the module and the script without it are small', t => {
  const limits = { site: 6 * 1024, large: 12 * 1024 }
  for (const [name, limit] of Object.entries(limits)) {
    const bytes = fs.readFileSync(path.join(folder, name + '.wasm'))
    const [bare, inline, tables] = [bytes, bytes.toString('hex'), Buffer.from(read(name + '.json').Tables, 'hex')].map(weigh)
    t.diagnostic(`${name}: ${bytes.length} bytes; with brotli ${bare}, of it tables ${tables}; as a page carries it ${inline}`)
    assert.ok(bare <= limit, `${name}: ${bare} bytes`)
  }
  const script = fs.readFileSync(path.join(folder, 'rules-js.js'))
  t.diagnostic(`script without WebAssembly: ${script.length} bytes, with brotli ${weigh(script)}`)
  assert.ok(weigh(script) <= 4096)
})
