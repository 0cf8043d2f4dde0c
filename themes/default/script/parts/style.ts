/** Adds a script's own style sheet to the page, which the page's policy allows only in this way. */
export function addStyle(css: string) {
  document.styleSheets[0].insertRule(`@media all{${css}}`, document.styleSheets[0].cssRules.length)
}
