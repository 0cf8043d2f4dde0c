// Package markdown reads the authors' Markdown dialect (content/README.md) and writes it as HTML or as plain text.
//
// goldmark finds the blocks. This package reads everything inside a block itself: Japanese text needs its own rule for
// emphasis, the dialect has tokens and ruby, and every mistake of an author must be reported at its place. The result is a flat
// list of nodes (node.go): a body takes little memory, nothing recurses over it, and tags cannot become unbalanced.
//
// The input is a text, and a resolver that knows what its links and tokens refer to. The output is nodes, findings, and the
// nodes written as HTML or plain text. Begin with markdown.go, which has the functions that read and write. The files, in the
// order of the work:
//
//	block.go     goldmark and the ::: blocks; build.go, container.go (these blocks) and table.go turn its tree into nodes
//	inline.go    turns the text of a block into nodes: emphasis.go, link.go, brace.go (tokens), ruby.go (readings)
//	node.go      the nodes; html.go and plain.go write them; chapter.go splits the HTML into parts that a page can fold
//	mention.go   lists what a text names, for package parity; passage.go returns its prose, for package style
//
// What only looks like markup is found by package lookalike, which is asked about each line and each special character.
package markdown

import (
	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/markup"
)

// Token is a {namespace:id:format} in the text. The namespaces are fact, term, policy, insurer, picture, literal, ja and say;
// the ID of the last three is the text itself. Offset is that of the brace.
type Token struct {
	Namespace, ID, Format string
	Offset                int
}

// Link is a link. Destination is as the author wrote it, of an allowed form but not looked up: faq:x#y, page:x, fact:x, #y,
// https://…, http://…, mailto:…, tel:…. Offset is that of the destination. Empty means that the link has no text of its own.
type Link struct {
	Destination string
	Offset      int
	Empty       bool
}

// Anchor is an id in the body's HTML. The author wrote it, or the parser gave it (s1, s2, … and steps-1, …).
type Anchor struct {
	ID     string
	Offset int
}

// Period is the time for which a ::: from … until … block holds, as written: each end is a day or fact:id, or "" if absent.
// Announced says that the block tells an announcement, which was made on the day From: ::: from … announced. Offset is that of the
// block's first word.
type Period struct {
	From, Until string
	Announced   bool
	Offset      int
}

// Condition says for which insurers a ::: if … is … block is written: those whose policy has one of the values. Offset is that
// of the block's first word.
type Condition struct {
	Policy string
	Values []string
	Offset int
}

// Mode says how a token, a link's title or a label is to be written.
type Mode uint8

// The modes: HTML with links, HTML without links (in links, headings and titles), and text.
const (
	Rich Mode = iota
	NoLinks
	Plain
)

// Resolver supplies what Markdown refers to. Its methods cannot fail, because all references have been checked first. They are called in
// the order of the text, except in the mode Plain.
type Resolver interface {
	// Token returns a token as HTML, or as text in the mode Plain; the other form may be empty. It is not called for literals.
	Token(t Token, mode Mode) markup.Phrase
	// Text returns the HTML of ordinary text. It is not called in links, headings and titles, where text is only escaped.
	Text(text string) markup.HTML
	// Link returns the href, the title that a link without a text of its own shows, and whether the link leaves the site. The title
	// is HTML without links, or text in the mode Plain. The caller percent-encodes the href if needed, but keeps NUL bytes: a
	// resolver may use them to mark what is filled in later.
	Link(destination string, mode Mode) (href string, title markup.Phrase, external bool)
	// Period returns the first and the last day (Unset if absent) and their wording as HTML.
	Period(p Period) (from, until civil.Date, summary markup.HTML)
	// Holds reports whether the condition is true, so that its block is written.
	Holds(c Condition) bool
	// Label returns a word of the interface, as HTML without links, or as text in the mode Plain. name is "note", "important",
	// "example", "steps", "timeline" or "table".
	Label(name string, mode Mode) markup.Phrase
}

// Body is the text of a page below its front matter.
type Body struct {
	Stretch
	start, stop int // offsets in the file
}

// Inline is a text without blocks: a value in the front matter, a word of the interface, a heading.
type Inline struct{ Stretch }

// ParseBody reads the Markdown in f.Data[start:end]. All offsets are offsets into f.Data. The body can be used even if there
// are errors; a faulty part is then missing or becomes plain text.
func ParseBody(f *diag.File, start, end int) (*Body, []diag.Diagnostic) {
	b := newBuilder(f, string(f.Data[start:end]), start)
	return b.body(), b.findings()
}

// ParseInline reads one text without blocks that starts at an offset in f.Data. It reports marks of blocks at the start of the
// text.
func ParseInline(f *diag.File, text string, offset int) (*Inline, []diag.Diagnostic) {
	b := newBuilder(f, text, offset)
	b.barred = b.CheckInline()
	b.inline(0, len(text))
	return &Inline{b.done()}, b.findings()
}

// ParsePassage reads the Markdown in f.Data[start:end] as ParseBody does, but as the n-th passage (from 1) of a page whose
// body is in a different file. The ids that it gives differ from those of the body and of other passages, as long as each has
// fewer than 100 headings and steps blocks.
func ParsePassage(f *diag.File, start, end, n int) (*Body, []diag.Diagnostic) {
	b := newBuilder(f, string(f.Data[start:end]), start)
	b.headings, b.steps = 100*n, 100*n
	return b.body(), b.findings()
}

// Section is a part of a body: a heading with the text below it up to the next heading, or the text before the first heading.
type Section struct {
	ID         string // the heading's anchor; "" before the first heading
	Level      int    // of the heading, from 2; 0 before the first heading
	Start, End int    // offsets in the file
	Stretch
}

// Sections returns the parts of the body in order. A heading inside a block begins no section.
func (b *Body) Sections() []Section {
	end := func(i int) int {
		if i < len(b.doc.nodes) {
			return int(b.doc.nodes[i].offset)
		}
		return b.stop
	}
	var list []Section
	at := Section{Start: b.start, Stretch: Stretch{doc: b.doc}}
	for i := 0; i < len(b.doc.nodes); i++ {
		n := b.doc.nodes[i]
		switch {
		case n.kind == kindHeading && !n.close:
			if at.to, at.End = i, end(i); at.to > at.from {
				list = append(list, at)
			}
			at = Section{ID: n.text, Level: int(n.ref), Start: end(i), Stretch: Stretch{doc: b.doc, from: i}}
		case !n.kind.isLeaf() && !n.kind.isInline() && !n.close:
			i = int(n.end)
		}
	}
	at.to, at.End = len(b.doc.nodes), b.stop
	return append(list, at)
}

// Anchors returns the ids in order.
func (b *Body) Anchors() []Anchor { return b.doc.anchors }

// Periods returns the periods of its "from" and "until" blocks in order.
func (b *Body) Periods() []Period { return b.doc.periods }

// Conditions returns the conditions of its "if" blocks in order.
func (b *Body) Conditions() []Condition { return b.doc.conditions }

// Markup returns the offset of the first thing that is neither text, ruby nor a token, and whether there is one.
func (i *Inline) Markup() (offset int, found bool) {
	for _, n := range i.doc.nodes[i.from:i.to] {
		switch n.kind {
		case kindText, kindBreak, kindToken, kindRuby:
		default:
			return int(n.offset), true
		}
	}
	return 0, false
}
