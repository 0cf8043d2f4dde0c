package lookalike

import (
	"unicode/utf8"

	"sitegen/internal/diag"
)

// pairs are the brackets and quotation marks of prose. Each opening mark is followed by its closing mark.
var pairs = [...]rune{'(', ')', '（', '）', '［', '］', '〔', '〕', '【', '】', '「', '」', '『', '』', '〈', '〉', '《', '》', '“', '”'}

// pairStart has true for each byte with which a character in `pairs` begins.
var pairStart = func() (table [256]bool) {
	for _, r := range pairs {
		table[string(r)[0]] = true
	}
	return table
}()

// openMark is an opening mark for which no closing mark has been found yet. Its field `pair` is the index of the mark in the list
// `pairs`.
type openMark struct{ pair, offset int }

// Pairing finds brackets and quotation marks whose partner is missing or is in a different text. The zero value is ready for one text,
// which may be passed to Add in several pieces.
type Pairing struct {
	open  []openMark
	count [len(pairs)]int // how many marks are open, by index in `pairs`; a closing mark without an open partner therefore needs no search
	alone []alone
}

// alone is a mark whose partner is missing.
type alone struct {
	offset        int
	mark, partner rune
}

// Add reads a piece of the text. `offset` is where the piece begins in the file.
func (p *Pairing) Add(text string, offset int) {
	for at := 0; at < len(text); {
		if !pairStart[text[at]] {
			at++
			continue
		}
		if text[at] == 0xe3 && at+1 < len(text) && text[at+1] != 0x80 { // kana, which are not marks
			at += len("あ")
			continue
		}
		r, size := utf8.DecodeRuneInString(text[at:])
		for i, mark := range pairs {
			if mark == r {
				p.mark(i, offset+at)
				break
			}
		}
		at += size
	}
}

func (p *Pairing) mark(i, offset int) {
	if i%2 == 0 {
		p.open = append(p.open, openMark{i, offset})
		p.count[i]++
		return
	}
	if p.count[i-1] == 0 {
		p.tell(alone{offset, pairs[i], pairs[i-1]})
		return
	}
	opened := len(p.open) - 1
	for p.open[opened].pair != i-1 {
		opened--
	}
	p.leave(opened + 1)
	p.open = p.open[:opened]
	p.count[i-1]--
}

// mostUnpaired is the maximum number of marks without a partner that are reported per text.
const mostUnpaired = 100

// tell records a mark without a partner, unless mostUnpaired marks are already recorded.
func (p *Pairing) tell(a alone) {
	if len(p.alone) < mostUnpaired {
		p.alone = append(p.alone, a)
	}
}

// leave removes the marks p.open[from:], and records them as marks without a partner.
func (p *Pairing) leave(from int) {
	for _, o := range p.open[from:] {
		p.tell(alone{o.offset, pairs[o.pair], pairs[o.pair+1]})
		p.count[o.pair]--
	}
	p.open = p.open[:from]
}

// End reports the marks that have no partner in the text, and resets p for the next text.
func (p *Pairing) End(f *diag.File) []diag.Diagnostic {
	p.leave(0)
	var found []diag.Diagnostic
	for _, a := range p.alone {
		found = append(found, f.At(a.offset, "mark-unpaired", string(a.mark), string(a.partner)))
	}
	p.alone = p.alone[:0]
	return found
}
