package style

import (
	"slices"
	"strings"
	"unicode/utf8"

	"sitegen/internal/diag"
	"sitegen/internal/markdown"
)

// Words are words that need no explanation. They are in kanji, without the kana after them.
type Words struct {
	known map[string]bool
	names []string // names whose words are explained elsewhere
}

// NewWords returns Words with the given words.
func NewWords(words []string) *Words {
	w := &Words{known: map[string]bool{}}
	for _, word := range words {
		w.known[word] = true
	}
	return w
}

// Add adds a word.
func (w *Words) Add(word string) { w.known[word] = true }

// AddName adds a name that is explained elsewhere. The words in it then need no explanation.
func (w *Words) AddName(name string) { w.names = append(w.names, strings.ReplaceAll(name, " ", "")) }

// Has reports whether a word needs no explanation: it was added, it consists of two added words, or it is part of a name. A single kanji of
// a name does need an explanation. Of two words, at least one must have several characters.
func (w *Words) Has(word string) bool {
	if w.known[word] {
		return true
	}
	for i := range word {
		first, second := word[:i], word[i:]
		if w.known[first] && w.known[second] && max(utf8.RuneCountInString(first), utf8.RuneCountInString(second)) > 1 {
			return true
		}
	}
	return utf8.RuneCountInString(word) > 1 && slices.ContainsFunc(w.names, func(name string) bool { return strings.Contains(name, word) })
}

// hardWords reports each word with a reading that is neither easy nor explained. It reports a word only at its first occurrence in the
// text.
func (r *Rules) hardWords(f *diag.File, text []markdown.Passage) []diag.Diagnostic {
	var found []diag.Diagnostic
	told := map[string]bool{}
	for i := range text {
		p := &text[i]
		if p.Literal {
			continue
		}
		for _, piece := range p.Pieces {
			if piece.Kind != markdown.Read {
				continue
			}
			word := p.Text[piece.Start:piece.End]
			if r.Easy.Has(word) || told[word] || isExplained(p.Text, piece.Start, piece.End) {
				continue
			}
			told[word] = true
			found = append(found, f.At(piece.Offset, "style-hard", word))
		}
	}
	return found
}

// isExplained reports whether a word needs no further explanation where it is: an explanation in parentheses directly follows, or the word
// is in 「」 because it is a quotation.
func isExplained(text string, start, end int) bool {
	return strings.HasPrefix(text[end:], "（") || strings.Count(text[:start], "「") > strings.Count(text[:start], "」")
}
