// The static file server in a thread of its own. A test that computes for seconds holds up whatever else its thread serves, and
// clients like the Nu HTML checker wait five seconds for an answer and no longer.

import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads'
import { fileURLToPath } from 'node:url'
import { serve } from './server.mjs'

/** Serves a folder as `serve` does, with those of its options that are no functions, whatever this thread is busy with. */
export async function serveApart(folder, options = {}) {
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: { folder, options } })
  const root = await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject))
  return { root, url: page => root + page.file, close: () => worker.terminate() }
}

if (!isMainThread) parentPort.postMessage((await serve(workerData.folder, workerData.options)).root)
