// Looks for features that are too new in a thread of its own: it computes for seconds, and other tests wait for pages meanwhile.

import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads'
import { fileURLToPath } from 'node:url'
import { Features, noteNames, noteStyle, noteSyntax } from './compat.mjs'

/**
 * The features of style sheets and scripts as they were built, each a name and a text, and of the sources that have types, which the oldest
 * browsers lack: each by its name, with where it was first seen.
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
