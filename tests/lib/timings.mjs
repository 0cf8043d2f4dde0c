/** A reporter that writes a line of JSON for each test: its name, its duration in milliseconds and, if it failed, the error. */
export default async function* timings(events) {
  for await (const { type, data } of events) {
    if (type !== 'test:pass' && type !== 'test:fail' || data.nesting === 0) continue
    const { duration_ms: ms, error } = data.details
    yield JSON.stringify({ name: data.name, ms, error: error && (error.cause?.message ?? error.message) }) + '\n'
  }
}
