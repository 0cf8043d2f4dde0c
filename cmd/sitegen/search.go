package main

import (
	"fmt"
	"slices"
	"strings"

	"sitegen/internal/build"
	"sitegen/internal/search"
	"sitegen/internal/site"
)

// foundQuestion is a question that a search found. With --format json it is one line of the output.
type foundQuestion struct {
	Rank     int      `json:"rank"`
	ID       string   `json:"id"`
	Question string   `json:"question"`
	Share    int      `json:"share"` // how much of the query the question covers, in percent
	Why      []reason `json:"why"`
}

// reason says why a question was found: a part of the query, the words of the question that match this part, and the percentage of
// the question's score that comes from this match.
type reason struct {
	Typed string   `json:"typed"`
	Words []string `json:"words"`
	Part  int      `json:"part"`
}

// mostFound is the maximum number of questions that a search lists.
const mostFound = 10

// runSearch searches as the pages of the site do, and prints why each question was found. Without words to search for, it runs the
// queries of search.yaml.
func runSearch(c *console, o *options) int {
	source, closeSource, code := c.open(o)
	if code != exitFine {
		return code
	}
	defer closeSource()
	loaded, code := c.load(o, source)
	if code != exitFine {
		return code
	}
	loaded, err := build.SiteOf(loaded, o.profile)
	if err != nil {
		return c.fail(err)
	}
	if len(o.args) == 0 {
		return printAll(c, o, triedQueries(loaded), c.triedLines)
	}
	language := c.siteLanguage(loaded)
	if i := slices.IndexFunc(loaded.Languages, func(l *site.Language) bool { return l.ID == o.lang }); i >= 0 {
		language = loaded.Languages[i]
	}
	query := strings.Join(o.args, " ")
	list := searchFor(search.New(loaded, language), language, query)
	if len(list) == 0 && o.format != "json" {
		if _, err := fmt.Fprintln(c.out, c.words(phrase{"「%s」では何も見つかりません", "nothing is found for %q"}, query)); err != nil {
			return c.fail(err)
		}
		return exitFine
	}
	return printAll(c, o, list, c.foundLines)
}

// searchFor returns up to mostFound questions, the best first, each with the reasons for it.
func searchFor(x *search.Index, l *site.Language, query string) []foundQuestion {
	var list []foundQuestion
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
		list = append(list, f)
	}
	return list
}

// triedQuery is a query of search.yaml with the ids of the questions that it finds. With --format json it is one line of the output.
type triedQuery struct {
	Query    string   `json:"query"`
	Language string   `json:"language"`
	Rank     int      `json:"rank"` // rank of the best expected question, from 1; 0 if none of them is found
	Found    []string `json:"found"`
}

// triedQueries runs all queries of search.yaml.
func triedQueries(s *site.Site) []triedQuery {
	indexes := map[*site.Language]*search.Index{}
	var list []triedQuery
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
		list = append(list, tried)
	}
	return list
}

// triedLines returns the line about a query.
func (c *console) triedLines(t triedQuery) []string {
	first := c.words(phrase{"なし", "nothing"})
	if len(t.Found) > 0 {
		first = t.Found[0]
	}
	return []string{fmt.Sprintf("%2d  %-8s %s → %s", t.Rank, t.Language, t.Query, first)}
}

// foundLines returns the lines about a found question.
func (c *console) foundLines(f foundQuestion) []string {
	lines := []string{
		fmt.Sprintf("%d. %s  %s", f.Rank, f.ID, f.Question),
		c.words(phrase{"   検索のことばの%d%%がある", "   has %d%% of what was typed"}, f.Share),
	}
	for _, r := range f.Why {
		lines = append(lines, fmt.Sprintf("   %3d%%  %s → %s", r.Part, r.Typed, strings.Join(r.Words, " ")))
	}
	return lines
}
