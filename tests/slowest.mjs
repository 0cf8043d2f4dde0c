// Runs everything that `make test` runs, and prints the total time and the slowest tests. `make slowest` calls it, and lists the Go packages
// in the environment variable PACKAGES.

import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { repository } from './lib/folders.mjs'

const SHOWN = 5

const began = performance.now()
const parts = [], tests = []
let failed = false

/** Runs a command, and calls `hear` with each line that the command prints. */
async function run(part, command, args, hear = console.log) {
  const start = performance.now()
  const child = spawn(command, args, { cwd: repository, stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const line of createInterface(child.stdout)) hear(line)
  const status = child.exitCode ?? await new Promise(done => child.once('close', done))
  parts.push([part, performance.now() - start])
  failed ||= status !== 0
}

const json = line => line.startsWith('{') ? JSON.parse(line) : { Output: line + '\n' }

const said = new Map()
function hearGo(line) {
  const { Action, Package, Test = '', Elapsed, Output = '' } = json(line)
  const key = `${Package} ${Test.split('/')[0]}`
  said.set(key, (said.get(key) ?? '') + Output)
  if (Action === 'fail') console.log(`FAIL ${key}\n${said.get(key)}`)
  if (Test && !Test.includes('/') && Elapsed) tests.push([`${Package} ${Test}`, Elapsed * 1000])
}

function hearNode(line) {
  const { name, ms, error } = JSON.parse(line)
  if (error) console.log(`FAIL ${name}\n${error}`)
  tests.push([`browser: ${name}`, ms])
}

await run('check', 'make', ['check'])

await run('unit', 'go', ['test', '-vet=off', '-timeout', '30m', '-json', ...process.env.PACKAGES.split(' ')], hearGo)
await run('readings', 'go', ['-C', 'tests/readings', 'test', '-count=1', '-json', '.'], hearGo)
await run('types', 'npx', ['--prefix', 'tests', 'tsc', '--noEmit', '--project', 'tests/tsconfig.json'])
await run('browser', process.execPath, ['--test-reporter', './tests/lib/timings.mjs', 'tests/run.mjs'], hearNode)

const seconds = ms => `${(ms / 1000).toFixed(1).padStart(7)} s`
console.log(`${seconds(performance.now() - began)}  all: ${parts.map(([part, ms]) => `${part} ${seconds(ms).trim()}`).join(', ')}`)
for (const [name, ms] of tests.sort((a, b) => b[1] - a[1]).slice(0, SHOWN)) console.log(`${seconds(ms)}  ${name}`)
process.exitCode = failed ? 1 : 0
