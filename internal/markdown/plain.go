package markdown

import (
	"sort"
	"strings"

	"sitegen/internal/plaintext"
)

// Run is the text between two tokens of a block as a reader sees it, without line ends, emphasis and readings. Literal means
// that it is in a quotation or an example. Offset is the place of its first byte in the file; [Run.At] returns that of any
// byte.
type Run struct {
	Text    string
	Offset  int
	Literal bool
	pieces  []piece
}

// piece is the part of a run's text that begins at pos; offset is its place in the file. read means that it has a reading.
type piece struct {
	pos, offset int
	read        bool
}

// Unread returns the start and end of the run's first kanji without a reading, or start == end if there are none.
func (r Run) Unread() (start, end int) {
	for n, p := range r.pieces {
		stop := len(r.Text)
		if n+1 < len(r.pieces) {
			stop = r.pieces[n+1].pos
		}
		text := r.Text[p.pos:stop]
		if start = strings.IndexFunc(text, plaintext.IsKanji); start >= 0 && !p.read {
			rest := text[start:]
			return p.pos + start, p.pos + start + len(rest) - len(strings.TrimLeftFunc(rest, plaintext.IsKanji))
		}
	}
	return 0, 0
}

// At returns the offset in the file of byte i of the run's text.
func (r Run) At(i int) int {
	n := sort.Search(len(r.pieces), func(n int) bool { return r.pieces[n].pos > i }) - 1
	if n < 0 {
		return r.Offset + i
	}
	return r.pieces[n].offset + i - r.pieces[n].pos
}

// Runs returns the text as a reader sees it.
func (p Stretch) Runs() []Run {
	var list []Run
	var text []byte
	var pieces []piece
	p.eachText(func(n *Node, words string) {
		pieces = append(pieces, piece{len(text), int(n.Offset), n.Kind == KindRuby})
		text = append(text, words...)
	}, func(literal bool) {
		if len(text) > 0 {
			run := Run{Text: string(text), Offset: pieces[0].offset, Literal: literal}
			run.pieces = append(run.pieces, pieces...)
			list = append(list, run)
		}
		text, pieces = text[:0], pieces[:0]
	}, func(*Node) bool { return false })
	return list
}

// eachText walks the text of the part as a reader sees it, without readings. It calls add for each piece of text with its
// node. It calls other for each node that is not text. Such a node ends a run of text, unless it is an inline element or other
// returns true. At the end of each run eachText calls end, and says whether the run is literal.
func (p Stretch) eachText(add func(n *Node, words string), end func(literal bool), other func(*Node) bool) {
	literal := 0
	for i := p.from; i < p.to; i++ {
		n := &p.doc.Nodes[i]
		switch {
		case n.Kind == KindText || n.Kind == KindCode:
			add(n, n.Text)
		case n.Kind == KindRuby:
			add(n, n.Base())
		case n.Kind == KindBreak:
			if !p.joinsAt(i, nil) {
				add(n, " ")
			}
		case !other(n) && !n.Kind.IsInline():
			end(literal > 0)
		}
		if n.Kind == KindQuote || n.Kind == KindExample {
			if n.Close {
				literal--
			} else {
				literal++
			}
		}
	}
	end(literal > 0)
}

// Plain returns the text without markup and ruby readings. A run of white space becomes one space, or one line feed between blocks.
func (p Stretch) Plain(r Resolver) string {
	var out []byte
	for i := p.from; i < p.to; i++ {
		n := &p.doc.Nodes[i]
		switch n.Kind {
		case KindBreak:
			if !p.joinsAt(i, r) {
				out = append(out, ' ')
			}
		case KindHardBreak, KindHeadCell, KindCell:
			out = append(out, ' ')
		case KindLabel, KindChart:
		default:
			if text, known := p.shown(n, r); known {
				out = append(out, text...)
			} else {
				out = append(out, '\n')
			}
		}
	}
	return string(squeeze(out))
}

// squeeze replaces each run of white space with one space, or with one line feed if the run has a line end. It removes white space at
// both ends of the text.
func squeeze(text []byte) []byte {
	out, gap := text[:0], byte(0)
	for _, c := range text {
		switch {
		case c == '\n' || c == '\r':
			gap = '\n'
		case c == ' ' || c == '\t':
			if gap == 0 {
				gap = ' '
			}
		default:
			if gap != 0 && len(out) > 0 {
				out = append(out, gap)
			}
			out, gap = append(out, c), 0
		}
	}
	return out
}
