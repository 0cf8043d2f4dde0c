import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

/** The folder for everything that the tests write. It is removed when the process ends. */
export const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'sitegen-tests-'))
process.on('exit', () => fs.rmSync(scratch, { recursive: true, force: true }))
