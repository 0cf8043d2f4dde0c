// The rules without WebAssembly, as a separate file. The checker loads it at its start only if WebAssembly is not available.
// The file reads the tables from the module in the checker's script.
import { startScript, tablesOf } from './parts/rules'

;(window as any).rules = (module: Uint8Array) => startScript(tablesOf(module))
