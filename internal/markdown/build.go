package markdown

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"sitegen/internal/diag"
	"sitegen/internal/plaintext"
	"sitegen/internal/schema"
)

// builder turns goldmark's blocks into nodes and collects findings.
type builder struct {
	file     *diag.File
	src      string // the text; offsets of goldmark are offsets into it
	base     int    // the offset of the text in the file
	doc      *document
	found    diag.Findings
	level    int // of the last heading
	headings int
	steps    int
	label    int // index of the node that names the next table: the last heading or caption; -1 if there is none yet
	deep     bool
	narrow   bool // the entries of the innermost list around this place are not set as paragraphs
	full     int  // where the text exceeds mostPieces; -1 if it does not
	barred   bool // the bars of the next text are already reported
	scan     scanner
	anchorAt map[string]int // id → offset in the file of the first anchor with it
}

func newBuilder(f *diag.File, src string, base int) *builder {
	b := &builder{file: f, src: src, base: base, doc: &document{}, label: -1, full: -1, anchorAt: map[string]int{}}
	b.scan.b = b
	b.doc.nodes = make([]node, 0, 16+len(src)/24)
	return b
}

// report adds a finding at an offset in the text.
func (b *builder) report(at int, code diag.Code, args ...any) {
	b.found.Add(b.file.At(b.base+at, code, args...))
}

func (b *builder) tooDeep(at int) {
	if !b.deep {
		b.deep = true
		b.report(at, "nesting-depth", strconv.Itoa(deepest))
	}
}

// mostLines and mostPieces limit a text. The pieces are its nodes and the numbers in it. A question has a few hundred. Nothing of a
// text with more is kept, so that a text pasted by mistake costs no memory.
const (
	mostLines  = 20000
	mostPieces = 100000
)

// body reads the blocks of the text, unless it has too many lines.
func (b *builder) body() *Body {
	at, lines := 0, 0
	for ; lines < mostLines && at < len(b.src); lines++ {
		end := strings.IndexByte(b.src[at:], '\n')
		if end < 0 {
			at = len(b.src)
			break
		}
		at += end + 1
	}
	if at < len(b.src) {
		b.report(at, "text-lines", strconv.Itoa(mostLines))
	} else {
		b.blocks(b.parseBlocks())
	}
	return &Body{b.done(), b.base, b.base + len(b.src)}
}

// done returns all nodes, or none if there are more pieces than mostPieces. It also reports marks without a partner.
func (b *builder) done() Stretch {
	pieces := 0
	for i := range b.doc.nodes {
		if pieces += 1 + numbers(b.doc.nodes[i].text); pieces > mostPieces && b.full < 0 {
			b.full = int(b.doc.nodes[i].offset) - b.base
		}
	}
	if b.full >= 0 {
		b.doc, b.found = &document{}, diag.Findings{}
		b.report(b.full, "text-pieces", strconv.Itoa(mostPieces))
	}
	b.checkPairs()
	b.doc.nodes = slices.Clone(b.doc.nodes) // drops the spare capacity
	return b.doc.all()
}

// numbers counts the numbers in a text, because the comparison with translations keeps each of them.
func numbers(text string) (n int) {
	within := false
	for i := range len(text) {
		if digit := plaintext.IsDigit(text[i]); digit != within {
			within = digit
			if digit {
				n++
			}
		}
	}
	return n
}

func (b *builder) findings() []diag.Diagnostic {
	diag.Sort(b.found.List)
	return b.found.List
}

// line returns the number of the line of the file at an offset in the text.
func (b *builder) line(at int) string { return strconv.Itoa(b.file.Position(b.base + at).Line) }

func (b *builder) leaf(k kind, at int, text string, ref int) {
	b.doc.nodes = append(b.doc.nodes, node{kind: k, offset: int32(b.base + at), text: text, ref: int32(ref)})
}

// open starts an element and returns the index of its node, which close needs to end the element.
func (b *builder) open(k kind, at int, text string, ref int) (opened int) {
	b.leaf(k, at, text, ref)
	return len(b.doc.nodes) - 1
}

func (b *builder) close(opened int) {
	n := b.doc.nodes[opened]
	n.close = true
	b.doc.nodes[opened].end = int32(len(b.doc.nodes))
	b.doc.nodes = append(b.doc.nodes, n)
}

// blocks adds the nodes of a goldmark block's children.
func (b *builder) blocks(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Paragraph:
			b.paragraph(n, true)
		case *ast.TextBlock:
			b.paragraph(n, false)
		case *ast.Heading:
			b.heading(n)
		case *ast.List:
			b.list(n)
		case *ast.ListItem:
			switch first := n.FirstChild(); {
			case first == nil:
				b.report(max(n.Pos(), 0), "list-item-empty")
			case isText(first):
				b.task(first.Lines().At(0))
			}
			b.element(kindItem, 0, n)
		case *ast.Blockquote:
			b.element(kindQuote, 0, n)
		case *ast.ThematicBreak:
			if before := n.PreviousSibling(); isText(before) && !n.HasBlankPreviousLines() {
				b.underlinedByRule(n.Pos())
			}
			b.leaf(kindRule, n.Pos(), "", 0)
		case *ast.CodeBlock:
			b.report(n.Lines().At(0).Start, "code-indented")
		case *ast.FencedCodeBlock:
			b.report(n.Pos(), "code-fenced")
		case *container:
			b.container(n)
		default:
			panic(fmt.Sprintf("BUG: a block of the kind %s", n.Kind()))
		}
	}
}

// isText reports whether a block consists of lines of text: a paragraph, or the text of an entry in a tight list.
func isText(n ast.Node) bool {
	return n != nil && (n.Kind() == ast.KindParagraph || n.Kind() == ast.KindTextBlock)
}

func (b *builder) element(k kind, ref int, n ast.Node) {
	opened := b.open(k, max(n.Pos(), 0), "", ref)
	b.blocks(n)
	b.close(opened)
}

func (b *builder) list(n *ast.List) {
	defer func(around bool) { b.narrow = around }(b.narrow)
	b.narrow = !hasParagraphs(n)
	if n.IsOrdered() {
		b.countedWrongly(n)
		b.element(kindNumbers, n.Start, n)
	} else {
		b.element(kindBullets, 0, n)
	}
}

// paragraph adds lines of text, and the table at their end if there is one. tagged means that goldmark sees a paragraph, not an entry
// of a tight list. The text becomes a paragraph if tagged is true, except in a list whose entries are not set as paragraphs.
func (b *builder) paragraph(n ast.Node, tagged bool) {
	segments := segmentsOf(n)
	for i := range segments {
		b.checkLineStart(segments, i, tagged)
	}
	before, isTable := b.findTable(segments)
	if isTable && before == 0 {
		b.table(segments)
		return
	}
	if !isTable {
		b.tableLike(segments)
		b.lookalikes(n, segments, tagged)
	}
	if tagged && !b.narrow {
		opened := b.open(kindParagraph, segments[0].Start, "", 0)
		b.lines(segments[:before])
		b.close(opened)
	} else {
		b.lines(segments[:before])
	}
	if isTable {
		b.table(segments[before:])
	}
}

// hasParagraphs reports whether an entry of a list has anything besides one paragraph and nested lists. Only then are the entries set
// as paragraphs. CommonMark also sets them as paragraphs if an empty line separates any two entries, but a reader could not tell why.
func hasParagraphs(list *ast.List) bool {
	for entry := list.FirstChild(); entry != nil; entry = entry.NextSibling() {
		paragraphs := 0
		for part := entry.FirstChild(); part != nil; part = part.NextSibling() {
			switch {
			case isText(part):
				paragraphs++
			case part.Kind() != ast.KindList:
				return true
			}
		}
		if paragraphs > 1 {
			return true
		}
	}
	return false
}

func segmentsOf(n ast.Node) []text.Segment { return n.Lines().Sliced(0, n.Lines().Len()) }

// checkLineStart reports text at the start of line i that only looks like a block's mark, or that belongs to the previous line.
// It also reports a block's mark at the end of the line.
func (b *builder) checkLineStart(lines []text.Segment, i int, tagged bool) {
	at := lines[i].Start
	b.opening(lines, i)
	line := b.src[at:lines[i].Stop]
	switch {
	case line == "" || plaintext.IsLetter(line[0]) || line[0] == '{':
		return
	case strings.HasPrefix(line, "\u3000"):
		b.indented(lines, i, tagged)
		return
	case strings.HasPrefix(line, "：：："):
		colons := line[:len(line)-len(strings.TrimLeft(line, "："))]
		b.reportMend(at, []diag.Edit{b.edit(at, colons, strings.ReplaceAll(colons, "：", ":"))}, "block-fullwidth")
		return
	case line[0] >= utf8.RuneSelf:
		b.closing(lines, i)
		b.fullwidthLine(lines, i)
		return
	}
	if text := b.text(lines[i]); strings.Trim(text, ":") == "" && text != "" {
		b.report(at, "block-short", text)
		return
	}
	if line[0] == ':' {
		b.shortOpening(at, line)
		return
	}
	if rest := line[1:]; line[0] == '-' && beginsText(rest) {
		b.reportMend(at+1, []diag.Edit{b.edit(at+1, "", " ")}, "list-space")
		return
	}
	b.closing(lines, i)
	b.underlined(lines, i)
	mark := strings.TrimLeft(line, "#")
	if n := len(line) - len(mark); n >= 2 && n <= 6 && mark != "" || n == 1 && beginsJapanese(mark) {
		plain := strings.Repeat("#", max(2, n)-n) + " "
		b.reportMend(at+n, []diag.Edit{b.edit(at+n, mark[:len(mark)-len(strings.TrimLeft(mark, spaces))], plain)}, "heading-space", line[:n], strings.Repeat("#", max(2, n)))
		return
	}
	if n := listMark(line); n > 0 && strings.IndexAny(line[n:], "\u3000\u00a0") == 0 {
		code, rest := diag.Code("fullwidth-indent"), line[n:]
		if strings.HasPrefix(rest, "\u00a0") {
			code = "list-nobreak"
		}
		b.reportMend(at+n, []diag.Edit{b.edit(at+n, rest[:len(rest)-len(strings.TrimLeft(rest, spaces))], " ")}, code, line[:n])
	}
}

// shortOpening reports the opening line of a block if it has too few colons. It removes the finding that the closing line closes
// nothing, because that follows from this mistake.
func (b *builder) shortOpening(at int, line string) {
	colons := line[:countColons([]byte(line))]
	word, _, _ := strings.Cut(strings.TrimLeft(strings.TrimRight(line[len(colons):], " \t\r\n"), spaces), " ")
	if !slices.Contains(schema.BlockWords.Words, word) {
		return
	}
	closing := slices.IndexFunc(b.found.List, func(d diag.Diagnostic) bool {
		return d.Code == "block-stray" && d.Line > b.file.Position(b.base+at).Line
	})
	if closing >= 0 {
		b.found.Delete(closing)
	}
	b.reportMend(at, []diag.Edit{b.edit(at, colons, ":::")}, "block-short-open", colons, word)
}

// listMark returns the length of the mark of a list entry at the start of a line, such as "-" or "12.", or 0 if there is none.
func listMark(line string) int {
	digits := len(line) - len(strings.TrimLeft(line, "0123456789"))
	if rest := line[digits:]; rest != "" && (digits == 0 && strings.IndexByte("-+*", rest[0]) >= 0 ||
		digits > 0 && strings.IndexByte(".)", rest[0]) >= 0) {
		return digits + 1
	}
	return 0
}

// lines adds the text of some lines of a block.
func (b *builder) lines(segments []text.Segment) {
	contiguous := true
	for i := 1; i < len(segments); i++ {
		contiguous = contiguous && segments[i-1].Stop == segments[i].Start
	}
	if contiguous {
		b.inline(segments[0].Start, segments[len(segments)-1].Stop)
		return
	}
	var joined strings.Builder
	starts := make([]lineStart, len(segments))
	for i, line := range segments {
		starts[i] = lineStart{joined.Len(), line.Start}
		joined.WriteString(b.src[line.Start:line.Stop])
	}
	b.scan.run(strings.TrimRight(joined.String(), " \t\r\n"), starts)
}

// inline adds the text from start to end.
func (b *builder) inline(start, end int) {
	b.scan.one[0] = lineStart{0, start}
	b.scan.run(strings.TrimRight(b.src[start:end], " \t\r\n"), b.scan.one[:])
}

func (b *builder) heading(n *ast.Heading) {
	b.headings++
	b.checkLevel(n.Pos(), n.Level)
	if n.Lines().Len() == 0 {
		b.report(n.Pos(), "heading-empty")
		return
	}
	line := n.Lines().At(0)
	start, end := line.Start, line.Stop
	id, idAt := "s"+strconv.Itoa(b.headings), n.Pos()
	if text := b.src[start:end]; strings.HasSuffix(text, "}") {
		if i := strings.LastIndex(text, "{#"); i >= 0 {
			id, idAt = b.anchor(text[i+2:len(text)-1], start+i+2, id), start+i+2
			end = start + len(strings.TrimRight(text[:i], " \t"))
		}
	}
	if start == end {
		b.report(n.Pos(), "heading-empty")
	}
	b.addAnchor(id, idAt)
	b.label = b.open(kindHeading, n.Pos(), id, n.Level)
	b.inline(start, end)
	b.close(b.label)
}

func (b *builder) checkLevel(at, level int) {
	switch {
	case level == 1:
		b.report(at, "heading-h1")
		level = 2
	case level > max(b.level, 1)+1:
		b.report(at, "heading-jump", strings.Repeat("#", level), strings.Repeat("#", max(b.level, 1)+1))
	}
	b.level = level
}

// anchor returns id, which an author wrote. If id cannot be used, anchor reports this and returns given, the id from the
// parser.
func (b *builder) anchor(id string, at int, given string) string {
	switch {
	case !schema.IsAnchor(id):
		b.report(at, "anchor-form", id)
		return given
	case schema.IsGivenAnchor(id):
		b.report(at, "anchor-reserved", id)
		return given
	}
	if first, twice := b.anchorAt[id]; twice {
		b.report(at, "anchor-twice", id, strconv.Itoa(b.file.Position(first).Line))
		return given
	}
	return id
}

// addAnchor adds an id that links can point to.
func (b *builder) addAnchor(id string, at int) {
	b.doc.anchors = append(b.doc.anchors, Anchor{id, b.base + at})
	if _, twice := b.anchorAt[id]; !twice {
		b.anchorAt[id] = b.base + at
	}
}
