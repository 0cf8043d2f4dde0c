package markdown

import "strings"

// PieceKind says where a piece of a passage comes from.
type PieceKind uint8

// The kinds of pieces: words as they stand in the file, words with a reading, and what a token shows.
const (
	Written PieceKind = iota
	Read
	Shown
)

// Piece is a stretch of a passage's text, from the byte Start up to End. Offset is where it stands in the file, or the
// token that shows it; Token is that token, and nil for other pieces.
type Piece struct {
	Start, End int
	Kind       PieceKind
	Token      *Token
	Offset     int
}

// Passage is the text of one block as it is read: without readings, over the ends of lines and emphasis, with the words
// that its tokens show. It is literal within quotations and examples.
type Passage struct {
	Text    string
	Literal bool
	Label   int // where words in bold end that the text begins with; 0 if there are none
	Pieces  []Piece
}

// At returns the offset in the file of byte i of the text: within what a token shows, that of the token.
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

// Passages returns the text of the body, block by block. shown returns the words of a token.
func (b *Body) Passages(shown func(Token) string) []Passage { return b.passages(shown) }

// Passages does for a text without blocks what it does for a body.
func (i *Inline) Passages(shown func(Token) string) []Passage { return i.passages(shown) }

func (p nodeRange) passages(shown func(Token) string) []Passage {
	var list []Passage
	var text []byte
	var pieces []Piece
	label, bold := 0, false
	add := func(words string, piece Piece) {
		piece.Start, piece.End = len(text), len(text)+len(words)
		text, pieces = append(text, words...), append(pieces, piece)
	}
	p.eachText(func(n *node, words string) {
		kind := Written
		if n.kind == kindRuby {
			kind = Read
		}
		add(words, Piece{Kind: kind, Offset: int(n.offset)})
	}, func(literal bool) {
		if strings.TrimSpace(string(text)) != "" {
			list = append(list, Passage{Text: string(text), Literal: literal, Label: label, Pieces: append([]Piece(nil), pieces...)})
		}
		text, pieces, label = text[:0], pieces[:0], 0
	}, func(n *node) bool {
		switch {
		case n.kind == kindToken:
			token := &p.doc.tokens[n.ref]
			add(shown(*token), Piece{Kind: Shown, Token: token, Offset: token.Offset})
		case n.kind == kindStrong && !n.close:
			bold = len(text) == 0
		case n.kind == kindStrong && bold:
			label, bold = len(text), false
		default:
			return false
		}
		return true
	})
	return list
}

// IsWritten reports whether byte i of the text stands in the file as it is shown, without a reading.
func (p *Passage) IsWritten(i int) bool {
	for _, piece := range p.Pieces {
		if i < piece.End {
			return piece.Kind == Written
		}
	}
	return false
}
