// Package markdown represents a text as nodes, and writes it as HTML or plain text. The nodes are a flat list (node.go). A text therefore
// takes little memory, no function recurses over it, and tags cannot become unbalanced.
//
// The input is nodes, which package dialect reads from a file, and a resolver that knows what links and tokens refer to. The output is HTML
// (html.go), HTML in chapters that a page can fold (chapter.go), or plain text (plain.go). For package parity, the output is the mentions
// and blocks of a text (mention.go, shape.go). For package style, it is the prose of a text (passage.go). Begin with markdown.go, which has
// the types for texts and their parts. The tests are in package dialect: they read a text and write it.
package markdown

import (
	"sitegen/internal/civil"
	"sitegen/internal/markup"
)

// Token is a {namespace:id:format} in the text. The namespaces are fact, term, policy, insurer, picture, literal, ja and say. For the last
// three, ID is the text itself. Offset is the offset of the brace.
type Token struct {
	Namespace, ID, Format string
	Offset                int
}

// Link is a link. Destination is as the author wrote it; its form is allowed, but its target may not exist. The forms are faq:x#y, page:x,
// fact:x, #y, https://…, http://…, mailto:… and tel:…. Offset is the offset of the destination. Empty means that the link has no text.
type Link struct {
	Destination string
	Offset      int
	Empty       bool
}

// Anchor is an id in the body's HTML. Either the author wrote it, or package dialect chose it (s1, s2, … and steps-1, steps-2, …).
type Anchor struct {
	ID     string
	Offset int
}

// Period is the period during which a ::: from … until … block holds, as written: each end is a day or fact:id, or "" if it is not given.
// Announced means that the block is about an announcement that was made on the day From (::: from … announced). Offset is the offset of the
// block's first word.
type Period struct {
	From, Until string
	Announced   bool
	Offset      int
}

// Condition is the condition of a ::: if … is … block. The block is for the insurers whose policy has one of the values. Offset is the
// offset of the block's first word.
type Condition struct {
	Policy string
	Values []string
	Offset int
}

// Mode is the form in which a token, a link's title or a label is written.
type Mode uint8

// The modes: HTML with links, HTML without links (for links, headings and titles), and plain text.
const (
	Rich Mode = iota
	NoLinks
	Plain
)

// Resolver supplies what tokens, links and conditions refer to. Its methods cannot fail, because all references have been checked before.
// They are called in the order of the text, except in the mode Plain.
type Resolver interface {
	// Token returns a token as HTML or, in the mode Plain, as text. The other form may be empty. It is not called for literals.
	Token(t Token, mode Mode) markup.Phrase
	// Text returns the HTML of ordinary text. It is not called in links, headings and titles, where text is only escaped.
	Text(text string) markup.HTML
	// Link returns the href of a link, the title that a link without text shows, and whether the link leaves the site. The title is HTML
	// without links or, in the mode Plain, text. The caller percent-encodes the href if needed, but keeps NUL bytes: a resolver may use
	// them to mark a place that is filled in later.
	Link(destination string, mode Mode) (href string, title markup.Phrase, external bool)
	// Period returns the first and the last day of a period (civil.Unset if it has none), and words for the period as HTML.
	Period(p Period) (from, until civil.Date, summary markup.HTML)
	// Holds reports whether a condition is true. Only then is its block written.
	Holds(c Condition) bool
	// Label returns a word of the interface as HTML without links or, in the mode Plain, as text. `name` is "note", "important", "example",
	// "steps", "timeline" or "table".
	Label(name string, mode Mode) markup.Phrase
}

// Body is the text of a page below its front matter.
type Body struct {
	Stretch
	Start, End int // offsets in the file
}

// Inline is a text without blocks, such as a value in the front matter, a word of the interface or a heading.
type Inline struct{ Stretch }

// Section is a part of a body: a heading with the text up to the next heading, or the text before the first heading.
type Section struct {
	ID         string // the heading's anchor; "" before the first heading
	Level      int    // the heading's level, from 2; 0 before the first heading
	Start, End int    // offsets in the file
	Stretch
}

// Sections returns the sections of the body in the order of the text. A heading inside a block begins no section.
func (b *Body) Sections() []Section {
	end := func(i int) int {
		if i < len(b.doc.Nodes) {
			return int(b.doc.Nodes[i].Offset)
		}
		return b.End
	}
	var list []Section
	at := Section{Start: b.Start, Stretch: Stretch{doc: b.doc}}
	for i := 0; i < len(b.doc.Nodes); i++ {
		n := b.doc.Nodes[i]
		switch {
		case n.Kind == KindHeading && !n.Close:
			if at.to, at.End = i, end(i); at.to > at.from {
				list = append(list, at)
			}
			at = Section{ID: n.Text, Level: int(n.Ref), Start: end(i), Stretch: Stretch{doc: b.doc, from: i}}
		case !n.Kind.IsLeaf() && !n.Kind.IsInline() && !n.Close:
			i = int(n.End)
		}
	}
	at.to, at.End = len(b.doc.Nodes), b.End
	return append(list, at)
}

// HeadingOffset returns the offset of the section's heading.
func (s Section) HeadingOffset() int { return int(s.doc.Nodes[s.from].Offset) }

// LeftOut reports whether the section has texts below its heading, and all of them are in "if" blocks whose condition does not hold.
func (s Section) LeftOut(r Resolver) bool {
	nodes := s.doc.Nodes
	below := int(nodes[s.from].End) + 1
	for i := below; i < s.to; i++ {
		if n := nodes[i]; n.Kind != KindIf || r.Holds(s.doc.Conditions[n.Ref]) {
			return false
		}
		i = int(nodes[i].End)
	}
	return below < s.to
}

// Anchors returns the anchors of the body in the order of the text.
func (b *Body) Anchors() []Anchor { return b.doc.Anchors }

// Periods returns the periods of the body's "from" and "until" blocks in the order of the text.
func (b *Body) Periods() []Period { return b.doc.Periods }

// Conditions returns the conditions of the body's "if" blocks in the order of the text.
func (b *Body) Conditions() []Condition { return b.doc.Conditions }

// Markup returns the offset of the first node that is not text, a line end, ruby or a token. `found` is false if there is no such node.
func (i *Inline) Markup() (offset int, found bool) {
	for _, n := range i.doc.Nodes[i.from:i.to] {
		switch n.Kind {
		case KindText, KindBreak, KindToken, KindRuby:
		default:
			return int(n.Offset), true
		}
	}
	return 0, false
}
