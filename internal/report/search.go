package report

import (
	"fmt"
	"slices"
	"strings"

	"sitegen/internal/search"
	"sitegen/internal/site"
	"sitegen/internal/terminal"
)

// Search writes what a site's search finds for `words`, and why. It searches in the language with the id `named`. If the site lacks
// that language, it takes the language of the messages, or else the site's default language. If `words` is empty, it runs the queries
// of search.yaml. If `json` is true, each result is a line of JSON.
func Search(t *terminal.Terminal, loaded *site.Site, named string, words []string, json bool) error {
	if len(words) == 0 {
		return list(t, json, triedQueries(loaded), triedLines)
	}
	language := siteLanguage(t, loaded)
	if i := slices.IndexFunc(loaded.Languages, func(l *site.Language) bool { return l.ID == named }); i >= 0 {
		language = loaded.Languages[i]
	}
	query := strings.Join(words, " ")
	found := searchFor(search.New(loaded, language), language, query)
	if len(found) == 0 && !json {
		_, err := fmt.Fprintln(t.Out, t.Words(phrase{"「%s」では何も見つかりません", "nothing is found for %q"}, query))
		return err
	}
	return list(t, json, found, foundLines)
}

// foundQuestion is a question that a search found. With --format json it is one line of the output.
type foundQuestion struct {
	Rank     int      `json:"rank"`
	ID       string   `json:"id"`
	Question string   `json:"question"`
	Share    int      `json:"share"` // how much of the query the question covers, in percent
	Why      []reason `json:"why"`
}

// reason says why a question was found. Typed is a part of the query, Words are the words of the question that match it, and Part is
// the percentage of the question's score that comes from this match.
type reason struct {
	Typed string   `json:"typed"`
	Words []string `json:"words"`
	Part  int      `json:"part"`
}

// mostFound is the maximum number of questions that a search lists.
const mostFound = 10

// searchFor returns up to mostFound questions, the best first, each with the reasons for it.
func searchFor(x *search.Index, l *site.Language, query string) []foundQuestion {
	var found []foundQuestion
	for i, hit := range x.Search(query) {
		if i == mostFound {
			break
		}
		q := x.Questions[hit.Question]
		f := foundQuestion{Rank: i + 1, ID: q.ID, Question: q.In(l).Title.Plain, Share: int(100*hit.Share + .5)}
		sum := 0
		for _, m := range hit.Matches {
			sum += m.Score
		}
		for _, m := range hit.Matches {
			if len(f.Why) == 0 || f.Why[len(f.Why)-1].Typed != m.Typed {
				f.Why = append(f.Why, reason{Typed: m.Typed})
			}
			last := &f.Why[len(f.Why)-1]
			last.Words = append(last.Words, m.Key)
			last.Part += m.Score
		}
		for k := range f.Why {
			f.Why[k].Part = (100*f.Why[k].Part + sum/2) / sum
		}
		found = append(found, f)
	}
	return found
}

// triedQuery is a query of search.yaml with the ids of the questions that it finds. With --format json it is one line of the output.
type triedQuery struct {
	Query    string   `json:"query"`
	Language string   `json:"language"`
	Rank     int      `json:"rank"` // the rank of the best expected question, from 1; 0 if none of them is found
	Found    []string `json:"found"`
}

// triedQueries runs all queries of search.yaml.
func triedQueries(s *site.Site) []triedQuery {
	indexes := map[*site.Language]*search.Index{}
	var tries []triedQuery
	for _, q := range s.Queries {
		if indexes[q.Language] == nil {
			indexes[q.Language] = search.New(s, q.Language)
		}
		x := indexes[q.Language]
		hits := x.Search(q.Text)
		tried := triedQuery{Query: q.Text, Language: q.Language.ID, Rank: x.Rank(hits, q.Questions), Found: []string{}}
		for _, hit := range hits[:min(mostFound, len(hits))] {
			tried.Found = append(tried.Found, x.Questions[hit.Question].ID)
		}
		tries = append(tries, tried)
	}
	return tries
}

// triedLines returns the line about a query.
func triedLines(t *terminal.Terminal, q triedQuery) []string {
	first := t.Words(phrase{"なし", "nothing"})
	if len(q.Found) > 0 {
		first = q.Found[0]
	}
	return []string{fmt.Sprintf("%2d  %-8s %s → %s", q.Rank, q.Language, q.Query, first)}
}

// foundLines returns the lines about a found question.
func foundLines(t *terminal.Terminal, f foundQuestion) []string {
	lines := []string{
		fmt.Sprintf("%d. %s  %s", f.Rank, f.ID, f.Question),
		t.Words(phrase{"   検索のことばの%d%%がある", "   has %d%% of what was typed"}, f.Share),
	}
	for _, r := range f.Why {
		lines = append(lines, fmt.Sprintf("   %3d%%  %s → %s", r.Part, r.Typed, strings.Join(r.Words, " ")))
	}
	return lines
}
