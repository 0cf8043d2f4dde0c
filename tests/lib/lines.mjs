// Where lines begin.

/** Marks that close or go on: by the rules of Japanese typesetting (JIS X 4051) none begins a line, nor does one in English. */
const CLOSING = '、。，．・：；？！」』）】〕］｝〉》”’ー々ゝゞぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ〜～)].,;:?!%'

/** The lines of a page that begin with a closing mark. */
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
    return [...range.getClientRects()].find(box => box.width > 0) // at the turn of a line WebKit has a box without width besides
  }
  /** The box of what stands before a place, in the same block; nothing where the block begins there. */
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
