// Starts the rules as the checker's page does, in a separate JavaScript context: with the checker's engine, and with the script
// that it loads if WebAssembly is refused.

import fs from 'node:fs'
import path from 'node:path'
import vm from 'node:vm'

/**
 * Returns the engine for a module with a checksum, and the number of scripts that it loaded. WebAssembly may be undefined. The
 * folder contains what wasm/internal/vectors writes.
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
