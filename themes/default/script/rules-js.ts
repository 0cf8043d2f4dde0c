// The rules without WebAssembly: a file of its own, which the checker loads at its start only where WebAssembly cannot
// be had. It reads the tables out of the module that stands in the checker's script.
import { startScript, tablesOf } from './parts/rules'

;(window as any).rules = (module: Uint8Array) => startScript(tablesOf(module))
