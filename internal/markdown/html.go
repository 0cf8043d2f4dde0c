package markdown

import (
	"sync"
	"unicode/utf8"

	"sitegen/internal/civil"
	"sitegen/internal/markup"
	"sitegen/internal/plaintext"
	"sitegen/internal/timeline"
)

// writer writes a part of a document as HTML.
type writer struct {
	of Stretch
	markup.Writer
	r     Resolver
	words []byte // buffer for the text of several nodes
	quiet int    // how many elements are open in which text is only escaped and tokens have no links
	depth int    // how many blocks are open
	cuts  []cut  // the chapters so far
}

var writers = sync.Pool{New: func() any { return new(writer) }}

// newWriter returns a writer. quiet is the number of open elements that must not contain links.
func newWriter(r Resolver, quiet int) *writer {
	w := writers.Get().(*writer)
	w.Reset()
	w.r, w.quiet, w.depth = r, quiet, 0
	w.cuts = append(w.cuts[:0], cut{})
	return w
}

// free returns a writer to the pool.
func (w *writer) free() {
	w.of, w.r = Stretch{}, nil
	writers.Put(w)
}

// HTML returns the text as HTML.
func (p Stretch) HTML(r Resolver) markup.HTML { return p.html(r, 0) }

// HTMLWithoutLinks returns the text as HTML for use in a link or a title.
func (p Stretch) HTMLWithoutLinks(r Resolver) markup.HTML { return p.html(r, 1) }

// html returns the text as HTML. quiet is the number of open elements around it that must not contain links.
func (p Stretch) html(r Resolver, quiet int) markup.HTML {
	w := newWriter(r, quiet)
	defer w.free()
	w.of = p
	w.write()
	return w.Done()
}

// write writes the nodes in the range.
func (w *writer) write() {
	for i := w.of.from; i < w.of.to; i++ {
		n := &w.of.doc.nodes[i]
		switch {
		case n.kind <= kindBreak:
			i = w.text(i) - 1
		case n.kind.isLeaf():
			w.leaf(n)
		case n.kind.isInline():
			w.inlineElement(n)
		case n.kind == kindIf:
			if !n.close && !w.r.Holds(w.of.doc.conditions[n.ref]) {
				i = int(n.end)
			}
		case n.close:
			w.closeBlock(i, n)
		default:
			w.openBlock(i, n)
		}
	}
}

// text writes the nodes of text and line ends from index i in one piece, and returns the index of the node after them.
func (w *writer) text(i int) int {
	first, nodes := i, w.of.doc.nodes
	w.words = w.words[:0]
	for ; i < w.of.to && nodes[i].kind <= kindBreak; i++ {
		switch {
		case nodes[i].kind == kindText:
			w.words = append(w.words, nodes[i].text...)
		case !w.of.joinsAt(i, w.r):
			w.words = append(w.words, ' ')
		}
	}
	text := nodes[first].text
	if i > first+1 || nodes[first].kind == kindBreak {
		text = string(w.words)
	}
	if w.quiet > 0 {
		w.Prose(text)
	} else if text != "" {
		w.HTML(w.r.Text(text))
	}
	return i
}

func (w *writer) leaf(n *node) {
	switch n.kind {
	case kindHardBreak:
		w.HTML("<br>")
	case kindToken:
		w.token(w.of.doc.tokens[n.ref])
	case kindRuby: // without optional end tags: a page has hundreds of readings
		w.HTML("<ruby>")
		w.Prose(n.base())
		w.HTML("<rp>(<rt>")
		w.Prose(n.text[n.ref+1:])
		w.HTML("<rp>)</ruby>")
	case kindCode:
		w.HTML("<code>")
		w.Prose(n.text)
		w.HTML("</code>")
	case kindURL:
		w.Prose(n.text)
	case kindLabel:
		w.HTML(w.r.Label(n.text, NoLinks).HTML)
	case kindRule:
		w.HTML("<hr>\n")
	case kindChart:
		if n.ref >= 0 {
			timeline.Draw(&w.Writer, w.cells(int(n.ref)))
		}
	}
}

func (w *writer) token(t Token) {
	switch {
	case t.Namespace == "literal":
		w.Prose(t.ID)
	case w.quiet > 0:
		w.HTML(w.r.Token(t, NoLinks).HTML)
	default:
		w.HTML(w.r.Token(t, Rich).HTML)
	}
}

// inlineTags are the tag names of inline elements, except for links.
var inlineTags = [...]markup.HTML{kindStrong: "strong", kindEmphasis: "em", kindSub: "sub", kindSup: "sup"}

func (w *writer) inlineElement(n *node) {
	switch {
	case n.kind != kindLink && n.close:
		w.HTML("</", inlineTags[n.kind], ">")
	case n.kind != kindLink:
		w.HTML("<", inlineTags[n.kind], ">")
	case n.close:
		w.quiet--
		w.HTML("</a>")
	default:
		w.quiet++
		link := w.of.doc.links[n.ref]
		href, title, external := w.r.Link(link.Destination, NoLinks)
		w.HTML(`<a href="`)
		w.Address(href)
		w.HTML(`"`)
		if external {
			w.HTML(` class="external" rel="noopener"`)
		}
		w.HTML(">")
		if link.Empty {
			w.HTML(title.HTML)
		}
	}
}

// blockTags are the opening and closing tags of block elements. A tag is "" if openBlock writes it.
var blockTags = [...][2]markup.HTML{
	kindParagraph: {"<p>", "</p>\n"},
	kindBullets:   {"<ul>", "</ul>\n"},
	kindNumbers:   {"", "</ol>\n"},
	kindItem:      {"<li>", "</li>"},
	kindQuote:     {"<blockquote>", "</blockquote>\n"},
	kindTable:     {"", "</table></div>\n"},
	kindHead:      {"<thead>", "</thead>"},
	kindRows:      {"<tbody>", "</tbody>"},
	kindRow:       {"<tr>", "</tr>"},
	kindNote:      {`<div class="note" role="note">`, "</div>\n"},
	kindImportant: {`<div class="important" role="note">`, "</div>\n"},
	kindExample:   {`<div class="example">`, "</div>\n"},
	kindTitle:     {`<p class="block-title">`, "</p>\n"},
	kindSteps:     {"", "</section>\n"},
	kindDated:     {"", "</div></details>\n"},
	kindTimeline:  {`<figure class="timeline">`, "</figure>\n"},
	kindCaption:   {"<figcaption>", "</figcaption>\n"},
}

func (w *writer) openBlock(i int, n *node) {
	w.opening(i, n)
	switch n.kind {
	case kindHeading, kindStepsTitle:
		w.quiet++
		w.HTML("<h")
		w.Int(int(n.ref))
		w.Attr("id", n.text)
		w.HTML(">")
	case kindTitle, kindCaption:
		w.quiet++
		w.HTML(blockTags[n.kind][0])
	case kindNumbers:
		w.HTML("<ol")
		if n.ref != 1 {
			w.HTML(` start="`)
			w.Int(int(n.ref))
			w.HTML(`"`)
		}
		w.HTML(">")
	case kindTable:
		w.HTML(`<div class="table" tabindex="0" role="region"`)
		w.Attr("aria-label", w.tableLabel(int(n.ref)))
		w.HTML(`><table>`)
	case kindHeadCell, kindCell:
		w.HTML(cellTags(n, int(n.end) == i+1)[0])
	case kindSteps:
		w.HTML(`<section class="steps"`)
		w.Attr("aria-labelledby", n.text)
		w.HTML(">")
	case kindDated:
		w.dated(w.of.doc.periods[n.ref])
	default:
		w.HTML(blockTags[n.kind][0])
	}
}

func (w *writer) closeBlock(i int, n *node) {
	switch n.kind {
	case kindHeading, kindStepsTitle:
		w.quiet--
		w.HTML("</h")
		w.Int(int(n.ref))
		w.HTML(">\n")
	case kindHeadCell, kindCell:
		start := &w.of.doc.nodes[i-1]
		w.HTML(cellTags(n, start.kind == n.kind && !start.close)[1])
	case kindTitle, kindCaption:
		w.quiet--
		w.HTML(blockTags[n.kind][1])
	default:
		w.HTML(blockTags[n.kind][1])
	}
	w.closed(n)
}

// cellTags returns the tags of a cell. Cells of the first row and first column are header cells, unless they are empty.
func cellTags(n *node, empty bool) [2]markup.HTML {
	switch {
	case empty || n.kind == kindCell && n.ref > 0:
		return [2]markup.HTML{"<td>", "</td>"}
	case n.kind == kindCell:
		return [2]markup.HTML{`<th scope="row">`, "</th>"}
	}
	return [2]markup.HTML{`<th scope="col">`, "</th>"}
}

// tableLabel returns the text of the heading or caption that names a table, or the interface's word for a table.
func (w *writer) tableLabel(label int) string {
	if label >= 0 {
		text := Stretch{w.of.doc, label + 1, int(w.of.doc.nodes[label].end)}
		if plain := text.Plain(w.r); plain != "" {
			return plain
		}
	}
	return w.r.Label("table", Plain).Plain
}

// cells returns the texts of a table, its head first. All rows have as many cells as the head.
func (w *writer) cells(table int) [][]string {
	var rows [][]string
	for i := table; i < int(w.of.doc.nodes[table].end); i++ {
		n := &w.of.doc.nodes[i]
		cell := Stretch{w.of.doc, i + 1, int(n.end)}
		switch {
		case n.close:
		case n.kind == kindRow && rows == nil:
			rows = append(rows, nil)
		case n.kind == kindRow:
			rows = append(rows, make([]string, len(rows[0])))
		case n.kind == kindHeadCell:
			rows[0] = append(rows[0], cell.Plain(w.r))
		case n.kind == kindCell && int(n.ref) < len(rows[0]):
			rows[len(rows)-1][n.ref] = cell.Plain(w.r)
		}
	}
	return rows
}

// dated writes the start of a passage that holds for a time. Its classes name the first day on which the passage holds, and the first
// day on which it no longer holds.
func (w *writer) dated(p Period) {
	from, until, summary := w.r.Period(p)
	w.HTML(`<details class="dated`)
	if classes := civil.PeriodClasses(from, until); classes != "" {
		w.HTML(" ")
		w.Text(classes)
	}
	w.HTML(`" open`)
	if from != civil.Unset {
		w.Attr("data-from", from.String())
	}
	if until != civil.Unset {
		w.Attr("data-until", until.String())
	}
	w.HTML("><summary>")
	w.HTML(summary)
	w.HTML("</summary><div>")
}

// joinsAt reports whether the line end at index i is left out instead of becoming a space. If r is nil, the text of tokens
// beside the line end counts as unknown.
func (p Stretch) joinsAt(i int, r Resolver) bool {
	before, after := rune(-1), rune(-1)
	for j := i - 1; j >= p.from && before < 0; j-- {
		if text, known := p.shown(&p.doc.nodes[j], r); known && text != "" {
			before, _ = utf8.DecodeLastRuneInString(text)
		} else if !known {
			break
		}
	}
	for j := i + 1; j < p.to && after < 0; j++ {
		if text, known := p.shown(&p.doc.nodes[j], r); known && text != "" {
			after, _ = utf8.DecodeRuneInString(text)
		} else if !known {
			break
		}
	}
	return plaintext.JoinsLines(before, after)
}

// shown returns the text that a reader sees of an inline node itself, without the nodes inside it. known is false for other
// nodes. If r is nil, known is also false for tokens, and for links without a text of their own.
func (p Stretch) shown(n *node, r Resolver) (text string, known bool) {
	switch n.kind {
	case kindText, kindCode, kindURL:
		return n.text, true
	case kindRuby:
		return n.base(), true
	case kindToken:
		if t := p.doc.tokens[n.ref]; t.Namespace == "literal" {
			return t.ID, true
		} else if r != nil {
			return r.Token(t, Plain).Plain, true
		}
		return "", false
	case kindLink:
		if link := p.doc.links[n.ref]; link.Empty && !n.close {
			if r == nil {
				return "", false
			}
			_, title, _ := r.Link(link.Destination, Plain)
			return title.Plain, true
		}
	}
	return "", n.kind.isInline()
}
