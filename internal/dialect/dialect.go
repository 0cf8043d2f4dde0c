// Package dialect reads the authors' dialect of Markdown (content/README.md).
//
// goldmark finds the blocks. This package reads the text inside blocks itself, for three reasons: Japanese needs its own rule for emphasis,
// the dialect has tokens and ruby, and every mistake of an author must be reported at its place.
//
// The input is a text in a file. The output is nodes (see package markdown) and findings. Begin with dialect.go, which has the functions
// that read a text. The other files, in the order of the work:
//
//	block.go     goldmark and the ::: blocks
//	build.go     turns goldmark's tree into nodes; container.go does so for ::: blocks, and table.go for tables
//	inline.go    turns the text of a block into nodes; emphasis.go, link.go, brace.go (tokens, readings) and daycount.go (readings
//	             of days) each read one kind of markup
//
// Package lookalike finds text that only looks like markup. This package calls it for each line and for each special character.
package dialect

import (
	"sitegen/internal/diag"
	"sitegen/internal/markdown"
)

// ParseBody reads the Markdown in f.Data[start:end]. All offsets are offsets into f.Data. The body can be used even if there are errors: a
// faulty part of the text is then missing or has become plain text.
func ParseBody(f *diag.File, start, end int) (*markdown.Body, []diag.Diagnostic) {
	return ParsePassage(f, start, end, 0)
}

// ParseInline reads a text without blocks. `offset` is the place of the text in f.Data. If the text begins with the mark of a block,
// ParseInline reports that.
func ParseInline(f *diag.File, text string, offset int) (*markdown.Inline, []diag.Diagnostic) {
	b := newBuilder(f, text, offset)
	b.barred = b.CheckInline()
	b.inline(0, len(text))
	return &markdown.Inline{Stretch: b.done()}, b.findings()
}

// ParsePassage reads the Markdown in f.Data[start:end] like ParseBody. The text is the n-th passage (from 1) of a page whose body is in a
// different file. The ids that the parser chooses differ from those in the body and in other passages. This requires that the body and each
// passage have fewer than 100 headings and fewer than 100 steps blocks.
func ParsePassage(f *diag.File, start, end, n int) (*markdown.Body, []diag.Diagnostic) {
	b := newBuilder(f, string(f.Data[start:end]), start)
	b.headings, b.steps = 100*n, 100*n
	return b.body(), b.findings()
}
