package strictyaml

import (
	"bytes"
	"regexp"
	"strings"

	yaml "go.yaml.in/yaml/v4"

	"sitegen/internal/diag"
)

// bareID matches a value that looks like an id and not like a sentence. A comment may follow such a value.
var bareID = regexp.MustCompile(`^[a-z0-9][a-z0-9_./-]*$`)

// mayFollow reports whether a comment may follow this value, because it cannot be a part of it. `comment` begins with the #.
func mayFollow(n *yaml.Node, comment []byte) bool {
	return n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 || bareID.MatchString(n.Value) && bytes.HasPrefix(comment, []byte("# "))
}

// comment reports a comment after an unquoted text, or on a line of its own beside the text, and returns false if there is one. It
// accepts a comment after a value that bareID matches. YAML drops everything after " #", so a sentence that contains the number #7119
// would silently lose its end. The values of lists and maps in brackets are left to the method bracketed.
func (d *decoder) comment(n *yaml.Node) bool {
	if text := n.LineComment; d.brackets == 0 && text != "" && n.Style == 0 && !mayFollow(n, []byte(text)) {
		from := d.textOffset(n)
		at := max(bytes.Index(d.file.Data[from:], []byte(text)), 0)
		d.add(d.file.At(from+at, "yaml-comment-in-text"))
		return false
	}
	if d.brackets > 0 || !d.hasCommentLines {
		return true
	}
	start := d.textOffset(n)
	at := d.commentAbove(start)
	if at < 0 {
		at = d.commentWithin(n, start)
	}
	if at < 0 || mayFollow(n, d.file.Data[at:]) {
		return true
	}
	d.add(d.file.At(at, d.commentCode(at)))
	return false
}

// commentCode returns the code for a comment at an offset. What to do depends on whether the comment has a line of its own.
func (d *decoder) commentCode(at int) diag.Code {
	line := bytes.LastIndexByte(d.file.Data[:at], '\n') + 1
	if len(bytes.TrimLeft(d.file.Data[line:at], " ")) == 0 {
		return "yaml-comment-line"
	}
	return "yaml-comment-in-text"
}

// commentAbove returns the offset of the first comment between the key of a value and the value, which begins at `start`. Comments in the
// column of the key do not count, nor does one behind the key that begins with a space. The result is -1 if there is no such comment.
func (d *decoder) commentAbove(start int) int {
	found := -1
	for end := bytes.LastIndexByte(d.file.Data[:start], '\n'); end > d.start && len(bytes.TrimSpace(d.file.Data[end:start])) == 0; {
		start = bytes.LastIndexByte(d.file.Data[:end], '\n') + 1
		if column, isComment := commentColumn(d.file.Data[start:end]); isComment && column > d.indent {
			found = start + column
		}
		if line := d.file.Data[start:end]; !isBlank(line) {
			if at := commentBehindKey(line); at >= 0 {
				found = start + at
			}
			break
		}
		end = start - 1
	}
	return found
}

// commentBehindKey returns the offset in a line of a comment that follows the key or the dash of an entry, as in name: #7119. It returns -1 if
// there is none, or if a space follows the #: then it explains the entry.
func commentBehindKey(line []byte) int {
	at := bytes.Index(line, []byte(" #"))
	if at < 0 || at+2 == len(line) || line[at+2] == ' ' {
		return -1
	}
	if before := bytes.TrimRight(line[:at], " "); bytes.HasSuffix(before, []byte(":")) || bytes.HasSuffix(before, []byte("-")) {
		return at + 1
	}
	return -1
}

// commentWithin returns the offset of the first comment on a line of its own that may be meant as a line of the value, which begins at
// `start`. That is a comment that is indented deeper than the key of the value. So is a comment directly below a block text or below an
// unquoted text, if it is hardly an explanation: below a block text a # without a space after it, and below an unquoted text a # with a
// digit. The result is -1 if there is no such comment.
func (d *decoder) commentWithin(n *yaml.Node, start int) int {
	isBlock := n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0
	if n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
		return -1
	}
	inside := -1 // the column of the lines of a block text
	directly := true
	for at := start; ; {
		end := bytes.IndexByte(d.file.Data[at:], '\n')
		if end < 0 {
			return -1
		}
		at += end + 1
		line, _, _ := bytes.Cut(d.file.Data[at:], []byte("\n"))
		column, isComment := commentColumn(line)
		switch {
		case len(bytes.TrimSpace(line)) == 0:
			directly = false
		case isBlock && inside < 0 && column > d.indent:
			inside = column
		case isBlock && inside >= 0 && column >= inside: // a # is a character of the text here
		case isComment && column > d.indent,
			isComment && directly && isBlock && inside >= 0 && !bytes.HasPrefix(line[column+1:], []byte(" ")),
			isComment && directly && startsWithDigit(line[column+1:]):
			return at + column
		case column <= d.indent:
			return -1
		default:
			directly = true
		}
	}
}

func startsWithDigit(text []byte) bool { return len(text) > 0 && text[0] >= '0' && text[0] <= '9' }

// commentColumn returns the number of spaces at the start of a line, and whether a comment follows them.
func commentColumn(line []byte) (column int, isComment bool) {
	column = len(line) - len(bytes.TrimLeft(line, " "))
	return column, column < len(line) && line[column] == '#'
}

// isBlank reports whether a line has at most a comment.
func isBlank(line []byte) bool {
	_, isComment := commentColumn(line)
	return isComment || len(bytes.TrimSpace(line)) == 0
}

// bracketed reports the comments within a list or map in brackets. It accepts comments if a comment may follow each value in the brackets.
func (d *decoder) bracketed(n *yaml.Node) {
	data := d.file.Data
	starts, depth := true, 0 // `starts`: a quote at the offset opens a quoted text
	var accepts [2]*bool     // whether a comment may follow each value: one without a space after its #, and one with it
	for at := d.textOffset(n); at < len(data); at++ {
		switch c := data[at]; {
		case c == '#' && (data[at-1] == ' ' || data[at-1] == '\n' || data[at-1] == '\t'):
			line, _, _ := bytes.Cut(data[at:], []byte("\n"))
			spaced := 0
			if bytes.HasPrefix(line, []byte("# ")) {
				spaced = 1
			}
			accepted := &accepts[spaced]
			if *accepted == nil {
				all := allMayFollow(n, line)
				*accepted = &all
			}
			if !**accepted {
				d.add(d.file.At(at, d.commentCode(at)))
			}
			at += len(line)
		case starts && (c == '"' || c == '\''):
			at = closingQuote(data, at)
			starts = false
		case c == '[' || c == '{':
			depth, starts = depth+1, true
		case c == ']' || c == '}':
			if depth--; depth == 0 {
				return
			}
			starts = false
		case c == ',' || c == ':':
			starts = true
		case c != ' ' && c != '\n':
			starts = false
		}
	}
}

// allMayFollow reports whether mayFollow is true for each value below a node.
func allMayFollow(n *yaml.Node, comment []byte) bool {
	for _, child := range n.Content {
		if !allMayFollow(child, comment) {
			return false
		}
	}
	return n.Kind != yaml.ScalarNode || mayFollow(n, comment)
}

// closingQuote returns the offset of the quote that closes the quoted text beginning at the offset `at`.
func closingQuote(data []byte, at int) int {
	quote := data[at]
	for at++; at < len(data); at++ {
		switch {
		case data[at] == '\\' && quote == '"':
			at++
		case data[at] == quote && quote == '\'' && strings.HasPrefix(string(data[at:min(at+2, len(data))]), "''"):
			at++
		case data[at] == quote:
			return at
		}
	}
	return at
}
