// The rules without WebAssembly, in a file of their own. The checker loads it at its start only if WebAssembly is not
// available. It reads the tables from the module in the checker's script.
import { startScript, tablesOf } from './parts/rules'

;(window as any).rules = (module: Uint8Array) => startScript(tablesOf(module))
