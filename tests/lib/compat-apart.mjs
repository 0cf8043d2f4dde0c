// Looks for features that are too new. It runs in a separate thread, because it computes for seconds and would delay other
// tests.

import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads'
import { fileURLToPath } from 'node:url'
import { Features, noteNames, noteStyle, noteSyntax } from './compat.mjs'

/**
 * Returns the features that the oldest browsers lack: a map from the name of each feature to the place where it was first seen.
 * `used` has the built style sheets and scripts, each as a name and a text, and the names of the TypeScript sources with the
 * compiler's options.
 */
export function tooNew(used) {
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: used })
  return new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject))
}

if (!isMainThread) {
  const { styles, scripts, sources, options } = workerData, features = new Features()
  for (const [name, text] of styles) noteStyle(features, text, name)
  for (const [name, text] of scripts) noteSyntax(features, text, name)
  noteNames(features, sources, options)
  parentPort.postMessage(features.found)
}
