package strictyaml

import (
	"bytes"
	"strconv"

	"sitegen/internal/diag"
)

// precheck reports mistakes that the YAML parser would not notice or would explain badly: full-width colons and spaces, tabs, a second
// document, deeply nested brackets, entries that a # turned into comments, and more than mostPieces pieces. It returns true if it found no
// mistake.
func (d *decoder) precheck(source []byte) bool {
	pieces := 0
	for offset := 0; offset < len(source); {
		line := source[offset:]
		if end := bytes.IndexByte(line, '\n'); end >= 0 {
			line = line[:end]
		}
		if at, code := lineTrap(line, offset > 0); code != "" {
			d.add(d.trap(d.start+offset+at, code, line[at:]))
		}
		if pieces += 1 + marks(line); pieces > mostPieces {
			d.found = diag.Findings{}
			d.add(d.file.At(d.start+offset, "yaml-pieces", strconv.Itoa(mostPieces)))
			return false
		}
		if column, isComment := commentColumn(line); isComment {
			d.hasCommentLines = true
			if hidesEntry(source, offset, string(line)) {
				d.add(d.file.At(d.start+offset+column, "yaml-comment-entry"))
			}
		} else if commentBehindKey([]byte(line)) >= 0 {
			d.hasCommentLines = true
		}
		offset += len(line) + 1
	}
	return len(d.found.List) == 0
}

// marks returns the number of punctuation marks in a line that can separate pieces. Between any two pieces on a line there is at least one
// such mark.
func marks(line []byte) (n int) {
	for i, c := range line {
		switch c {
		case ',', '[', '{':
			n++
		case ':', '-', '?':
			if i+1 == len(line) || bytes.IndexByte([]byte(" ,[]{}"), line[i+1]) >= 0 {
				n++
			}
		case '"', '\'':
			if i+1 < len(line) && line[i+1] == ':' {
				n++ // "a":b is a key and its value
			}
		}
	}
	return n
}

// trap returns the finding for the offset and code that lineTrap found. `rest` is the line from that offset on. For a full-width colon
// after a key, the finding has an edit, because only a plain colon can be meant.
func (d *decoder) trap(at int, code diag.Code, rest []byte) diag.Diagnostic {
	found := d.file.At(at, code)
	if code != "yaml-fullwidth-colon" {
		return found
	}
	value := bytes.TrimLeft(bytes.TrimPrefix(rest, []byte("：")), " \u3000")
	return d.file.Mendable(found, diag.Edit{Offset: at, Old: string(rest[:len(rest)-len(value)]), New: ": "})
}

// lineTrap returns the offset and the code of the first mistake in a line that precheck reports. The code is "" if there is no mistake. If
// `documentEnds` is true, a line --- or ... is a mistake, because it would end the document.
func lineTrap(line []byte, documentEnds bool) (int, diag.Code) {
	start := len(line) - len(bytes.TrimLeft(line, " "))
	rest := line[start:]
	switch {
	case bytes.HasPrefix(rest, []byte("\t")):
		return start, "yaml-tab"
	case bytes.HasPrefix(rest, []byte("\u3000")):
		return start, "yaml-fullwidth-space"
	case documentEnds && (string(line) == "---" || string(line) == "..."):
		return 0, "yaml-documents"
	}
	key := 0
	for key < len(rest) && (rest[key] == '_' || rest[key] == '-' || rest[key]|0x20 >= 'a' && rest[key]|0x20 <= 'z') {
		key++
	}
	if key > 0 && bytes.HasPrefix(rest[key:], []byte("：")) {
		return start + key, "yaml-fullwidth-colon"
	}
	for depth := 0; depth < len(rest) && (rest[depth] == '[' || rest[depth] == '{'); depth++ {
		if depth == maxDepth {
			return start + depth, "yaml-too-deep"
		}
	}
	return 0, ""
}
