package strictyaml

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	yaml "go.yaml.in/yaml/v4"

	"sitegen/internal/plaintext"
)

// characters reports the forbidden characters in a value or key after YAML has resolved its escapes. It removes them from the node, so that
// they cause no further findings, such as one about an unknown id. [plaintext.Read] checks only the bytes of the file, so it does not find
// the escape \x03 in a quoted text. characters returns false if nothing of the value is left.
func (d *decoder) characters(n *yaml.Node) bool {
	if n.Style&yaml.DoubleQuotedStyle == 0 {
		return true
	}
	var kept strings.Builder
	at, before := d.textOffset(n), ' '
	for _, r := range n.Value {
		code := plaintext.Fault(r, before)
		if r == '\n' || r == '\t' {
			code = ""
		}
		if code != "" || plaintext.Fault(r, ' ') != "" {
			// An allowed joiner is passed too: placeOf searches from `at` on, and would report it in place of a later one that is forbidden.
			start, end := placeOf(d.file.Data, at, r)
			if at = end; code != "" {
				d.add(d.file.At(start, code, r))
			}
		}
		if code == "" {
			kept.WriteRune(r)
		}
		before = r
	}
	faulty := kept.Len() < len(n.Value)
	n.Value = kept.String()
	return !faulty || strings.TrimSpace(n.Value) != ""
}

// escapes are the characters that YAML's short escapes mean in a text in double quotes, by the letter after the backslash.
var escapes = map[byte]rune{
	'0': 0, 'a': '\a', 'b': '\b', 't': '\t', '\t': '\t', 'n': '\n', 'v': '\v', 'f': '\f', 'r': '\r', 'e': 0x1b, 'N': 0x85, '_': 0xa0,
	'L': 0x2028, 'P': 0x2029,
}

// placeOf returns the start and end offsets of the first character r in a text in double quotes, beginning at the offset `at`. An escape
// may stand for r. If the text does not contain r, both results are `at`.
func placeOf(data []byte, at int, r rune) (start, end int) {
	for i := at; i < len(data) && data[i] != '"'; {
		meant, size := utf8.DecodeRune(data[i:])
		if meant == '\\' && i+1 < len(data) {
			size = 2
			meant = rune(data[i+1])
			if short, known := escapes[data[i+1]]; known {
				meant = short
			}
			if digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[data[i+1]]; digits > 0 {
				size += digits
				code, _ := strconv.ParseUint(string(data[i+2:min(i+size, len(data))]), 16, 32)
				meant = rune(code)
			}
		}
		if meant == r {
			return i, i + size
		}
		i += size
	}
	return at, at
}

// swallowed reports a list item that became part of the text above because it is indented too far. It returns false if there is such an
// item.
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

// joined returns a text with its lines joined. YAML joins lines with a space; this function removes that space between Japanese characters.
// It also replaces several spaces by one, as a browser does. A line end beside a token or other markup stays a line end: only package
// markdown knows what readers see in place of the markup.
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
		case plaintext.JoinsLines(last, next) && (r == '\n' || d.lineEnds(start, last, next)):
		case (isMark(last) || isMark(next)) && (r == '\n' || d.lineEnds(start, last, next)):
			if isSlot(b.String(), value[i+1:]) {
				if !plaintext.IsCJK(last) && !plaintext.IsCJK(next) {
					b.WriteByte(' ')
				}
			} else {
				b.WriteByte('\n')
			}
		default:
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// isMark reports whether a character may be part of markup. In place of markup, readers see something else or nothing.
func isMark(r rune) bool { return strings.ContainsRune("{}[]()<>*_`", r) }

// isSlot reports whether a slot, such as {month}, is at the end of the first text or at the start of the second. A slot is filled without
// package markdown, and its value is joined to Japanese without a space.
func isSlot(before, after string) bool {
	open := strings.LastIndexByte(before, '{')
	inner, _, closed := strings.Cut(after, "}")
	return strings.HasSuffix(before, "}") && open >= 0 && !strings.ContainsAny(before[open:], ":|") ||
		strings.HasPrefix(after, "{") && closed && !strings.ContainsAny(inner, ":|")
}

// lineEnds reports whether the file, from an offset on, has a line that ends with the character `before`, followed by a line that begins
// with the character `after`. Blanks at the ends of lines do not count.
func (d *decoder) lineEnds(from int, before, after rune) bool {
	if d.ends == nil {
		d.ends = lastEnds(d.file.Data)
	}
	at, known := d.ends[[2]rune{before, after}]
	return known && at >= from
}

// lastEnds returns each pair of characters between which a line ends. The value is the offset of the first character where the pair occurs
// last.
func lastEnds(source []byte) map[[2]rune]int {
	ends := map[[2]rune]int{}
	for at := 0; ; {
		end := bytes.IndexByte(source[at:], '\n')
		if end < 0 {
			return ends
		}
		line := bytes.TrimRight(source[at:at+end], " \t")
		before, size := utf8.DecodeLastRune(line)
		next := at + end + 1
		after, _ := utf8.DecodeRune(bytes.TrimLeft(source[next:], " \t"))
		if size > 0 {
			ends[[2]rune{before, after}] = at + len(line) - size
		}
		at = next
	}
}

// smartQuotes matches a value that is completely in the quotes that word processors insert. YAML does not know these quotes, so readers
// would see them.
var smartQuotes = regexp.MustCompile(`^[“”„＂][^“”„＂]*[“”＂]$`)

// emptyMap returns the number, from 1, of the first line that consists of {}, or 0 if there is no such line. If such a line is not the only
// line, the file cannot be parsed.
func emptyMap(source []byte) int {
	for i, line := range strings.Split(string(source), "\n") {
		if strings.TrimRight(line, " ") == "{}" {
			return i + 1
		}
	}
	return 0
}
