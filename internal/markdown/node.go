package markdown

// kind says what a node is.
type kind uint8

// The leaves. text holds what they show.
const (
	kindText  kind = iota
	kindBreak      // the end of a line within a block
	kindHardBreak
	kindToken // ref: index of the token
	kindRuby  // text: base|reading, ref: index of the bar
	kindCode
	kindURL   // the text of an autolink
	kindLabel // text: name of a word of the interface
	kindRule
	kindChart // the picture of a timeline; ref: index of the table's node

	// The following are inline elements. Each has an opening and a closing node.
	kindStrong
	kindEmphasis
	kindSub
	kindSup
	kindLink // ref: index of the link

	// The following are block elements. Each has an opening and a closing node.
	kindParagraph
	kindHeading // ref: level, text: id
	kindBullets
	kindNumbers // ref: first number
	kindItem
	kindQuote
	kindTable // ref: index of the node whose text names the table, or -1
	kindHead
	kindRows
	kindRow
	kindHeadCell // ref: column
	kindCell     // ref: column
	kindNote
	kindImportant
	kindExample
	kindTitle
	kindSteps      // text: id of its heading
	kindStepsTitle // ref: level, text: id
	kindDated      // ref: index of the period
	kindIf         // ref: index of the condition
	kindTimeline
	kindCaption
)

func (k kind) isLeaf() bool   { return k < kindStrong }
func (k kind) isInline() bool { return k >= kindStrong && k < kindParagraph }

// node is a leaf, or the start or the end of an element. Elements are properly nested.
type node struct {
	text   string
	offset int32 // in the file
	ref    int32
	end    int32 // only in the start of a block element: index of its closing node
	kind   kind
	close  bool
}

// base returns the text of a ruby node without its reading.
func (n *node) base() string { return n.text[:n.ref] }

// document holds the nodes of a text and what they refer to.
type document struct {
	nodes      []node
	tokens     []Token
	links      []Link
	anchors    []Anchor
	periods    []Period
	conditions []Condition
}

func (d *document) all() Stretch { return Stretch{d, 0, len(d.nodes)} }

// Stretch is a range of a document's nodes: a whole text or a part of it. Every element that starts in it also ends in it.
type Stretch struct {
	doc      *document
	from, to int
}

// Tokens returns the tokens in order.
func (p Stretch) Tokens() []Token {
	var list []Token
	for _, n := range p.doc.nodes[p.from:p.to] {
		if n.kind == kindToken {
			list = append(list, p.doc.tokens[n.ref])
		}
	}
	return list
}

// Links returns the links in order.
func (p Stretch) Links() []Link {
	var list []Link
	for _, n := range p.doc.nodes[p.from:p.to] {
		if n.kind == kindLink && !n.close {
			list = append(list, p.doc.links[n.ref])
		}
	}
	return list
}
