package site

import (
	"bytes"
	"regexp"
	"strings"

	"sitegen/internal/diag"
)

// inValue adapts the edits of findings about a YAML value, so that it stays a value: one that would begin with a brace is quoted.
// It drops edits that contain quotes or line breaks, edits of unquoted values within brackets or on several lines, and edits of a
// value that the file does not have as it was read. offset is where text begins.
func inValue(f *diag.File, text string, offset int, found []diag.Diagnostic) {
	for i := range found {
		if d := &found[i]; len(d.Mend) > 0 {
			d.Mend = valueEdits(f, text, offset, d.Mend)
		}
	}
}

// blockValue matches what stands before an unquoted value on its line, if the value is not in a list or map in brackets.
var blockValue = regexp.MustCompile(`^ *(- +)*([a-z][a-z0-9_-]*: +|- +)$`)

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
