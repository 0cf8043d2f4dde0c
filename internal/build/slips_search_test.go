package build

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"sitegen/internal/diag"
	"sitegen/internal/search"
	"sitegen/internal/site"
)

// This file checks slips that change only an order, or only what a search finds.

var (
	listSection = regexp.MustCompile(`(?s)^(.*<section class="?list"?>)(.*?)(</section>.*)$`)
	listHeading = regexp.MustCompile(`(?s)<h3>(.*?)</h3>`)
	listRow     = regexp.MustCompile(`(?s)<li>.*?faq/([a-z0-9-]+)\.html.*?(?:</li>|\n)`)
)

// listed is a row of the list of all questions on the page of the search.
type listed struct{ id, heading, html string }

// listOf separates the list of all questions from the rest of a search page. If the page has no such list, `rest` is the whole page.
func listOf(page string) (rest string, rows []listed) {
	match := listSection.FindStringSubmatch(page)
	if match == nil {
		return page, nil
	}
	for _, part := range strings.Split(match[2], "<h3>")[1:] {
		heading, _, _ := strings.Cut(part, "</h3>")
		for _, row := range listRow.FindAllStringSubmatch(part, -1) {
			rows = append(rows, listed{row[1], heading, row[0]})
		}
	}
	return match[1] + match[3], rows
}

// inOldOrder returns a search page with its questions in their old order, so that the two versions can be compared row by row. If the new
// order is wrong, it also returns what is wrong. It returns other pages unchanged.
func (w *slipWorld) inOldOrder(page changedPage, loaded *site.Site) (changedPage, string) {
	if path.Base(page.name) != "search.html" {
		return page, ""
	}
	before, was := listOf(page.before)
	after, is := listOf(page.after)
	if wrong := orderFault(is, loaded, page.name); wrong != "" {
		return page, page.name + ": " + wrong
	}
	if len(was) != len(is) || len(is) == 0 {
		return page, fmt.Sprintf("%s: %d questions, and %d before", page.name, len(is), len(was))
	}
	for _, row := range was {
		at := slices.IndexFunc(is, func(now listed) bool { return now.id == row.id })
		if at < 0 {
			return page, page.name + ": a question is gone: " + row.id
		}
		before, after = before+row.html, after+is[at].html
	}
	return changedPage{page.name, before, after}, ""
}

// orderFault names a question that is not in the order of readings, or that is under the wrong heading. It returns "" if there is no such
// question.
func orderFault(rows []listed, loaded *site.Site, name string) string {
	s, l := siteOf(loaded, name)
	last := ""
	for i, row := range rows {
		key := search.Normalise(search.Reading(s.Question(row.id).In(l)))
		initial := initialOf(key)
		same := i > 0 && rows[i-1].heading == row.heading
		switch {
		case key < last:
			return row.id + " stands too far down"
		case !strings.Contains(row.heading, initial), i > 0 && same != (initialOf(last) == initial):
			return row.id + " stands below " + row.heading
		}
		last = key
	}
	return ""
}

// initialOf returns the first kana of the kana row to which a reading belongs, or the first letter of the reading as a capital.
func initialOf(reading string) string {
	first, initial := []rune(reading)[0], ""
	if first < 'あ' || first > 'ん' {
		return string(unicode.ToUpper(first))
	}
	for _, row := range "あかさたなはまやらわ" {
		if row <= first {
			initial = string(row)
		}
	}
	return initial
}

// siteOf returns the site and the language to which a page belongs.
func siteOf(loaded *site.Site, name string) (*site.Site, *site.Language) {
	parts := strings.Split(name, "/")
	for _, insurer := range loaded.Insurers {
		if insurer.Profile.ID == parts[0] {
			return insurer, languageOf(insurer, parts[1])
		}
	}
	return loaded, languageOf(loaded, parts[0])
}

func languageOf(s *site.Site, id string) *site.Language {
	return s.Languages[slices.IndexFunc(s.Languages, func(l *site.Language) bool { return l.ID == id })]
}

// foundOtherwise says which keyword, reading or synonym of a file no longer works after a slip in the file. If all of them work, `wrong`
// is "", and `found` has the findings of search.Check.
func foundOtherwise(s slip, loaded *site.Site) (wrong string, found []diag.Diagnostic) {
	indexes := map[*site.Language]*search.Index{}
	index := func(l *site.Language) *search.Index {
		if indexes[l] == nil {
			indexes[l] = search.New(loaded, l)
		}
		return indexes[l]
	}
	if s.file == "glossary.yaml" {
		for _, synonym := range loaded.Synonyms {
			for _, l := range synonym.Languages {
				if wrong := untyped(synonym, index(l)); wrong != "" {
					return wrong, nil
				}
			}
		}
		return "", search.Check(loaded, index)
	}
	parts, language := strings.Split(s.file, "/"), strings.TrimSuffix(path.Base(s.file), ".md")
	of := loaded
	if parts[0] == "profiles" {
		of = loaded.Insurers[slices.IndexFunc(loaded.Insurers, func(i *site.Site) bool { return i.Profile.ID == parts[1] })]
	}
	q, l := of.Question(path.Base(path.Dir(s.file))), languageOf(of, language)
	own := search.New(of, l)
	for _, keyword := range append(slices.Clone(q.In(l).Keywords), q.In(l).Reading) {
		if keyword != "" && own.Rank(own.Search(keyword), []*site.Question{q}) == 0 {
			return fmt.Sprintf("%q does not find its question", keyword), nil
		}
	}
	return "", search.Check(loaded, index)
}

// untyped says which typed word of a synonym does not lead to one of its meanings. It returns "" if all typed words do.
func untyped(synonym *site.Synonym, x *search.Index) string {
	for _, means := range synonym.Means {
		for _, typed := range synonym.Typed {
			if !slices.Contains(x.Typed(means), search.Normalise(typed)) {
				return fmt.Sprintf("%q does not mean %q", typed, means)
			}
		}
	}
	return ""
}
