//go:build unix

package main

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"sitegen/internal/diag"
	"sitegen/internal/drawing"
	"sitegen/internal/rules"
	"sitegen/internal/schema"
	"sitegen/internal/strictyaml"
	"sitegen/internal/style"
)

// valuesFile is the page that TestListOfValues writes: `go test ./cmd/sitegen -run TestListOfValues
// -update`.
const valuesFile = "../../docs/values.md"

// docs/values.md lists the allowed values of the fields in the authors' files, except fields for free
// text.
func TestListOfValues(t *testing.T) {
	want := listOfValues()
	if *update {
		if err := os.WriteFile(valuesFile, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(valuesFile)
	if err != nil || string(got) != want {
		t.Errorf("docs/values.md is not what the program knows; write it with -update (%v)", err)
	}
}

func listOfValues() string {
	var b strings.Builder
	b.WriteString("# What a value may be\n\nThis page is made by a test (cmd/sitegen/values_test.go) of what the program itself goes by: package `schema`.\n" +
		"\n## Words\n\nAny other word is an error that names those that are known:\n\n")
	file := &diag.File{Name: "content/facts.yaml", Data: []byte("hour")}
	for _, d := range schema.Units.Check(file, strictyaml.Text{Value: "hour"}) {
		for _, language := range diag.Languages {
			message, hint := d.Text(language)
			fmt.Fprintf(&b, "> %s [%s]  \n> %s\n\n", message, d.Code, hint)
		}
	}
	b.WriteString("| what | where | words |\n|---|---|---|\n")
	for _, list := range schema.Lists {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", list.Name, strings.ReplaceAll(list.Where, "|", `\|`), strings.Join(list.Words, ", "))
	}
	b.WriteString("\nOther lists are made by the content itself, and a word that is not in them is the same kind of error: the days and closings of\n" +
		"opening hours (`formats` of the default language), languages and topics (site.yaml), facts, sources, terms, parameters and their\n" +
		"values, and all ids of the rules. Tags of languages are those of BCP 47, and of one language with the id. Each language has the plural\n" +
		"categories that CLDR gives it.\n\n## Numbers and days\n\n| what | from | to |\n|---|---|---|\n")
	for _, r := range []struct {
		what string
		schema.Range
	}{{"number", schema.Numbers}, {"fee (yen)", schema.Fees}, {"count, min and max of a duration", schema.Durations}, {"order", schema.Orders}, {"site.yaml: limits: file (MB)", schema.FileSizes}, {"site.yaml: limits: all (MB)", schema.AllSizes},
		{"site.yaml: style: sentences (characters, or words where there are spaces)", schema.SentenceLengths}} {
		fmt.Fprintf(&b, "| %s | %d | %d |\n", r.what, r.Min, r.Max)
	}
	fmt.Fprintf(&b, "| day | %s | %s |\n", schema.FirstDay, schema.LastDay)
	b.WriteString("\nTimes are written H:MM, to 24:00; of the same days from the earliest on, without overlap. `as_of` and `read` are not after the day of\n" +
		"the check. Where only a day can stand it may be written 2026-12-01, 2026/12/1, 2026年12月1日, 令和8年12月1日 or R8.12.1.\n" +
		"\n## Drawings\n\n")
	fmt.Fprintf(&b, "A drawing, `pictures/<name>.svg`, has at most %d bytes. Its outer element is `<svg viewBox=\"…\">` with four numbers, separated\n"+
		"by spaces, which give its proportions. It may also have `width`, `height` and `xmlns`, which drawing programs write and which are\n"+
		"ignored, but no other attribute. Comments and `<?xml …?>` are ignored too.\n\n"+
		"Inside it may stand %s, but no other `svg`; words stand only in `text`.\n"+
		"They may have these attributes:\n\n%s.\n\n"+
		"- `class` is one word, and says what a shape is: %s.\n"+
		"- `fill` and `stroke` are `none`, `currentColor` or `#…` with three or six digits.\n"+
		"- `text-anchor` is `start`, `middle` or `end`.\n"+
		"- `transform` moves, turns or scales (`translate`, `rotate`, `scale`).\n"+
		"- All others are numbers without unit or `%%`: several in `points` and `stroke-dasharray`, commands with numbers in `d`, one elsewhere.\n\n"+
		"Anything else is an error with its place.\n", drawing.Heaviest, quoted(slices.DeleteFunc(slices.Clone(schema.PictureParts.Words), func(name string) bool { return name == "svg" })), "`"+strings.Join(drawing.Attributes(), "`, `")+"`", quoted(schema.PictureRoles.Words))
	b.WriteString("\n## Size of the rules\n\nA set of rules may have at most so many of each. A set with more is the error `rule-too-large`, which says what there is too much\n" +
		"of; so are a row with too many alternatives, and a set whose module or diagrams in the proof are too large.\n\n| | at most |\n|---|---|\n")
	for _, limit := range rules.Limits {
		fmt.Fprintf(&b, "| %s | %d |\n", limit.What.EN, limit.Most)
	}
	b.WriteString("\n## Style\n\n`style` in site.yaml names the languages in which each of these is warned about (content/STYLE.md says why). A check can be made in\n" +
		"languages that the program knows:\n\n| check | languages |\n|---|---|\n")
	for _, check := range style.Checks {
		fmt.Fprintf(&b, "| %s | %s |\n", check, stylable(check))
	}
	b.WriteString("\n`sentences` is the length from which on it warns, by language. `spelling`, `passive` (verbs that may stand so) and `easy` (words for\n" +
		"`hard_words`) in words.yaml hold the words of the languages.\n" +
		"\n## Files\n\nAnything else in these folders is an error, except what systems and editors leave behind.\n\n| folder | files | folders |\n|---|---|---|\n")
	folders := maps.Clone(schema.Folders)
	folders["profiles/<id>"] = schema.Profile
	for _, name := range slices.Sorted(maps.Keys(folders)) {
		files := slices.Clone(folders[name].Files)
		if ending := folders[name].Any; ending != "" {
			files = append(files, "<name>"+ending)
		}
		if ending := folders[name].Languages; ending != "" {
			files = append(files, "<language>"+ending)
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", name, strings.Join(files, ", "), strings.Join(folders[name].Folders, ", "))
	}
	return b.String()
}

// stylable returns the languages in which a style check is available, or "any" for a check of every
// language.
func stylable(check style.Check) string {
	if style.Knows(check, "tlh") {
		return "any"
	}
	return strings.Join(slices.DeleteFunc([]string{"ja", "en"}, func(language string) bool { return !style.Knows(check, language) }), ", ")
}

// quoted returns words as code in Markdown, with commas between them.
func quoted(words []string) string { return "`" + strings.Join(words, "`, `") + "`" }
