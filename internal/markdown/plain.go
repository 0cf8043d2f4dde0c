package markdown

import (
	"sort"
	"strings"

	"sitegen/internal/plaintext"
)

// Run is the text between two tokens of a block as a reader sees it: ends of lines, emphasis and readings are dropped. It is
// literal within quotations and examples. Offset is where its first byte stands in the file; [Run.At] says it of the others.
type Run struct {
	Text    string
	Offset  int
	Literal bool
	pieces  []piece
}

// piece says that the text of a run from pos on stands at an offset of the file, and whether it has a reading.
type piece struct {
	pos, offset int
	read        bool
}

// Unread returns where the first kanji of the run's text stand that have no reading; start == end if there are none.
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

func (p nodeRange) runs() []Run {
	var list []Run
	var text []byte
	var pieces []piece
	p.eachText(func(n *node, words string) {
		pieces = append(pieces, piece{len(text), int(n.offset), n.kind == kindRuby})
		text = append(text, words...)
	}, func(literal bool) {
		if len(text) > 0 {
			run := Run{Text: string(text), Offset: pieces[0].offset, Literal: literal}
			run.pieces = append(run.pieces, pieces...)
			list = append(list, run)
		}
		text, pieces = text[:0], pieces[:0]
	}, func(*node) bool { return false })
	return list
}

// eachText goes over the text of the part as a reader sees it, without readings: add is called for each stretch of words with
// the node that it comes from, and end where it ends, at a token or at the end of a block, and whether it was literal. other
// may take any other node, which then ends nothing.
func (p nodeRange) eachText(add func(n *node, words string), end func(literal bool), other func(*node) bool) {
	literal := 0
	for i := p.from; i < p.to; i++ {
		n := &p.doc.nodes[i]
		switch {
		case n.kind == kindText || n.kind == kindCode:
			add(n, n.text)
		case n.kind == kindRuby:
			add(n, n.base())
		case n.kind == kindBreak:
			if !p.joinsAt(i, nil) {
				add(n, " ")
			}
		case !other(n) && !n.kind.isInline():
			end(literal > 0)
		}
		if n.kind == kindQuote || n.kind == kindExample {
			if n.close {
				literal--
			} else {
				literal++
			}
		}
	}
	end(literal > 0)
}

// plain returns the text without markup. Spaces are single; the ends of blocks are single line ends.
func (p nodeRange) plain(r Resolver) string {
	var out []byte
	for i := p.from; i < p.to; i++ {
		n := &p.doc.nodes[i]
		switch n.kind {
		case kindBreak:
			if !p.joinsAt(i, r) {
				out = append(out, ' ')
			}
		case kindHardBreak, kindHeadCell, kindCell:
			out = append(out, ' ')
		case kindLabel, kindChart:
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

// squeeze makes one character of each stretch of white space, a line's end if it holds one, and drops it at the ends.
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
