package site

import (
	"slices"
	"unicode/utf8"

	"sitegen/internal/diag"
	"sitegen/internal/strictyaml"
)

// Synonym has words that people type (Typed), and the words on pages that they mean (Means).
type Synonym struct {
	Languages    []*Language
	Typed, Means []string

	file  *diag.File
	means []int // the offset in the file of each of Means
}

// In reports whether the synonym applies in a language.
func (s *Synonym) In(l *Language) bool { return slices.Contains(s.Languages, l.base) }

// Nowhere returns the finding that no page in a language has the word Means[i].
func (s *Synonym) Nowhere(i int, l *Language) diag.Diagnostic {
	return s.file.At(s.means[i], "synonym-nowhere", s.Means[i], l.ID)
}

type synonymYAML struct {
	Typed     []strictyaml.Text `yaml:"typed"`
	Means     []strictyaml.Text `yaml:"means"`
	Languages []strictyaml.Text `yaml:"languages"`
}

func (l *loader) loadSynonyms(f *diag.File, list []synonymYAML) {
	for _, y := range list {
		s := &Synonym{file: f}
		for _, id := range y.Languages {
			if language := l.language(id.Value); language != nil {
				s.Languages = append(s.Languages, language)
			} else {
				l.report(f.At(id.Offset, "language-unknown", id.Value, l.suggestLanguage(id.Value)))
			}
		}
		for _, typed := range y.Typed {
			s.Typed = append(s.Typed, typed.Value)
		}
		for _, means := range y.Means {
			if slices.Contains(s.Typed, means.Value) {
				l.report(f.At(means.Offset, "synonym-itself", means.Value))
			}
			s.Means, s.means = append(s.Means, means.Value), append(s.means, means.Offset)
		}
		l.site.Synonyms = append(l.site.Synonyms, s)
	}
}

// Query is a text that people type into the search, from search.yaml. Questions has the questions that the search must find, the best
// first. If it is empty, the search must find nothing.
type Query struct {
	Text, Kind, Group string // Group is the key in search.yaml above the query; Kind is the query's own key kind
	Language          *Language
	Questions         []*Question

	file   *diag.File
	offset int
}

// Lost returns the finding that the search does not give the expected result for the query. wanted is the id of the expected question, or
// "" if the search must find nothing. found is the id of the first result, or "" if there is none.
func (q *Query) Lost(wanted string, found string) diag.Diagnostic {
	if found == "" {
		return q.file.At(q.offset, "query-nothing", q.Text, wanted)
	}
	if wanted == "" {
		return q.file.At(q.offset, "query-found", q.Text, found)
	}
	return q.file.At(q.offset, "query-lost", q.Text, wanted, found)
}

type queriesYAML struct {
	Queries strictyaml.Map[[]queryYAML] `yaml:"queries"`
}

type queryYAML struct {
	Query    strictyaml.Text   `yaml:"query"`
	Language strictyaml.Text   `yaml:"language"`
	Kind     string            `yaml:"kind,optional"`
	Pages    []strictyaml.Text `yaml:"pages"`
}

// longestQuery is the maximum length of a query, in characters. Nobody types a longer one.
const longestQuery = 200

// QueriesFile is the name of the file with queries that people type and the questions that these must find.
const QueriesFile = "search.yaml"

// loadQueries reads QueriesFile, which is optional.
func (l *loader) loadQueries() error {
	if !l.has(QueriesFile) {
		return nil
	}
	var decoded queriesYAML
	f, err := l.decode(QueriesFile, &decoded)
	if err != nil {
		return err
	}
	for _, group := range decoded.Queries {
		for _, y := range group.Value {
			q := &Query{Text: y.Query.Value, Kind: y.Kind, Group: group.Key.Value, Language: l.language(y.Language.Value), file: f, offset: y.Query.Offset}
			if n := utf8.RuneCountInString(q.Text); n > longestQuery {
				l.report(f.At(q.offset, "query-long", longestQuery, n))
				continue
			}
			if q.Language == nil {
				l.report(f.At(y.Language.Offset, "language-unknown", y.Language.Value, l.suggestLanguage(y.Language.Value)))
			}
			for _, page := range y.Pages {
				if question := l.site.question[page.Value]; question != nil {
					q.Questions = append(q.Questions, question)
				} else {
					l.report(l.noQuestion(f, page.Offset, page.Value))
				}
			}
			l.site.Queries = append(l.site.Queries, q)
		}
	}
	return nil
}
