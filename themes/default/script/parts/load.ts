/** Loads a script of the site, and goes on when it has run; where it cannot be had, `missing` is called. */
export function loadScript(address: string, then: () => void, missing?: () => void) {
  const script = document.createElement('script')
  const named = document.querySelector<HTMLElement>('script[nonce]')
  if (named) script.nonce = named.nonce
  script.src = address
  script.onload = then
  if (missing) script.onerror = () => missing()
  document.head.append(script)
}
