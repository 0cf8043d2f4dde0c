// Package dialect reads the authors' dialect of Markdown (content/README.md).
//
// goldmark finds the blocks. This package reads everything inside a block itself: Japanese text needs its own rule for
// emphasis, the dialect has tokens and ruby, and every mistake of an author must be reported at its place.
//
// The input is a text of a file. The output is nodes, as package markdown holds and writes them, and findings. Begin with dialect.go, which
// has the functions that read a text. The files, in the order of the work:
//
//	block.go     goldmark and the ::: blocks
//	build.go     turns its tree into nodes; container.go (::: blocks) and table.go do so for these blocks
//	inline.go    turns the text of a block into nodes: emphasis.go, link.go, brace.go (tokens, readings), daycount.go (readings
//	             of days)
//
// What only looks like markup is found by package lookalike, which is asked about each line and each special character.
package dialect

import (
	"sitegen/internal/diag"
	"sitegen/internal/markdown"
)

// ParseBody reads the Markdown in f.Data[start:end]. All offsets are offsets into f.Data. The body can be used even if there
// are errors; a faulty part is then missing or becomes plain text.
func ParseBody(f *diag.File, start, end int) (*markdown.Body, []diag.Diagnostic) {
	return ParsePassage(f, start, end, 0)
}

// ParseInline reads one text without blocks that starts at an offset in f.Data. It reports marks of blocks at the start of the
// text.
func ParseInline(f *diag.File, text string, offset int) (*markdown.Inline, []diag.Diagnostic) {
	b := newBuilder(f, text, offset)
	b.barred = b.CheckInline()
	b.inline(0, len(text))
	return &markdown.Inline{Stretch: b.done()}, b.findings()
}

// ParsePassage reads the Markdown in f.Data[start:end] as ParseBody does, but as the n-th passage (from 1) of a page whose
// body is in a different file. The ids that it gives differ from those of the body and of other passages, as long as each has
// fewer than 100 headings and steps blocks.
func ParsePassage(f *diag.File, start, end, n int) (*markdown.Body, []diag.Diagnostic) {
	b := newBuilder(f, string(f.Data[start:end]), start)
	b.headings, b.steps = 100*n, 100*n
	return b.body(), b.findings()
}
