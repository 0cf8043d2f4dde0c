package main

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sitegen/internal/build"
	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/site"
	"sitegen/internal/strictyaml"
	"sitegen/themes"
)

const contentFolder = "../../content"

// The real content has no mistake and nothing worth a warning.
func TestRealContent(t *testing.T) {
	content, err := build.OpenDir(contentFolder)
	if err != nil {
		t.Fatal(err)
	}
	_, found, err := build.Make(t.Context(), build.Source{
		Content: content, ContentName: "content", Theme: themes.Default(), ThemeName: "themes/default", Today: civil.Of(2026, 12, 15),
	})
	if err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	_ = diag.Print(&said, found, "en")
	if said.Len() > 0 {
		t.Error(said.String())
	}
}

// official are the hosts of the state and its bodies, of 協会けんぽ and of municipalities.
var official = regexp.MustCompile(`^https://([^/]*\.)?(go\.jp|lg\.jp|kyoukaikenpo\.or\.jp|((city|town|vill|pref)[.-])[^/]+\.jp)/`)

// Every question leads to an official page: in its text, or by one of its sources.
func TestQuestionsHaveOfficialPages(t *testing.T) {
	loaded, found, err := site.Load(os.DirFS(contentFolder), "content", civil.Of(2026, 12, 15))
	if err != nil || diag.HasErrors(found) {
		t.Fatal(err, found)
	}
	for _, question := range loaded.Questions {
		if !leadsToOfficial(question, loaded.Default) {
			t.Errorf("%s leads to no official page", question.ID)
		}
	}
}

// leadsToOfficial reports whether a question names an official page in its text or among its sources.
func leadsToOfficial(question *site.Question, language *site.Language) bool {
	return slices.ContainsFunc(question.In(language).Facts, func(fact *site.Fact) bool { return official.MatchString(fact.Address) }) ||
		slices.ContainsFunc(question.Sources, func(source *site.Source) bool { return official.MatchString(source.Address) })
}

// seedIDs finds the ids of the list of what the five documents say: 000-F1, 002-Q3 … Errors (X) are told nowhere.
var seedIDs = regexp.MustCompile(`\b00[0-4]-[FQTSCP]\d+\b`)

// shortIDs finds ids that follow one of the same document without repeating it: "004-Q1 … · Q2 …".
var shortIDs = regexp.MustCompile(`· ([FQTSCP]\d+)\b`)

// Every statement of the five documents is told on a page or left out for a reason. The pages themselves are checked
// with the content.
func TestCoverageIsComplete(t *testing.T) {
	list, err := os.ReadFile("testdata/seed-facts.md")
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(contentFolder + "/coverage.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var covered strictyaml.Map[map[string]string]
	if found := strictyaml.Decode(&diag.File{Name: "coverage.yaml", Data: data}, 0, len(data), &covered); len(found) > 0 {
		t.Fatal(found)
	}
	facts := map[string]bool{}
	for _, id := range seedIDs.FindAllString(string(list), -1) {
		if _, ok := covered.Get(id); !ok {
			t.Errorf("%s is not covered", id)
		}
		if strings.Contains(id, "-F") {
			facts[id] = true
		}
	}
	for _, line := range strings.Split(string(list), "\n") {
		document := seedIDs.FindString(line)
		if document == "" || strings.Contains(line, "-X") {
			continue
		}
		for _, short := range shortIDs.FindAllStringSubmatch(line, -1) {
			if _, ok := covered.Get(document[:4] + short[1]); !ok {
				t.Errorf("%s%s is not covered", document[:4], short[1])
			}
		}
	}
	if len(facts) != 111 {
		t.Errorf("the list names %d facts, not 111", len(facts))
	}
}
