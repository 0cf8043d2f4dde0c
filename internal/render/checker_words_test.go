package render

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/rules"
	"sitegen/internal/site"
)

// Words of the page that nothing puts up would be translated in vain.
func TestEveryWordOfThePageIsUsed(t *testing.T) {
	theme := os.DirFS("../../themes/default")
	page, err := ReadPageWords(theme)
	if err != nil {
		t.Fatal(err)
	}
	uses := func(pattern string) string {
		var all strings.Builder
		files, err := filepath.Glob(pattern)
		if err != nil || files == nil {
			t.Fatal(pattern, err)
		}
		for _, file := range files {
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			all.Write(source)
		}
		return all.String()
	}
	script := uses("../../themes/default/script/checker.ts") + uses("../../themes/default/script/checker/*.ts")
	for _, key := range page.Script {
		if !strings.Contains(script, "'"+key+"'") && !strings.HasPrefix(key, "date_error_") {
			t.Errorf("the script puts %s up nowhere", key)
		}
	}
	static := uses("../../themes/default/templates/checker*.html") + uses("checker*.go") + uses("noscript.go") + uses("../../cmd/sitegen/*.go") + uses("../site/checker.go")
	for _, key := range page.Static {
		if !strings.Contains(static, "Words."+key+".") && !strings.Contains(static, `"`+key+`"`) {
			t.Errorf("no template puts %s up", key)
		}
	}
}

// Who adds the lines that the findings show, below the places that they name, has the words that the rules ask for.
func TestMissingWordsAreShownAsLines(t *testing.T) {
	const name = "rules/text/en.yaml"
	content := os.DirFS("../../content")
	facts, err := rules.ReadFacts(content)
	if err != nil {
		t.Fatal(err)
	}
	set, _, err := rules.Load(content, "content", facts)
	if err != nil || set == nil {
		t.Fatal(err)
	}
	before, err := fs.ReadFile(content, name)
	if err != nil {
		t.Fatal(err)
	}
	page, err := ReadPageWords(os.DirFS("../../themes/default"))
	if err != nil {
		t.Fatal(err)
	}
	text := string(before)
	for _, entry := range []string{
		`  my_number_card:\n    name:.*\n    hint:.*\n`, `  welfare:\n(?:    .*\n)+`, `  ask_insurer:.*\n`, `  cert_return:.*\n`,
		`      old_card:\n        label:.*\n        hint:.*\n`, `  card_expiry:\n(?:    .*\n)+`,
	} {
		shorter := regexp.MustCompile(`(?m)^`+entry).ReplaceAllString(text, "")
		if shorter == text {
			t.Fatalf("%s has no %s", name, entry)
		}
		text = shorter
	}
	check := func(text string) []diag.Diagnostic {
		s, found, err := site.Load(replaced{content, name, []byte(text)}, "content", civil.Of(2026, 11, 22))
		found = slices.DeleteFunc(found, func(d diag.Diagnostic) bool { return strings.HasPrefix(string(d.Code), "parity-") }) // the lines hold no words yet
		if err != nil || diag.HasErrors(found) {
			t.Fatal(err, found)
		}
		return s.CheckRules(RuleIDs(set.Program, page))
	}
	found := check(text)
	if len(found) != 6 {
		t.Errorf("%d findings: %v", len(found), found)
	}
	lines := strings.SplitAfter(text, "\n")
	for _, d := range slices.Backward(found) {
		_, hint := d.Text("en")
		_, line, _ := strings.Cut(hint, "\n")
		lines = slices.Insert(lines, d.Line, line+"\n")
	}
	if again := check(strings.Join(lines, "")); len(again) > 0 {
		t.Errorf("with these lines there still is: %v", again)
	}
}

// replaced is a folder in which one file has another text.
type replaced struct {
	fs.FS
	name string
	text []byte
}

func (r replaced) Open(name string) (fs.File, error) {
	if name == r.name {
		return fstest.MapFS{name: {Data: r.text}}.Open(name)
	}
	return r.FS.Open(name)
}
