package site

import (
	"sync/atomic"

	"sitegen/internal/markup"
)

// Term is an official term of the glossary.
type Term struct {
	ID      string
	Romaji  string
	Sources []*Source
	Words   map[*Language]TermWords
	Paper   bool   // whether the term is a paper or card; a paper that a question or answer names must be named in every translation
	Sign    bool   // whether the term must be recognised on a sign, form or screen, or said aloud; see recognised
	Picture string // the name of the term's drawing, or ""
}

// TermWords has a term's words in one language.
type TermWords struct {
	Name    Phrase
	Short   Phrase // the name after the first use on a page; equal to Name if there is no shorter name
	Gloss   Phrase // a few words beside the first use on a page; empty if the name needs none
	Reading string // the reading of the name in hiragana
	Meaning Phrase
	Native  string   // the name in the default language
	Aliases []string // other accepted spellings of the name
	Forms   map[string]TermForm
	Facts   []*Fact      // the facts that the meaning mentions
	Said    *atomic.Bool // whether some text uses Short; nil if there is no shorter name
}

// recognised reports whether readers must recognise the term's Japanese name, so that translations show it. Translations show other terms
// only in their own language.
func (t *Term) recognised() bool { return t.Paper || t.Sign }

// In returns the term's words in a language.
func (t *Term) In(l *Language) TermWords { return t.Words[l.Base] }

// TermForm has the words of a term in one form: Name for the first use on a page, and Short for later uses.
type TermForm struct{ Name, Short Phrase }

// InFull returns a term in the language's format for terms: the name and, in languages other than Japanese, the Japanese name with its
// reading. A term that readers need not recognise has only the name. `name` is the HTML of the name in the form that the text needs.
func (l *Language) InFull(term *Term, name markup.HTML) markup.HTML {
	if !term.recognised() {
		return name
	}
	return l.fillTerm(l.Formats.Term.Value, term, name)
}

// Glossed returns a term with its gloss, in a format for terms that have a gloss. `name` is the HTML of the name, as for InFull.
func (l *Language) Glossed(format string, term *Term, name markup.HTML) markup.HTML {
	return markup.Replace(l.fillTerm(format, term, name), "{gloss}", term.In(l).Gloss.HTML)
}

// fillTerm fills the slots of a format for a term, except {gloss}.
func (l *Language) fillTerm(format string, term *Term, name markup.HTML) markup.HTML {
	text := markup.Replace(markup.Escape(format), "{name}", name)
	text = markup.Replace(text, "{native}", `<span lang="ja">`+markup.Escape(term.In(l).Native)+`</span>`)
	return markup.Replace(text, "{romaji}", `<span lang="ja-Latn">`+markup.Escape(term.Romaji)+`</span>`)
}

// Picture returns the drawing of a term as HTML, or "" if the term has none.
func (s *Site) Picture(t *Term) markup.HTML { return s.Pictures[t.Picture] }

// Drawn returns the terms that have the drawing with this name, in the order of the glossary.
func (s *Site) Drawn(picture string) []*Term {
	var list []*Term
	for _, term := range s.Terms {
		if term.Picture == picture && picture != "" {
			list = append(list, term)
		}
	}
	return list
}

// SayShort records that a text uses the short name of a term.
func (w TermWords) SayShort() {
	if w.Said != nil {
		w.Said.Store(true)
	}
}
