package render_test

import (
	"encoding/json"
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sitegen/internal/diag"
	"sitegen/internal/load"
	"sitegen/internal/render"
	"sitegen/internal/testcontent"
)

// slotOf matches a slot in a text that a script fills.
var slotOf = regexp.MustCompile("\x01(\\w+)\x02")

// A text that looks like a placeholder stays a text: authors cannot write what the scripts replace.
func TestPlaceholdersCannotBeForged(t *testing.T) {
	const forged, shown = `\{year\} \{constructor\} \{n\} @ $& `, "{year} {constructor} {n} @ $& "
	const file = "text/ja.yaml"
	content := testcontent.Permit(t)
	text := string(content[file].Data)
	for _, key := range []string{"printed", "search_count", "search_none", "search_paper", "question_count"} {
		line := regexp.MustCompile(`(?m)^  ` + key + `: "(.*)"$`)
		if !line.MatchString(text) {
			t.Fatal(key)
		}
		text = line.ReplaceAllString(text, "  "+key+": '"+strings.ReplaceAll(forged, "$", "$$")+"$1'")
	}
	content[file].Data = []byte(text)
	s, found, err := load.Site(content, "content", today)
	if found = slices.DeleteFunc(found, func(d diag.Diagnostic) bool { return d.Severity() != diag.Error }); err != nil || len(found) > 0 {
		t.Fatal(err, found)
	}
	all := filesIf(t, renderer(t, s, render.Options{}), func(path string) bool { return slices.Contains([]string{"ja/all.html", "ja/search/index.js"}, path) })
	check := func(what, words, shown string, slots ...string) {
		t.Helper()
		var found []string
		for _, m := range slotOf.FindAllStringSubmatch(words, -1) {
			found = append(found, m[1])
		}
		if !strings.HasPrefix(words, shown) || !slices.Equal(found, slots) {
			t.Errorf("%s: got %q with the slots %q, want %q with the slots %q", what, words, found, shown, slots)
		}
	}
	attribute := regexp.MustCompile(`<p ([^>]*)data-words="([^"]*)"`)
	lines := attribute.FindAllStringSubmatch(all["ja/all.html"], -1)
	if len(lines) != 2 {
		t.Fatalf("%d lines that a script fills: %q", len(lines), lines)
	}
	for _, m := range lines {
		var words string
		if err := json.Unmarshal([]byte(html.UnescapeString(m[2])), &words); err != nil {
			t.Fatal(m[2], err)
		}
		if strings.Contains(m[1], "printed") {
			check("printed", words, strings.ReplaceAll(shown, "&", "&amp;"), "year", "month", "day")
		} else {
			check("question_count", words, shown, "n")
		}
	}
	core := all["ja/search/index.js"]
	for key, slots := range map[string][]string{"count": {"n"}, "none": {"query"}, "paper": {"paper"}} {
		m := regexp.MustCompile(`"?\b` + key + `"?:("(?:[^"\\]|\\.)*")`).FindStringSubmatch(core)
		var words string
		if m == nil || json.Unmarshal([]byte(m[1]), &words) != nil {
			t.Fatalf("no words %s in %.2000s", key, core)
		}
		check(key, words, strings.NewReplacer("{", "｛", "}", "｝").Replace(shown), slots...)
	}
}
