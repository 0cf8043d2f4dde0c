// Finds the features of the web that style sheets and scripts use, and which of these the oldest browsers lack. A feature is
// named as in MDN's compatibility data, for example css.properties.word-break.auto-phrase.

import { createRequire } from 'node:module'
import ts from 'typescript'

const data = createRequire(import.meta.url)('@mdn/browser-compat-data')

/** The oldest browsers in which reading, the checker and dates work. */
const OLDEST = { chrome: 80, chrome_android: 80, safari: 13, safari_ios: 13 }

/** Returns the data's entry for a feature, or undefined. */
const known = path => path.reduce((at, name) => at && Object.hasOwn(at, name) ? at[name] : undefined, data)

const since = ({ version_added: version }) => typeof version === 'string' && version !== 'preview' ? parseFloat(version.replace('≤', '')) : Infinity

/** Returns the oldest browsers that lack a feature. A browser with a prefixed form counts as having it if that prefix is in `prefixes`. */
function lacking(path, prefixes = []) {
  const { support } = known(path).__compat
  const has = browser => [support[browser]].flat().some(one => !one.flags && !one.alternative_name && !one.version_removed && (!one.prefix || prefixes.includes(one.prefix)) && since(one) <= OLDEST[browser])
  return Object.keys(OLDEST).filter(browser => !has(browser))
}

/** Collects the features that are too new, and where each was first seen. */
export class Features {
  found = new Map()

  /** Notes a feature if browsers lack it. Returns whether the data has the feature; an unknown one is not a finding. */
  note(path, where, prefixes) {
    if (!known(path)?.__compat) return false
    const without = lacking(path, prefixes)
    if (without.length) this.add(path.join('.'), `${where}; lacking in ${without.map(browser => `${browser} ${OLDEST[browser]}`).join(', ')}`)
    return true
  }

  /** Adds a finding, unless there is one with that name. */
  add(name, where) {
    if (!this.found.has(name)) this.found.set(name, where)
  }

  /** Notes the first of several features with the same name, if all of them are too new. */
  noteAny(paths, where) {
    const all = paths.filter(path => known(path)?.__compat)
    if (all.length && all.every(path => lacking(path).length)) this.note(all[0], where)
  }
}

/** Parses a style sheet into nested blocks. Each has the text before "{" (prelude), its declarations, and the blocks inside it. */
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

/** Older properties with the same effect in text from left to right, by the property that may be missing. */
const OLDER = { 'inset-inline-start': 'left', 'inset-inline-end': 'right' }

/** Returns the properties of rules inside `@supports not`, each with the selector of its rule. */
function insteads({ prelude = '', blocks }) {
  if (!prelude.startsWith('@supports not')) return blocks.flatMap(insteads)
  return blocks.flatMap(rule => rule.declarations.map(({ property }) => `${rule.prelude} ${property}`))
}

/**
 * Notes what a style sheet uses. A feature inside `@supports` that its condition names has a fallback. So has a property with a
 * different value inside `@supports not`.
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

/** The places of functions in the data. */
const FUNCTIONS = [['css', 'types'], ['css', 'types', 'color'], ['css', 'types', 'image'], ['css', 'types', 'gradient']]

/** The names in the data of groups of units. */
const UNITS = [[/^dv/, 'viewport_percentage_units_dynamic'], [/^sv/, 'viewport_percentage_units_small'], [/^lv/, 'viewport_percentage_units_large'], [/^cq/, 'container_query_length_units']]

/** Notes a declaration. An earlier declaration of the same property is its fallback, and so is a prefixed one beside it. */
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

/** Operators that were added to the language later, and their names in the data. */
const OPERATORS = {
  [Kind.QuestionQuestionToken]: 'nullish_coalescing', [Kind.QuestionQuestionEqualsToken]: 'nullish_coalescing_assignment', [Kind.BarBarEqualsToken]: 'logical_or_assignment',
  [Kind.AmpersandAmpersandEqualsToken]: 'logical_and_assignment', [Kind.AsteriskAsteriskToken]: 'exponentiation', [Kind.QuestionDotToken]: 'optional_chaining',
}

/** Newer syntax in regular expressions, and its name in the data. */
const EXPRESSIONS = [
  [/\(\?<[=!]/, ['regular_expressions', 'lookbehind_assertion']], [/\(\?<\w/, ['regular_expressions', 'named_capturing_group']], [/\\p\{/i, ['regular_expressions', 'unicode_character_class_escape']],
  [/\(\?[ims-]+:/, ['regular_expressions', 'modifier']], [/\/[a-z]*s[a-z]*$/, ['builtins', 'RegExp', 'dotAll']], [/\/[a-z]*d[a-z]*$/, ['builtins', 'RegExp', 'hasIndices']], [/\/[a-z]*v[a-z]*$/, ['builtins', 'RegExp', 'unicodeSets']],
]

/** Notes the features that the syntax of a built script needs. */
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

/** Notes the globals and their members that files in TypeScript use. The types say to which interface a member belongs. */
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

/** The places of members in the data, by name. The data lists a member that several interfaces share at each of them. */
const members = new Map()
for (const [owner, known] of Object.entries(data.api)) for (const member of Object.keys(known)) members.set(member, [...members.get(member) ?? [], ['api', owner, member]])

/** Converts TypeScript's name of the interface of a builtin to the name in the data. */
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
