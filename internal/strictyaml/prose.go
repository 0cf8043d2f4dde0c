package strictyaml

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	yaml "go.yaml.in/yaml/v4"

	"sitegen/internal/plaintext"
)

// bareID is a value behind which a comment cannot be part of a sentence.
var bareID = regexp.MustCompile(`^[a-z0-9][a-z0-9_./-]*$`)

// comment reports a comment behind an unquoted text. YAML drops everything behind " #", so a sentence that names the
// number #7119 would lose its end without a word.
func (d *decoder) comment(n *yaml.Node) bool {
	text := n.LineComment
	if text == "" || n.Style != 0 || bareID.MatchString(n.Value) && strings.HasPrefix(text, "# ") {
		return true
	}
	from := d.textOffset(n)
	at := max(bytes.Index(d.file.Data[from:], []byte(text)), 0)
	d.add(d.file.At(from+at, "yaml-comment-in-text"))
	return false
}

// characters reports what a text must not hold, once escapes are resolved: \x03 in a quoted text reaches no check of
// the file's own bytes.
func (d *decoder) characters(n *yaml.Node) bool {
	before := ' '
	for _, r := range n.Value {
		if code := plaintext.Fault(r, before); code != "" && r != '\n' && r != '\t' {
			d.at(n, code, r)
			return false
		}
		before = r
	}
	return true
}

// swallowed reports an item of a list that became part of the text above it, because it is indented further.
func (d *decoder) swallowed(n *yaml.Node) bool {
	if n.Style != 0 || !strings.Contains(n.Value, " - ") {
		return true
	}
	start := d.textOffset(n)
	for at := start; at < min(len(d.file.Data), start+2*len(n.Value)); {
		end := bytes.IndexByte(d.file.Data[at:], '\n')
		if end < 0 {
			return true
		}
		at += end + 1
		item := bytes.TrimLeft(d.file.Data[at:], " ")
		first, _, _ := bytes.Cut(item, []byte("\n"))
		if bytes.HasPrefix(item, []byte("- ")) && strings.Contains(n.Value, " "+string(bytes.TrimSpace(first))) {
			d.add(d.file.At(len(d.file.Data)-len(item), "yaml-indent"))
			return false
		}
	}
	return true
}

// joined returns a text of several lines as one. YAML puts a space for each line's end; between Japanese characters none
// belongs there. Several spaces are seen as one, and are one.
func (d *decoder) joined(n *yaml.Node) string {
	value := n.Value
	if n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		value = strings.TrimRight(value, "\n")
	}
	for strings.Contains(value, "  ") {
		value = strings.ReplaceAll(value, "  ", " ")
	}
	start := d.textOffset(n)
	source := d.file.Data[start:]
	if !strings.ContainsAny(value, " \n") || bytes.IndexByte(source[:min(len(source), 2*len(value)+2)], '\n') < 0 {
		return value
	}
	var b strings.Builder
	last := rune(0)
	for i, r := range value {
		next, _ := utf8.DecodeRuneInString(value[i+utf8.RuneLen(r):])
		switch {
		case r != ' ' && r != '\n':
			b.WriteRune(r)
			last = r
		case plaintext.JoinsLines(last, next) && (r == '\n' || lineEnds(source, last, next)):
		default:
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// lineEnds reports whether a line of the source ends with one character and the next begins with the other.
func lineEnds(source []byte, before, after rune) bool {
	for at := 0; ; {
		end := bytes.IndexByte(source[at:], '\n')
		if end < 0 {
			return false
		}
		last, _ := utf8.DecodeLastRune(bytes.TrimRight(source[at:at+end], " \t"))
		at += end + 1
		next, _ := utf8.DecodeRune(bytes.TrimLeft(source[at:], " \t"))
		if last == before && next == after {
			return true
		}
	}
}

// A value that begins with one of these is something else to YAML than a text, and so is "|" or ">" with text behind it.
var (
	badStart   = regexp.MustCompile("^( *(?:- +)*(?:[a-z_0-9-]+: +)?)([*@%#`&!]|[{\\[][^]}]*[]}] *[^],}# ]|[|>].*[^-+0-9 |>])")
	dashStart  = regexp.MustCompile(`^( *(?:- +)*[a-z_0-9-]+: +)- `)
	spaceColon = regexp.MustCompile(`^( *(?:- +)*[a-z_0-9-]+ +):\S`)
	colonSpace = regexp.MustCompile(`^ *(?:- +)*[a-z_0-9-]+:(?:[^\s/"'0-9]|["'] )`)
)

// smartQuotes is a whole value in the quotes that word processors put in place of typed ones: readers would see them.
var smartQuotes = regexp.MustCompile(`^[“”„＂][^“”„＂]*[“”＂]$`)

// A value in braces or brackets, once what stands in quotes is left out.
var (
	quoted    = regexp.MustCompile(`"[^"]*"|'[^']*'`)
	flowValue = regexp.MustCompile(`^ *(?:- +)*(?:[A-Za-z0-9_-]+: +)?[{[]`)
)

// A value that begins with a quote: one that its line does not close, and one with something behind its end.
var (
	openQuote  = regexp.MustCompile(`^( *(?:- +)*(?:[A-Za-z0-9_-]+: +)?)"(?:[^"\\]|\\.)*$`)
	afterQuote = regexp.MustCompile(`^( *(?:- +)*[A-Za-z0-9_-]+: +"(?:[^"\\]|\\.)*") *[^\s,}\]:#]`)
)

// keyAlone is a key without its colon.
var keyAlone = regexp.MustCompile(`^[a-z][a-z0-9_-]*$`)

// emptyMap returns the line, counted from 1, that says {} although others say something too; 0 for none.
func emptyMap(source []byte) int {
	for i, line := range strings.Split(string(source), "\n") {
		if strings.TrimRight(line, " ") == "{}" {
			return i + 1
		}
	}
	return 0
}

// indent returns the number of spaces that a line begins with.
func indent(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

// lonelyBracket returns the column of the first bracket that closes more than a line opens that holds a value in brackets; 0
// where there is none. Brackets in quotes are text.
func lonelyBracket(line string) int {
	line = quoted.ReplaceAllStringFunc(line, func(text string) string { return strings.Repeat("x", utf8.RuneCountInString(text)) })
	if !flowValue.MatchString(line) {
		return 0
	}
	open := 0
	for i, r := range []rune(line) {
		switch r {
		case '{', '[':
			open++
		case '}', ']':
			if open--; open < 0 {
				return i + 1
			}
		}
	}
	return 0
}

// nearLine looks for the line that made the parser give up: the one it names, or one above it. It returns the line,
// counted from 1, the column in characters and what is wrong; no code where nothing is found.
func nearLine(source []byte, line int) (at, column int, code string) {
	lines := strings.Split(string(source), "\n")
	for i := min(line, len(lines)); i > max(0, line-3); i-- {
		text := lines[i-1]
		if match := badStart.FindStringSubmatch(text); match != nil && strings.TrimSpace(match[1]) != "" {
			return i, utf8.RuneCountInString(match[1]) + 1, "yaml-bad-start"
		}
		if match := dashStart.FindStringSubmatch(text); match != nil {
			return i, utf8.RuneCountInString(match[1]) + 1, "yaml-bad-start"
		}
		if match := spaceColon.FindStringSubmatch(text); match != nil {
			return i, utf8.RuneCountInString(match[1]) + 1, "yaml-colon-space"
		}
		if colonSpace.MatchString(text) {
			return i, utf8.RuneCountInString(text[:strings.IndexByte(text, ':')]) + 1, "yaml-colon-space"
		}
	}
	for i := min(line, len(lines)); i > max(0, line-3); i-- {
		if match := afterQuote.FindStringSubmatch(lines[i-1]); match != nil {
			return i, utf8.RuneCountInString(match[1]) + 1, "yaml-after-quote"
		}
	}
	for i := min(line, len(lines)); i > max(1, line-12); i-- { // no key begins so
		if text := lines[i-1]; text != "" && text[0] >= utf8.RuneSelf && indent(lines[i-2]) > 0 {
			return i, 1, "yaml-indent"
		}
	}
	for i := min(line-1, len(lines)); i > 0; i-- { // where the quote was opened that ends in this line, or nowhere
		if match := openQuote.FindStringSubmatch(lines[i-1]); match != nil {
			return i, utf8.RuneCountInString(match[1]) + 1, "yaml-quote-unclosed"
		} else if strings.Contains(lines[i-1], `"`) {
			break
		}
	}
	for i := min(line, len(lines)); i > max(0, line-3); i-- {
		if column := lonelyBracket(lines[i-1]); column > 0 {
			return i, column, "yaml-close-bracket"
		}
	}
	for i := min(line, len(lines)); i > max(1, line-3); i-- { // where all other lines begin with an even number of spaces
		if here := indent(lines[i-1]); here%2 != 0 && indent(lines[i-2])%2 == 0 && strings.TrimSpace(lines[i-1]) != "" {
			return i, here + 1, "yaml-indent"
		}
	}
	for i := min(line, len(lines)-1); i > max(1, line-3); i-- {
		before, here, after := indent(lines[i-2]), indent(lines[i-1]), indent(lines[i])
		opens := strings.HasSuffix(strings.TrimRight(lines[i-2], " "), ":") && after > before
		if above := quoted.ReplaceAllString(lines[i-2], ""); flowValue.MatchString(above) && strings.Count(above, "{")+strings.Count(above, "[") > strings.Count(above, "}")+strings.Count(above, "]") {
			return i - 1, utf8.RuneCountInString(lines[i-2]) + 1, "yaml-open-bracket"
		}
		if text := strings.TrimSpace(lines[i-1]); keyAlone.MatchString(text) && after > here {
			return i, here + len(text) + 1, "yaml-no-colon"
		}
		if here != after && after%2 == 0 && (before == after || opens) {
			return i, here + 1, "yaml-indent"
		}
	}
	return 0, 0, ""
}
