import { DAY, now, today } from './tokyo'

/**
 * Sets classes on <html> for the style sheets. The classes say that scripts run, which of the page's boundary days have begun
 * in Tokyo, and whether readings are off. Returns whether the classes have changed.
 */
export function mark(): boolean {
  const root = document.documentElement
  let names = 'js'
  for (const day of (root.dataset.days || '').split(' ')) if (day && day <= today()) names += ' d' + day
  try {
    if (localStorage.ruby == 'off') names += ' noruby'
  } catch {
    // a sandboxed frame has no storage
  }
  const changed = root.className != names
  root.className = names
  return changed
}

/** Calls `again` whenever the day may have changed: at midnight in Tokyo, and when the page is hidden or shown again. */
export function daily(again: () => void) {
  const wait = () => {
    setTimeout(() => {
      again()
      wait()
    }, DAY - now() % DAY)
  }
  wait()
  addEventListener('pageshow', again)
  document.addEventListener('visibilitychange', again)
}
