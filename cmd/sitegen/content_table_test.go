//go:build unix

package main

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"sitegen/internal/diag"
	"sitegen/internal/site"
	"sitegen/internal/style"
)

// contentTable is the page that TestContentTable writes: `go test ./cmd/sitegen -run TestContentTable -update`.
const contentTable = "../../docs/content.md"

// docs/content.md describes the real content as it is now: the length of its sentences, how easy its words are, and the sources of
// each page.
func TestContentTable(t *testing.T) {
	loaded, found := realContent(t)
	var b strings.Builder
	b.WriteString("# How the texts are\n\nThis page is made by a test (cmd/sitegen/content_table_test.go) of the content itself. [content/STYLE.md](../content/STYLE.md)\n" +
		"says how the texts should be.\n\n## Sentences\n\nOf titles, answers and bodies of the questions, as they are shown: characters without spaces and marks, words in English. Names,\n" +
		"dates and links count here; the limits that the check warns about leave names out in やさしい日本語, and count one as a word in English.\n\n" +
		"| language | sentences | median | nine of ten up to | longest | warnings of style |\n|---|---|---|---|---|---|\n")
	for _, language := range loaded.Languages {
		lengths := sentenceLengths(loaded, language)
		fmt.Fprintf(&b, "| %s | %d | %d | %d | %d | %s |\n", language.Name, len(lengths), lengths[len(lengths)/2], lengths[len(lengths)*9/10], lengths[len(lengths)-1], styleWarnings(found, language))
	}
	writeWords(&b, t, loaded)
	writeSources(&b, loaded)
	if *update {
		if err := os.WriteFile(contentTable, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(contentTable); err != nil || string(got) != b.String() {
		t.Errorf("docs/content.md is not how the content is; write it with -update (%v)", err)
	}
}

var (
	blockEnd   = regexp.MustCompile(`</(?:p|li|td|th|h[1-6]|summary|caption|div|figcaption)>|<br>|<!--`)
	anyTag     = regexp.MustCompile(`<rt>[^<]*|<rp>[^<]*|<svg.*?</svg>|<[^>]*>`)
	sentenceIn = regexp.MustCompile(`[^。！？：\n.!?:]+(?:[.:][^ \n。][^。！？：\n.!?:]*)*`)
	rubyBase   = regexp.MustCompile(`<ruby>([^<]*)<rp>`)
)

// textsOf returns the title, answers and body of a question in one language, as HTML with a newline between them.
func textsOf(translation *site.Translation) string {
	texts := []string{string(translation.Title.HTML)}
	for _, answer := range translation.Answers {
		texts = append(texts, string(answer.Text.HTML))
	}
	return strings.Join(append(texts, string(translation.Body())), "\n")
}

// sentenceLengths returns the lengths of all sentences in a language, in ascending order. The unit is letters and digits in
// Japanese, and words in other languages.
func sentenceLengths(s *site.Site, language *site.Language) []int {
	var lengths []int
	for _, question := range s.Questions {
		text := anyTag.ReplaceAllString(blockEnd.ReplaceAllString(textsOf(question.In(language)), "\n$0"), "")
		for _, sentence := range sentenceIn.FindAllString(text, -1) {
			length := 0
			for _, word := range strings.Fields(sentence) {
				letters := strings.Count(strings.Map(func(r rune) rune {
					if unicode.IsLetter(r) || unicode.IsDigit(r) {
						return 'x'
					}
					return -1
				}, word), "x")
				switch {
				case strings.HasPrefix(language.Lang, "ja"):
					length += letters
				case letters > 0:
					length++
				}
			}
			if length > 0 {
				lengths = append(lengths, length)
			}
		}
	}
	slices.Sort(lengths)
	return lengths
}

// styleWarnings returns the number of style warnings in the files of a language, or "none".
func styleWarnings(found []diag.Diagnostic, language *site.Language) string {
	count := 0
	for _, d := range found {
		if strings.HasPrefix(string(d.Code), "style-") && strings.Contains(d.File, "/"+language.ID+".") {
			count++
		}
	}
	return orNone(count)
}

// easyLine matches a line of words.yaml that lists words in brackets.
var easyLine = regexp.MustCompile(`(?m)^ {4}- \[([^\]{}]*)\]$`)

// writeWords writes a table for the languages with readings. It says how many words in kanji are in the list of easy words, and
// how many are names that the glossary explains. The texts explain all other words, or readers need only recognise them.
func writeWords(b *strings.Builder, t *testing.T, s *site.Site) {
	data, err := os.ReadFile(contentFolder + "/words.yaml")
	if err != nil {
		t.Fatal(err)
	}
	easy := style.NewWords(nil)
	for _, line := range easyLine.FindAllStringSubmatch(string(data), -1) {
		for _, word := range strings.Split(line[1], ", ") {
			easy.Add(word)
		}
	}
	b.WriteString("\n## Words in kanji\n\nOf the words with a reading, as often as they are shown. Easy are those of words.yaml; names are those that the glossary explains. The\n" +
		"others are explained right behind, or stand in 「」 because they are to be recognised.\n\n" +
		"| language | words | different ones | easy | names | others |\n|---|---|---|---|---|---|\n")
	for _, language := range s.Languages {
		if !language.Ruby {
			continue
		}
		names := style.NewWords(nil)
		for _, term := range s.Terms {
			names.AddName(term.In(language).Name.Plain)
			names.AddName(term.In(language).Short.Plain)
		}
		all, simple, named, different := 0, 0, 0, map[string]bool{}
		for _, question := range s.Questions {
			for _, word := range rubyBase.FindAllStringSubmatch(textsOf(question.In(language)), -1) {
				all++
				different[word[1]] = true
				switch {
				case easy.Has(word[1]):
					simple++
				case names.Has(word[1]):
					named++
				}
			}
		}
		percent := func(n int) string { return fmt.Sprintf("%.1f %%", 100*float64(n)/float64(all)) }
		fmt.Fprintf(b, "| %s | %d | %d | %s | %s | %s |\n", language.Name, all, len(different), percent(simple), percent(named), percent(all-simple-named))
	}
}

// writeSources writes a table with the sources of each page and their days.
func writeSources(b *strings.Builder, s *site.Site) {
	b.WriteString("\n## Sources\n\nOf each page: its sources with the day each was published, where one is known, and the day it was read.\n")
	without := 0
	var rows strings.Builder
	for _, question := range s.Questions {
		var sources []string
		for _, source := range question.Sources {
			days := "read " + source.Read.String()
			if source.Published != "" {
				days = source.Published + ", " + days
			}
			sources = append(sources, source.ID+" ("+days+")")
		}
		if !leadsToOfficial(question, s.Default) {
			without++
		}
		fmt.Fprintf(&rows, "| %s | %s |\n", question.ID, strings.Join(sources, "; "))
	}
	fmt.Fprintf(b, "Pages: %d. Pages without a link to an official page, in the text or among the sources: %s.\n\n| page | sources |\n|---|---|\n%s", len(s.Questions), orNone(without), rows.String())
}

func orNone(n int) string {
	if n == 0 {
		return "none"
	}
	return fmt.Sprint(n)
}
