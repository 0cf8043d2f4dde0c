package style

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sitegen/internal/diag"
	"sitegen/internal/markdown"
)

// leads reports a list item whose bold beginning has neither of the two allowed forms: a sentence of its own (**見せる。** …), or a label
// with the colon behind the bold (**薬**: …). In English, the bold may also begin the sentence (**Bring** your card).
func (r *Rules) leads(f *diag.File, p *markdown.Passage) []diag.Diagnostic {
	if !p.Item || p.Label == 0 {
		return nil
	}
	bold, rest := p.Text[:p.Label], p.Text[p.Label:]
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(bold, `」』）)"'”’ `))
	switch {
	case strings.ContainsRune(":：", last):
	case strings.ContainsRune(".!?。！？", last) || !strings.HasPrefix(rest, " "):
		return nil
	case r.Language == "en" && !r.beginsSentence(p, p.Label+len(" ")):
		return nil
	}
	return []diag.Diagnostic{f.At(p.At(0), "style-lead", bold)}
}

// beginsSentence reports whether the word at an offset of the text begins with a capital, as at the beginning of a sentence. Words that
// a token shows, abbreviations and "I" do not count.
func (r *Rules) beginsSentence(p *markdown.Passage, at int) bool {
	for _, piece := range p.Pieces {
		if piece.Kind == markdown.Shown && piece.Start <= at && at < piece.End {
			return false
		}
	}
	first, size := utf8.DecodeRuneInString(p.Text[at:])
	second, _ := utf8.DecodeRuneInString(p.Text[at+size:])
	return unicode.IsUpper(first) && (unicode.IsLower(second) || first == 'A' && second == ' ')
}
