/** A reporter that writes a line of JSON for each test: how long it took and, if it failed, why. */
export default async function* timings(events) {
  for await (const { type, data } of events) {
    if (type !== 'test:pass' && type !== 'test:fail' || data.nesting === 0) continue
    const { duration_ms: ms, error } = data.details
    yield JSON.stringify({ name: data.name, ms, error: error && (error.cause?.message ?? error.message) }) + '\n'
  }
}
