package load

import (
	"unicode/utf8"

	"sitegen/internal/site"
	"sitegen/internal/strictyaml"
)

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

// QueriesFile is the name of the file with queries that people type, and the questions that each query must
// find.
const QueriesFile = "search.yaml"

// loadQueries reads QueriesFile, which is optional.
func (l *loader) loadQueries() error {
	if !l.Has(QueriesFile) {
		return nil
	}
	var decoded queriesYAML
	f, err := l.Decode(QueriesFile, &decoded)
	if err != nil {
		return err
	}
	for _, group := range decoded.Queries {
		for _, y := range group.Value {
			q := &site.Query{Text: y.Query.Value, Kind: y.Kind, Group: group.Key.Value, Language: l.Site.Language(y.Language.Value), File: f, Offset: y.Query.Offset}
			if n := utf8.RuneCountInString(q.Text); n > longestQuery {
				l.Report(f.At(q.Offset, "query-long", longestQuery, n))
				continue
			}
			if q.Language == nil {
				l.Report(l.Site.NoLanguage(f, y.Language))
			}
			for _, page := range y.Pages {
				if question := l.Site.Question(page.Value); question != nil {
					q.Questions = append(q.Questions, question)
				} else {
					l.Report(l.Site.NoQuestion(f, page.Offset, page.Value))
				}
			}
			l.Site.Queries = append(l.Site.Queries, q)
		}
	}
	return nil
}
