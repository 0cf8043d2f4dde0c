/** The time in Tokyo, in milliseconds. Read as UTC, it gives the date and time of a clock in Tokyo. */
export const now = () => Date.now() + 324e5

/** Today in Tokyo as eight digits, the form that classes of pages use. */
export const today = () => new Date(now()).toISOString().replace(/\D/g, '').slice(0, 8)

/** Milliseconds in a day. */
export const DAY = 864e5
