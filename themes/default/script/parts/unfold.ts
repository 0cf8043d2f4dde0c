// On paper all folded sections are open. In older browsers a style sheet cannot open them, so this script opens them.

/** Opens all folded sections while the page is printed. */
export function unfoldOnPaper() {
  let folded: HTMLDetailsElement[] = []
  addEventListener('beforeprint', () => {
    folded = Array.from(document.querySelectorAll<HTMLDetailsElement>('details:not([open])'))
    for (const passage of folded) passage.open = true
  })
  addEventListener('afterprint', () => {
    for (const passage of folded) passage.open = false
  })
}
