package dialect

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"

	"sitegen/internal/diag"
	"sitegen/internal/lookalike"
	"sitegen/internal/markdown"
	"sitegen/internal/plaintext"
	"sitegen/internal/schema"
)

// builder turns goldmark's blocks into nodes and collects findings.
type builder struct {
	lookalike.Source // goldmark's offsets are offsets into its Text
	doc              *markdown.Document
	level            int // level of the last heading
	headings         int
	steps            int
	label            int // index of the node that names the next table: the last heading or caption, or -1 before the first
	deep             bool
	narrow           bool // whether the entries of the innermost open list are not set as paragraphs
	full             int  // offset where the text exceeds mostPieces, or -1
	barred           bool // whether the bars (|) of the next text have already been reported
	scan             scanner
	anchorAt         map[string]int // the offset in the file of the first anchor with each id
}

func newBuilder(f *diag.File, src string, base int) *builder {
	b := &builder{Source: lookalike.Source{File: f, Text: src, Base: base}, doc: &markdown.Document{}, label: -1, full: -1, anchorAt: map[string]int{}}
	b.scan.b = b
	b.doc.Nodes = make([]markdown.Node, 0, 16+len(src)/24)
	return b
}

func (b *builder) tooDeep(at int) {
	if !b.deep {
		b.deep = true
		b.Report(at, "nesting-depth", strconv.Itoa(deepest))
	}
}

// mostLines and mostPieces limit the size of a text. The pieces of a text are its nodes and the numbers in it; a question has a few
// hundred. Nothing is kept of a larger text, so a text pasted by mistake does not fill the memory.
const (
	mostLines  = 20000
	mostPieces = 100000
)

// body reads the blocks of the text. If the text has too many lines, body reports that and returns an empty body.
func (b *builder) body() *markdown.Body {
	at := 0
	for range mostLines {
		end := strings.IndexByte(b.Text[at:], '\n')
		if end < 0 {
			at = len(b.Text)
			break
		}
		at += end + 1
	}
	if at < len(b.Text) {
		b.Report(at, "text-lines", strconv.Itoa(mostLines))
	} else {
		b.blocks(b.parseBlocks())
	}
	return &markdown.Body{Stretch: b.done(), Start: b.Base, End: b.Base + len(b.Text)}
}

// done returns all nodes. If there are more than mostPieces pieces, it returns no nodes and reports that. It also reports brackets and
// quotation marks without a partner.
func (b *builder) done() markdown.Stretch {
	pieces := 0
	for i := range b.doc.Nodes {
		if pieces += 1 + numbers(b.doc.Nodes[i].Text); pieces > mostPieces && b.full < 0 {
			b.full = int(b.doc.Nodes[i].Offset) - b.Base
		}
	}
	if b.full >= 0 {
		b.doc, b.Found = &markdown.Document{}, diag.Findings{}
		b.Report(b.full, "text-pieces", strconv.Itoa(mostPieces))
	}
	b.checkPairs()
	b.doc.Nodes = slices.Clone(b.doc.Nodes) // without spare capacity
	return b.doc.All()
}

// checkPairs reports the brackets and quotation marks that have no partner in the same block and that no earlier finding covers. Escaped
// marks need no partner.
func (b *builder) checkPairs() {
	var p lookalike.Pairing
	isTold := b.told()
	end := func() {
		for _, d := range p.End(b.File) {
			if !isTold(d.Position) {
				b.Found.Add(d)
			}
		}
	}
	for i := range b.doc.Nodes {
		n := &b.doc.Nodes[i]
		switch {
		case n.Kind == markdown.KindText:
			text, offset := n.Text, int(n.Offset)
			if at := offset - b.Base; at > 0 && at <= len(b.Text) && b.Text[at-1] == '\\' && text != "" {
				text, offset = text[1:], offset+1
			}
			p.Add(text, offset)
		case n.Kind == markdown.KindRuby:
			p.Add(n.Base(), int(n.Offset))
		case !n.Kind.IsLeaf() && !n.Kind.IsInline():
			end()
		}
	}
	end()
}

// told returns a function that reports whether an earlier finding covers a mark. A finding covers the mark at its own place; it may be
// about a link that cannot be read, for example. A finding about the number of a list entry covers every mark in the number.
func (b *builder) told() func(mark diag.Position) bool {
	places := map[diag.Position]bool{}
	numbers := map[int][]diag.Diagnostic{} // the findings about list marks, by line number
	for _, d := range b.Found.List {
		places[d.Position] = true
		if d.Code == "list-mark" {
			numbers[d.Line] = append(numbers[d.Line], d)
		}
	}
	return func(mark diag.Position) bool {
		return places[mark] || slices.ContainsFunc(numbers[mark.Line], func(d diag.Diagnostic) bool {
			return d.Column <= mark.Column && mark.Column < d.Column+utf8.RuneCountInString(d.Args[0].(string))
		})
	}
}

// numbers counts the numbers in a text. Each of them costs memory, because the comparison with translations keeps it.
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
	diag.Sort(b.Found.List)
	return b.Found.List
}

// line returns, in digits, the number of the line at an offset in the text. The number counts from the beginning of the file.
func (b *builder) line(at int) string { return strconv.Itoa(b.File.Position(b.Base + at).Line) }

func (b *builder) leaf(k markdown.Kind, at int, text string, ref int) {
	b.doc.Nodes = append(b.doc.Nodes, markdown.Node{Kind: k, Offset: int32(b.Base + at), Text: text, Ref: int32(ref)})
}

// open starts an element and returns the index of its node, which close needs to end the element.
func (b *builder) open(k markdown.Kind, at int, text string, ref int) (opened int) {
	b.leaf(k, at, text, ref)
	return len(b.doc.Nodes) - 1
}

func (b *builder) close(opened int) {
	n := b.doc.Nodes[opened]
	n.Close = true
	b.doc.Nodes[opened].End = int32(len(b.doc.Nodes))
	b.doc.Nodes = append(b.doc.Nodes, n)
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
				b.Report(max(n.Pos(), 0), "list-item-empty")
			case isText(first):
				b.CheckTask(linesOf(first)[0])
			}
			b.element(markdown.KindItem, 0, n)
		case *ast.Blockquote:
			b.element(markdown.KindQuote, 0, n)
		case *ast.ThematicBreak:
			if before := n.PreviousSibling(); isText(before) && !n.HasBlankPreviousLines() {
				b.CheckRule(n.Pos())
			}
			b.leaf(markdown.KindRule, n.Pos(), "", 0)
		case *ast.CodeBlock:
			b.Report(n.Lines().At(0).Start, "code-indented")
		case *ast.FencedCodeBlock:
			b.Report(n.Pos(), "code-fenced")
		case *container:
			b.container(n)
		default:
			panic(fmt.Sprintf("BUG: a block of the kind %s", n.Kind()))
		}
	}
}

// isText reports whether a block consists of lines of text: a paragraph, or the text of an entry in a tight list. n may be nil.
func isText(n ast.Node) bool {
	return n != nil && (n.Kind() == ast.KindParagraph || n.Kind() == ast.KindTextBlock)
}

func (b *builder) element(k markdown.Kind, ref int, n ast.Node) {
	opened := b.open(k, max(n.Pos(), 0), "", ref)
	b.blocks(n)
	b.close(opened)
}

func (b *builder) list(n *ast.List) {
	defer func(around bool) { b.narrow = around }(b.narrow)
	b.narrow = !hasParagraphs(n)
	if n.IsOrdered() {
		b.checkNumbers(n)
		b.element(markdown.KindNumbers, n.Start, n)
	} else {
		b.element(markdown.KindBullets, 0, n)
	}
}

// checkNumbers reports entries of a numbered list whose written number differs from the number that readers see. CommonMark also allows
// all entries to have the number of the first one; such a list is not reported.
func (b *builder) checkNumbers(list *ast.List) {
	same := true
	type wrong struct{ at, typed, shown int }
	var found []wrong
	shown := list.Start
	for n := list.FirstChild(); n != nil; n = n.NextSibling() {
		at := max(n.Pos(), 0)
		at = len(b.Text) - len(strings.TrimLeft(b.Text[at:], " \t"))
		typed, digits := 0, 0
		for at+digits < len(b.Text) && plaintext.IsDigit(b.Text[at+digits]) {
			typed = typed*10 + int(b.Text[at+digits]-'0')
			digits++
		}
		if digits == 0 {
			return
		}
		same = same && typed == list.Start
		if typed != shown {
			found = append(found, wrong{at, typed, shown})
		}
		shown++
	}
	if same {
		return
	}
	for _, w := range found {
		b.Report(w.at, "list-number", w.typed, w.shown)
	}
}

// hasParagraphs reports whether the entries of a list are set as paragraphs. They are if an entry contains anything besides one paragraph
// and nested lists. CommonMark also sets entries as paragraphs if an empty line separates any two of them, but readers could not tell why.
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

// paragraph adds the lines of a block of text, and the table at their end if there is one. `tagged` says that goldmark sees a paragraph,
// and not an entry of a tight list. A tagged text becomes a paragraph, except in a list whose entries are not set as paragraphs.
func (b *builder) paragraph(n ast.Node, tagged bool) {
	lines := linesOf(n)
	block := lookalike.Block{Source: &b.Source, Lines: lines, Paragraph: tagged, Level: b.level}
	block.CheckLines()
	before, isTable := b.findTable(lines)
	if isTable && before == 0 {
		b.table(lines)
		return
	}
	if !isTable {
		b.barred = block.Check(func(first, last int) bool { return b.fits(n, lines, first, last) })
	}
	if tagged && !b.narrow {
		opened := b.open(markdown.KindParagraph, lines[0].Start, "", 0)
		b.scan.run(lines[:before]...)
		b.close(opened)
	} else {
		b.scan.run(lines[:before]...)
	}
	if isTable {
		b.table(lines[before:])
	}
}

// linesOf returns the lines of a block of text.
func linesOf(n ast.Node) []lookalike.Line {
	lines := make([]lookalike.Line, n.Lines().Len())
	for i := range lines {
		segment := n.Lines().At(i)
		lines[i] = lookalike.Line{Start: segment.Start, Stop: segment.Stop}
	}
	return lines
}

// fits reports whether the lines of a block could be entries of a numbered list, from the number `first` to the number `last`. Each line
// must carry the marks of its block, and the numbers must continue those of a numbered list directly before and directly after the block.
func (b *builder) fits(n ast.Node, lines []lookalike.Line, first, last int) bool {
	_, before := b.numbers(n.PreviousSibling())
	after, _ := b.numbers(n.NextSibling())
	return b.ownLines(n, lines) && (before < 0 || before+1 == first) && (after < 0 || last+1 == after)
}

// ownLines reports whether all lines of a paragraph carry the marks of the block around it. In a quotation, each line must begin with >.
// In a list entry, the result is always false. (CommonMark lets a paragraph continue without these marks.)
func (b *builder) ownLines(n ast.Node, lines []lookalike.Line) bool {
	if n.Parent().Kind() != ast.KindBlockquote {
		return n.Parent().Kind() != ast.KindListItem
	}
	return !slices.ContainsFunc(lines, func(line lookalike.Line) bool {
		before := b.Text[max(0, line.Start-2*deepest):line.Start]
		return strings.IndexByte(before[strings.LastIndexByte(before, '\n')+1:], '>') < 0
	})
}

// numbers returns the first and the last number of a block. In a list numbered with dots, these are the numbers of its first and last
// entries. In a paragraph, they are the numbers with which the first and the last line begin. A missing number is -1. An indented code
// block has the numbers 0, which continue no list.
func (b *builder) numbers(n ast.Node) (first, last int) {
	switch n := n.(type) {
	case *ast.List:
		if n.Marker == '.' {
			return n.Start, n.Start + n.ChildCount() - 1
		}
	case *ast.CodeBlock:
		return 0, 0 // if lines before it became a list, the block would become part of that list
	case *ast.Paragraph:
		lines := linesOf(n)
		return b.Number(lines[0]), b.Number(lines[len(lines)-1])
	}
	return -1, -1
}

// inline adds the text from `start` to `end`.
func (b *builder) inline(start, end int) { b.scan.run(lookalike.Line{Start: start, Stop: end}) }

func (b *builder) heading(n *ast.Heading) {
	b.headings++
	b.checkLevel(n.Pos(), n.Level)
	if n.Lines().Len() == 0 {
		b.Report(n.Pos(), "heading-empty")
		return
	}
	line := n.Lines().At(0)
	start, end := line.Start, line.Stop
	id, idAt := "s"+strconv.Itoa(b.headings), n.Pos()
	if text := b.Text[start:end]; strings.HasSuffix(text, "}") {
		if i := strings.LastIndex(text, "{#"); i >= 0 {
			id, idAt = b.anchor(text[i+2:len(text)-1], start+i+2, id), start+i+2
			end = start + len(strings.TrimRight(text[:i], " \t"))
		}
	}
	if start == end {
		b.Report(n.Pos(), "heading-empty")
	}
	b.addAnchor(id, idAt)
	b.label = b.open(markdown.KindHeading, n.Pos(), id, n.Level)
	b.inline(start, end)
	b.close(b.label)
}

func (b *builder) checkLevel(at, level int) {
	switch {
	case level == 1:
		b.Report(at, "heading-h1")
		level = 2
	case level > max(b.level, 1)+1:
		b.Report(at, "heading-jump", strings.Repeat("#", level), strings.Repeat("#", max(b.level, 1)+1))
	}
	b.level = level
}

// anchor returns the id of a heading. `id` is what the author wrote. If it cannot be used, anchor reports that and returns `given`, the id
// that the parser chose.
func (b *builder) anchor(id string, at int, given string) string {
	switch {
	case !schema.IsAnchor(id):
		b.Report(at, "anchor-form", id)
		return given
	case schema.IsGivenAnchor(id):
		b.Report(at, "anchor-reserved", id)
		return given
	}
	if first, twice := b.anchorAt[id]; twice {
		b.Report(at, "anchor-twice", id, strconv.Itoa(b.File.Position(first).Line))
		return given
	}
	return id
}

// addAnchor adds an id that links can point to.
func (b *builder) addAnchor(id string, at int) {
	b.doc.Anchors = append(b.doc.Anchors, markdown.Anchor{ID: id, Offset: b.Base + at})
	if _, twice := b.anchorAt[id]; !twice {
		b.anchorAt[id] = b.Base + at
	}
}
