package markdown

import (
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"sitegen/internal/civil"
	"sitegen/internal/plaintext"
)

// writer writes a part of a document as HTML.
type writer struct {
	part
	r     Resolver
	out   []byte
	words []byte // text of several nodes
	quiet int    // how many elements are open in which text is only escaped and tokens are no links
}

var writers = sync.Pool{New: func() any { return new(writer) }}

func (p part) html(r Resolver) string { return p.write(r, 0) }

// write writes the part where a number of elements are open in which no link can stand.
func (p part) write(r Resolver, quiet int) string {
	w := writers.Get().(*writer)
	defer writers.Put(w)
	w.part, w.r, w.out, w.quiet = p, r, w.out[:0], quiet
	w.nodes()
	w.part, w.r = part{}, nil
	return string(w.out)
}

func (w *writer) nodes() {
	for i := w.from; i < w.to; i++ {
		n := &w.doc.nodes[i]
		switch {
		case n.kind <= kindBreak:
			i = w.text(i) - 1
		case n.kind.isLeaf():
			w.leaf(n)
		case n.kind.isInline():
			w.inlineElement(n)
		case n.kind == kindIf:
			if !n.close && !w.r.Holds(w.doc.conditions[n.ref]) {
				i = int(n.end)
			}
		case n.close:
			w.closeBlock(i, n)
		default:
			w.openBlock(i, n)
		}
	}
}

func (w *writer) raw(parts ...string) {
	for _, s := range parts {
		w.out = append(w.out, s...)
	}
}

func (w *writer) number(n int) { w.out = strconv.AppendInt(w.out, int64(n), 10) }

// escape writes text; it may stand in an attribute's value.
func (w *writer) escape(text string) {
	start := 0
	for i := range len(text) {
		var entity string
		switch text[i] {
		case '&':
			entity = "&amp;"
		case '<':
			entity = "&lt;"
		case '>':
			entity = "&gt;"
		case '"':
			entity = "&#34;"
		default:
			continue
		}
		w.raw(text[start:i], entity)
		start = i + 1
	}
	w.raw(text[start:])
}

// text writes the text that begins at a node, over the ends of lines, in one piece, and returns the next node.
func (w *writer) text(i int) int {
	first, nodes := i, w.doc.nodes
	w.words = w.words[:0]
	for ; i < w.to && nodes[i].kind <= kindBreak; i++ {
		switch {
		case nodes[i].kind == kindText:
			w.words = append(w.words, nodes[i].text...)
		case !w.joinsAt(i, w.r):
			w.words = append(w.words, ' ')
		}
	}
	text := nodes[first].text
	if i > first+1 || nodes[first].kind == kindBreak {
		text = string(w.words)
	}
	if w.quiet > 0 {
		w.escape(text)
	} else if text != "" {
		w.raw(w.r.Text(text))
	}
	return i
}

func (w *writer) leaf(n *node) {
	switch n.kind {
	case kindHardBreak:
		w.raw("<br>")
	case kindToken:
		w.token(w.doc.tokens[n.ref])
	case kindRuby:
		w.raw("<ruby>")
		w.escape(n.base())
		w.raw("<rp>(</rp><rt>")
		w.escape(n.text[n.ref+1:])
		w.raw("</rt><rp>)</rp></ruby>")
	case kindCode:
		w.raw("<code>")
		w.escape(n.text)
		w.raw("</code>")
	case kindURL:
		w.escape(n.text)
	case kindLabel:
		w.raw(w.r.Label(n.text, NoLinks))
	case kindRule:
		w.raw("<hr>\n")
	case kindChart:
		if n.ref >= 0 {
			w.chart(int(n.ref))
		}
	}
}

func (w *writer) token(t Token) {
	switch {
	case t.Namespace == "literal":
		w.escape(t.ID)
	case w.quiet > 0:
		w.raw(w.r.Token(t, NoLinks))
	default:
		w.raw(w.r.Token(t, Rich))
	}
}

// inlineTags are the names of inline elements but links.
var inlineTags = [...]string{kindStrong: "strong", kindEmphasis: "em", kindSub: "sub", kindSup: "sup"}

func (w *writer) inlineElement(n *node) {
	switch {
	case n.kind != kindLink && n.close:
		w.raw("</", inlineTags[n.kind], ">")
	case n.kind != kindLink:
		w.raw("<", inlineTags[n.kind], ">")
	case n.close:
		w.quiet--
		w.raw("</a>")
	default:
		w.quiet++
		link := w.doc.links[n.ref]
		href, title, external := w.r.Link(link.Destination, NoLinks)
		w.raw(`<a href="`)
		w.url(href)
		w.raw(`"`)
		if external {
			w.raw(` class="external" rel="noopener"`)
		}
		w.raw(">")
		if link.Empty {
			w.raw(title)
		}
	}
}

// url writes an address in an attribute. What is percent-encoded stays as it is, all else that must be is encoded. A
// NUL stays too: resolvers mark with it what is to be replaced in the finished page, and no source text holds one.
func (w *writer) url(address string) {
	const hex = "0123456789ABCDEF"
	for i := range len(address) {
		c := address[i]
		switch {
		case c == '&':
			w.raw("&amp;")
		case c <= ' ' && c != 0 || c >= 0x7f || strings.IndexByte("\"<>\\^`{|}'", c) >= 0,
			c == '%' && !(i+2 < len(address) && isHex(address[i+1]) && isHex(address[i+2])):
			w.out = append(w.out, '%', hex[c>>4], hex[c&15])
		default:
			w.out = append(w.out, c)
		}
	}
}

func isHex(c byte) bool { return isDigit(c) || c|0x20 >= 'a' && c|0x20 <= 'f' }

// blockTags are the opening and closing tags of block elements that have no attributes of their own.
var blockTags = [...][2]string{
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
	switch n.kind {
	case kindHeading, kindStepsTitle:
		w.quiet++
		w.raw("<h")
		w.number(int(n.ref))
		w.raw(` id="`, n.text, `">`)
	case kindTitle, kindCaption:
		w.quiet++
		w.raw(blockTags[n.kind][0])
	case kindNumbers:
		w.raw("<ol")
		if n.ref != 1 {
			w.raw(` start="`)
			w.number(int(n.ref))
			w.raw(`"`)
		}
		w.raw(">")
	case kindTable:
		w.raw(`<div class="table" tabindex="0" role="region" aria-label="`)
		w.escape(w.tableLabel(int(n.ref)))
		w.raw(`"><table>`)
	case kindHeadCell, kindCell:
		w.raw(cellTags(n, int(n.end) == i+1)[0])
	case kindSteps:
		w.raw(`<section class="steps" aria-labelledby="`, n.text, `">`)
	case kindDated:
		w.dated(w.doc.periods[n.ref])
	default:
		w.raw(blockTags[n.kind][0])
	}
}

func (w *writer) closeBlock(i int, n *node) {
	switch n.kind {
	case kindHeading, kindStepsTitle:
		w.quiet--
		w.raw("</h")
		w.number(int(n.ref))
		w.raw(">\n")
	case kindHeadCell, kindCell:
		start := &w.doc.nodes[i-1]
		w.raw(cellTags(n, start.kind == n.kind && !start.close)[1])
	case kindTitle, kindCaption:
		w.quiet--
		w.raw(blockTags[n.kind][1])
	default:
		w.raw(blockTags[n.kind][1])
	}
}

// cellTags returns the tags of a cell. The first column and the first row are heads, except where they are empty.
func cellTags(n *node, empty bool) [2]string {
	switch {
	case empty || n.kind == kindCell && n.ref > 0:
		return [2]string{"<td>", "</td>"}
	case n.kind == kindCell:
		return [2]string{`<th scope="row">`, "</th>"}
	}
	return [2]string{`<th scope="col">`, "</th>"}
}

// tableLabel returns the text of the heading or caption a table stands under.
func (w *writer) tableLabel(label int) string {
	if label >= 0 {
		text := part{w.doc, label + 1, int(w.doc.nodes[label].end)}
		if plain := text.plain(w.r); plain != "" {
			return plain
		}
	}
	return w.r.Label("table", Plain)
}

// dated writes the start of a passage that holds for a time. The classes name the first day it holds and the first
// day it no longer holds.
func (w *writer) dated(p Period) {
	from, until, summary := w.r.Period(p)
	w.raw(`<details class="dated`)
	if classes := civil.PeriodClasses(from, until); classes != "" {
		w.raw(" ", classes)
	}
	w.raw(`" open`)
	if from != civil.Unset {
		w.raw(` data-from="`, from.String(), `"`)
	}
	if until != civil.Unset {
		w.raw(` data-until="`, until.String(), `"`)
	}
	w.raw("><summary>")
	w.raw(summary)
	w.raw("</summary><div>")
}

// joinsAt reports whether nothing is to stand for the end of a line. Without a resolver tokens count as unknown.
func (p part) joinsAt(i int, r Resolver) bool {
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

// shown returns what a reader sees of an inline node without its children; nothing is known of other nodes.
func (p part) shown(n *node, r Resolver) (text string, known bool) {
	switch n.kind {
	case kindText, kindCode, kindURL:
		return n.text, true
	case kindRuby:
		return n.base(), true
	case kindToken:
		if t := p.doc.tokens[n.ref]; t.Namespace == "literal" {
			return t.ID, true
		} else if r != nil {
			return r.Token(t, Plain), true
		}
		return "", false
	case kindLink:
		if link := p.doc.links[n.ref]; link.Empty && !n.close {
			if r == nil {
				return "", false
			}
			_, title, _ := r.Link(link.Destination, Plain)
			return title, true
		}
	}
	return "", n.kind.isInline()
}
