// Starts the rules as the checker's page does, in a world of its own: with the engine that its script has, and the script
// that this loads where WebAssembly is refused.

import fs from 'node:fs'
import path from 'node:path'
import vm from 'node:vm'

/**
 * The engine for a module with a checksum, in a world with or without WebAssembly, and how many scripts it had to load.
 * The folder holds what wasm/internal/vectors writes.
 */
export function load(folder, module, sum, WebAssembly) {
  let engine, loaded = 0
  const world = vm.createContext({ WebAssembly })
  world.window = world
  const run = name => vm.runInContext(fs.readFileSync(path.join(folder, name), 'utf8'), world)
  const append = ({ src, onload }) => {
    loaded++
    run(src)
    onload()
  }
  world.document = { createElement: () => ({}), querySelector: () => null, head: { append } }
  run('engine.js')
  world.createEngine(module, sum, 'rules-js.js', started => (engine = started))
  return { engine, loaded }
}
