package style

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sitegen/internal/diag"
	"sitegen/internal/markdown"
)

// span is a part of a passage's text. start and end are byte offsets.
type span struct{ start, end int }

// sentencesOf splits a text after punctuation that ends a sentence, and after a label. A label is bold words at the beginning, or words
// before a colon or dots. Parts without letters are left out.
func sentencesOf(p *markdown.Passage) []span {
	var list []span
	text, start := p.Text, 0
	cut := func(end int) {
		if strings.ContainsFunc(text[start:end], unicode.IsLetter) {
			list = append(list, span{start, end})
		}
		start = end
	}
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		at += size
		switch r {
		case '。', '！', '？', '：', '…':
			cut(at)
		case '.', '!', '?', ':':
			if next := strings.TrimLeft(text[at:], `)"'”’`); next == "" || next[0] == ' ' {
				cut(at)
			}
		default:
			if at == p.Label {
				cut(at)
			}
		}
	}
	cut(len(text))
	return list
}

// sentences reports sentences that are too long, and Japanese sentences that end in plain form and not in です・ます.
func (r *Rules) sentences(f *diag.File, p *markdown.Passage) []diag.Diagnostic {
	var found []diag.Diagnostic
	for _, s := range sentencesOf(p) {
		start := s.start + len(p.Text[s.start:s.end]) - len(strings.TrimLeft(p.Text[s.start:s.end], " "))
		if r.On[Sentences] && r.Longest > 0 {
			if length := r.Length(p, s.start, s.end); length > r.Longest {
				code := diag.Code("style-long")
				if r.spaced() {
					code = "style-long-words"
				}
				found = append(found, f.At(p.At(start), code, length, r.Longest))
			}
		}
		if r.On[Endings] && s.end > p.Label { // a label may end with a verb in plain form, as the name of a step does: **見せる。**
			if from, to := plainEnding(p.Text[s.start:s.end]); to > from {
				found = append(found, f.At(p.At(s.start+from), "style-ending", p.Text[s.start+from:s.start+to]))
			}
		}
	}
	return found
}

// spaced reports whether the language has spaces between its words. If so, lengths are counted in words, otherwise in characters.
func (r *Rules) spaced() bool { return r.Language != "ja" && r.Language != "zh" }

// Length returns the length of a part of a passage. In a language with spaces between words, it is the number of words, and a name counts
// as one word. In other languages it is the number of letters and digits; names do not count if NamesApart is true.
func (r *Rules) Length(p *markdown.Passage, start, end int) int {
	length, from := 0, start
	for _, piece := range p.Pieces {
		if piece.Kind != markdown.Shown || piece.Start < start || piece.End > end {
			continue
		}
		if r.spaced() && !isName(piece) || !r.spaced() && !(r.NamesApart && isName(piece)) {
			continue
		}
		length += r.count(p.Text[from:piece.Start])
		if r.spaced() { // a name counts as one word
			length++
		}
		from = piece.End
	}
	return length + r.count(p.Text[from:end])
}

// isName reports whether a token shows a name, a fact, or words of the default language. People do not read these word by word.
func isName(piece markdown.Piece) bool {
	switch piece.Token.Namespace {
	case "term", "insurer", "fact", "ja", "say":
		return true
	}
	return false
}

func (r *Rules) count(text string) int {
	if r.spaced() {
		count := 0
		for _, word := range strings.Fields(text) {
			if strings.ContainsFunc(word, func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }) {
				count++
			}
		}
		return count
	}
	count := 0
	for _, c := range text {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			count++
		}
	}
	return count
}
