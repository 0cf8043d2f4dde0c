package render

import (
	"io/fs"
	"os"
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

// The script knows the words of the page by their numbers alone.
func TestScriptAndPageNumberTheWordsAlike(t *testing.T) {
	source, err := os.ReadFile("../../themes/default/script/checker/words.ts")
	if err != nil {
		t.Fatal(err)
	}
	body := regexp.MustCompile(`(?s)enum W \{(.*)\}`).FindSubmatch(source)[1]
	if names := regexp.MustCompile(`\w+`).FindAllString(string(body), -1); !slices.Equal(names, scriptWords) {
		t.Errorf("words.ts: %v\nchecker.go: %v", names, scriptWords)
	}
}

// Words of the page that nothing puts up would be translated in vain.
func TestEveryWordOfThePageIsUsed(t *testing.T) {
	used := map[string]bool{}
	for _, key := range scriptWords {
		used[key] = true
	}
	for file, form := range map[string]string{
		"../../themes/default/templates/checker.html":       `\.Words\.(\w+)`,
		"../../themes/default/templates/checker-plain.html": `\.Words\.(\w+)`,
		"checker.go":       `(?:words|Words|Page)\["(\w+)"\]`,
		"checker_data.go":  `Page\["(\w+)"\]`,
		"checker_plain.go": `Page\["(\w+)"\]`,
	} {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range regexp.MustCompile(form).FindAllSubmatch(source, -1) {
			used[string(found[1])] = true
		}
	}
	s, _, err := site.Load(os.DirFS("../../content"), "content", civil.Of(2026, 11, 22))
	if err != nil {
		t.Fatal(err)
	}
	for _, call := range s.Checker.Calls {
		used[call.Key.Value] = true
	}
	for _, language := range s.Languages {
		for key := range language.Checker.Page {
			input, assumed := strings.CutPrefix(key, "assumed_")
			if _, asked := language.Checker.Questions[input]; !used[key] && !(assumed && asked) {
				t.Errorf("%s: page: %s is not used", language.ID, key)
			}
		}
	}
}

// What readOnce shortens, the script writes out again: the same regular expression stands in script/checker/data.ts.
func TestReadingsAreWrittenOutAgain(t *testing.T) {
	source, err := os.ReadFile("../../themes/default/script/checker/data.ts")
	if err != nil {
		t.Fatal(err)
	}
	const form = `\{[^{}|]+\|[^{}]+\}|([一-龠々]+)(?:([ぁ-ん]+)\})?`
	if !strings.Contains(string(source), "/"+form+"/g") {
		t.Error("data.ts reads another form")
	}
	texts := []string{
		"{薬局|やっきょく}や {薬局|やっきょく}へ {行|い}く。{行|い}って、{行|おこな}う",
		"{資格|しかく}{証明書|しょうめいしょ}の {資格|しかく}{証明書|しょうめいしょ}",
		"{3日|みっか}と {日|ひ}と 本{日|ひ}、{日|にち}",
		"{date}（{era}）、{{day}日|{day_name}} {日|ひ}",
		"{何|なに}か{何|なに}かか} 119{番|ばん} {番|ばん}",
	}
	content, err := os.ReadFile("../../content/rules/text/ja-easy.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range append(texts, string(content)) {
		readings := map[string]string{}
		short := readOnce(text)
		again := regexp.MustCompile(form).ReplaceAllStringFunc(short, func(found string) string {
			match := regexp.MustCompile(form).FindStringSubmatch(found)
			if match[1] == "" {
				return found
			}
			if match[2] != "" {
				readings[match[1]] = match[2]
			}
			if readings[match[1]] == "" {
				return found
			}
			return "{" + match[1] + "|" + readings[match[1]] + "}"
		})
		if again != text {
			t.Errorf("%.300q\nis read as\n%.300q", short, again)
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
	text := string(before)
	for _, entry := range []string{
		`  my_number_card:\n    name:.*\n    hint:.*\n`, `  welfare:\n    title:.*\n    text:.*\n    say:.*\n`, `  ask_insurer:.*\n`, `  cert_return:.*\n`,
		`      old_card:\n        label:.*\n        hint:.*\n`, `  cert_expiry:\n(?:    .*\n)+`,
	} {
		shorter := regexp.MustCompile(`(?m)^`+entry).ReplaceAllString(text, "")
		if shorter == text {
			t.Fatalf("%s has no %s", name, entry)
		}
		text = shorter
	}
	check := func(text string) []diag.Diagnostic {
		s, found, err := site.Load(replaced{content, name, []byte(text)}, "content", civil.Of(2026, 11, 22))
		if err != nil || diag.HasErrors(found) {
			t.Fatal(err, found)
		}
		return s.CheckRules(RuleIDs(set.Program))
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
