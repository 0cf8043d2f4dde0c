// What a reader sees of the passages that hold only for a time.

/** For each dated passage of the page: its days, whether its text can be seen, and what its heading says. */
export const passages = page => page.evaluate(() => [...document.querySelectorAll('details.dated')].map(passage => ({
  from: passage.dataset.from ?? '',
  until: passage.dataset.until ?? '',
  open: [...passage.children].filter(child => child.localName !== 'summary')
    .every(child => child.checkVisibility({ checkVisibilityCSS: true }) && child.getBoundingClientRect().height > 0),
  period: passage.querySelector('summary').innerText.trim(),
  heading: passage.querySelector('summary').checkVisibility(),
})))
