package typeset

import (
	"bytes"
	"regexp"
	"strings"

	"sitegen/internal/diag"
)

// inValue adapts the edits of findings about `text`, a YAML value that begins at an offset, so that the result is still one value. If
// YAML would read the edited value differently, for example because it begins with a brace, the edit also adds quotes around the value.
// inValue drops the edits of a finding if one of them contains a quote, a backslash or a line break, or if the file has the value in a
// different form, such as with escapes. It also drops them if an unquoted value is within brackets or on several lines, or contains a
// double quote or a backslash.
func inValue(f *diag.File, text string, offset int, found []diag.Diagnostic) {
	for i := range found {
		if d := &found[i]; len(d.Mend) > 0 {
			d.Mend = valueEdits(f, text, offset, d.Mend)
		}
	}
}

// blockValue matches the text before a value on its line, unless the value is in a list or map in brackets.
var blockValue = regexp.MustCompile(`^ *(- +)*([a-z][a-z0-9_-]*: +|- +)$`)

// valueEdits does the work of inValue for the edits of one finding. It returns nil to drop them.
func valueEdits(f *diag.File, text string, offset int, edits []diag.Edit) []diag.Edit {
	if offset == 0 || !bytes.HasPrefix(f.Data[offset:], []byte(text)) {
		return nil
	}
	for _, e := range edits {
		if strings.ContainsAny(e.Old+e.New, "\"'\\\n") {
			return nil
		}
	}
	if quote := f.Data[offset-1]; quote == '"' || quote == '\'' {
		return edits
	}
	line := f.Data[bytes.LastIndexByte(f.Data[:offset], '\n')+1 : offset]
	end := offset + len(text)
	if !blockValue.Match(line) || end < len(f.Data) && f.Data[end] != '\n' || strings.ContainsAny(text, "\"\\") {
		return nil
	}
	value, at := "", 0
	for _, e := range edits {
		value += text[at:e.Offset-offset] + e.New
		at = e.Offset - offset + len(e.Old)
	}
	if value += text[at:]; strings.IndexByte("{[*&!|>%@`#?-:,'", value[0]) < 0 && !strings.Contains(value, ": ") && !strings.Contains(value, " #") {
		return edits
	}
	return []diag.Edit{{Offset: offset, Old: text, New: `"` + value + `"`}}
}
