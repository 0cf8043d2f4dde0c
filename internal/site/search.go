package site

import (
	"slices"

	"sitegen/internal/diag"
)

// Synonym has words that people type (Typed), and the words on pages that they mean (Means).
type Synonym struct {
	Languages    []*Language
	Typed, Means []string
	Misspelt     bool // Typed are misspellings of Means[0]: the search reads them as that word, and never as they stand

	File *diag.File
	At   []int // the offset of each word of Means in File
}

// In reports whether the synonym applies in a language.
func (s *Synonym) In(l *Language) bool { return slices.Contains(s.Languages, l.Base) }

// Nowhere returns the finding that no page in a language has the word Means[i].
func (s *Synonym) Nowhere(i int, l *Language) diag.Diagnostic {
	return s.File.At(s.At[i], "synonym-nowhere", s.Means[i], l.ID)
}

// Query is a text that people type into the search, from search.yaml. Questions has the questions that answer it, the best first. At least
// one of them must be among the first results of the search. If Questions is empty, the search must find nothing.
type Query struct {
	Text, Kind, Group string // Group is the key in search.yaml above the query; Kind is the value of the query's key `kind`
	Language          *Language
	Questions         []*Question

	File   *diag.File
	Offset int
}

// Lost returns the finding that the search does not give the expected result for the query. `wanted` is the id of the expected question,
// or "" if the search must find nothing. `found` is the id of the first result, or "" if the search found nothing.
func (q *Query) Lost(wanted string, found string) diag.Diagnostic {
	if found == "" {
		return q.File.At(q.Offset, "query-nothing", q.Text, wanted)
	}
	if wanted == "" {
		return q.File.At(q.Offset, "query-found", q.Text, found)
	}
	return q.File.At(q.Offset, "query-lost", q.Text, wanted, found)
}
