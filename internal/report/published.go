package report

import (
	"fmt"

	"sitegen/internal/build"
	"sitegen/internal/publish"
	"sitegen/internal/terminal"
)

// Counts returns words that say how many languages, questions, insurers, pages and drafts a site has.
func Counts(t *terminal.Terminal, s build.Summary) string {
	insurers, drafts := "", ""
	if t.Language == "ja" {
		if s.Insurers > 0 {
			insurers = fmt.Sprintf("%d保険者 ", s.Insurers)
		}
		if s.Drafts > 0 {
			drafts = fmt.Sprintf("（ほかに下書き%d問。プレビューで確かめます）", s.Drafts)
		}
		return fmt.Sprintf("%d言語 %d問 %s%dページ%s", s.Languages, s.Questions, insurers, s.Pages, drafts)
	}
	if s.Insurers > 0 {
		insurers = ", " + terminal.Plural(s.Insurers, "insurer")
	}
	if s.Drafts > 0 {
		drafts = " (and " + terminal.Plural(s.Drafts, "draft") + ", to be checked in the preview)"
	}
	return terminal.Plural(s.Languages, "language") + ", " + terminal.Plural(s.Questions, "question") + insurers + ", " + terminal.Plural(s.Pages, "page") + drafts
}

// faults has a sentence for each way in which a file can differ from the manifest.
var faults = map[publish.Fault]phrase{
	publish.Missing:   {"ない: %s", "missing: %s"},
	publish.Differs:   {"違う: %s", "differs: %s"},
	publish.LineEnds:  {"改行が変わった: %s（テキストではなくバイナリーで送ってください）", "line ends changed: %s (transfer it as binary, not as text)"},
	publish.Unmarked:  {"先頭の印（BOM）がない: %s（ファイルを書き換えずに送ってください）", "the byte order mark is gone: %s (transfer the file as it is)"},
	publish.NotListed: {"公開していない: %s", "not published: %s"},
}

// Differences writes how the files of a copy differ from what was published.
func Differences(t *terminal.Terminal, differ []publish.Difference) {
	for _, one := range differ {
		t.Say(t.Out, faults[one.Fault], one.Path)
	}
}
