// The static file server in a separate thread. A test that computes for seconds would delay everything that its own thread
// serves. Some clients, such as the Nu HTML checker, wait only five seconds for a response.

import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads'
import { fileURLToPath } from 'node:url'
import { serve } from './server.mjs'

/** Serves a folder with `serve`, even while this thread is busy. Options that are functions cannot be used. */
export async function serveApart(folder, options = {}) {
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: { folder, options } })
  const root = await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject))
  return { root, url: page => root + page.file, close: () => worker.terminate() }
}

if (!isMainThread) parentPort.postMessage((await serve(workerData.folder, workerData.options)).root)
