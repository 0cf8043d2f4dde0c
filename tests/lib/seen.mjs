// Checks what a person sees of a page. Every text that the page promises must be visible: in a box of the right size, complete,
// not covered, in a colour that stands out, and in its place. No text may be visible that is meant for a different day, medium
// or audience.
//
// The promised texts are read from the HTML, whatever its style. `hiding` lists what style or script hides on purpose.

/** The printable width of an A4 sheet, in CSS pixels. */
const PAPER = 673

/** A window so high that little scrolling is needed. */
export const WINDOW = { width: 360, height: 2400 }

/** Elements that are never printed: controls, and links to other pages. */
const NOT_ON_PAPER = '.skip, .find, .search, .filter, .languages, footer, main:has(.calls [href^="tel:"]) + .help, .crumbs, .ruby-switch, .more, .actions, .related, .links, .banner, #checker :is(.top, .tools, .tools ~ details:not(.whom):not(.say), .quiet, .chip button, .answer-label, .calls a:not([href^="tel:"])), #checker > [role=status], #first-step .quiet, .made'

/**
 * Returns selectors of elements that are hidden on purpose: with or without script, on paper or on the screen. Elements in
 * `always` are hidden on every day. Elements in each other list are hidden unless their period is as the list's name says. An
 * element's period is its own or, if it has none, that of its nearest ancestor with one.
 */
const hiding = ({ script, print }) => ({
  always: [
    'rp', // shown only by browsers without ruby
    'html:not(:has(script[src])) .ruby-switch', // without a script the button does nothing
    script ? 'noscript, #first-step[hidden]' : '.search, .filter, .now, .chip, .ruby-switch, .printed, .banner, .missed, .ended, .later',
    script ? '.due' : '.ahead', // without a script the day is unknown: the page shows when a review is due, and hides the coming dates, because one list has all
    script && !print ? '.variant > .when, .year ~ .year > .events' : '', // the script folds all years except the last
    print ? NOT_ON_PAPER : '.skip, .printed, .memo',
  ],
  /** A passage is shown while its period holds; on paper, also before the period begins. */
  holding: script ? [print ? '' : '.variant, .banner, .dated > :not(summary)'] : [],
  notEnded: script ? ['.ahead, .ahead .event', print ? '.variant, .dated, .limited' : ''] : [],
  begun: script ? ['.year, .year .event'] : [],
  ended: script ? ['.ended, .missed'] : [],
  later: script ? ['.later'] : [],
})

/**
 * Records the texts that a page promises in a state and on a day. If `html` is given, the promised texts are read from it and
 * not from the page. Use it for pages whose scripts do not write texts.
 */
export async function promise(page, state, day, html) {
  if (!(await page.evaluate('typeof seen === "object"'))) await page.evaluate(`globalThis.seen = (${inPage})()`)
  await page.evaluate(([hidden, state, day, html]) => seen.promise(hidden, state, day, html), [hiding(state), state, day.replaceAll('-', ''), html])
}

/**
 * Returns the promised texts that are not visible as they should be, and the visible texts that were not promised. With
 * `scope`, a selector, it checks only texts inside matching elements.
 */
export const broken = (page, scope) => page.evaluate(scope => seen.broken(scope), scope)

/** Records the promise of a page and checks it at once. */
export async function look(page, state, day, html) {
  await promise(page, state, day, html)
  return broken(page)
}

/** Shows a page as it is printed, runs `body`, and shows the screen again. Returns the result of `body`. */
export async function onPaper(page, body) {
  await page.emulateMedia({ media: 'print' })
  await page.setViewportSize({ ...WINDOW, width: PAPER })
  const found = await body()
  await page.emulateMedia({ media: null })
  await page.setViewportSize(WINDOW)
  return found
}

/** Shortens the page with all questions to two questions of each of two topics. The whole page is two hundred screens long. */
export const shorten = page => page.evaluate(() => {
  for (const entry of document.querySelectorAll('article:nth-of-type(n + 3), .topic:nth-of-type(n + 3)')) entry.remove()
})

/** This function runs in the page. */
function inPage() {
  /** The lowest contrast of a text that passes: the limit of WCAG for large text. axe checks the stricter limits. */
  const CONTRAST = 3
  let promised, state, order

  /**
   * The results of functions that `once` has wrapped, by function and element. They are valid as long as the page does not
   * change.
   */
  let known = new Map()
  const once = (about, key) => element => {
    const of = known.get(key) ?? known.set(key, new Map()).get(key)
    if (!of.has(element)) of.set(element, about(element))
    return of.get(element)
  }

  /**
   * Returns the text nodes of a part that contain visible characters. The walker has no filter function, because such a
   * function does not work where scripts are disabled.
   */
  const texts = root => {
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
    const found = []
    while (walk.nextNode()) found.push(walk.currentNode)
    const none = state.script ? 'script, style, template, noscript' : 'script, style, template'
    return found.filter(node => /[^\s\u2060]/.test(node.data) && !node.parentElement.closest(none))
  }

  /**
   * Returns the first day of an element's period (`from`), and the first day after the period (`end`). If the element has no
   * period of its own, that of its nearest ancestor counts.
   */
  function period(element) {
    const of = element.closest('[class*=" f2"], [class*=" u2"], [class^=f2], [class^=u2]')
    const boundary = letter => [...(of?.classList ?? [])].find(name => RegExp(`^${letter}\\d{8}$`).test(name))?.slice(1)
    return { from: boundary('f'), end: boundary('u') }
  }

  function promise(hidden, current, day, html) {
    state = current
    const any = list => list.filter(Boolean).join(', ') || ':not(*)'
    const isLater = element => period(element).from > day
    const isEnded = element => period(element).end <= day
    const rules = [
      [any(hidden.always), () => true],
      [any(hidden.holding), element => isLater(element) || isEnded(element)],
      [any(hidden.notEnded), isEnded],
      [any(hidden.begun), isLater],
      [any(hidden.ended), element => !isEnded(element)],
      [any(hidden.later), element => !isLater(element)],
    ]
    known = new Map()
    const isHidden = once(element => {
      const around = element.parentElement
      return around && isHidden(around) ||
        !state.print && around?.localName === 'details' && !around.open && element.localName !== 'summary' && !around.matches('.dated') ||
        rules.some(([selector, test]) => element.matches(selector) && test(element))
    }, 'hidden')
    const source = html === undefined ? document : new DOMParser().parseFromString(html.replace(/^\uFEFF/, ''), 'text/html')
    const written = texts(source.body), live = texts(document.body)
    promised = order = []
    const own = node => node.parentElement.closest('.printed, .now')
    let i = 0
    for (const node of live) {
      if (html !== undefined && own(node)) promised.push({ node, seen: state.print || node.parentElement.matches('.now, .now *') })
      else if (written[i]?.data === node.data) promised.push({ node, seen: !isHidden(written[i++].parentElement) })
      else return promised.push({ node, gone: written[i]?.data ?? 'nothing' })
    }
    if (i < written.length && html !== undefined) promised.push({ gone: written[i].data })
    order = inOrder()
  }

  /**
   * Returns the text nodes in reading order, without readings. A picture counts as one text, represented by its first text
   * node. On paper, if scripts run, the variants of a text are in the order of their first days.
   */
  function inOrder() {
    const pictures = new Set()
    const isFirst = picture => !pictures.has(picture) && pictures.add(picture)
    const nodes = promised.map(({ node }) => node).filter(node => {
      const picture = node?.parentElement.closest('svg')
      return node && !node.parentElement.closest('rt') && (!picture || isFirst(picture))
    })
    if (!state.script || !state.print) return nodes
    const place = new Map(nodes.map((node, i) => [node, i])), groups = new Map()
    for (const node of nodes) {
      const part = node.parentElement.closest('.variant')
      if (part) {
        const group = groups.get(part.parentElement) ?? groups.set(part.parentElement, []).get(part.parentElement)
        group.push({ part, node })
      }
    }
    const rank = part => Number(period(part).from ?? 0)
    for (const group of groups.values()) {
      const places = group.map(({ node }) => place.get(node)).sort((a, b) => a - b)
      group.sort((a, b) => rank(a.part) - rank(b.part) || place.get(a.node) - place.get(b.node)).forEach(({ node }, i) => place.set(node, places[i]))
    }
    return nodes.sort((a, b) => place.get(a) - place.get(b))
  }

  const color = text => {
    const [r = 0, g = 0, b = 0, a = 1] = (text.match(/[\d.]+(?:e-\d+)?/g) ?? []).map(Number)
    return /^(rgb|rgba)\(/.test(text) ? { r, g, b, a } : { r: 0, g: 0, b: 0, a: 0 }
  }
  const over = (top, below) => ({ r: top.r * top.a + below.r * (1 - top.a), g: top.g * top.a + below.g * (1 - top.a), b: top.b * top.a + below.b * (1 - top.a), a: 1 })
  const light = ({ r, g, b }) => [r, g, b].map(v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4).reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0)
  const contrast = (a, b) => {
    const [low, high] = [light(a), light(b)].sort((x, y) => x - y)
    return (high + .05) / (low + .05)
  }

  const isShape = element => element instanceof SVGGeometryElement

  const inkOf = once(element => {
    const style = getComputedStyle(element)
    return color(element.closest('svg') ? style.fill : style.webkitTextFillColor)
  }, 'ink')

  /**
   * Returns the colour that an element paints behind its contents. Printers leave out backgrounds unless print-color-adjust is
   * exact.
   */
  const groundOf = once(element => {
    const style = getComputedStyle(element)
    if (isShape(element)) return color(style.fill)
    return state.print && style.printColorAdjust !== 'exact' ? color('') : color(style.backgroundColor)
  }, 'ground')

  const paints = (element, style) => style.backgroundImage !== 'none' || color(isShape(element) ? style.fill : style.backgroundColor).a > .05

  /** Returns the styles of the pseudo-elements that could cover the contents of an element. */
  const sheetsOf = once(element => ['::before', '::after'].map(name => getComputedStyle(element, name))
    .filter(style => style.content !== 'none' && style.position === 'absolute' && paints(element, style)), 'sheets')

  /** Returns whether an element covers what is behind it. */
  const isOpaque = once(element => /^(img|video|canvas|iframe|object|embed)$/.test(element.localName) || paints(element, getComputedStyle(element)) || sheetsOf(element).length > 0, 'opaque')

  /** Returns whether a pseudo-element of an element covers its contents at a point. */
  function coversItself(element, x, y) {
    return sheetsOf(element).some(style => {
      const box = element.getBoundingClientRect(), left = box.left + element.clientLeft + parseFloat(style.left), top = box.top + element.clientTop + parseFloat(style.top)
      return x > left && x < left + parseFloat(style.width) && y > top && y < top + parseFloat(style.height)
    })
  }

  /** Returns the boxes that clip the contents of an element, in page coordinates. */
  const frames = once(element => {
    const found = []
    let from = ''
    for (let up = element; up; up = up.parentElement) {
      const style = getComputedStyle(up)
      if (from === 'absolute' && style.position === 'static' || from === 'fixed') continue
      from = style.position
      if (style.overflow === 'visible' || style.display === 'inline' || up === document.body) continue
      const box = up.getBoundingClientRect()
      found.push({ left: box.left + scrollX, right: box.right + scrollX, top: box.top + scrollY, bottom: box.bottom + scrollY })
    }
    return found
  }, 'frames')

  /**
   * Returns how far inside its box a text may begin, in CSS pixels. The box of a word with a reading can be as wide as the
   * reading.
   */
  const edge = (element, box) => (element.localName === 'ruby' ? .3 * box.width : Math.min(2, box.width / 2))

  const boxes = node => {
    const range = document.createRange()
    range.selectNodeContents(node)
    return [...range.getClientRects()].filter(box => box.width > .1 && box.height > .1)
  }

  /** Returns the nearest element with a box: the element, or one that contains it. */
  const holder = once(element => (getComputedStyle(element).display === 'contents' ? holder(element.parentElement) : element), 'holder')

  /**
   * Returns the opacity of an element multiplied by that of all elements around it. If the style of one of them makes the
   * element unreadable, it returns the reason instead.
   */
  const veil = once(element => {
    const above = element.parentElement ? veil(element.parentElement) : 1
    if (typeof above === 'string') return above
    const style = getComputedStyle(element)
    if (style.contentVisibility === 'hidden') return 'is not shown'
    if (style.filter !== 'none') return 'is filtered'
    if (style.mixBlendMode !== 'normal') return 'is blended'
    if ((style.maskImage || style.webkitMaskImage || 'none') !== 'none') return 'is masked'
    return above * style.opacity
  }, 'veil')

  /** Returns how style makes all texts of an element hard to see, or undefined if it does not. */
  const faint = once(element => {
    const veiled = veil(element)
    if (typeof veiled === 'string') return veiled
    if (veiled < .9) return 'is faint'
    if (!element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })) return 'is not shown'
    if ((getComputedStyle(element).webkitTextSecurity ?? 'none') !== 'none') return 'is disguised'
  }, 'faint')

  const sizeOf = once(element => parseFloat(getComputedStyle(element).fontSize), 'size')

  /** Returns what is wrong with the size of a text's boxes, or undefined if nothing is. */
  function small(node, element, found) {
    const text = node.data.replace(/\s+/g, ''), size = sizeOf(element), small = element.closest('rt')
    if (!found.length) return 'has no box'
    const height = Math.min(...found.map(box => box.height))
    if (height < (small ? 8 : 12) || !element.closest('svg') && (height < .9 * size || size < (small ? 6 : 11))) return `is ${height.toFixed(1)} px high`
    const width = found.reduce((sum, box) => sum + box.width, 0), length = [...text].length
    if (width < .12 * height * length) return `is ${width.toFixed(1)} px wide`
    const lines = new Set(found.map(box => Math.round(box.top))).size
    if (length >= 8 && lines > length / 1.5) return 'is torn into letters'
    if (isBackwards(node, size)) return 'is written backwards'
  }

  /**
   * Returns whether a text runs backwards: one of the first three letters of a word is not to the right of the previous letter.
   */
  function isBackwards(node, size) {
    const word = /[^\s\u2060]\u2060?[^\s\u2060]{1,2}/u.exec(node.data)
    if (!word) return false
    const range = document.createRange()
    let at = word.index, before
    for (const letter of word[0]) {
      range.setStart(node, at)
      range.setEnd(node, at += letter.length)
      const here = letter !== '\u2060' && range.getBoundingClientRect()
      if (before && here && Math.abs(here.top - before.top) < 1 && here.left - before.left < .1 * size) return true
      before = here || before
    }
    return false
  }

  /**
   * Returns what is wrong at one place of a text: the text is off the page, cut off, covered, or in the colour of its background.
   * If nothing is wrong, it returns undefined.
   */
  function lost(node, element, box) {
    const y = box.top + box.height / 2, width = document.documentElement.clientWidth, inset = edge(element, box)
    for (const x of box.width < 40 ? [box.left + box.width / 2] : [box.left + inset, box.left + box.width / 2, box.right - inset]) {
      if (x < 0 || x > width || y + scrollY < 0) return 'is off the page'
      const stack = document.elementsFromPoint(x, y), at = stack.indexOf(element)
      if (at < 0 || !frames(element).every(frame => x >= frame.left && x <= frame.right && y + scrollY >= frame.top && y + scrollY <= frame.bottom)) return 'is cut or does not stand on top'
      const cover = stack.slice(0, at).find(isOpaque)
      if (cover) return `is covered by ${cover.localName}.${cover.className}`
      if (coversItself(element, x, y)) return 'is covered by what style puts above it'
      const behind = stack.slice(at).map(groundOf).reverse().reduce((below, top) => over(top, below), { r: 255, g: 255, b: 255, a: 1 })
      if (contrast(over(inkOf(element), behind), behind) < CONTRAST) return 'has the colour of what is behind it'
    }
  }

  /**
   * If a text is in a box that scrolls sideways, scrolls the text into view. Returns the box if it scrolled, otherwise
   * undefined.
   */
  function reach(element, box) {
    for (let up = element.parentElement; up; up = up.parentElement) {
      const style = getComputedStyle(up)
      if (!/auto|scroll/.test(style.overflowX) || up.scrollWidth <= up.clientWidth || up.clientHeight < 24) continue
      const before = up.scrollLeft
      up.scrollLeft += box.left + box.width / 2 - up.getBoundingClientRect().left - up.clientWidth / 2
      return up.scrollLeft !== before ? up : undefined
    }
  }

  /** Returns whether a text is within a scope. */
  const isIn = (node, scope) => !scope || node.parentElement.closest(scope)
  const short = text => text.trim().replace(/\s+/g, ' ').slice(0, 30)
  const named = node => node.parentElement.closest('[class]')?.getAttribute('class') || node.parentElement.localName

  function broken(scope) {
    const findings = [], say = (node, what) => findings.push(`“${short(node.data)}” in ${named(node)} ${what}`)
    const bands = []
    known = new Map()
    scrollTo(0, 0)
    const places = []
    for (const { node, seen, gone } of promised) {
      if (gone !== undefined) findings.push(`“${short(gone)}” is not in the page${node ? `; “${short(node.data)}” is` : ''}`)
      else if (isIn(node, scope)) {
        const element = holder(node.parentElement), found = boxes(node), fault = small(node, element, found) ?? faint(element)
        if (fault && seen) say(node, fault)
        if (!fault) places.push({ node, element, seen, found: found.map(box => ({ left: box.left, right: box.right, width: box.width, height: box.height, top: box.top + scrollY, bottom: box.bottom + scrollY })) })
      }
    }
    const faults = new Map()
    for (let top = 0, next = places.flatMap(place => place.found.map(box => ({ place, box }))).sort((a, b) => a.box.top - b.box.top); next.length;) {
      top = Math.max(0, next[0].box.top - 100)
      scrollTo(0, top)
      const shift = scrollY, rest = []
      next.forEach(({ place, box }, i) => {
        if (i && box.bottom > shift + innerHeight) return rest.push({ place, box })
        const here = new DOMRect(box.left, box.top - shift, box.width, box.height)
        let fault = faults.has(place) ? undefined : lost(place.node, place.element, here)
        if (fault) {
          const scroller = reach(place.element, here), again = scroller && boxes(place.node).find(other => Math.abs(other.top - here.top) < 1 && Math.abs(other.width - here.width) < 1)
          if (again) fault = lost(place.node, place.element, again)
          if (scroller) scroller.scrollLeft = 0
        }
        if (fault) faults.set(place, fault)
      })
      next = rest
    }
    for (const place of places) {
      const fault = faults.get(place)
      if (fault && place.seen) say(place.node, fault)
      if (!fault && !place.seen) say(place.node, 'is seen, and should not be')
      if (place.seen) for (const box of place.found) bands.push({ node: place.node, left: box.left + edge(place.element, box), right: box.right - edge(place.element, box), middle: (box.top + box.bottom) / 2, half: .35 * Math.min(box.height, sizeOf(place.element)) })
    }
    findings.push(...overwritten(bands), ...misplaced(new Map(places.filter(({ seen }) => seen).map(({ node, found }) => [node, found]))))
    scrollTo(0, 0)
    return findings
  }

  /** Returns findings about texts that overlap each other. */
  function overwritten(bands) {
    const findings = []
    bands.sort((a, b) => a.middle - b.middle)
    bands.forEach((one, i) => {
      for (let j = i + 1; j < bands.length && bands[j].middle - one.middle < one.half + bands[j].half; j++) {
        const other = bands[j], deep = one.half + other.half - (other.middle - one.middle)
        if (deep > .5 * Math.min(one.half, other.half) && Math.min(one.right, other.right) - Math.max(one.left, other.left) > 0)
          findings.push(`“${short(other.node.data)}” in ${named(other.node)} is written over “${short(one.node.data)}”`)
      }
    })
    return findings
  }

  /** Returns the position of a text on the page. For a text in a picture, it is the position of the picture. */
  function placeOf(node, own) {
    const box = node.parentElement.closest('svg')?.getBoundingClientRect()
    return box ? { left: box.left, right: box.right, width: box.width, height: box.height, top: box.top + scrollY, bottom: box.bottom + scrollY } : own
  }

  /** Returns findings about texts that are placed before a text that comes earlier in the reading order. */
  function misplaced(found) {
    const findings = []
    let before
    for (const node of order) {
      const here = found.has(node) && placeOf(node, found.get(node)[0])
      if (!here) continue
      if (before) {
        const inLine = Math.min(here.bottom, before.box.bottom) - Math.max(here.top, before.box.top) > .5 * Math.min(here.height, before.box.height)
        if (here.bottom <= before.box.top + 1 && here.left < before.box.right || inLine && here.right <= before.box.left + 1)
          findings.push(`“${short(node.data)}” in ${named(node)} stands before “${short(before.node.data)}”`)
      }
      before = { node, box: here }
    }
    return findings
  }

  /**
   * Returns elements that contain visible texts, one of each kind. Two elements are of the same kind if they have the same name
   * and classes, and their parents do too. Classes that contain a day do not count.
   */
  function parts() {
    const found = new Map(), sign = element => `${element.localName}.${[...element.classList].filter(name => !/\d{8}$/.test(name)).join('.')}`
    for (const { node, seen } of promised) {
      if (!seen) continue
      for (let up = node.parentElement; up !== document.body; up = up.parentElement) {
        const key = `${sign(up.parentElement)}>${sign(up)}`
        if (!found.has(key)) found.set(key, up)
      }
    }
    return found
  }

  /** Returns whether a part contains visible texts. */
  const holds = part => promised.some(({ node, seen }) => seen && part.contains(node))

  return { promise, broken, parts, holds }
}
