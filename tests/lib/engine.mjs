// Starts the rules in a separate JavaScript context, in the same way as the checker's page. The context gets the checker's
// engine, and can load the script that replaces WebAssembly where WebAssembly is refused.

import fs from 'node:fs'
import path from 'node:path'
import vm from 'node:vm'

/**
 * Starts a module that has the checksum `sum`. Returns the engine, and how many scripts were loaded for it. If `WebAssembly` is
 * undefined, the engine runs without it. `folder` contains the files that wasm/internal/vectors writes.
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
