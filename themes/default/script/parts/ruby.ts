// Turns readings on and off. The document listens for clicks on the switch, because a change of language replaces the switch.

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
      // without storage, the setting lasts only until the visitor leaves the page
    }
    showRuby()
  })
  showRuby()
}
