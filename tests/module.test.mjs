// Pages run the rules in WebAssembly and in plain JavaScript. Both must decide and ask like the reference interpreter in Go,
// for the real rules and for random ones. The tests run the published code: the checker's engine.ts, and the script that it
// loads if WebAssembly is refused.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import vm from 'node:vm'
import zlib from 'node:zlib'
import { load } from './lib/engine.mjs'
import { repository, scratch } from './lib/folders.mjs'
import { SWEEP } from './lib/site.mjs'
import test from './lib/test.mjs'

const folder = path.join(scratch, 'module')
fs.mkdirSync(folder)
await promisify(execFile)('go', ['run', './wasm/internal/vectors', '-out', folder], { cwd: repository })

const read = name => JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'))
const weigh = content => zlib.brotliCompressSync(content, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11 } }).length
const start = (module, sum, WebAssembly) => load(folder, module, sum, WebAssembly)

/** The ways in which WebAssembly can be unavailable to a page. */
const refusals = {
  'a browser without it': undefined,
  'a policy that forbids it': { Module: function () { throw new WebAssembly.CompileError('blocked by CSP') } },
  'a browser that compiles little at once': { Module: function () { throw new RangeError('larger than 4KB') } },
}

/**
 * Converts a result of Go to the form of the script's results: Go has different names, and null for an empty list. If Go
 * refused the answers, the result is undefined.
 */
const answer = r => r.Bad >= 0 ? undefined : {
  outcome: r.Outcome, row: r.Row, enough: r.Enough, also: r.Also, notAlone: r.NotAlone, until: r.Until, bring: r.Bring ?? [], tell: r.Tell ?? [],
}
const question = q => q.Input < 0 ? undefined : { input: q.Input, again: q.Again, values: q.Values }

/** Returns a copy whose objects belong to this JavaScript context, so that deepEqual can compare it. */
const copy = value => value && JSON.parse(JSON.stringify(value))

/** Returns the checksum of a module, as the Go function wasm.Checksum computes it. */
const sumOf = bytes => bytes.reduce((sum, byte) => Math.imul(sum ^ byte, 0x1000193), 0x811c9dc5) >>> 0

/** Returns which of the first signals hold, as digits. There may be fewer signals: those that do not exist do not hold. */
function signals(engine, raw) {
  const holds = engine.signals(raw)
  return Array.from({ length: 700 }, (_, signal) => +holds(signal)).join('')
}

/** Waits for one turn of the event loop, so that other tests can continue on the same thread. */
const others = () => new Promise(setImmediate)

const vector = words => Int32Array.from(words)

for (const name of read('index.json')) {
  test(`${name}: module, script and reference agree`, async () => {
    const { Inline, Sum, Answers, Open, Results, Next } = read(name + '.json')
    assert.equal(fs.readFileSync(path.join(folder, name + '.wasm')).toString('hex'), Inline)
    const module = start(Inline, Sum, WebAssembly), script = start(Inline, Sum, undefined)
    assert.equal(module.loaded, 0)
    assert.equal(script.loaded, 1)
    for (const [i, answers] of Answers.entries()) {
      if (i % 256 === 0) await others()
      const raw = vector(answers), open = vector(Open[i])
      for (const { engine } of [module, script]) {
        assert.deepEqual(copy(engine.decide(raw)), answer(Results[i]))
        assert.deepEqual(copy(engine.next(raw, open)), question(Next[i]))
      }
      if (Results[i].Bad < 0 && i % 16 === 0) assert.deepEqual(signals(script.engine, raw), signals(module.engine, raw))
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
  const { Inline, Sum, Answers, Results } = read('site.json')
  const accepted = Results.findIndex(result => result.Bad < 0)
  for (const [why, WebAssembly] of Object.entries(refusals)) {
    const { engine, loaded } = start(Inline, Sum, WebAssembly)
    assert.equal(loaded, 1, why)
    assert.equal(engine.decide(vector(Answers[accepted])).outcome, Results[accepted].Outcome, why)
  }
})

test('a module that is not the one of the words is not started', () => {
  const { Inline, Sum } = read('site.json')
  const digits = [...Inline]
  digits[9000] = digits[9000] == '0' ? '1' : '0'
  for (const [text, sum] of [[digits.join(''), Sum], [Inline.slice(2), Sum], ['', Sum], ['rotten', Sum], [Inline, Sum ^ 1], [Inline, undefined]]) {
    for (const WebAssemblyOrNone of [WebAssembly, undefined]) {
      assert.deepEqual(start(text, sum, WebAssemblyOrNone), { engine: undefined, loaded: 0 })
    }
  }
})

test('a module for another script is left to the one that reads its tables, if it can', () => {
  const { Inline, Sum, Tables } = read('site.json')
  const otherInterface = { ...WebAssembly, Module: WebAssembly.Module, Instance: function (module) {
    return { exports: { ...new WebAssembly.Instance(module).exports, abi: { value: 3 } } }
  } }
  assert.equal(start(Inline, Sum, otherInterface).loaded, 1)
  const at = Inline.indexOf(Tables)
  const other = Inline.slice(0, at) + '7f' + Inline.slice(at + 2)
  assert.throws(() => start(other, sumOf(Buffer.from(other, 'hex')), undefined), /tables/)
})

test('the script ends on any bytes', async () => {
  const { Inline, Tables } = read('small-0.json')
  const whole = Buffer.from(Inline, 'hex'), head = Inline.indexOf(Tables) / 2 - 8
  const world = vm.createContext({})
  world.window = world
  vm.runInContext(fs.readFileSync(path.join(folder, 'rules-js.js'), 'utf8'), world)
  let seed = 7, started = 0
  const below = n => ((seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) >>> 8) % n
  const tries = SWEEP ? 20000 : 2000
  for (let i = 0; i < tries; i++) {
    if (i % 64 === 0) await others()
    const bytes = Uint8Array.from(below(2) ? whole : whole.subarray(0, below(whole.length)))
    for (let n = below(4); n > 0; n--) bytes[below(2) ? head + below(80) : below(bytes.length)] = below(256) // half of the changed bytes are in the head, which contains the offsets
    world.bytes = bytes
    try {
      vm.runInContext('rules(bytes)', world, { timeout: 10000 }) // the timeout ends an endless loop
      started++
    } catch (problem) {
      assert.match(String(problem), /RangeError|TypeError|Error: tables/, Buffer.from(bytes).toString('hex'))
    }
  }
  assert.ok(started > tries / 10 && started < tries * 0.9, `${started} of ${tries} started`)
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
