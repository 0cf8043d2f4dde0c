// Readings on and off. The switch may be put up anew when the language changes, so the document listens for it.

const root = document.documentElement.classList

/** Shows on the switch whether readings are on. */
export function showRuby() {
  const button = document.querySelector('.ruby-switch')
  if (button) button.setAttribute('aria-pressed', String(!root.contains('noruby')))
}

/** Makes the switch work. */
export function switchRuby() {
  document.addEventListener('click', event => {
    if (!(event.target as Element).closest('.ruby-switch')) return
    const off = root.toggle('noruby')
    try {
      localStorage.ruby = off ? 'off' : 'on'
    } catch {
      // it then lasts as long as the page
    }
    showRuby()
  })
  showRuby()
}
