package style

import (
	"slices"
	"strings"
	"unicode/utf8"

	"sitegen/internal/diag"
	"sitegen/internal/markdown"
)

// Words are words in kanji that need no explanation.
type Words struct {
	known map[string]bool
	names []string // that are explained
}

// NewWords returns a list of words: of each its kanji, without the kana behind it.
func NewWords(words []string) *Words {
	w := &Words{known: map[string]bool{}}
	for _, word := range words {
		w.known[word] = true
	}
	return w
}

// Add makes a word known.
func (w *Words) Add(word string) { w.known[word] = true }

// AddName makes the words of a name known that is explained elsewhere.
func (w *Words) AddName(name string) { w.names = append(w.names, strings.ReplaceAll(name, " ", "")) }

// Has reports whether a word needs no explanation: it is known, or made of two that are, or part of a name.
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

// hardWords reports each word with a reading that is neither easy nor explained in the text, where it stands first.
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

// isExplained reports whether words in brackets stand behind a word, or it stands in 「」: that is what is written somewhere.
func isExplained(text string, start, end int) bool {
	return strings.HasPrefix(text[end:], "（") || strings.Count(text[:start], "「") > strings.Count(text[:start], "」")
}
