package checkerpage_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"sitegen/internal/checkerpage"
	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/load"
	"sitegen/internal/prove"
	"sitegen/internal/rulefacts"
	"sitegen/internal/rulefile"
	"sitegen/internal/rules"
	"sitegen/internal/ruletest"
)

// Every word in the theme's list is shown by the script, or by a template or the program. A word that is never shown would be
// translated for nothing.
func TestEveryWordOfThePageIsUsed(t *testing.T) {
	theme := os.DirFS("../../themes/default")
	page, err := checkerpage.ReadThemeWords(theme)
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
	script := uses("../../themes/default/script/checker.ts") + uses("../../themes/default/script/checker/*.ts") + uses("../../themes/default/script/tools/*.ts")
	for _, key := range page.Script {
		if !strings.Contains(script, "'"+key+"'") && !strings.HasPrefix(key, "date_error_") {
			t.Errorf("the script puts %s up nowhere", key)
		}
	}
	static := uses("../../themes/default/templates/checker*.html") + uses("../checker/*.go") + uses("../render/checker.go") + uses("../../themes/default/templates/home.html") + uses("../ask/*.go") + uses("../typeset/*.go")
	for _, key := range page.Static {
		if !strings.Contains(static, "Words."+key+".") && !strings.Contains(static, `"`+key+`"`) {
			t.Errorf("no template puts %s up", key)
		}
	}
}

// rulesOf loads the rules of a content folder.
func rulesOf(t *testing.T, content fs.FS) *rules.Set {
	t.Helper()
	facts, err := rulefacts.Read(content)
	if err != nil {
		t.Fatal(err)
	}
	set, found, err := rulefile.Load(content, "content", facts)
	if err != nil || set == nil {
		t.Fatal(err, found)
	}
	return set
}

// Each finding about missing words shows the lines to add, and the line below which they belong. Adding them satisfies the
// check.
func TestMissingWordsAreShownAsLines(t *testing.T) {
	const name = "rules/text/en.yaml"
	content := os.DirFS("../../content")
	set := rulesOf(t, content)
	before, err := fs.ReadFile(content, name)
	if err != nil {
		t.Fatal(err)
	}
	page, err := checkerpage.ReadThemeWords(os.DirFS("../../themes/default"))
	if err != nil {
		t.Fatal(err)
	}
	text := string(before)
	for _, entry := range []string{
		`  my_number_card:\n    name:.*\n    hint:.*\n`, `  welfare:\n(?:    .*\n)+`, `  ask_insurer:.*\n`, `  no_change:.*\n`, `  cert_return:.*\n`,
		`      old_card:\n        label:.*\n        hint:.*\n`, `  card_expiry:\n(?:    .*\n)+`,
	} {
		shorter := regexp.MustCompile(`(?m)^`+entry).ReplaceAllString(text, "")
		if shorter == text {
			t.Fatalf("%s has no %s", name, entry)
		}
		text = shorter
	}
	check := func(text string) []diag.Diagnostic {
		s, found, err := load.Site(replaced{content, name, []byte(text)}, "content", civil.Of(2026, 11, 22))
		found = slices.DeleteFunc(found, func(d diag.Diagnostic) bool { return strings.HasPrefix(string(d.Code), "parity-") }) // the added lines have empty texts
		if err != nil || diag.HasErrors(found) {
			t.Fatal(err, found)
		}
		ids := checkerpage.NewRuleIDs(set.Program, page)
		ids.Covering = prove.NewCovering(set)
		found, _ = s.CheckRules(ids)
		return found
	}
	found := check(text)
	if len(found) != 7 {
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

// replaced is a file system in which the file with the given name has the given text.
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

// without is a file system that lacks a folder.
type without struct {
	fs.FS
	folder string
}

func (w without) Open(name string) (fs.File, error) {
	if name == w.folder || strings.HasPrefix(name, w.folder+"/") {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return w.FS.Open(name)
}

// TestNotOffered puts every value of every question into not_offered of page.yaml. Each is reported at its place, except for the one
// value that a different answer covers for everybody.
func TestNotOffered(t *testing.T) {
	content := without{os.DirFS("../../content"), "faq"}
	set := rulesOf(t, content)
	const name, list = "rules/page.yaml", "not_offered:\n  card: [owned]\n"
	before, err := fs.ReadFile(content, name)
	if err != nil || !strings.Contains(string(before), list) {
		t.Fatal(err, name)
	}
	page, err := checkerpage.ReadThemeWords(os.DirFS("../../themes/default"))
	if err != nil {
		t.Fatal(err)
	}
	ids := checkerpage.NewRuleIDs(set.Program, page)
	ids.Covering = prove.NewCovering(set)
	tried := 0
	try := func(lines string, values []string) {
		text := strings.Replace(string(before), list, "not_offered:\n"+lines, 1)
		s, wrong, err := load.Site(replaced{content, name, []byte(text)}, "content", civil.Of(2026, 11, 22))
		if wrong = slices.DeleteFunc(wrong, func(d diag.Diagnostic) bool { return d.File != "content/"+name || d.Code == "question-gone" }); err != nil || len(wrong) > 0 {
			t.Fatal(err, ruletest.TextOf(wrong))
		}
		told := map[string]bool{}
		for _, d := range s.Checker.Check(ids) {
			if d.Code == "rules-page-uncovered" && d.Line > 0 && d.Column > 0 {
				told[d.Args[0].(string)] = true
			}
		}
		for _, value := range values {
			if told[value] == (value == "card: owned") {
				t.Errorf("%s: reported %v", value, told[value])
			}
		}
		tried += len(values)
	}
	lines, values := "", []string(nil)
	for _, in := range set.Inputs {
		if in.Policy || len(ids.Inputs[in.ID]) == 0 {
			continue
		}
		lines += "  " + in.ID + ": [" + strings.Join(ids.Inputs[in.ID], ", ") + "]\n"
		for _, value := range ids.Inputs[in.ID] {
			values = append(values, in.ID+": "+value)
		}
		if len(values) > 50 { // a check reports at most 100 findings
			try(lines, values)
			lines, values = "", nil
		}
	}
	if len(values) > 0 {
		try(lines, values)
	}
	if tried < 100 {
		t.Errorf("only %d values were tried", tried)
	}
}

// TestPageMutants removes one value at a time from the lists of groups, circumstances and secrets. Loading, CheckRules or the
// proof of the interview must notice each removal. The test tries every 40th removal, or every n-th with MUTANTS=n.
func TestPageMutants(t *testing.T) {
	content := without{os.DirFS("../../content"), "faq"} // leave out the questions, which these lists do not mention
	facts, err := rulefacts.Read(content)
	if err != nil {
		t.Fatal(err)
	}
	page, err := checkerpage.ReadThemeWords(os.DirFS("../../themes/default"))
	if err != nil {
		t.Fatal(err)
	}
	var set *rules.Set
	finds := func(content fs.FS) int {
		loaded, told, err := rulefile.Load(content, "content", facts)
		if err != nil {
			t.Fatal(err)
		}
		if set = loaded; set == nil {
			return len(told)
		}
		s, _, err := load.Site(content, "content", civil.Of(2026, 11, 22))
		if err != nil {
			t.Fatal(err)
		}
		ids := checkerpage.NewRuleIDs(set.Program, page)
		ids.Covering = prove.NewCovering(set)
		found, _ := s.CheckRules(ids)
		return len(found)
	}
	if n := finds(content); n > 0 {
		t.Fatalf("%d findings before anything is missing", n)
	}
	step := 40
	if n, err := strconv.Atoi(os.Getenv("MUTANTS")); err == nil {
		step = n
	}
	tried := 0
	all := map[string][]string{}
	for _, in := range set.Program.Names.Inputs {
		all[in.ID] = in.Values
	}
	for _, m := range slices.Concat(missing(t, content, all, "rules/page.yaml", "groups", "circumstances"), missing(t, content, all, "rules/interview.yaml", "circumstances", "secret")) {
		if tried++; tried%step > 0 || finds(replaced{content, m.name, m.text}) > 0 {
			continue
		}
		if _, found := prove.VerifyInterview(set); len(found) == 0 { // VerifyInterview proves again, because these tables differ from the accepted ones
			t.Errorf("nobody notices that %s is missing from line %d of %s", m.value, m.line, m.name)
		}
	}
	t.Logf("%d mutants, every %d-th", tried, step)
}

// missingValue is a copy of a file in which one value of a list is missing.
type missingValue struct {
	replaced
	value string
	line  int
}

// missing returns copies of a file. Each copy lacks one value of a list below one of `keys`. `all` maps an input to its values; in
// the file, the list [all] stands for these.
func missing(t *testing.T, content fs.FS, all map[string][]string, name string, keys ...string) (list []missingValue) {
	text, err := fs.ReadFile(content, name)
	if err != nil {
		t.Fatal(err)
	}
	inside, at := false, 0
	for i, line := range strings.SplitAfter(string(text), "\n") {
		code, _, _ := strings.Cut(line, "#")
		if key, _, found := strings.Cut(code, ":"); found && key != "" && key[0] != ' ' {
			inside = slices.Contains(keys, key)
		}
		for _, l := range regexp.MustCompile(`\[([^\[\]]+)\]`).FindAllStringSubmatchIndex(code, -1) {
			values := strings.Split(code[l[2]:l[3]], ", ")
			if values[0] == "all" {
				input, _, _ := strings.Cut(strings.TrimSpace(code), ":")
				values = all[input]
			}
			for k, value := range values {
				if inside {
					left := strings.Join(slices.Delete(slices.Clone(values), k, k+1), ", ")
					changed := slices.Concat(text[:at+l[2]], []byte(left), text[at+l[3]:])
					list = append(list, missingValue{replaced{content, name, changed}, value, i + 1})
				}
			}
		}
		at += len(line)
	}
	return list
}
