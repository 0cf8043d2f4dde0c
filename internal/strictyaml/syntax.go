package strictyaml

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"sitegen/internal/diag"
)

var errorLine = regexp.MustCompile(`line (\d+)`)

// syntax reports a text that is not YAML. `err` is the parser's error, which contains a line number and an English reason.
func (d *decoder) syntax(source []byte, err error) {
	line := 1
	if match := errorLine.FindStringSubmatch(err.Error()); match != nil {
		line, _ = strconv.Atoi(match[1])
	}
	line = min(line, bytes.Count(source, []byte("\n"))+1)
	code := diag.Code("yaml-syntax")
	switch reason := err.Error(); {
	case strings.Contains(reason, "mapping values are not allowed"):
		code = "yaml-colon-in-text"
	case strings.Contains(reason, "unexpected end of stream"):
		code = "yaml-open-quote"
	case strings.Contains(reason, "cannot start any token"):
		code = "yaml-bad-start"
	case strings.Contains(reason, "max depth"):
		code = "yaml-too-deep"
	}
	if at := emptyMap(source); at > 0 {
		d.add(d.file.AtLine(d.firstLine+at-1, 1, "yaml-empty-map"))
		return
	}
	column := 1
	if code != "yaml-too-deep" {
		near, at, found := damagedLine(source, line)
		column = 1 + utf8.RuneCountInString(strings.Split(string(source), "\n")[near-1][:at])
		if line = near; found != "" {
			code = found
		}
	}
	found := d.file.AtLine(d.firstLine+line-1, column, code)
	if code == "yaml-colon-space" {
		found = d.spaced(found)
	}
	d.add(found)
}

// plainKey matches the part of a line before the colon of a key.
var plainKey = regexp.MustCompile(`^ *(- +)?[a-z_]+$`)

// spaced adds an edit to the finding about a colon without a space after a key. The edit writes the colon with one space after it. If the
// line may be part of a text, spaced returns the finding unchanged.
func (d *decoder) spaced(found diag.Diagnostic) diag.Diagnostic {
	at := d.file.Offset(found.Line, found.Column)
	key, rest := d.file.Data[bytes.LastIndexByte(d.file.Data[:at], '\n')+1:at], d.file.Data[at:]
	if !plainKey.Match(key) || !bytes.HasPrefix(rest, []byte(":")) {
		return found
	}
	value := bytes.TrimLeft(rest[1:], " \u3000\u00a0")
	return d.file.Mendable(found, diag.Edit{Offset: at, Old: string(rest[:len(rest)-len(value)]), New: ": "})
}
