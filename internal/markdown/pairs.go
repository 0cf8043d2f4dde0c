package markdown

import (
	"slices"
	"strings"
	"unicode/utf8"

	"sitegen/internal/diag"
)

// pairs are brackets and quotation marks of prose: each opening mark, then its closing mark.
var pairs = [...]rune{'(', ')', '（', '）', '［', '］', '〔', '〕', '【', '】', '「', '」', '『', '』', '〈', '〉', '《', '》', '“', '”'}

// pairStart holds the first bytes of these marks.
var pairStart = func() (table [256]bool) {
	for _, r := range pairs {
		table[string(r)[0]] = true
	}
	return table
}()

// openMark is an opening mark whose closing mark was not yet found.
type openMark struct{ pair, offset int }

// Pairing finds brackets and quotation marks whose partner was forgotten or is in a different text. The zero value is ready for
// one text, which may be added in several pieces.
type Pairing struct {
	open  []openMark
	count [len(pairs)]int // by index in pairs: how many are open, so that a closing mark without an opening one costs no search
	alone []alone
}

// alone is a mark whose partner is missing.
type alone struct {
	offset        int
	mark, partner rune
}

// Add reads a piece of the text. offset is where the piece begins in the file.
func (p *Pairing) Add(text string, offset int) {
	for at := 0; at < len(text); {
		if !pairStart[text[at]] {
			at++
			continue
		}
		if text[at] == 0xe3 && at+1 < len(text) && text[at+1] != 0x80 { // kana
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

// mostUnpaired is how many marks without a partner are reported per text at most.
const mostUnpaired = 100

// tell records a mark without a partner, unless there are mostUnpaired already.
func (p *Pairing) tell(a alone) {
	if len(p.alone) < mostUnpaired {
		p.alone = append(p.alone, a)
	}
}

// leave notes that the open marks with an index of at least from are never closed.
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

// checkPairs reports the brackets and quotation marks that have no partner in the same block. Escaped marks need no partner.
func (b *builder) checkPairs() {
	var p Pairing
	isTold := b.told()
	end := func() {
		for _, d := range p.End(b.file) {
			if !isTold(d.Position) {
				b.found.Add(d)
			}
		}
	}
	for i := range b.doc.nodes {
		n := &b.doc.nodes[i]
		switch {
		case n.kind == kindText:
			text, offset := n.text, int(n.offset)
			if at := offset - b.base; at > 0 && at <= len(b.src) && b.src[at-1] == '\\' && text != "" {
				text, offset = text[1:], offset+1
			}
			p.Add(text, offset)
		case n.kind == kindRuby:
			p.Add(n.base(), int(n.offset))
		case !n.kind.isLeaf() && !n.kind.isInline():
			end()
		}
	}
	end()
}

// told returns a function that reports whether an earlier finding covers a mark: a finding at the same place, such as that about a
// link that cannot be read, or a finding about a list entry whose number contains the mark.
func (b *builder) told() func(mark diag.Position) bool {
	places := map[diag.Position]bool{}
	numbers := map[int][]diag.Diagnostic{} // by line number
	for _, d := range b.found.List {
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

// hiragana replaces the katakana of a text with hiragana, so that a word can be found in its reading. The length in bytes stays the
// same.
func hiragana(text string) string {
	return strings.Map(func(r rune) rune {
		if isKatakana(r) {
			return r - ('ァ' - 'ぁ')
		}
		return r
	}, text)
}

func isKatakana(r rune) bool { return r >= 'ァ' && r <= 'ヴ' }

// isSpoken reports whether a kana is read as it is written: ヶ, which is read か, and ー are not.
func isSpoken(r rune) bool { return r >= 'ぁ' && r <= 'ん' || isKatakana(r) }

// unreadKana returns the first run of kana in the word base that is not at the same place in its reading, and the offset of the run
// in base. kana is "" if there is none. Such kana are on the wrong side of a brace, as in {お知|し}らせ. A correct reading has all kana of
// the word in order, and at least one character for the kanji between them.
func unreadKana(base, reading string) (kana string, at int) {
	rest, behind := hiragana(reading), false // behind: kanji are before at, and their reading has at least one character
	for at < len(base) {
		run := base[at:]
		if spoken := strings.IndexFunc(run, isSpoken); spoken != 0 {
			if spoken < 0 {
				return "", 0
			}
			at, behind = at+spoken, true
			continue
		}
		if end := strings.IndexFunc(run, func(r rune) bool { return !isSpoken(r) }); end > 0 {
			run = run[:end]
		}
		said, from := hiragana(run), 0
		if behind {
			_, from = utf8.DecodeRuneInString(rest)
		}
		found := strings.Index(rest[from:], said)
		if at+len(run) == len(base) && found >= 0 {
			found = strings.LastIndex(rest[from:], said)
			if from+found+len(said) != len(rest) {
				found = -1
			}
		}
		if found < 0 || !behind && found > 0 {
			return run, at
		}
		rest, at = rest[from+found+len(said):], at+len(run)
	}
	return "", 0
}
