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
	quiet int    // how many open elements allow no links: inside them, text is only escaped and tokens do not become links
	depth int    // how many blocks are open at this point
	cuts  []cut  // the chapters so far
}

var writers = sync.Pool{New: func() any { return new(writer) }}

// newWriter returns a writer from the pool. `quiet` is the number of elements around its output that must not contain links.
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

// HTML returns the stretch as HTML.
func (p Stretch) HTML(r Resolver) markup.HTML { return p.html(r, 0) }

// HTMLWithoutLinks returns the stretch as HTML without links, for use inside a link or a title.
func (p Stretch) HTMLWithoutLinks(r Resolver) markup.HTML { return p.html(r, 1) }

// html returns the stretch as HTML. `quiet` is the number of elements around it that must not contain links.
func (p Stretch) html(r Resolver, quiet int) markup.HTML {
	w := newWriter(r, quiet)
	defer w.free()
	w.of = p
	w.write()
	return w.Done()
}

// write writes the nodes of the stretch.
func (w *writer) write() {
	for i := w.of.from; i < w.of.to; i++ {
		n := &w.of.doc.Nodes[i]
		switch {
		case n.Kind <= KindBreak:
			i = w.text(i) - 1
		case n.Kind.IsLeaf():
			w.leaf(n)
		case n.Kind.IsInline():
			w.inlineElement(n)
		case n.Kind == KindIf:
			if !n.Close && !w.r.Holds(w.of.doc.Conditions[n.Ref]) {
				i = int(n.End)
			}
		case n.Close:
			w.closeBlock(i, n)
		default:
			w.openBlock(i, n)
		}
	}
}

// text writes the nodes of text and line ends from index i on, as one piece of text. It returns the index of the first node after them.
func (w *writer) text(i int) int {
	first, nodes := i, w.of.doc.Nodes
	w.words = w.words[:0]
	for ; i < w.of.to && nodes[i].Kind <= KindBreak; i++ {
		switch {
		case nodes[i].Kind == KindText:
			w.words = append(w.words, nodes[i].Text...)
		case !w.of.joinsAt(i, w.r):
			w.words = append(w.words, ' ')
		}
	}
	text := nodes[first].Text
	if i > first+1 || nodes[first].Kind == KindBreak {
		text = string(w.words)
	}
	if w.quiet > 0 {
		w.Prose(text)
	} else if text != "" {
		w.HTML(w.r.Text(text))
	}
	return i
}

func (w *writer) leaf(n *Node) {
	switch n.Kind {
	case KindHardBreak:
		w.HTML("<br>")
	case KindToken:
		w.token(w.of.doc.Tokens[n.Ref])
	case KindRuby: // the optional end tags are left out, because a page has hundreds of readings
		w.HTML("<ruby>")
		w.Prose(n.Base())
		w.HTML("<rp>(<rt>")
		w.Prose(n.Text[n.Ref+1:])
		w.HTML("<rp>)</ruby>")
	case KindCode:
		w.HTML("<code>")
		w.Prose(n.Text)
		w.HTML("</code>")
	case KindURL:
		w.Prose(n.Text)
	case KindLabel:
		w.HTML(w.r.Label(n.Text, NoLinks).HTML)
	case KindRule:
		w.HTML("<hr>\n")
	case KindChart:
		if n.Ref >= 0 {
			timeline.Draw(&w.Writer, w.cells(int(n.Ref)))
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

// inlineTags are the tag names of inline elements other than links.
var inlineTags = [...]markup.HTML{KindStrong: "strong", KindEmphasis: "em", KindSub: "sub", KindSup: "sup"}

func (w *writer) inlineElement(n *Node) {
	switch {
	case n.Kind != KindLink && n.Close:
		w.HTML("</", inlineTags[n.Kind], ">")
	case n.Kind != KindLink:
		w.HTML("<", inlineTags[n.Kind], ">")
	case n.Close:
		w.quiet--
		w.HTML("</a>")
	default:
		w.quiet++
		link := w.of.doc.Links[n.Ref]
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
	KindParagraph: {"<p>", "</p>\n"},
	KindBullets:   {"<ul>", "</ul>\n"},
	KindNumbers:   {"", "</ol>\n"},
	KindItem:      {"<li>", "</li>"},
	KindQuote:     {"<blockquote>", "</blockquote>\n"},
	KindTable:     {"", "</table></div>\n"},
	KindHead:      {"<thead>", "</thead>"},
	KindRows:      {"<tbody>", "</tbody>"},
	KindRow:       {"<tr>", "</tr>"},
	KindNote:      {`<div class="note" role="note">`, "</div>\n"},
	KindImportant: {`<div class="important" role="note">`, "</div>\n"},
	KindExample:   {`<div class="example">`, "</div>\n"},
	KindTitle:     {`<p class="block-title">`, "</p>\n"},
	KindSteps:     {"", "</section>\n"},
	KindDated:     {"", "</div></details>\n"},
	KindTimeline:  {`<figure class="timeline">`, "</figure>\n"},
	KindCaption:   {"<figcaption>", "</figcaption>\n"},
}

func (w *writer) openBlock(i int, n *Node) {
	w.opening(i, n)
	switch n.Kind {
	case KindHeading, KindStepsTitle:
		w.quiet++
		w.HTML("<h")
		w.Int(int(n.Ref))
		w.Attr("id", n.Text)
		w.HTML(">")
	case KindTitle, KindCaption:
		w.quiet++
		w.HTML(blockTags[n.Kind][0])
	case KindNumbers:
		w.HTML("<ol")
		if n.Ref != 1 {
			w.HTML(` start="`)
			w.Int(int(n.Ref))
			w.HTML(`"`)
		}
		w.HTML(">")
	case KindTable:
		w.HTML(`<div class="table`)
		if w.of.columns(i) > 2 {
			w.HTML(` wide`)
		}
		w.HTML(`" tabindex="0" role="region"`)
		w.Attr("aria-label", w.tableLabel(int(n.Ref)))
		w.HTML(`><table>`)
	case KindHeadCell, KindCell:
		w.HTML(cellTags(n, int(n.End) == i+1)[0])
	case KindSteps:
		w.HTML(`<section class="steps"`)
		w.Attr("aria-labelledby", n.Text)
		w.HTML(">")
	case KindDated:
		w.dated(w.of.doc.Periods[n.Ref])
	default:
		w.HTML(blockTags[n.Kind][0])
	}
}

func (w *writer) closeBlock(i int, n *Node) {
	switch n.Kind {
	case KindHeading, KindStepsTitle:
		w.quiet--
		w.HTML("</h")
		w.Int(int(n.Ref))
		w.HTML(">\n")
	case KindHeadCell, KindCell:
		start := &w.of.doc.Nodes[i-1]
		w.HTML(cellTags(n, start.Kind == n.Kind && !start.Close)[1])
	case KindTitle, KindCaption:
		w.quiet--
		w.HTML(blockTags[n.Kind][1])
	default:
		w.HTML(blockTags[n.Kind][1])
	}
	w.closed(n)
}

// cellTags returns the tags of a cell. Cells in the head of the table and in its first column are header cells, unless they are empty.
func cellTags(n *Node, empty bool) [2]markup.HTML {
	switch {
	case empty || n.Kind == KindCell && n.Ref > 0:
		return [2]markup.HTML{"<td>", "</td>"}
	case n.Kind == KindCell:
		return [2]markup.HTML{`<th scope="row">`, "</th>"}
	}
	return [2]markup.HTML{`<th scope="col">`, "</th>"}
}

// tableLabel returns the name of a table: the text of the heading or caption whose node has the index `label`. If `label` is -1 or the text
// is empty, it returns the interface's word for a table.
func (w *writer) tableLabel(label int) string {
	if label >= 0 {
		text := Stretch{w.of.doc, label + 1, int(w.of.doc.Nodes[label].End)}
		if plain := text.Plain(w.r); plain != "" {
			return plain
		}
	}
	return w.r.Label("table", Plain).Plain
}

// cells returns the texts of the cells of a table by row, the head first. All rows have as many cells as the head.
func (w *writer) cells(table int) [][]string {
	var rows [][]string
	for i := table; i < int(w.of.doc.Nodes[table].End); i++ {
		n := &w.of.doc.Nodes[i]
		cell := Stretch{w.of.doc, i + 1, int(n.End)}
		switch {
		case n.Close:
		case n.Kind == KindRow && rows == nil:
			rows = append(rows, nil)
		case n.Kind == KindRow:
			rows = append(rows, make([]string, len(rows[0])))
		case n.Kind == KindHeadCell:
			rows[0] = append(rows[0], cell.Plain(w.r))
		case n.Kind == KindCell && int(n.Ref) < len(rows[0]):
			rows[len(rows)-1][n.Ref] = cell.Plain(w.r)
		}
	}
	return rows
}

// dated writes the start of a passage that holds only during a period. Its classes name the first day of the period, and the first day
// after it.
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

// joinsAt reports whether the line end at index i is dropped. Otherwise it becomes a space. If r is nil, the text of tokens beside the line
// end counts as unknown.
func (p Stretch) joinsAt(i int, r Resolver) bool {
	before, after := rune(-1), rune(-1)
	for j := i - 1; j >= p.from && before < 0; j-- {
		if text, known := p.shown(&p.doc.Nodes[j], r); known && text != "" {
			before, _ = utf8.DecodeLastRuneInString(text)
		} else if !known {
			break
		}
	}
	for j := i + 1; j < p.to && after < 0; j++ {
		if text, known := p.shown(&p.doc.Nodes[j], r); known && text != "" {
			after, _ = utf8.DecodeRuneInString(text)
		} else if !known {
			break
		}
	}
	return plaintext.JoinsLines(before, after)
}

// shown returns the text that an inline node itself shows to readers, without the nodes inside it. `known` is false for nodes that are not
// inline. If r is nil, `known` is also false for tokens other than literals, and for links without a text of their own.
func (p Stretch) shown(n *Node, r Resolver) (text string, known bool) {
	switch n.Kind {
	case KindText, KindCode, KindURL:
		return n.Text, true
	case KindRuby:
		return n.Base(), true
	case KindToken:
		if t := p.doc.Tokens[n.Ref]; t.Namespace == "literal" {
			return t.ID, true
		} else if r != nil {
			return r.Token(t, Plain).Plain, true
		}
		return "", false
	case KindLink:
		if link := p.doc.Links[n.Ref]; link.Empty && !n.Close {
			if r == nil {
				return "", false
			}
			_, title, _ := r.Link(link.Destination, Plain)
			return title.Plain, true
		}
	}
	return "", n.Kind.IsInline()
}
