package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"sitegen/internal/build"
	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/disk"
	"sitegen/internal/load"
	"sitegen/internal/site"
	"sitegen/internal/strictyaml"
	"sitegen/internal/testcontent"
	"sitegen/themes"
)

const contentFolder = "../../content"

// loadedContent is the real content as it is loaded on 15 December 2026, once for all tests.
var loadedContent struct {
	once  sync.Once
	site  *site.Site
	found []diag.Diagnostic
	err   error
}

// realContent returns the real content as it is loaded on 15 December 2026, and the warnings about it. Errors end the test. No test may
// change what it returns.
func realContent(t *testing.T) (*site.Site, []diag.Diagnostic) {
	t.Helper()
	c := &loadedContent
	c.once.Do(func() { c.site, c.found, c.err = load.Site(os.DirFS(contentFolder), "content", civil.Of(2026, 12, 15)) })
	if c.err != nil || diag.HasErrors(c.found) {
		t.Fatal(c.err, c.found)
	}
	return c.site, c.found
}

// contentOf returns a new folder with the real content of only these insurers, for a test that needs no others.
func contentOf(t *testing.T, insurers ...string) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "content")
	if err := os.CopyFS(folder, testcontent.RealOf(t, insurers...)); err != nil {
		t.Fatal(err)
	}
	return folder
}

// The real content causes no error and no warning.
func TestRealContent(t *testing.T) {
	content, err := disk.OpenDir(contentFolder)
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

// blocks matches tags of blocks, where a text ends. tags matches all tags. readings matches the readings in ruby, with their brackets.
var blocks, tags = regexp.MustCompile(`</?(p|li|h[2-6]|td|th|summary|div)[ >]`), regexp.MustCompile(`<[^>]*>`)
var readings = regexp.MustCompile(`<rp>\(<rt>[^<]*<rp>\)`)

// neighbours matches a closing bracket directly before an opening one.
var neighbours = regexp.MustCompile(`[)）] ?[(（]`)

// No text has brackets within brackets or directly after brackets. A term with its Japanese name or with a gloss has brackets of its
// own, so authors must not write such a term within or after brackets.
func TestNoBracketsWithinBrackets(t *testing.T) {
	loaded, _ := realContent(t)
	for _, question := range loaded.Questions {
		for _, language := range loaded.Languages {
			translation := question.In(language)
			texts := blocks.Split(string(translation.Body()), -1)
			for _, answer := range translation.Answers {
				texts = append(texts, string(answer.Text.HTML))
			}
			for _, text := range texts {
				text = tags.ReplaceAllString(readings.ReplaceAllString(text, ""), "")
				deepest, depth := 0, 0
				for _, r := range text {
					switch r {
					case '(', '（':
						depth++
					case ')', '）':
						depth--
					}
					deepest = max(deepest, depth)
				}
				if deepest > 1 || neighbours.MatchString(text) {
					t.Errorf("%s, %s: %s", question.ID, language.ID, text)
				}
			}
		}
	}
}

// official matches addresses of the national government (go.jp), of prefectures and municipalities, and of 協会けんぽ.
var official = regexp.MustCompile(`^https://([^/]*\.)?(go\.jp|lg\.jp|kyoukaikenpo\.or\.jp|((city|town|vill|pref)[.-])[^/]+\.jp)/`)

// Every question has at least one official page that readers can open from it, in every language. Its sources do not count: their list
// leads to the site's own page about sources.
func TestQuestionsHaveOfficialPages(t *testing.T) {
	loaded, _ := realContent(t)
	for _, question := range loaded.Questions {
		for _, language := range loaded.Languages {
			if !leadsToOfficial(question, language) {
				t.Errorf("%s leads to no official page in %s", question.ID, language.ID)
			}
		}
	}
}

// leadsToOfficial reports whether the text of a question in `language` has a fact with an official address, which is a link.
func leadsToOfficial(question *site.Question, language *site.Language) bool {
	return slices.ContainsFunc(question.In(language).Facts, func(fact *site.Fact) bool { return official.MatchString(fact.Address) })
}

// seedIDs matches the ids of statements in testdata/seed-facts.md, such as 000-F1 and 002-Q3. It does not match ids with an X: they
// stand for errors in the five documents, and no page may repeat these errors.
var seedIDs = regexp.MustCompile(`\b00[0-4]-[FQTSCP]\d+\b`)

// shortIDs matches ids without a document number, such as Q2 in "004-Q1 … · Q2 …". Their document is that of the first id on the
// line.
var shortIDs = regexp.MustCompile(`· ([FQTSCP]\d+)\b`)

// coverage.yaml has an entry for every statement of the five documents. An entry names a page, or a reason to leave the statement
// out. TestRealContent checks what the entries say.
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
