// Finds the web features that style sheets and scripts use, and tells which of these features the oldest browsers lack. A
// feature has its name in MDN's compatibility data, for example css.properties.word-break.auto-phrase.

import { createRequire } from 'node:module'
import ts from 'typescript'

const data = createRequire(import.meta.url)('@mdn/browser-compat-data')

/** The oldest browsers in which the texts, the checker and the dates must work. */
const OLDEST = { chrome: 80, chrome_android: 80, safari: 13, safari_ios: 13 }

/** Returns the entry for a feature in MDN's data, or undefined if there is no such entry. */
const known = path => path.reduce((at, name) => at && Object.hasOwn(at, name) ? at[name] : undefined, data)

const since = ({ version_added: version }) => typeof version === 'string' && version !== 'preview' ? parseFloat(version.replace('≤', '')) : Infinity

/**
 * Returns the oldest browsers that lack a feature. A browser that has the feature only with a prefix does not count as lacking
 * it if `prefixes` contains the prefix.
 */
function lacking(path, prefixes = []) {
  const { support } = known(path).__compat
  const has = browser => [support[browser]].flat().some(one => !one.flags && !one.alternative_name && !one.version_removed && (!one.prefix || prefixes.includes(one.prefix)) && since(one) <= OLDEST[browser])
  return Object.keys(OLDEST).filter(browser => !has(browser))
}

/** Collects the features that are too new, each with the place where it was first seen. */
export class Features {
  found = new Map()

  /**
   * Adds a feature if one of the oldest browsers lacks it. Returns whether MDN's data has the feature. A feature that the data
   * does not have is not added.
   */
  note(path, where, prefixes) {
    if (!known(path)?.__compat) return false
    const without = lacking(path, prefixes)
    if (without.length) this.add(path.join('.'), `${where}; lacking in ${without.map(browser => `${browser} ${OLDEST[browser]}`).join(', ')}`)
    return true
  }

  /** Adds a finding, unless there is already one with that name. */
  add(name, where) {
    if (!this.found.has(name)) this.found.set(name, where)
  }

  /**
   * Adds the first of several features with the same name, if every feature that the data has is too new. This applies to a
   * name that could belong to several interfaces.
   */
  noteAny(paths, where) {
    const all = paths.filter(path => known(path)?.__compat)
    if (all.length && all.every(path => lacking(path).length)) this.note(all[0], where)
  }
}

/**
 * Parses a style sheet into nested blocks. Each block has the text before its "{" (prelude), its declarations, and its inner
 * blocks.
 */
function parse(css, at = 0) {
  const block = { declarations: [], blocks: [] }
  let start = at, depth = 0
  const declare = end => {
    const text = css.slice(start, end).trim(), colon = text.indexOf(':')
    if (text.startsWith('@')) block.blocks.push({ prelude: text, declarations: [], blocks: [] })
    else if (colon > 0) block.declarations.push({ property: text.slice(0, colon).trim().toLowerCase(), value: text.slice(colon + 1).trim() })
  }
  for (; at < css.length; at++) {
    const char = css[at]
    if (char === '\\') at++
    else if (char === '"' || char === "'") {
      for (at++; css[at] !== char; at++) if (css[at] === '\\') at++
    } else if (char === '(') depth++
    else if (char === ')') depth--
    else if (depth) continue
    else if (char === ';') {
      declare(at)
      start = at + 1
    } else if (char === '{') {
      const inner = parse(css, at + 1)
      block.blocks.push({ prelude: css.slice(start, at).trim(), ...inner })
      start = (at = inner.end) + 1
    } else if (char === '}') break
  }
  declare(at)
  return { ...block, end: at }
}

const withoutStrings = text => text.replace(/"(\\.|[^"\\])*"|'(\\.|[^'\\])*'/g, '""')

/** By newer property: the older property that can replace it in text that runs from left to right. */
const OLDER = { 'inset-inline-start': 'left', 'inset-inline-end': 'right' }

/** Returns a string for each declaration inside `@supports not`: the selector of its rule, a space, and its property. */
function insteads({ prelude = '', blocks }) {
  if (!prelude.startsWith('@supports not')) return blocks.flatMap(insteads)
  return blocks.flatMap(rule => rule.declarations.map(({ property }) => `${rule.prelude} ${property}`))
}

/**
 * Adds the features of a style sheet that are too new and have no fallback. A feature has a fallback if the condition of a surrounding
 * `@supports` names it. A property in OLDER also has a fallback if `@supports not` contains a rule with the same selector that sets the
 * older property.
 */
export function noteStyle(features, css, where) {
  const sheet = parse(css.replace(/\/\*[^]*?\*\//g, '')), instead = new Set(insteads(sheet)), supported = []
  const walk = ({ prelude = '', declarations, blocks }) => {
    const rule = /^@(-?[\w-]+)\s*([^]*)/.exec(prelude), here = `${where}: ${prelude.slice(0, 60)}`
    if (rule?.[1] === 'supports') supported.push(rule[2])
    if (rule) noteAtRule(features, rule[1], rule[2], here)
    else noteSelector(features, prelude, here, supported)
    declarations.forEach((one, i) => instead.has(`${prelude} ${OLDER[one.property]}`) || noteDeclaration(features, one, here, declarations, i, supported))
    blocks.forEach(walk)
    if (rule?.[1] === 'supports') supported.pop()
  }
  walk(sheet)
}

function noteAtRule(features, name, rest, where) {
  features.note(['css', 'at-rules', name], where)
  if (name !== 'media') return
  for (const [, feature] of rest.matchAll(/\(\s*(?:min-|max-)?([\w-]+)/g)) features.note(['css', 'at-rules', 'media', feature], where)
  if (/[<>]/.test(rest)) features.note(['css', 'at-rules', 'media', 'range_syntax'], where)
}

function noteSelector(features, selector, where, supported) {
  const text = withoutStrings(selector).replace(/\[[^\]]*\]/g, '')
  for (const [, name] of text.matchAll(/::?([\w-]+)/g)) {
    const path = ['css', 'selectors', name]
    if (supported.some(condition => condition.includes(name)) || !features.note(path, where)) continue
    if (lacking(path).length && text.replace(/\([^()]*\)/g, '').includes(',')) features.add(`${name} in a list of selectors, which is given up as a whole`, where)
  }
  if (/:not\([^()]*,/.test(text)) features.note(['css', 'selectors', 'not', 'selector_list'], where)
  if (text.includes('&')) features.note(['css', 'selectors', 'nesting'], where)
}

/** The paths in MDN's data below which CSS functions are listed. */
const FUNCTIONS = [['css', 'types'], ['css', 'types', 'color'], ['css', 'types', 'image'], ['css', 'types', 'gradient']]

/** Groups of units: a pattern that matches the units of a group, and the group's name in MDN's data. */
const UNITS = [[/^dv/, 'viewport_percentage_units_dynamic'], [/^sv/, 'viewport_percentage_units_small'], [/^lv/, 'viewport_percentage_units_large'], [/^cq/, 'container_query_length_units']]

/**
 * Adds to `features` what is too new in a declaration. A new value has a fallback if the block has an earlier declaration of the same
 * property. A new property has one if the block also declares it with a prefix.
 */
function noteDeclaration(features, { property, value }, where, all, i, supported) {
  const isGuarded = supported.some(condition => condition.includes(property)), hasEarlier = all.slice(0, i).some(other => other.property === property)
  const text = withoutStrings(value), names = new Set(text.match(/[a-z][\w-]*/gi))
  if (isGuarded) return
  if (!property.startsWith('--')) {
    const prefixes = all.map(other => /^-\w+-/.exec(other.property)?.[0]).filter(prefix => prefix && all.some(other => other.property === prefix + property))
    features.note(['css', 'properties', property], where, prefixes)
    if (!hasEarlier) for (const name of names) features.note(['css', 'properties', property, name], where)
  }
  if (hasEarlier) return
  for (const [, name] of text.matchAll(/([a-z][\w-]*)\(/gi)) FUNCTIONS.some(path => features.note([...path, name], where))
  for (const [, unit] of text.matchAll(/\d([a-z]+)\b/gi)) features.note(['css', 'types', 'length', UNITS.find(([pattern]) => pattern.test(unit))?.[1] ?? unit], where)
}

const Kind = ts.SyntaxKind

/** Operators that later versions of JavaScript added to ES2015, with their names in MDN's data. */
const OPERATORS = {
  [Kind.QuestionQuestionToken]: 'nullish_coalescing', [Kind.QuestionQuestionEqualsToken]: 'nullish_coalescing_assignment', [Kind.BarBarEqualsToken]: 'logical_or_assignment',
  [Kind.AmpersandAmpersandEqualsToken]: 'logical_and_assignment', [Kind.AsteriskAsteriskToken]: 'exponentiation', [Kind.QuestionDotToken]: 'optional_chaining',
}

/** Patterns of newer syntax in regular expressions, each with the name of the syntax in MDN's data. */
const EXPRESSIONS = [
  [/\(\?<[=!]/, ['regular_expressions', 'lookbehind_assertion']], [/\(\?<\w/, ['regular_expressions', 'named_capturing_group']], [/\\p\{/i, ['regular_expressions', 'unicode_character_class_escape']],
  [/\(\?[ims-]+:/, ['regular_expressions', 'modifier']], [/\/[a-z]*s[a-z]*$/, ['builtins', 'RegExp', 'dotAll']], [/\/[a-z]*d[a-z]*$/, ['builtins', 'RegExp', 'hasIndices']], [/\/[a-z]*v[a-z]*$/, ['builtins', 'RegExp', 'unicodeSets']],
]

/** Adds the features that the syntax of a built script uses and that the oldest browsers lack. */
export function noteSyntax(features, script, where) {
  const file = ts.createSourceFile(where, script, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS)
  const note = (node, ...path) => features.note(['javascript', ...path], `${where}: ${script.slice(node.pos, node.pos + 60).trim()}`)
  const walk = node => {
    if (OPERATORS[node.kind]) note(node.parent, 'operators', OPERATORS[node.kind])
    else if (ts.isRegularExpressionLiteral(node)) EXPRESSIONS.filter(([pattern]) => pattern.test(node.text)).forEach(([, path]) => note(node, ...path))
    else if (ts.isPropertyDeclaration(node)) note(node, 'classes', 'public_class_fields')
    else if (ts.isPrivateIdentifier(node)) note(node, 'classes', 'private_class_fields')
    else if (ts.isClassStaticBlockDeclaration(node)) note(node, 'classes', 'static', 'initialization_blocks')
    else if (ts.isBigIntLiteral(node)) note(node, 'builtins', 'BigInt')
    else if (ts.isNumericLiteral(node) && node.getText(file).includes('_')) note(node, 'grammar', 'numeric_separators')
    else if (ts.isCatchClause(node) && !node.variableDeclaration) note(node, 'statements', 'try_catch', 'optional_catch_binding')
    else if (ts.isForOfStatement(node) && node.awaitModifier) note(node, 'statements', 'for_await_of')
    else if (node.kind === Kind.ImportKeyword) note(node.parent, 'operators', 'import')
    ts.forEachChild(node, walk)
  }
  walk(file)
}

/**
 * Adds the globals that TypeScript files use, and their members, if the oldest browsers lack them. TypeScript's types tell which interface
 * a member belongs to.
 */
export function noteNames(features, files, options) {
  const program = ts.createProgram(files, options), checker = program.getTypeChecker()
  const isOurs = file => !program.isSourceFileDefaultLibrary(file) && !file.isDeclarationFile
  for (const file of program.getSourceFiles().filter(isOurs)) {
    const walk = node => {
      if (ts.isIdentifier(node)) {
        const symbol = ts.isBindingElement(node.parent) && ts.isObjectBindingPattern(node.parent.parent) && (node.parent.propertyName ?? node.parent.name) === node
          ? checker.getTypeAtLocation(node.parent.parent).getProperty(node.text) : checker.getSymbolAtLocation(node)
        for (const declaration of symbol?.declarations ?? []) {
          if (program.isSourceFileDefaultLibrary(declaration.getSourceFile())) noteName(features, node.text, declaration, `${file.fileName.replace(/.*\/script\//, '')}: ${node.parent.getText(file).slice(0, 60)}`)
        }
      }
      ts.forEachChild(node, walk)
    }
    walk(file)
  }
}

/**
 * The paths in MDN's data of each member of an interface, by the member's name. A member of several interfaces has several
 * paths.
 */
const members = new Map()
for (const [owner, known] of Object.entries(data.api)) for (const member of Object.keys(known)) members.set(member, [...members.get(member) ?? [], ['api', owner, member]])

/** Converts TypeScript's name of a built-in interface to the name in MDN's data. */
const ownerOf = name => name.replace(/Constructor$|^Readonly/g, '').replace(/^(Big)?(Uint|Int|Float)\d+(Clamped)?Array$/, 'TypedArray')

function noteName(features, name, declaration, where) {
  const { parent } = declaration
  if (ts.isInterfaceDeclaration(parent)) {
    const owner = ownerOf(parent.name.text)
    features.note(['javascript', 'builtins', owner, name], where) || features.note(['api', owner, name], where) || features.noteAny(members.get(name) ?? [], where)
  } else if (ts.isTypeLiteralNode(parent) && ts.isVariableDeclaration(parent.parent)) features.note(['api', parent.parent.name.text, `${name}_static`], where)
  else if (ts.isVariableDeclaration(declaration) || ts.isFunctionDeclaration(declaration)) {
    [['javascript', 'builtins'], ['api'], ['api', 'Window'], ['webassembly', 'api']].some(path => features.note([...path, name], where))
  }
}
