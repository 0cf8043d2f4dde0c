//go:build unix

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"sitegen/internal/schema"
	"sitegen/internal/search"
	"sitegen/internal/site"
)

// A page of the real content that states a day, a month or a duration lists a source of that fact. Otherwise readers would look for the
// fact in vain in the sources of the page.
func TestDaysHaveSources(t *testing.T) {
	loaded, _ := realContent(t)
	told := []schema.FactKind{schema.DateFact, schema.MonthFact, schema.DurationFact}
	for _, question := range loaded.Questions {
		file, err := os.ReadFile(filepath.Join(contentFolder, "faq", question.Topic.ID, question.ID, loaded.Default.ID+".md"))
		if err != nil {
			t.Fatal(err)
		}
		for _, fact := range question.In(loaded.Default).Facts {
			itself := bytes.Contains(file, []byte("fact:"+fact.ID)) // the page itself names the fact; if only the meaning of a term has it, the sources of the term suffice
			if itself && slices.Contains(told, fact.Kind) && !slices.ContainsFunc(fact.Sources, func(s *site.Source) bool { return slices.Contains(question.Sources, s) }) {
				t.Errorf("%s tells %s (%s), but has none of its sources", question.ID, fact.ID, idsOf(fact.Sources))
			}
		}
	}
}

// Each fact was compared with a source on the day on which the source was last read, or later. A source may have changed since an earlier
// day.
func TestFactsFollowSources(t *testing.T) {
	loaded, _ := realContent(t)
	for _, fact := range loaded.Facts {
		for _, source := range fact.Sources {
			if source.Read > fact.AsOf {
				t.Errorf("%s was compared on %v, before its source %s was read on %v", fact.ID, fact.AsOf, source.ID, source.Read)
			}
		}
	}
}

// A question in やさしい日本語 is sorted by its reading, which must be that of its title. The test skips titles with digits or Latin letters,
// because it does not know how these are read.
func TestReadingsOfTitles(t *testing.T) {
	loaded, _ := realContent(t)
	language := loaded.Languages[slices.IndexFunc(loaded.Languages, func(l *site.Language) bool { return l.Ruby })]
	letters := func(text string) string {
		return strings.Join(strings.FieldsFunc(search.Normalise(text), func(r rune) bool { return !unicode.IsLetter(r) }), "")
	}
	for _, question := range loaded.Questions {
		title := *question.In(language)
		written := letters(title.Reading)
		title.Reading = ""
		shown := search.Reading(&title)
		if strings.ContainsFunc(shown, func(r rune) bool { return r < unicode.MaxASCII && (unicode.IsDigit(r) || unicode.IsLetter(r)) }) {
			continue
		}
		if shown = letters(shown); shown != written {
			t.Errorf("%s: the title reads %s, its reading is %s", question.ID, shown, written)
		}
	}
}

// The heading of an announcement is the day on which something was announced. With a heading such as "from 24 December 2025", readers
// would take that day for the first day of a rule.
func TestAnnouncements(t *testing.T) {
	loaded, _ := realContent(t)
	for id, heading := range map[string]string{"high-cost": "<summary>2025年12月24日の発表</summary>", "brought-old-card": "<summary>2026年3月19日の発表</summary>"} {
		question := loaded.Questions[slices.IndexFunc(loaded.Questions, func(q *site.Question) bool { return q.ID == id })]
		if !strings.Contains(string(question.In(loaded.Default).Body()), heading) {
			t.Errorf("%s: %s is not in the text", id, heading)
		}
	}
}

func idsOf(sources []*site.Source) string {
	var ids []string
	for _, source := range sources {
		ids = append(ids, source.ID)
	}
	return strings.Join(ids, ", ")
}
