package search

import (
	"cmp"
	"slices"
	"strings"

	"sitegen/internal/site"
)

// Typed returns what people type for a name on the pages: the name, its synonyms and its misspellings, normalised.
func (x *Index) Typed(name string) []string {
	name = Normalise(name)
	list := []string{name}
	for _, s := range slices.Concat(x.synonyms, x.misspelt) {
		if slices.Contains(s.means, name) {
			list = append(list, s.typed)
		}
	}
	return list
}

// synonym is a text that people type, with the words of the pages that it may stand for. All are normalised.
type synonym struct {
	typed string
	means []string
}

// asMeant returns a normalised query without the misspellings of the glossary. Their letters would find what has nothing to do with the
// word that is meant.
func (x *Index) asMeant(query string) string {
	for _, m := range x.misspelt {
		query = strings.ReplaceAll(query, m.typed, m.means[0])
	}
	return query
}

// misspeltOf returns the misspellings in a language, in the order of the glossary.
func misspeltOf(s *site.Site, l *site.Language) []synonym {
	var list []synonym
	for _, m := range s.Synonyms {
		if m.Misspelt && m.In(l) {
			for _, typed := range m.Typed {
				list = append(list, synonym{Normalise(typed), []string{Normalise(m.Means[0])}})
			}
		}
	}
	return list
}

// synonymsOf returns the synonyms for the words of the pages, the longest first. They include the names of terms in other spellings and
// languages.
func synonymsOf(s *site.Site, l *site.Language) []synonym {
	var list []synonym
	at := map[string]int{}
	add := func(typed string, means ...string) {
		typed = Normalise(typed)
		for _, m := range means {
			if m = Normalise(m); m == typed || m == "" || typed == "" {
				continue
			}
			i, known := at[typed]
			if !known {
				i, at[typed] = len(list), len(list)
				list = append(list, synonym{typed: typed})
			}
			if !slices.Contains(list[i].means, m) {
				list[i].means = append(list[i].means, m)
			}
		}
	}
	for _, synonym := range s.Synonyms {
		if !synonym.Misspelt && synonym.In(l) {
			for _, typed := range synonym.Typed {
				add(typed, synonym.Means...)
			}
		}
	}
	for _, term := range s.Terms {
		own := term.In(l)
		name := own.Name.Plain
		add(own.Short.Plain, name)
		add(own.Native, name)
		add(term.Romaji, name)
		for _, other := range s.Languages {
			words := term.In(other)
			add(words.Name.Plain, name)
			add(words.Reading, name)
		}
	}
	slices.SortFunc(list, func(a, b synonym) int {
		return cmp.Or(cmp.Compare(len(b.typed), len(a.typed)), strings.Compare(a.typed, b.typed))
	})
	return list
}
