package load

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"sitegen/internal/diag"
)

// placesOf returns one line of text for each finding about a file. The line has the beginning of the finding's source line, the code and
// the first argument.
func placesOf(file string, found []diag.Diagnostic) string {
	var list []string
	for _, d := range found {
		if d.File != "content/"+file {
			continue
		}
		line := []rune(strings.TrimSpace(d.Excerpt))
		list = append(list, fmt.Sprintf("%s… %s %v", string(line[:min(len(line), 12)]), d.Code, d.Args[0]))
	}
	return strings.Join(list, "\n")
}

// A translation of the real content is refused if it loses a section, a condition, a paper, facts, a block, or an entry of a list or table.
// It is also refused if it has a different date, heading level or kind of block. Each finding is at the place of the difference. Edits of
// different files are tried together.
func TestTranslationsSayTheSame(t *testing.T) {
	content := realContent(t)
	tests := map[string]struct{ file, old, new, want string }{
		"a section is gone": {"faq/my-number-card/card-lost/en.md", `(?s)## What to do at once.*?\n(## )`, "$1",
			"## Until the… parity-missing #right-away"},
		"the date of another rule": {"faq/old-card/old-card-valid-until/en.md", `\{fact:old_card_last_day\}`, "{fact:interim_last_day}", `text: "Until… parity-lacks {fact:old_card_last_day}
text: "Until… parity-adds {fact:interim_last_day}
text: "The l… parity-lacks {fact:old_card_last_day}
text: "The l… parity-adds {fact:interim_last_day}
## Cards tha… parity-lacks {fact:old_card_last_day}
| Voluntary … parity-adds {fact:interim_last_day}`},
		"a condition is gone": {"faq/certificate/certificate-return/en.md", `(?s)::: if cert_return is yes\n.*?:::\n`, "", `## After reg… parity-lacks ::: if cert_return is yes
## After reg… parity-lacks {insurer:name}
## After reg… parity-lacks {insurer:contact}`},
		"a heading has another level": {"faq/certificate/certificate-return/en.md", `\n## When it has`, "\n### When it has", "### When it … parity-adds ###\n### When it … parity-lacks ##"},
		"a paper is not named":        {"faq/money/high-cost/en.md", `\{term:ceiling_certificate\}`, "form", "answer: \"No,… parity-lacks {term:ceiling_certificate}"},
		"a section names a different paper": {"faq/at-the-clinic/is-card-kept/en.md", `with the \{term:eligibility_notice\}`, "with the {term:eligibility_certificate}",
			"- When the c… parity-adds {term:eligibility_certificate}"},
		"a section names the wrong one of two papers": {"faq/at-the-clinic/clinic-without-reader/en.md", `(?m)^(- .*)\{term:eligibility_notice\}`, "$1{term:eligibility_certificate}",
			"## What to s… parity-papers {term:eligibility_certificate}"},
		"an item of a list is gone": {"faq/at-the-clinic/what-to-bring/en.md", `- A \{term:mynaportal\} screen alone\n`, "", "- An expired… parity-count - …"},
		"a step is gone":            {"faq/my-number-card/card-lost/en.md", `(?m)^2\. .*\n3\. (.*\n)4\.`, "2. ${1}3.", "1. **Have th… parity-count 1. …"},
		"a row of a table is gone":  {"faq/at-the-clinic/what-to-bring/en.md", `(?m)^\| You do not have one .*\n`, "", "| Your case … parity-count | … |"},
		"important becomes a note":  {"faq/at-the-clinic/what-to-bring/en.md", `::: important`, "::: note", "::: note If … parity-block ::: note"},
		"a block is gone":           {"faq/at-the-clinic/what-to-bring/en.md", `::: important.*\n((?:.*\n)*?):::`, "$1", "## Since whe… parity-lacks ::: important"},
		"a list becomes a sentence": {"faq/at-the-clinic/what-to-bring/en.md", `(?m)^- (A copy|An \{term:eligibility_certificate\}|The \{term:eligibility_notice\} alone|A \{term:mynaportal\}|An expired)`, "$1", "## What is n… parity-lacks - …\nAn expired {… style-long-words 29"},
		"words of the checker lose their facts": {"rules/text/en.yaml", `  lost_reissue: .*`, "  lost_reissue: A new card takes a while.", `lost_reissue… parity-lacks {fact:card_reissue}
lost_reissue… parity-lacks {fact:card_express}
lost_reissue… parity-lacks (faq:card-lost)`},
	}
	for left := slices.Sorted(maps.Keys(tests)); len(left) > 0; {
		changed := maps.Clone(content)
		var later []string
		now := map[string]string{} // the name of the edit that is tried in this load, by file
		for _, name := range left {
			test := tests[name]
			if now[test.file] != "" {
				later = append(later, name)
				continue
			}
			now[test.file] = name
			text := regexp.MustCompile(test.old).ReplaceAllString(string(content[test.file].Data), test.new)
			if text == string(content[test.file].Data) {
				t.Fatalf("%s: nothing changed", name)
			}
			changed[test.file] = &fstest.MapFile{Data: []byte(text)}
		}
		found := faultsOf(t, changed)
		for file, name := range now {
			if got := placesOf(file, found); got != tests[name].want {
				t.Errorf("%s: got\n%s\nwant\n%s", name, got, tests[name].want)
			}
		}
		for _, d := range found {
			if now[strings.TrimPrefix(d.File, "content/")] == "" {
				t.Errorf("in a file without an edit: %s %s", d.Position, d.Code)
			}
		}
		left = later
	}
}

// A change of the source is reported for each translation, at the place of the unit. If a question or an answer changes, its translations
// are stale. If only the wording of a section changes, there is only a warning.
func TestChangesOfTheSourceAreTold(t *testing.T) {
	content := realContent(t)
	const folder = "faq/certificate/certificate-copy/"
	for name, test := range map[string]struct{ old, new, want string }{
		"the answer is turned round": {`answer: .*`, "answer: できます。コピーでも受診できます。", `en.md answer: "No.… translation-stale answer
ja-easy.md answer: "かかれ… translation-stale answer`},
		"the question":          {`question: .*`, "question: 資格確認書のコピーで受診できますか", "en.md question: Ca… translation-stale question\nja-easy.md question: \"{… translation-stale question"},
		"words of a section":    {`(## .*\n\n- )`, "${1}なお、", "en.md ## … translation-reworded #\nja-easy.md ## … translation-reworded #"},
		"two line ends for one": {`\n\n## `, "\n\n\n## ", ""},
	} {
		text := string(content[folder+"ja.md"].Data)
		at := regexp.MustCompile(test.old).FindStringSubmatchIndex(text)
		changed := text[:at[0]] + string(regexp.MustCompile(test.old).ExpandString(nil, test.new, text, at)) + text[at[1]:]
		var list []string
		for _, d := range faultsOf(t, with(content, folder+"ja.md", changed)) {
			line := []rune(d.Excerpt)
			if strings.HasPrefix(d.Excerpt, "## ") {
				line, d.Args[0] = line[:3], "#"
			}
			list = append(list, fmt.Sprintf("%s %s… %s %v", strings.TrimPrefix(d.File, "content/"+folder), string(line[:min(len(line), 12)]), d.Code, d.Args[0]))
		}
		if got := strings.Join(list, "\n"); got != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, test.want)
		}
	}
}

// A file that is a copy of the default language's file is refused in every language.
func TestCopiesAreNotTranslations(t *testing.T) {
	content := realContent(t)
	const folder = "faq/old-card/old-card-lost/"
	text := regexp.MustCompile(`(?m)^(sources|related|order): .*\n`).ReplaceAllString(string(content[folder+"ja.md"].Data), "")
	for _, language := range []string{"en", "ja-easy"} {
		found := faultsOf(t, with(content, folder+language+".md", text))
		if len(found) < 3 {
			t.Errorf("%s: %s", language, codes(found))
		}
		for _, d := range found {
			if d.Code != "unit-same" && d.Code != "unit-script" && d.Code != "ruby-missing" && !strings.HasPrefix(string(d.Code), "style-") || d.File != "content/"+folder+language+".md" {
				t.Errorf("%s: %s %s", language, d.Position, d.Code)
			}
		}
	}
}
