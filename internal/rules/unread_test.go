package rules

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"sitegen/internal/diag"
	"sitegen/internal/sweep"
	"sitegen/internal/table"
)

// A fact or source that is gone is told where the rules name it, and breaks nothing. A short run tries a part of those that
// their files name, and the same part of the others.
func TestDeletedFacts(t *testing.T) {
	facts := load(t).facts
	named := map[string]bool{}
	for name, f := range ruleFiles(t) {
		if strings.HasPrefix(name, "rules/") {
			for _, word := range nameInText.FindAllString(string(f.Data), -1) {
				named[word] = true
			}
		}
	}
	list := slices.Concat(sortedKeys(facts.Days), sortedKeys(facts.Numbers), sortedKeys(facts.Sources))
	slices.SortStableFunc(list, func(a, b string) int { return table.BoolInt(named[b]) - table.BoolInt(named[a]) })
	used, step := 0, sweep.Of(1, 4)
	for i, id := range list {
		if i%step != 0 {
			continue
		}
		fewer := Facts{Days: maps.Clone(facts.Days), Numbers: maps.Clone(facts.Numbers), Units: facts.Units, Sources: maps.Clone(facts.Sources)}
		delete(fewer.Days, id)
		delete(fewer.Numbers, id)
		delete(fewer.Sources, id)
		set, found, err := LoadProving(ruleFiles(t), "content", fewer)
		switch {
		case err != nil:
			t.Fatal(err)
		case set != nil && len(found) == 0: // the rules do not need it
		case slices.ContainsFunc(found, func(d diag.Diagnostic) bool {
			return (d.Code == "rule-unknown-fact" || d.Code == "rule-unknown-source" || d.Code == "rule-unknown-value") && d.Line > 0
		}):
			used++
		default:
			t.Errorf("without %s: %v", id, found)
		}
	}
	if used < 40/step {
		t.Errorf("the rules need only %d facts and sources", used)
	}
}

var nameInText = regexp.MustCompile(`\w+`)

// Whatever file of the rules is missing, or cannot be understood at all, that is told and nothing else.
func TestUnreadFiles(t *testing.T) {
	facts := load(t).facts
	for _, name := range []string{inputsFile, vocabularyFile, conditionsFile, decideFile, addFile, lawsFile, casesFile} {
		for want, change := range map[diag.Code]func(files fstest.MapFS, text string){
			"file-missing":       func(files fstest.MapFS, _ string) { delete(files, name) },
			"encoding-shift-jis": func(files fstest.MapFS, _ string) { files[name].Data = []byte("# \x8e\x91\x8ai\x8am\x94F\x8f\x91\n") },
			"yaml-tab":           func(files fstest.MapFS, text string) { files[name].Data = []byte("\t" + text) },
		} {
			if name == casesFile && want == "yaml-tab" {
				continue // JSON may be indented with tabs
			}
			files := ruleFiles(t)
			change(files, string(files[name].Data))
			set, found, err := LoadProving(files, "content", facts)
			if err != nil || set != nil || len(found) != 1 || found[0].Code != want || found[0].File != "content/"+name {
				t.Errorf("%s: got %v, %v, want %s alone", name, found, err, want)
			}
		}
	}
}

// Halves of pairs are found wherever they are written, and nothing else.
func TestLoneSurrogates(t *testing.T) {
	for text, want := range map[string]int{
		`"\ud83d\ude00"`: -1, `"\ud83d"`: 1, `"\ude00"`: 1, `"\\ud83d"`: -1, `"\\\ud83d"`: 3, `"\ud83d\ud83d\ude00"`: 1, `"\u5c71\ud83d\u5c71"`: 7,
		`"\ud83`: -1, `"\`: -1, `"\uzzzz"`: -1, "": -1,
	} {
		if got := loneSurrogate([]byte(text)); got != want {
			t.Errorf("%s: got %d, want %d", text, got, want)
		}
	}
}
