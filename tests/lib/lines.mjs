// Checks where the lines of a page begin and end.

/**
 * Marks that must not begin a line: closing marks, and marks that continue a word. The rule for Japanese is JIS X 4051; English
 * has the same rule for the marks that it uses.
 */
const CLOSING = '、。，．・：；？！」』）】〕］｝〉》”’ー々ゝゞぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ〜～)].,;:?!%'

/** Returns the lines of a page that begin with a closing mark. */
export const wrongStarts = page => page.evaluate(closing => {
  const findings = [], gap = /[\s\u2060]/
  const blocks = new Map()
  const inLine = /^(inline|ruby|contents)/
  function blockOf(element) {
    if (!blocks.has(element)) blocks.set(element, inLine.test(getComputedStyle(element).display) ? blockOf(element.parentElement) : element)
    return blocks.get(element)
  }
  const range = document.createRange()
  function boxOf(node, i) {
    range.setStart(node, i)
    range.setEnd(node, i + 1)
    return [...range.getClientRects()].find(box => box.width > 0) // at the end of a line, WebKit returns an additional box without width
  }
  /** Returns the box of the character before a place in a block, or undefined if the place is the beginning of the block. */
  function before(seen, at, i) {
    for (let n = at; n >= 0 && blockOf(seen[n].parentElement) === blockOf(seen[at].parentElement); n--) {
      const { data } = seen[n]
      for (let j = n === at ? i - 1 : data.length - 1; j >= 0; j--) if (!gap.test(data[j])) return boxOf(seen[n], j)
    }
  }
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), seen = []
  while (walk.nextNode()) {
    const { data, parentElement: parent } = walk.currentNode
    if (/\S/.test(data) && !parent.closest('rt, rp, script, style, svg, noscript') && parent.checkVisibility({ visibilityProperty: true })) seen.push(walk.currentNode)
  }
  seen.forEach((node, at) => {
    for (let i = 0; i < node.data.length; i++) {
      if (!closing.includes(node.data[i])) continue
      const here = boxOf(node, i)
      if (!here) continue
      const last = before(seen, at, i)
      if (!last || here.top > last.top + .7 * last.height) findings.push(`a line begins with “${node.data.slice(i, i + 12).trim()}” behind “${node.data.slice(Math.max(0, i - 12), i).trim() || seen[at - 1]?.data.slice(-12).trim()}” in ${node.parentElement.closest('[class]')?.className || node.parentElement.localName}`)
    }
  })
  return findings
}, CLOSING)

/** Matches numbers with the units that follow them. The 日 of 日本 is not a unit. */
const UNITS = '[0-9,.]+(?:[かヶ]月|週間|時間|年|月|日(?!本)|歳|円|回|枚|件|割|分|人)'

/**
 * Returns faults at the ends of lines on a page. A number must not be separated from its unit. The last line of a Japanese text
 * must have at least three characters. In other languages, the last line of a heading must not be a single word of fewer than
 * five letters. Short last words of English paragraphs are common, so they are not a fault.
 */
export const wrongEnds = page => page.evaluate(units => {
  const found = [], blocks = new Map(), inLine = /^(inline|ruby|contents)/, range = document.createRange()
  function blockOf(element) {
    if (!blocks.has(element)) blocks.set(element, inLine.test(getComputedStyle(element).display) ? blockOf(element.parentElement) : element)
    return blocks.get(element)
  }
  /** The visible characters of each block, with the text node and index of each. */
  const texts = new Map(), walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walk.nextNode()) {
    const node = walk.currentNode, parent = node.parentElement
    if (!/\S/.test(node.data) || parent.closest('rt, rp, script, style, svg, noscript') || !parent.checkVisibility({ visibilityProperty: true })) continue
    const block = blockOf(parent)
    if (!texts.has(block)) texts.set(block, [])
    for (let i = 0; i < node.data.length; i++) if (node.data[i] !== '\u2060') texts.get(block).push({ letter: node.data[i], node, i })
  }
  function boxOf({ node, i }) {
    range.setStart(node, i)
    range.setEnd(node, i + 1)
    return [...range.getClientRects()].find(box => box.width > 0)
  }
  const above = (a, b) => a && b && a.bottom < b.top + .3 * b.height
  const parted = new RegExp(units, 'g')
  for (const [block, letters] of texts) {
    const text = letters.map(({ letter }) => letter).join(''), japanese = block.closest('[lang]').lang.startsWith('ja')
    let last = '', end, more = false
    for (let at = letters.length - 1; at >= 0 && last.trim().length < 24 && !more; at--) {
      const box = /\s/.test(letters[at].letter) ? undefined : boxOf(letters[at])
      more = !!box && !!end && above(box, end)
      if (!more) {
        end ??= box
        last = letters[at].letter + last
      }
    }
    last = last.trim()
    const short = japanese ? last.replace(/\s/g, '').length < 3 : /^h[1-6]$/.test(block.localName) && /^\S{1,4}$/.test(last)
    if (more && short) found.push(`the last line is “${last}”: ${text.trim().slice(-24)} in ${block.localName}`)
    for (const { 0: whole, index } of text.matchAll(parted)) {
      if (above(boxOf(letters[index]), boxOf(letters[index + whole.length - 1]))) found.push(`parted: ${whole} in ${block.localName}: ${text.trim().slice(Math.max(0, index - 9), index + 12)}`)
    }
  }
  return found
}, UNITS)

/** Returns the terms that a page breaks: they begin on one line and end on a different one. */
export const brokenTerms = (page, terms) => page.evaluate(terms => {
  const found = [], blocks = new Map(), inLine = /^(inline|ruby|contents)/, range = document.createRange()
  function blockOf(element) {
    if (!blocks.has(element)) blocks.set(element, inLine.test(getComputedStyle(element).display) ? blockOf(element.parentElement) : element)
    return blocks.get(element)
  }
  /** The visible letters of each block, with their places. */
  const texts = new Map(), walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walk.nextNode()) {
    const node = walk.currentNode, parent = node.parentElement
    if (!/\S/.test(node.data) || parent.closest('rt, rp, script, style, svg, noscript') || !parent.checkVisibility({ visibilityProperty: true })) continue
    const block = blockOf(parent)
    if (!texts.has(block)) texts.set(block, [])
    for (let i = 0; i < node.data.length; i++) texts.get(block).push({ letter: node.data[i], node, i })
  }
  function boxOf({ node, i }) {
    range.setStart(node, i)
    range.setEnd(node, i + 1)
    return [...range.getClientRects()].find(box => box.width > 0)
  }
  for (const [block, letters] of texts) {
    const text = letters.map(({ letter }) => letter).join('')
    for (const term of terms) {
      for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + term.length)) {
        const first = boxOf(letters[at]), last = boxOf(letters[at + term.length - 1])
        if (first && last && first.bottom < last.top + .3 * last.height) found.push(`${term} in ${block.localName}: ${text.slice(Math.max(0, at - 9), at + 12).trim()}`)
      }
    }
  }
  return found
}, terms)
