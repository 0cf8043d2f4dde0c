package markdown

import "strings"

// PieceKind says where a piece of a passage comes from.
type PieceKind uint8

// The kinds of pieces: words as written in the file, words with a reading, and the words that a token shows.
const (
	Written PieceKind = iota
	Read
	Shown
)

// Piece is a part of a passage's text: the bytes from Start up to, but not including, End. Token is the token that shows it, or nil.
// Offset is the place in the file of the piece, or of its token.
type Piece struct {
	Start, End int
	Kind       PieceKind
	Token      *Token
	Offset     int
}

// Passage is the text of one block as people read it: without line ends, emphasis and readings, but with the words that its tokens
// show. Literal means that it is in a quotation or an example.
type Passage struct {
	Text    string
	Literal bool
	Label   int // where the bold words at the start of the text end; 0 if there are none
	Pieces  []Piece
}

// At returns the offset in the file of byte i of the text. If a token shows the byte, that is the token's offset. For an i
// beyond the text, it is the offset of the last piece.
func (p *Passage) At(i int) int {
	for _, piece := range p.Pieces {
		if i < piece.End {
			if piece.Kind == Shown {
				return piece.Offset
			}
			return piece.Offset + i - piece.Start
		}
	}
	last := p.Pieces[len(p.Pieces)-1]
	return last.Offset
}

// Passages returns the text, one passage per block. shown returns the words of a token.
func (p Stretch) Passages(shown func(Token) string) []Passage {
	var list []Passage
	var text []byte
	var pieces []Piece
	label, bold := 0, false
	add := func(words string, piece Piece) {
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
			list = append(list, Passage{Text: string(text), Literal: literal, Label: label, Pieces: append([]Piece(nil), pieces...)})
		}
		text, pieces, label = text[:0], pieces[:0], 0
	}, func(n *Node) bool {
		switch {
		case n.Kind == KindToken:
			token := &p.doc.Tokens[n.Ref]
			add(shown(*token), Piece{Kind: Shown, Token: token, Offset: token.Offset})
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

// IsWritten reports whether byte i of the text is written in the file itself, without a reading.
func (p *Passage) IsWritten(i int) bool {
	for _, piece := range p.Pieces {
		if i < piece.End {
			return piece.Kind == Written
		}
	}
	return false
}
