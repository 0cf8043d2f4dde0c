package markdown

import (
	"sort"
	"strings"

	"sitegen/internal/plaintext"
)

// PieceKind says where a piece of a passage comes from.
type PieceKind uint8

// The kinds of pieces: words as they are in the file, words with a reading, and words that a token shows.
const (
	Written PieceKind = iota
	Read
	Shown
)

// Piece is a part of a passage's text, from byte Start up to but not including byte End. Token is the token that shows the piece, or nil.
// Offset is the offset in the file of the piece or of its token.
type Piece struct {
	Start, End int
	Kind       PieceKind
	Token      *Token
	Offset     int
}

// Passage is the text of one block as people read it: without line ends, emphasis and readings, but with the words that its tokens show. If
// tokens are not shown, it is the part of that text between two tokens. Literal means that the text is in a quotation or an example.
type Passage struct {
	Text    string
	Literal bool
	Label   int  // end of the bold words at the start of the text; 0 if it does not begin with bold words
	Item    bool // whether the text begins an item of a list
	Pieces  []Piece
}

// piece returns the piece that contains byte i of the text. If i is beyond the text, it returns the last piece.
func (p *Passage) piece(i int) Piece {
	return p.Pieces[sort.Search(len(p.Pieces)-1, func(n int) bool { return i < p.Pieces[n].End })]
}

// At returns the offset in the file of byte i of the text. If a token shows the byte, or if i is beyond the text, it returns the offset of
// the piece instead.
func (p *Passage) At(i int) int {
	if piece := p.piece(i); piece.Kind != Shown && i < piece.End {
		return piece.Offset + i - piece.Start
	}
	return p.piece(i).Offset
}

// IsWritten reports whether byte i of the text is written in the file itself, without a reading.
func (p *Passage) IsWritten(i int) bool {
	return i < len(p.Text) && p.piece(i).Kind == Written
}

// Unread returns the start and end of the first run of kanji without a reading. If there is no such run, `start` and `end` are equal.
func (p *Passage) Unread() (start, end int) {
	for _, piece := range p.Pieces {
		text := p.Text[piece.Start:piece.End]
		if start = strings.IndexFunc(text, plaintext.IsKanji); start >= 0 && piece.Kind == Written {
			rest := text[start:]
			return piece.Start + start, piece.End - len(strings.TrimLeftFunc(rest, plaintext.IsKanji))
		}
	}
	return 0, 0
}

// Runs returns the texts between tokens and edges of blocks. Tokens are not part of them.
func (p Stretch) Runs() []Passage { return p.Passages(nil) }

// Native returns the words in the tokens ja and say, one passage per part of a token. Runs leaves them out.
func (p Stretch) Native() []Passage {
	var list []Passage
	ended := 0 // the passages before this one know whether they are literal
	p.eachText(func(*Node, string) {}, func(literal bool) {
		for i := ended; i < len(list); i++ {
			list[i].Literal = literal
		}
		ended = len(list)
	}, func(n *Node) bool {
		if n.Kind != KindToken {
			return false
		}
		token := p.doc.Tokens[n.Ref]
		if token.Namespace != "ja" && token.Namespace != "say" {
			return true
		}
		offset := token.Offset + len("{"+token.Namespace+":")
		for part := range strings.SplitSeq(token.ID, "|") {
			list = append(list, Passage{Text: part, Pieces: []Piece{{End: len(part), Kind: Written, Offset: offset}}})
			offset += len(part) + len("|")
		}
		return true
	})
	return list
}

// Passages returns the text of the stretch, one passage per block. `shown` returns the words of a token. If `shown` is nil, a passage ends
// at each token.
func (p Stretch) Passages(shown func(Token) string) []Passage {
	var list []Passage
	var text []byte
	var pieces []Piece
	label, bold := 0, false
	item, begins := false, false // item: the passage begins an item of a list; begins: the next passage will
	add := func(words string, piece Piece) {
		if len(text) == 0 {
			item, begins = begins, false
		}
		piece.Start, piece.End = len(text), len(text)+len(words)
		text, pieces = append(text, words...), append(pieces, piece)
	}
	p.eachText(func(n *Node, words string) {
		kind := Written
		if n.Kind == KindRuby {
			kind = Read
		}
		add(words, Piece{Kind: kind, Offset: int(n.Offset)})
	}, func(literal bool) {
		if strings.TrimSpace(string(text)) != "" {
			list = append(list, Passage{Text: string(text), Literal: literal, Label: label, Item: item, Pieces: append([]Piece(nil), pieces...)})
		}
		text, pieces, label = text[:0], pieces[:0], 0
	}, func(n *Node) bool {
		switch {
		case n.Kind == KindToken && shown != nil:
			token := &p.doc.Tokens[n.Ref]
			add(shown(*token), Piece{Kind: Shown, Token: token, Offset: token.Offset})
		case n.Kind == KindItem:
			begins = !n.Close
			return false
		case n.Kind == KindStrong && !n.Close:
			bold = len(text) == 0
		case n.Kind == KindStrong && bold:
			label, bold = len(text), false
		default:
			return false
		}
		return true
	})
	return list
}
