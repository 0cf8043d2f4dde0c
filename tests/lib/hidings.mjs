// Ways in which a style rule can hide a text. Tests apply each way to parts of a page, to check that tests/lib/seen.mjs notices
// it.

/**
 * The ways, by name. `css` contains declarations that hide a part. `rule` is a whole rule, in which & stands for the part and ^ for
 * the parent of the part. Instead of these, `colour` gives a text the colour of its background, and `background` gives the
 * background the colour of the text. With `all`, the declarations also apply to everything inside the part. A way with `svg` also
 * works on pictures, and one with `onlySVG` only there. Ways with `block`, `behind` or `follows` leave out parts on which they would
 * have no effect. (With a width, flex:none is needed where boxes grow to fill their line.)
 */
export const WAYS = {
  'display': { css: 'display:none', svg: true },
  'visibility': { css: 'visibility:hidden', svg: true },
  'visibility, collapsed': { css: 'visibility:collapse', svg: true },
  'opacity': { css: 'opacity:0', svg: true },
  'opacity, faint': { css: 'opacity:.1', svg: true },
  'clip': { css: 'position:absolute;clip:rect(0 0 0 0)' },
  'clip-path, inset': { css: 'display:inline-block;clip-path:inset(50%)' },
  'clip-path, circle': { css: 'display:inline-block;clip-path:circle(0)' },
  'size of the font': { css: 'font-size:0', all: true },
  'size of the font, tiny': { css: 'font-size:2px', all: true },
  'width and height': { css: 'display:block;flex:none;width:0;height:0;min-height:0;padding:0;overflow:hidden' },
  'largest height': { css: 'display:block;flex:none;max-height:0;min-height:0;padding:0;overflow:hidden' },
  'height of a pixel': { css: 'display:block;flex:none;height:1px;min-height:0;padding:0;overflow:hidden' },
  'width of a pixel': { css: 'display:block;flex:none;width:1px;min-width:0;padding:0;overflow:hidden;white-space:nowrap' },
  'overflow, clipped': { css: 'display:block;height:.3em;min-height:0;padding:0;overflow:clip' },
  'overflow, to scroll': { css: 'display:block;height:0;min-height:0;padding:0;overflow:auto' },
  'zoom': { css: 'zoom:.1' },
  'scale': { css: 'display:inline-block;transform:scale(0)', svg: true },
  'scale, small': { css: 'display:inline-block;transform:scale(.2)' },
  'scale, property': { css: 'display:inline-block;scale:0' },
  'turned away': { css: 'display:inline-block;transform:rotateY(90deg)' },
  'moved by transform': { css: 'display:inline-block;transform:translateX(-2000px)', svg: true },
  'position, left': { css: 'position:absolute;left:-9999px' },
  'position, above': { css: 'position:absolute;top:-9999px' },
  'position, fixed': { css: 'position:fixed;top:200vh;left:0' },
  'position, relative': { css: 'position:relative;left:-2000px' },
  'margin': { css: 'display:block;margin-left:-3000px;width:300px' },
  'indent': { css: 'display:block;text-indent:-3000px;overflow:hidden', all: true },
  'letter spacing': { css: 'letter-spacing:-2em', all: true },
  'colour, transparent': { css: 'color:transparent', all: true },
  'colour of the fill': { css: '-webkit-text-fill-color:transparent', all: true },
  'colour of the background': { colour: true, all: true },
  'colour of the picture': { css: 'fill:transparent', all: true, onlySVG: true },
  'background of the colour': { background: true, all: true },
  'covered by its own': { rule: '&{position:relative}&::after{content:"";position:absolute;top:0;left:0;right:0;bottom:0;width:auto;height:auto;margin:0;transform:none;display:block;background:#fff}', block: true },
  'covered by what it lies in': { rule: '^{position:relative}^::before{content:"";position:absolute;z-index:9;top:0;left:0;right:0;bottom:0;width:auto;height:auto;margin:0;transform:none;display:block;background:#fff}', block: true },
  'behind what it lies in': { rule: '&{position:relative;z-index:-1}^{background:#fff;position:static}', behind: true },
  'content-visibility': { css: 'display:block;content-visibility:hidden' },
  'filter': { css: 'display:inline-block;filter:opacity(0)', svg: true },
  'filter, blurred': { css: 'display:inline-block;filter:blur(9px)', svg: true },
  'mask': { css: 'display:inline-block;mask-image:linear-gradient(transparent,transparent);-webkit-mask-image:linear-gradient(transparent,transparent)' },
  'disguise': { css: '-webkit-text-security:disc', all: true },
  'order': { rule: '^{display:flex;flex-direction:column}&{order:-1}', follows: true },
}

/** The ways that are tried on paper and on a page without script. */
export const FEW = ['display', 'visibility', 'position, left', 'colour, transparent', 'size of the font']

/**
 * Tries ways of hiding on the parts of a page, after `seen.promise` was called on it. `around` is the rule that contains the hiding
 * rule; @ marks the place of the hiding rule. `only` lists the numbers of the tries to make; without it, all are made. Returns how
 * many tries were made (`tried`), the tries that `seen.broken` did not notice (`missed`) and, with `only`, how many tries there are
 * in all (`place`).
 */
export async function tryHidings(page, { ways = Object.keys(WAYS), around = '@', only } = {}) {
  return page.evaluate(attempt, { ways: ways.map(name => ({ name, ...WAYS[name] })), around, only })
}

/** This function runs in the page. */
function attempt({ ways, around, only }) {
  // The attribute is repeated three times, so that the rule is more specific than the theme's rules.
  const MARK = '[data-hidden][data-hidden][data-hidden]', PARENT = `:has(> ${MARK})`
  const sheet = document.createElement('style')
  document.head.append(sheet)
  const strong = css => css.replace(/(?<=[^{};]):((?:[^;{}"]|"[^"]*")+)(?=[;}]|$)/g, ':$1!important')
  const opaque = element => {
    for (let up = element; up; up = up.parentElement) {
      const color = getComputedStyle(up).backgroundColor
      if (!/, 0\)$|transparent/.test(color)) return color
    }
    return 'rgb(255, 255, 255)'
  }
  /**
   * Returns the previous sibling with visible text, or null if there is none. It returns null for a legend too: browsers always draw
   * it first, so no `order` moves the element before it.
   */
  const previous = element => {
    let before = element.previousElementSibling
    while (before && !seen.holds(before)) before = before.previousElementSibling
    return before?.localName === 'legend' ? null : before
  }
  function rule(way, part) {
    const picture = part.closest('svg')
    if (way.onlySVG ? !picture : picture && !way.svg) return
    const every = way.all ? `${MARK}, ${MARK} *` : MARK
    const grounds = () => [...part.querySelectorAll('*')].some(one => !/, 0\)$|transparent/.test(getComputedStyle(one).backgroundColor))
    if (way.colour) return grounds() ? undefined : `${every}{color:${opaque(part)}!important}`
    if (way.background) return `${every}{background:${getComputedStyle(part).color}!important;color:${getComputedStyle(part).color}!important}`
    if (way.block && (/^(ruby|rt|tr|thead|tbody|table)$/.test(part.localName) || /^(table|inline$)/.test(getComputedStyle(part).display))) return
    if (way.block && way.rule.includes('^') && /^(ruby|tr|thead|tbody|table)$/.test(part.parentElement.localName)) return
    if (way.behind && (part.parentElement === document.body || getComputedStyle(part).display === 'inline' && part.parentElement.localName === 'ruby')) return
    if (way.follows && (!previous(part) || /^(ruby|tr|thead|tbody|table|details)$/.test(part.parentElement.localName) || /^(rt|td|th)$/.test(part.localName))) return
    return way.rule ? strong(way.rule.replaceAll('&', MARK).replaceAll('^', PARENT)) : `${every}{${strong(way.css)}}`
  }
  let tried = 0, place = 0
  const missed = []
  for (const [key, part] of seen.parts()) {
    for (const way of ways) {
      const css = rule(way, part)
      if (!css || only && !only.includes(place++)) continue
      part.dataset.hidden = ''
      sheet.textContent = around.replace('@', css)
      tried++
      if (!seen.broken(MARK).length && !seen.broken().length) missed.push(`${key}: ${way.name}`)
      delete part.dataset.hidden
    }
  }
  sheet.remove()
  return { tried, missed, place }
}

/**
 * Removes one class after another from all elements that have it. Returns how many classes were tried (`tried`), how many of them
 * change the visible text of the page (`changed`), and which of these changes `seen.broken` did not notice (`missed`).
 */
export const tryClasses = page => page.evaluate(() => {
  const text = () => document.body.innerText.replace(/\s+/g, '')
  const names = new Set([...document.querySelectorAll('html, body, body *')].flatMap(element => [...element.classList]))
  const before = text(), missed = []
  let changed = 0
  for (const name of names) {
    const having = [...document.getElementsByClassName(name)].map(element => [element, element.getAttribute('class')])
    for (const [element] of having) element.classList.remove(name)
    if (text() !== before) {
      changed++
      if (!seen.broken().length) missed.push(`without the class ${name}`)
    }
    for (const [element, value] of having) element.setAttribute('class', value)
  }
  return { tried: names.size, changed, missed }
})
