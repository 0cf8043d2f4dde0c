package strictyaml

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	yaml "go.yaml.in/yaml/v4"

	"sitegen/internal/diag"
)

// The YAML parser stops where it cannot continue. That is often some lines after the mistake, and the parser's reason does not name the
// mistake. The code in this file therefore looks for a line without which everything else can be parsed, and then for the mistake in that
// line.

// The limits of suspectLines. suspectLines examines the line after the one where the parser stopped, and the nearLines lines before that.
// If no mistake is found there, it goes back farLines lines, and further to the beginning of a block. Of those lines it examines the ones
// that look wrong. Each trial parses at least linesBehind lines after the stop, to see whether parsing continues. suspectLines stops trying
// once all trials together have parsed about mostBytes bytes.
const (
	nearLines   = 12
	farLines    = 500
	linesBehind = 12
	mostBytes   = 24 << 20
)

// look is a function that looks for one kind of mistake in lines[i]. It returns the code of the mistake, and the byte in the line where it
// is, counted from 0. The code is "" if it finds no mistake.
type look func(lines []string, i int) (at int, code diag.Code)

// damagedLine finds the mistake in a text that is not YAML. `gaveUp` is the line where the parser stopped, counted from 1. `line` is the
// line of the mistake, counted from 1, and `at` is the byte in that line, counted from 0. `code` says what the mistake is, or is "" if that
// is unclear.
func damagedLine(source []byte, gaveUp int) (line, at int, code diag.Code) {
	lines := strings.Split(string(source), "\n")
	gaveUp = min(gaveUp, len(lines))
	near := gaveUp - nearLines
	suspects := suspectLines(lines, gaveUp, near, gaveUp+1)
	if line, at, code = mistakeIn(lines, suspects, clearly...); code != "" {
		return line, at, code
	}
	distant := suspectLines(lines, gaveUp, 0, near)
	if line, at, code = mistakeIn(lines, distant, clearly...); code != "" {
		return line, at, code
	}
	suspects = append(suspects, distant...)
	if len(suspects) == 0 { // no single line is the cause, so probably two lines have a mistake
		for i := gaveUp; i > max(0, gaveUp-3); i-- {
			suspects = append(suspects, i)
		}
	}
	if line, at, code = mistakeIn(lines, suspects, slices.Concat(clearly, []look{unevenly})...); code != "" {
		return line, at, code
	}
	return suspects[0], indent(lines[suspects[0]-1]), ""
}

// clearly has the functions that find mistakes in the line itself. Only unevenly judges a line by its neighbours alone.
var clearly = []look{inLine, amongOthers, unclosed, oddly}

// mistakeIn returns the first mistake that one of the functions finds in these lines, which are counted from 1. It tries the first function
// on all lines, then the next.
func mistakeIn(lines []string, suspects []int, looks ...look) (line, at int, code diag.Code) {
	for _, look := range looks {
		for _, suspect := range suspects {
			if at, code := look(lines, suspect-1); code != "" {
				return suspect, at, code
			}
		}
	}
	return 0, 0, ""
}

// suspectLines returns those of the lines from `from` to before `to` whose removal or replacement makes the rest parse. Later lines come
// first. All lines are counted from 1, except `from` and `to`, which are counted from 0. Of the lines that are not near gaveUp, it tries only
// those that look wrong.
func suspectLines(lines []string, gaveUp, from, to int) []int {
	first, end := max(0, gaveUp-farLines), min(len(lines), gaveUp+linesBehind)
	for first > 0 && !opensBlock(lines[first]) {
		first--
	}
	for end < len(lines) && !opensBlock(lines[end]) {
		end++
	}
	part := append([]string{}, lines[first:end]...)
	trials := mostBytes / (1 + len(strings.Join(part, "\n")))
	var suspects []int
	for i := min(to, end) - 1; i >= max(first, from) && trials > 0; i-- {
		if i < gaveUp-nearLines && !looksWrong(lines, i) {
			continue
		}
		whole := part[i-first]
		for _, instead := range instead(lines, i) {
			part[i-first] = instead
			trials--
			if yaml.Unmarshal([]byte(strings.Join(part, "\n")), new(yaml.Node)) == nil {
				suspects = append(suspects, i+1)
				break
			}
		}
		part[i-first] = whole
	}
	return suspects
}

// looksWrong reports whether lines[i] has a mistake of its own.
func looksWrong(lines []string, i int) bool {
	_, _, code := mistakeIn(lines, []int{i + 1}, clearly...)
	return code != ""
}

// instead returns texts that suspectLines tries in place of lines[i]: an empty line, and keys or an item to which the next line may belong.
// For a comment that contains a key, it returns the line without its #, and the line with a space in place of the #. For an empty line and
// for other comments it returns nil.
func instead(lines []string, i int) []string {
	switch line := lines[i]; {
	case strings.TrimSpace(line) == "":
		return nil
	case isComment(line):
		if !hidesKey(line) {
			return nil
		}
		at := indent(line)
		return []string{line[:at] + line[at+1:], line[:at] + " " + line[at+1:]}
	case i+1 == len(lines) || indent(lines[i+1]) <= 1:
		return []string{""}
	}
	below := indent(lines[i+1])
	key, outer := strings.Repeat(" ", below-2)+"x:", strings.Repeat(" ", max(0, below-4))+"x:"
	return []string{"", key, outer, outer + "\n" + key, strings.Repeat(" ", below-2) + "- x: x"}
}

// opensBlock reports whether a line begins with a key at the top level.
func opensBlock(line string) bool { return keyStart.MatchString(line) && indent(line) == 0 }

var (
	keyStart  = regexp.MustCompile(`^(?:[A-Za-z0-9_.-]+|"[^"]*"):(?: +|$)`)
	keyWord   = regexp.MustCompile(`^[A-Za-z0-9_.-]+`)
	itemStart = regexp.MustCompile(`^(?:- +)+`)
	nextKey   = regexp.MustCompile(` {2,}(?:- +)*[a-z_0-9-]+:(?: |$)`)
	// quoteOrBracket matches the text after a key without a colon: a quoted text or a bracket. It does not match the text after the first
	// word of a sentence.
	quoteOrBracket = regexp.MustCompile(`^ *(?:"[^"]*"$|[{[])`)
	colonEnd       = regexp.MustCompile(`:(?: |$)`)
	// badStart matches a value that YAML does not read as a text because of its first characters, such as "|" or ">" with a text after it.
	badStart = regexp.MustCompile("^(?:[*@%#`&!]|- |[|>].*[^-+0-9 |>])")
)

// indent returns the number of spaces at the start of a line.
func indent(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

func isComment(line string) bool { return strings.HasPrefix(strings.TrimLeft(line, " "), "#") }

// hidesKey reports whether a line is a comment that begins with a key or an item, and not with a sentence.
func hidesKey(line string) bool {
	if !isComment(line) {
		return false
	}
	key, value := parts(line[indent(line)+1:])
	return key < value || strings.HasPrefix(strings.TrimLeft(line[indent(line)+1:], " "), "- ")
}

// mostComments is the maximum number of empty lines and comment lines that hidesEntry skips to find the entry above or below a line.
const mostComments = 40

// hidesEntry reports whether the comment line at an offset was probably an entry before a # replaced a space of its indentation. Its key or
// item is then in the same column as the entry above or below.
func hidesEntry(source []byte, offset int, line string) bool {
	if !hidesKey(line) {
		return false
	}
	column, above, below := indent(strings.Replace(line, "#", " ", 1)), "", ""
	rest := source[:max(0, offset-1)]
	for i := 0; i < mostComments && len(rest) > 0 && above == ""; i++ {
		at := bytes.LastIndexByte(rest, '\n') + 1
		above = said(rest[at:])
		rest = rest[:max(0, at-1)]
	}
	rest = source[offset:]
	for i := 0; i < mostComments && len(rest) > 0 && below == ""; i++ {
		_, rest, _ = bytes.Cut(rest, []byte("\n"))
		next, _, _ := bytes.Cut(rest, []byte("\n"))
		below = said(next)
	}
	return above != "" && (isEntry(above, column) || isEntry(below, column))
}

// said returns a line as text, or "" if it is empty or a comment.
func said(line []byte) string {
	if text := string(line); strings.TrimSpace(text) != "" && !isComment(text) {
		return text
	}
	return ""
}

// isEntry reports whether a key or an item begins in this column of a line.
func isEntry(line string, column int) bool {
	key, value := parts(line)
	return key < value && key == column || key > indent(line) && indent(line) == column
}

// parts returns the offsets of a line's key and of its value. Marks of items may come before the key. The offsets are equal if the line has
// no key.
func parts(line string) (key, value int) {
	key = indent(line)
	key += len(itemStart.FindString(line[key:]))
	return key, key + len(keyStart.FindString(line[key:]))
}

// inLine is a [look] for mistakes that the line alone shows.
func inLine(lines []string, i int) (int, diag.Code) {
	line := lines[i]
	if isComment(line) {
		if hidesKey(line) { // the next lines probably belong to the key in the comment
			return indent(line), "yaml-commented-out"
		}
		return 0, ""
	}
	key, at := parts(line)
	if word := keyWord.FindString(line[key:]); key == at && word != "" {
		rest := line[key+len(word):]
		if colon := strings.TrimLeft(rest, " "); strings.HasPrefix(colon, ":") && !strings.HasPrefix(rest, "://") {
			return len(line) - len(colon), "yaml-colon-space"
		}
		if quoteOrBracket.MatchString(rest) {
			return key + len(word), "yaml-no-colon"
		}
	}
	value := line[at:]
	if at == indent(line) && continues(lines, i) {
		if behind, code := inFlow("[" + value); code != "yaml-open-bracket" && code != "yaml-bad-start" {
			return at + behind - 1, code
		}
	}
	if at == 0 || value == "" {
		return 0, ""
	}
	switch {
	case strings.HasPrefix(value, "｛"), strings.HasPrefix(value, "［"):
		return at, "yaml-fullwidth-bracket"
	case badStart.MatchString(value):
		return at, "yaml-bad-start"
	case value[0] == '"', value[0] == '\'':
		if next := nextKey.FindStringIndex(value); next != nil && quotedEnd(value) == next[0] {
			return at + next[0], "yaml-joined-lines"
		}
	}
	if strings.ContainsAny(value[:1], "{[\"'") {
		if behind, code := inFlow(value); code != "yaml-open-bracket" || behind < len(value) {
			return at + behind, code
		}
		return 0, "" // the value may continue on the next line
	}
	if at == indent(line) {
		return 0, "" // the line has neither a key nor the mark of an item, so it may be a part of a text
	}
	if next := nextKey.FindStringIndex(value); next != nil {
		return at + next[0], "yaml-joined-lines"
	}
	if colon := colonEnd.FindStringIndex(value); colon != nil {
		return at + colon[0], "yaml-colon-in-text"
	}
	return 0, ""
}

// continues reports whether lines[i] continues a value in brackets that began in an earlier line.
func continues(lines []string, i int) bool {
	for i--; i >= 0 && strings.TrimSpace(lines[i]) != ""; i-- {
		if key, at := parts(lines[i]); key < at || key > indent(lines[i]) || strings.ContainsAny(lines[i][at:at+1], "{[") {
			behind, code := inFlow(lines[i][at:])
			return code == "yaml-open-bracket" && at+behind == len(lines[i])
		}
	}
	return false
}

// unclosed is a [look] for a value in brackets that is wrong, or whose brackets the line does not close.
func unclosed(lines []string, i int) (int, diag.Code) {
	if _, at := parts(lines[i]); at < len(lines[i]) && strings.ContainsAny(lines[i][at:at+1], "{[") {
		behind, code := inFlow(lines[i][at:])
		return at + behind, code
	}
	return 0, ""
}

// quotedEnd returns the offset after the closing quote of a text that begins with a quote, or 0 if there is no closing quote.
func quotedEnd(text string) int {
	for at := 1; at < len(text); at++ {
		switch {
		case text[at] == '\\' && text[0] == '"':
			at++
		case text[at] == text[0] && text[0] == '\'' && strings.HasPrefix(text[at+1:], "'"):
			at++
		case text[at] == text[0]:
			return at + 1
		}
	}
	return 0
}

// bracket is a bracket that is open at the current offset of a text.
type bracket struct {
	closes byte // the character that closes the bracket
	colon  bool // whether the current entry in the bracket has a colon
}

// inFlow checks a value in brackets or quotes. It returns the offset where the value becomes unreadable, and a code for the mistake. The
// code is "" if there is no mistake. If a bracket is not closed, the offset is the length of the text. If text follows the closing bracket,
// the offset is 0.
func inFlow(text string) (int, diag.Code) {
	open := []bracket{{}}
	starts := true // an entry or a value may start at the offset
	for at := 0; at < len(text); {
		top := &open[len(open)-1]
		switch c := text[at]; {
		case c == ' ':
			at++
		case c == '#' && text[at-1] == ' ':
			if len(open) > 1 {
				return at, "yaml-comment-in-text"
			}
			return 0, ""
		case (c == '{' || c == '[') && starts:
			open = append(open, bracket{closes: c + 2})
			at++
		case c == '{' || c == '[':
			if top.closes == '}' && !top.colon {
				return at, "yaml-no-colon"
			}
			return at, "yaml-mark-in-flow"
		case c == top.closes && len(open) > 1:
			open, starts = open[:len(open)-1], false
			at++
		case c == '}' || c == ']':
			if slices.ContainsFunc(open, func(b bracket) bool { return b.closes == c }) {
				return at, "yaml-open-bracket"
			}
			return at, "yaml-close-bracket"
		case len(open) == 1 && !starts:
			if text[0] == '"' || text[0] == '\'' {
				return at, "yaml-after-quote"
			}
			return 0, "yaml-bad-start"
		case c == ',':
			if starts {
				return at, "yaml-no-entry"
			}
			starts, top.colon = true, false
			at++
		case !starts && keyStart.MatchString(text[at:]):
			return at, "yaml-no-comma"
		case !starts:
			return at, "yaml-after-quote"
		default:
			end := plainEnd(text, at)
			if c == '"' || c == '\'' {
				if end = at + quotedEnd(text[at:]); end == at {
					return at, "yaml-quote-unclosed"
				}
			}
			starts = false
			if strings.HasPrefix(text[end:], ":") {
				if top.colon {
					return end, "yaml-no-comma"
				}
				starts, top.colon = true, true
				end++
			}
			at = end
		}
	}
	if len(open) > 1 {
		return len(text), "yaml-open-bracket"
	}
	return 0, ""
}

// plainEnd returns the end of the unquoted text that starts at an offset within brackets.
func plainEnd(text string, from int) int {
	for at := from; at < len(text); at++ {
		switch c := text[at]; {
		case strings.IndexByte(",[]{}", c) >= 0,
			c == ':' && (at+1 == len(text) || strings.IndexByte(" ,[]{}", text[at+1]) >= 0),
			c == '#' && at > from && text[at-1] == ' ':
			return at
		}
	}
	return len(text)
}

// amongOthers is a [look] for a line that lacks the mark of an item, or the colon of a key, although the lines around it have one. It also
// finds a line with a wrong character before its key or item.
func amongOthers(lines []string, i int) (int, diag.Code) {
	line := lines[i]
	start := indent(line)
	key, value := parts(line)
	first, size := utf8.DecodeRuneInString(line[start:])
	if rest := strings.TrimLeft(line[start+size:], " "); first >= utf8.RuneSelf || strings.ContainsRune("[]{}|#*:-,", first) && key == start {
		switch {
		case besides(lines, i, start, "- ") && !itemStart.MatchString(rest), first == '-' && start%2 == 0:
			return start, "yaml-dash-space"
		case keyStart.MatchString(rest), itemStart.MatchString(rest):
			return start, "yaml-line-start"
		}
	}
	if word := keyWord.FindString(line[key:]); key == value && word != "" && besides(lines, i, key, "") {
		return key + len(word), "yaml-no-colon"
	}
	return 0, ""
}

// besides reports whether a line near lines[i] in the same block has this mark in the column `start`. If `mark` is "", it looks for a key
// in that column, or for a key in the next line if that line is indented more.
func besides(lines []string, i, start int, mark string) bool {
	below := i + 1
	for below < len(lines) && isComment(lines[below]) {
		below++
	}
	if mark == "" && below < len(lines) && indent(lines[below]) > start {
		if key, value := parts(lines[below]); key < value {
			return true
		}
	}
	for _, step := range []int{-1, 1} {
		for j := i + step; j >= max(0, i-nearLines) && j < min(len(lines), i+nearLines); j += step {
			key, value := parts(lines[j])
			if mark != "" && indent(lines[j]) == start && strings.HasPrefix(lines[j][start:], mark) || mark == "" && key == start && value > key {
				return true
			}
			if strings.TrimSpace(lines[j]) != "" && indent(lines[j]) < start-2 {
				break
			}
		}
	}
	return false
}

// oddly is a [look] for a line with an odd indentation below a line with an even indentation. It compares the indentations before the marks
// of items, and also those after the marks.
func oddly(lines []string, i int) (int, diag.Code) {
	if strings.TrimSpace(lines[i]) == "" || i == 0 || isComment(lines[i]) {
		return 0, ""
	}
	here, _ := parts(lines[i])
	above, _ := parts(lines[i-1])
	switch at := indent(lines[i]); {
	case at%2 != 0 && indent(lines[i-1])%2 == 0:
		return at, "yaml-indent"
	case here%2 != 0 && above%2 == 0:
		return here, "yaml-indent"
	}
	return 0, ""
}

// unevenly is a [look] for a line that is indented differently from the lines around it.
func unevenly(lines []string, i int) (int, diag.Code) {
	if i == 0 || i+1 == len(lines) {
		return 0, ""
	}
	above, here, below := indent(lines[i-1]), indent(lines[i]), indent(lines[i+1])
	opens := strings.HasSuffix(strings.TrimRight(lines[i-1], " "), ":") && below > above
	if here != below && below%2 == 0 && (above == below || opens) {
		return here, "yaml-indent"
	}
	return 0, ""
}
