package markdown

// Kind is the kind of a node. The comment of a kind says what the fields Text and Ref of its opening node are.
type Kind uint8

// The leaves. Text is the text that a leaf shows, unless the comment of its kind says something different.
const (
	KindText  Kind = iota
	KindBreak      // the end of a line within a block
	KindHardBreak
	KindToken // Ref: index of the token
	KindRuby  // Text: base|reading; Ref: offset of the bar in Text
	KindCode
	KindURL   // the text of an autolink
	KindLabel // Text: name of a word of the interface
	KindRule
	KindChart // the picture of a timeline; Ref: index of the node of the table that it is drawn from, or -1

	// The following are inline elements. Each has an opening and a closing node.
	KindStrong
	KindEmphasis
	KindSub
	KindSup
	KindLink // Ref: index of the link

	// The following are block elements. Each has an opening and a closing node.
	KindParagraph
	KindHeading // Ref: level, Text: id
	KindBullets
	KindNumbers // Ref: first number
	KindItem
	KindQuote
	KindTable // Ref: index of the node that names the table, or -1
	KindHead
	KindRows
	KindRow
	KindHeadCell // Ref: index of the column
	KindCell     // Ref: index of the column
	KindNote
	KindImportant
	KindExample
	KindTitle
	KindSteps      // Text: id of the steps block's heading
	KindStepsTitle // Ref: level, Text: id
	KindDated      // Ref: index of the period
	KindIf         // Ref: index of the condition
	KindTimeline
	KindCaption
)

// IsLeaf reports whether nodes of this kind stand alone.
func (k Kind) IsLeaf() bool { return k < KindStrong }

// IsInline reports whether nodes of this kind are the start or the end of an inline element.
func (k Kind) IsInline() bool { return k >= KindStrong && k < KindParagraph }

// Node is a leaf, or the start or the end of an element. Elements are properly nested.
type Node struct {
	Text   string
	Offset int32 // offset in the file
	Ref    int32
	End    int32 // index of the closing node; set in the start of a block element
	Kind   Kind
	Close  bool
}

// Base returns the text of a ruby node without its reading.
func (n *Node) Base() string { return n.Text[:n.Ref] }

// Document has the nodes of a text, and the parts to which the nodes refer.
type Document struct {
	Nodes      []Node
	Tokens     []Token
	Links      []Link
	Anchors    []Anchor
	Periods    []Period
	Conditions []Condition
}

// All returns the whole document.
func (d *Document) All() Stretch { return Stretch{d, 0, len(d.Nodes)} }

// Stretch is a range of a document's nodes: the whole text or a part of it. Every element that starts in it also ends in it.
type Stretch struct {
	doc      *Document
	from, to int
}

// Tokens returns the tokens in the stretch, in the order of the text.
func (p Stretch) Tokens() []Token {
	var list []Token
	for _, n := range p.doc.Nodes[p.from:p.to] {
		if n.Kind == KindToken {
			list = append(list, p.doc.Tokens[n.Ref])
		}
	}
	return list
}

// Links returns the links in the stretch, in the order of the text.
func (p Stretch) Links() []Link {
	var list []Link
	for _, n := range p.doc.Nodes[p.from:p.to] {
		if n.Kind == KindLink && !n.Close {
			list = append(list, p.doc.Links[n.Ref])
		}
	}
	return list
}
