package site

import (
	"slices"
	"strings"

	"sitegen/internal/markup"
	"sitegen/internal/parity"
)

// A growing language does not have all of its words yet. It must have formats for values, and the words that say that a page is not
// translated. The words that it lacks come from a complete language, its fallback. They are marked as words of that language wherever
// they are shown.

// DefaultFirst returns the languages with the default language first, and the others in the readers' order. Files of words are read in
// this order, because the words of the other languages are compared with those of the default language.
func (s *Site) DefaultFirst() []*Language {
	languages := slices.Clone(s.Languages)
	slices.SortStableFunc(languages, func(a, b *Language) int {
		switch s.Default {
		case a:
			return -1
		case b:
			return 1
		}
		return 0
	})
	return languages
}

// CompleteFirst returns the languages with the default language first, then the other complete languages, and the growing languages
// last, because these use the words of complete ones.
func (s *Site) CompleteFirst() []*Language {
	languages := s.DefaultFirst()
	slices.SortStableFunc(languages, func(a, b *Language) int {
		switch {
		case a.Base.Growing == b.Base.Growing:
			return 0
		case a.Base.Growing:
			return 1
		}
		return -1
	})
	return languages
}

// Before reports whether language a comes before b in the order of [Site.DefaultFirst].
func (s *Site) Before(a, b *Language) bool {
	order := s.DefaultFirst()
	place := func(l *Language) int {
		return slices.IndexFunc(order, func(other *Language) bool { return other.Base == l.Base })
	}
	return place(a) < place(b)
}

// StandIn returns p, a phrase in the fallback language of l, marked as words of that language. Slots are marked as words of l, because
// their values are in l. In HTML with tags, slots are not marked.
func (l *Language) StandIn(p Phrase) Phrase {
	attributes := l.Base.Fallback.Among(l)
	if p.HTML == "" || attributes == "" {
		return p
	}
	text := p.HTML
	if !strings.Contains(string(text), "<") { // in HTML with tags, a slot may be part of an address
		own := markup.Tag("span", l.Among(l.Base.Fallback))
		text = markup.NewReplacer(markup.SlotOpen, own+markup.SlotOpen, markup.SlotClose, markup.SlotClose+"</span>").Replace(text)
	}
	return Phrase{HTML: markup.Tag("span", attributes) + text + "</span>", Plain: p.Plain}
}

// FallbackOn returns the fallback of the language on an insurer's site: the fallback on the general site, or the default language if
// the insurer's site lacks that fallback.
func (l *Language) FallbackOn(s *Site) *Language {
	at := slices.IndexFunc(s.Languages, func(other *Language) bool { return other.Base == l.Base.Fallback.Base })
	if at < 0 {
		return s.Default
	}
	return s.Languages[at]
}

// Compared returns the language in the form that package parity needs.
func (l *Language) Compared() parity.Language {
	return parity.Language{ID: l.ID, Lang: l.Lang, Ruby: l.Ruby, Growing: l.Base.Growing, Counted: l.Counted}
}
