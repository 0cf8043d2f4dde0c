package search

import (
	"slices"

	"sitegen/internal/diag"
	"sitegen/internal/site"
)

// Enough is the number of hits that count. A query finds a question if the question is among its first Enough hits.
const Enough = 3

// Check runs the queries of search.yaml. It reports queries that do not find their question, and queries that find something although they
// must find nothing. It also reports synonyms whose words are on no page in a language of the synonym. `index` returns the index of
// a language.
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

// Rank returns the rank, from 1, of the first hit that is one of the wanted questions, or 0 if there is no such hit.
func (x *Index) Rank(hits []Hit, wanted []*site.Question) int {
	return 1 + slices.IndexFunc(hits, func(h Hit) bool { return slices.Contains(wanted, x.Questions[h.Question]) })
}

// has reports whether the pages contain every word of a text. A sequence of letters in a script without spaces counts as contained if the
// pages contain one of its pairs.
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
