package search_test

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/load"
	"sitegen/internal/search"
	"sitegen/internal/site"
	"sitegen/internal/strictyaml"
)

// Two files of queries in the form of content/search.yaml. The queries of the first file are for tuning the search. Nobody looks at those
// of the second file while tuning.
const (
	tunedFile  = "testdata/tuned.yaml"
	unseenFile = "testdata/unseen.yaml"
)

// isUnseen reports whether a query belongs to the unseen queries. This rule draws about a third of the fresh queries, by a hash.
func (j judged) isUnseen() bool { return sha256.Sum256([]byte(j.language + " " + j.text))[0]%3 == 0 }

// floors are the minimum percentages of queries, by group, that must find one of their pages among the first three hits.
var floors = map[string]float64{"shared": 95, "fresh": 90, "classes": 90, "unseen": 90}

// first is the group of queries that must find one of their pages as the very first hit.
const first = "obvious"

// judged is a query, with the ids of the questions that are right for it.
type judged struct {
	group, language, kind, text string
	pages                       []string
}

// content returns the real site for the day that tests use as today.
func content(t *testing.T) *site.Site {
	t.Helper()
	s, found, err := load.Site(os.DirFS("../../content"), "content", civil.Of(2026, 12, 15))
	if err != nil || diag.HasErrors(found) {
		t.Fatal(err, found)
	}
	return s
}

func queries(t *testing.T, s *site.Site) []judged {
	t.Helper()
	var list []judged
	for _, q := range s.Queries {
		one := judged{q.Group, q.Language.ID, q.Kind, q.Text, nil}
		for _, page := range q.Questions {
			one.pages = append(one.pages, page.ID)
		}
		list = append(list, one)
	}
	return append(append(list, read(t, tunedFile)...), read(t, unseenFile)...)
}

// read returns the queries of a file.
func read(t *testing.T, name string) []judged {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Queries strictyaml.Map[[]struct {
			Query    string   `yaml:"query"`
			Language string   `yaml:"language"`
			Kind     string   `yaml:"kind"`
			Pages    []string `yaml:"pages"`
		}] `yaml:"queries"`
	}
	if found := strictyaml.Decode(&diag.File{Name: name, Data: data}, 0, len(data), &file); len(found) > 0 {
		t.Fatal(found)
	}
	var list []judged
	for _, group := range file.Queries {
		for _, q := range group.Value {
			list = append(list, judged{group.Key.Value, q.Language, q.Kind, q.Query, q.Pages})
		}
	}
	return list
}

// The unseen queries are exactly those that the rule draws. So nobody has chosen them, and nobody has moved a query away because the search
// does not find its page.
func TestUnseenAreDrawn(t *testing.T) {
	s := content(t)
	drawn := 0
	for _, j := range queries(t, s) {
		for _, id := range j.pages {
			if s.Question(id) == nil {
				t.Errorf("%s: there is no page %s", j.group, id)
			}
		}
		switch j.group {
		case "unseen":
			drawn++
			if !j.isUnseen() {
				t.Error("a query of unseen.yaml is not one that the rule draws")
			}
		case "fresh":
			if j.isUnseen() {
				t.Errorf("%q belongs into unseen.yaml", j.text)
			}
		}
	}
	if drawn < 75 {
		t.Errorf("only %d queries are unseen", drawn)
	}
}

// rankOf returns the rank, from 1, of the first right page, or 0 if no right page is found. For a query without right pages, it returns 1
// if nothing is found.
func (j judged) rankOf(found []string) int {
	if len(j.pages) == 0 && len(found) == 0 {
		return 1
	}
	return 1 + slices.IndexFunc(found, func(id string) bool { return slices.Contains(j.pages, id) })
}

// The search finds what people type. QUALITY=1 prints the table (`make search-quality`). QUERIES=file writes the queries into a file, as
// input for a different search. OTHER=file adds a table for that search; the file is a JSON object that maps "language query" to a list of
// ids.
func TestQuality(t *testing.T) {
	s := content(t)
	indexes := map[string]*search.Index{}
	for _, l := range s.Languages {
		indexes[l.ID] = search.New(s, l)
	}
	ours := func(j judged) []string {
		var ids []string
		for _, hit := range indexes[j.language].Search(j.text) {
			ids = append(ids, indexes[j.language].Questions[hit.Question].ID)
		}
		return ids
	}
	all := queries(t, s)
	table := map[string][]int{}
	for _, j := range all {
		table[j.group] = append(table[j.group], j.rankOf(ours(j)))
	}
	for _, j := range all {
		if found := ours(j); j.group == first && j.rankOf(found) != 1 {
			t.Errorf("%s %s: finds %v first, not %s", j.language, j.text, found[:min(1, len(found))], strings.Join(j.pages, " or "))
		}
	}
	for group, floor := range floors {
		if len(table[group]) == 0 {
			t.Errorf("there are no queries %s", group)
		} else if got := 100 * among(3)(table[group]); got < floor {
			t.Errorf("%s: %.1f%% of the queries find their page among the first three, at least %.0f%% should", group, got, floor)
		}
	}
	if name := os.Getenv("QUERIES"); name != "" {
		write(t, name, all)
	}
	if os.Getenv("QUALITY") != "" {
		fmt.Println(report(all, ours))
		for _, j := range all {
			if rank := j.rankOf(ours(j)); j.group != "unseen" && (rank == 0 || rank > search.Enough) {
				fmt.Printf("not among the first %d: %s %s (%s): %s; found %v\n", search.Enough, j.language, j.text, j.kind, strings.Join(j.pages, " "), ours(j)[:min(search.Enough, len(ours(j)))])
			}
		}
		if name := os.Getenv("OTHER"); name != "" {
			fmt.Println("\n" + name + "\n" + report(all, other(t, name)))
		}
	}
}

// write writes all queries into the file with this name, as JSON.
func write(t *testing.T, name string, all []judged) {
	t.Helper()
	type query struct {
		Language string `json:"language"`
		Query    string `json:"query"`
	}
	var list []query
	for _, j := range all {
		list = append(list, query{j.language, j.text})
	}
	data, err := json.Marshal(list)
	if err == nil {
		err = os.WriteFile(name, data, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func other(t *testing.T, name string) func(judged) []string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var results map[string][]string
	if err := json.Unmarshal(data, &results); err != nil {
		t.Fatal(err)
	}
	return func(j judged) []string { return results[j.language+" "+j.text] }
}

// report returns the results of a search as a table. It has rows for each group, language and kind of query. `find` returns the ids that
// the search finds for a query.
func report(all []judged, find func(judged) []string) string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "queries\tn\tat 1\t95%\tat 3\t95%\tmean reciprocal rank\t95%")
	var order []string
	rows := map[string][]int{}
	for _, j := range all {
		rank := j.rankOf(find(j))
		for _, row := range []string{j.group, "all: " + j.language, "all: " + j.kind} {
			if rows[row] == nil {
				order = append(order, row)
			}
			rows[row] = append(rows[row], rank)
		}
	}
	slices.SortStableFunc(order, func(a, b string) int { return strings.Count(a, ":") - strings.Count(b, ":") })
	for _, row := range order {
		ranks := rows[row]
		fmt.Fprintf(w, "%s\t%d", row, len(ranks))
		for _, measure := range []func([]int) float64{among(1), among(3)} {
			low, high := interval(ranks, measure)
			fmt.Fprintf(w, "\t%.1f%%\t%.1f–%.1f", 100*measure(ranks), 100*low, 100*high)
		}
		low, high := interval(ranks, reciprocal)
		fmt.Fprintf(w, "\t%.3f\t%.3f–%.3f\n", reciprocal(ranks), low, high)
	}
	w.Flush()
	return b.String()
}

// among returns a function that computes the share of queries, from 0 to 1, whose page is among the first hits. The parameter `first` is
// the number of these hits.
func among(first int) func([]int) float64 {
	return func(ranks []int) float64 {
		n := 0
		for _, rank := range ranks {
			if rank > 0 && rank <= first {
				n++
			}
		}
		return float64(n) / float64(len(ranks))
	}
}

func reciprocal(ranks []int) float64 {
	sum := 0.0
	for _, rank := range ranks {
		if rank > 0 {
			sum += 1 / float64(rank)
		}
	}
	return sum / float64(len(ranks))
}

// interval returns the 95 % confidence interval of a measure, from 2,000 samples drawn with replacement (bootstrap).
func interval(ranks []int, measure func([]int) float64) (low, high float64) {
	const samples = 2000
	random := rand.New(rand.NewSource(1))
	values := make([]float64, samples)
	drawn := make([]int, len(ranks))
	for i := range values {
		for k := range drawn {
			drawn[k] = ranks[random.Intn(len(ranks))]
		}
		values[i] = measure(drawn)
	}
	slices.Sort(values)
	return values[samples/40], values[samples-samples/40]
}
