// Package lookalike finds text that looks like markup but is not markup in the authors' dialect of Markdown. It finds the marks with which
// offices begin lists and headings (・ ① ■ 【…】), marks of other dialects, full-width marks, addresses and tokens without their brackets, and
// brackets without a partner. Readers would see all of these as they were typed.
//
// The input is the text that package dialect reads, line by line and mark by mark. The output is findings. A finding has a fix if the text
// can mean only one thing. Begin with [Block], which checks the lines of a paragraph, and [Inline], which checks special characters within
// lines. line.go checks single lines, block.go lists and headings, parallel.go lines that begin alike, and table.go tables. pairs.go has
// [Pairing]. The tests are in package dialect.
package lookalike

import (
	"strings"

	"sitegen/internal/diag"
)

// Source is a text in a file, with the findings about it. The methods take offsets in the text, not in the file.
type Source struct {
	File  *diag.File
	Text  string
	Base  int // the offset of the text in the file
	Found diag.Findings
	// Stars has the offsets of the asterisks that were reported as marks of lists without their space, in order.
	Stars []int
}

// Line is a line of a block of text, without the marks of the blocks around it. Start and Stop are offsets; Stop is after the line end.
type Line struct{ Start, Stop int }

// Report adds a finding at an offset.
func (s *Source) Report(at int, code diag.Code, args ...any) { s.Mend(at, nil, code, args...) }

// Mend adds a finding at an offset, with the changes that fix the text. `edits` may be empty.
func (s *Source) Mend(at int, edits []diag.Edit, code diag.Code, args ...any) {
	found := s.File.At(s.Base+at, code, args...)
	if len(edits) > 0 {
		found = s.File.Mendable(found, edits...)
	}
	s.Found.Add(found)
}

// Edit returns the change that replaces the text `old` at an offset with `plain`.
func (s *Source) Edit(at int, old, plain string) diag.Edit {
	return diag.Edit{Offset: s.Base + at, Old: old, New: plain}
}

// read returns a line without its line end and trailing spaces.
func (s *Source) read(line Line) string {
	return strings.TrimRight(s.Text[line.Start:line.Stop], " \t\r\n")
}
