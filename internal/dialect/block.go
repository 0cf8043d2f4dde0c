package dialect

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// deepest is the maximum depth to which blocks may be nested. Within a block, it is the maximum depth of emphasis.
const deepest = 32

// blockParser finds the blocks. It does not read inline markup, HTML blocks or underlined headings. It does not find tables either:
// table.go finds them in paragraphs later.
var blockParser = parser.NewParser(parser.WithBlockParsers(
	util.Prioritized(containerParser{}, 50),
	util.Prioritized(parser.NewThematicBreakParser(), 200),
	util.Prioritized(bounded{parser.NewListParser()}, 300),
	util.Prioritized(parser.NewListItemParser(), 400),
	util.Prioritized(parser.NewCodeBlockParser(), 500),
	util.Prioritized(parser.NewATXHeadingParser(), 600),
	util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
	util.Prioritized(bounded{parser.NewBlockquoteParser()}, 800),
	util.Prioritized(parser.NewParagraphParser(), 1000),
))

// builderKey is the context key of the builder to which the block parsers report.
var builderKey = parser.NewContextKey()

// noIDs gives no ids to headings. goldmark then keeps no table of ids.
type noIDs struct{}

func (noIDs) Generate([]byte, ast.NodeKind) []byte { return nil }
func (noIDs) Put([]byte)                           {}

// parseBlocks returns goldmark's tree of the builder's text. goldmark does not end a line at a carriage return, so parseBlocks first
// replaces each one by a line feed, or by a space if a line feed follows.
func (b *builder) parseBlocks() ast.Node {
	context := parser.NewContext(parser.WithIDs(noIDs{}))
	context.Set(builderKey, b)
	source := []byte(b.Text)
	for i := bytes.IndexByte(source, '\r'); i >= 0 && i < len(source); i++ {
		if source[i] == '\r' {
			source[i] = '\n'
			if i+1 < len(source) && source[i+1] == '\n' {
				source[i] = ' '
			}
		}
	}
	return blockParser.Parse(text.NewReader(source), parser.WithContext(context))
}

// bounded wraps a parser of blocks that can contain other blocks. It limits how deeply these blocks are nested.
type bounded struct{ parser.BlockParser }

// Open opens a block, unless it would be nested too deeply.
func (p bounded) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	if tooDeep(reader, pc) {
		return nil, parser.NoChildren
	}
	return p.BlockParser.Open(parent, reader, pc)
}

func tooDeep(reader text.Reader, pc parser.Context) bool {
	opened := pc.OpenedBlocks()
	if len(opened) < deepest {
		return false
	}
	depth := 0
	for _, block := range opened {
		if _, isList := block.Node.(*ast.List); !isList && !ast.IsParagraph(block.Node) {
			depth++
		}
	}
	if depth < deepest {
		return false
	}
	_, segment := reader.PeekLine()
	pc.Get(builderKey).(*builder).tooDeep(segment.Start)
	return true
}

// container is a ::: block.
type container struct {
	ast.BaseBlock
	colons int
	word   string
	start  int // offset of the colons
	wordAt int
	title  text.Segment // the text after the word
	stray  bool         // whether this is a closing line without an open block
	closed bool         // whether the closing line was found, or its absence must not be reported
}

var kindContainer = ast.NewNodeKind("Container")

// Kind implements ast.Node.
func (*container) Kind() ast.NodeKind { return kindContainer }

// Dump implements ast.Node.
func (c *container) Dump(source []byte, level int) { ast.DumpHelper(c, source, level, nil, nil) }

type containerParser struct{}

// Trigger implements parser.BlockParser.
func (containerParser) Trigger() []byte { return []byte{':'} }

// Open reads an opening line: at least three colons, a word and a title. It also reads colons without a word. Such a line closes no
// block, because Continue has already consumed the lines that do; Open reports it.
func (containerParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	at := pc.BlockOffset()
	if at < 0 {
		return nil, parser.NoChildren
	}
	colons := countColons(line[at:])
	if colons < 3 {
		return nil, parser.NoChildren
	}
	b := pc.Get(builderKey).(*builder)
	origin := segment.Start - segment.Padding
	c := &container{colons: colons, start: origin + at}
	rest := string(line[at+colons:])
	word := strings.TrimLeft(rest, " \t\n\u3000")
	if word == "" {
		b.Report(c.start, "block-stray")
		c.stray = true
		reader.AdvanceToEOL()
		return c, parser.NoChildren
	}
	if tooDeep(reader, pc) {
		return nil, parser.NoChildren
	}
	for _, block := range pc.OpenedBlocks() {
		if outer, ok := block.Node.(*container); ok && outer.colons <= colons {
			b.Report(c.start, "block-nested", outer.word, b.line(outer.start))
			outer.closed, c.closed = true, true
			break
		}
	}
	end := strings.IndexAny(word, " \t\n\u3000")
	if end < 0 {
		end = len(word)
	}
	c.word = word[:end]
	c.wordAt = origin + at + colons + len(rest) - len(word)
	title := strings.TrimLeft(word[end:], " \t\n\u3000")
	start := c.wordAt + len(word) - len(title)
	c.title = text.NewSegment(start, start+len(strings.TrimRight(title, " \t\n\u3000")))
	reader.AdvanceToEOL()
	return c, parser.HasChildren
}

// Continue looks for the closing line: the same number of colons as in the opening line, and nothing else. A closing line closes the
// innermost open block with that number of colons.
func (containerParser) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	c := node.(*container)
	if c.stray {
		return parser.Close
	}
	line, _ := reader.PeekLine()
	width, at := util.IndentWidth(line, reader.LineOffset())
	if width > 3 || at >= len(line) || line[at] != ':' {
		return parser.Continue | parser.HasChildren
	}
	colons := countColons(line[at:])
	if colons != c.colons || !util.IsBlank(line[at+colons:]) || c.holdsOpen(colons, pc) {
		return parser.Continue | parser.HasChildren
	}
	c.closed = true
	reader.AdvanceToEOL()
	return parser.Close
}

// holdsOpen reports whether a block with the given number of colons is open inside c.
func (c *container) holdsOpen(colons int, pc parser.Context) bool {
	inside := false
	for _, block := range pc.OpenedBlocks() {
		inner, ok := block.Node.(*container)
		if ok && inside && inner.colons == colons {
			return true
		}
		inside = inside || ok && inner == c
	}
	return false
}

// Close reports a block without a closing line.
func (containerParser) Close(node ast.Node, _ text.Reader, pc parser.Context) {
	if c := node.(*container); !c.closed && !c.stray {
		pc.Get(builderKey).(*builder).Report(c.start, "block-open", c.word, strings.Repeat(":", c.colons))
	}
}

// CanInterruptParagraph implements parser.BlockParser.
func (containerParser) CanInterruptParagraph() bool { return true }

// CanAcceptIndentedLine implements parser.BlockParser.
func (containerParser) CanAcceptIndentedLine() bool { return false }

func countColons(line []byte) int {
	n := 0
	for n < len(line) && line[n] == ':' {
		n++
	}
	return n
}
