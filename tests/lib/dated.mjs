// Helpers for dated passages, which hold only during a period.

/**
 * Returns the dated passages of the page. Each has its days, whether its text is visible (`open`), its heading, and whether the
 * heading is visible. The function first opens the folds around the passages.
 */
export const passages = page => page.evaluate(() => [...document.querySelectorAll('details.dated')].map(passage => {
  for (let around = passage.parentElement.closest('details'); around; around = around.parentElement.closest('details')) around.open = true
  return {
    from: passage.dataset.from ?? '',
    until: passage.dataset.until ?? '',
    open: [...passage.children].filter(child => child.localName !== 'summary')
      .every(child => child.checkVisibility({ checkVisibilityCSS: true }) && child.getBoundingClientRect().height > 0),
    period: passage.querySelector('summary').innerText.trim(),
    heading: passage.querySelector('summary').checkVisibility(),
  }
}))

/** The passages of two questions, with the first and the last day on which each holds. */
export const PASSAGES = {
  'brought-old-card': [['2025-12-02', '2026-07-31'], ['2026-03-19', '9999-12-31']],
  'age-75': [['2024-12-02', '2026-07-31'], ['2026-08-01', '9999-12-31']],
}

/** Returns for each dated passage of a question whether it holds on a day. */
export const holds = (question, day) => PASSAGES[question].map(([from, until]) => from <= day && day <= until)
