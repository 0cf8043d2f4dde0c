/** Loads a script of the site. Calls `then` after the script has run, or `missing` if it cannot be loaded. */
export function loadScript(address: string, then: () => void, missing?: () => void) {
  const script = document.createElement('script')
  const named = document.querySelector<HTMLElement>('script[nonce]')
  if (named) script.nonce = named.nonce
  script.src = address
  script.onload = then
  if (missing) script.onerror = () => missing()
  document.head.append(script)
}

/** The address of a file in the same folder as a script of the site. */
export const beside = (script: string, file: string) => script.replace(/[^/]*$/, file)
