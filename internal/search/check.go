package search

import (
	"slices"

	"sitegen/internal/diag"
	"sitegen/internal/site"
)

// Enough is among how many of the first hits a question must be to count as found.
const Enough = 3

// Check searches for what people type, by the list of the site, and says what no longer finds its question; and it names
// synonyms that mean words which no page has. index returns the index of a language.
func Check(s *site.Site, index func(*site.Language) *Index) []diag.Diagnostic {
	var found []diag.Diagnostic
	for _, q := range s.Queries {
		if lost, wrong := check(index(q.Language), q); wrong {
			found = append(found, lost)
		}
	}
	for _, synonym := range s.Synonyms {
		for i, means := range synonym.Means {
			for _, l := range synonym.Languages {
				if !index(l).has(means) {
					found = append(found, synonym.Nowhere(i, l))
					break
				}
			}
		}
	}
	return found
}

func check(x *Index, q *site.Query) (diag.Diagnostic, bool) {
	hits := x.Search(q.Text)
	first := ""
	if len(hits) > 0 {
		first = x.Questions[hits[0].Question].ID
	}
	if len(q.Questions) == 0 {
		return q.Lost("", first), first != ""
	}
	rank := x.Rank(hits, q.Questions)
	return q.Lost(q.Questions[0].ID, first), rank == 0 || rank > Enough
}

// Rank returns the place of the first hit that is one of some questions, from 1; 0 where none is.
func (x *Index) Rank(hits []Hit, wanted []*site.Question) int {
	return 1 + slices.IndexFunc(hits, func(h Hit) bool { return slices.Contains(wanted, x.Questions[h.Question]) })
}

// has reports whether every word of a text is one of the pages: of a run of letters, at least one pair.
func (x *Index) has(text string) bool {
	for _, t := range tokens(Normalise(text)) {
		known := false
		t.each(func(f feature) { known = known || f.weight == pairWeight && len(x.postings[f.key]) > 0 })
		if !known {
			return false
		}
	}
	return true
}
