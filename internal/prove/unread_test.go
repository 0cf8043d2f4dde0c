package prove

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"sitegen/internal/diag"
	"sitegen/internal/rules"
	"sitegen/internal/ruletest"
	"sitegen/internal/sweep"
	"sitegen/internal/table"
)

// A fact or source that is deleted is reported where the rules name it, and nothing else breaks. `make test` tries a quarter of
// the facts and sources: a quarter of those that the rules name, and a quarter of the others.
func TestDeletedFacts(t *testing.T) {
	facts := ruletest.RealFacts(t)
	named := map[string]bool{}
	for name, f := range ruletest.RuleFiles(t) {
		if strings.HasPrefix(name, "rules/") {
			for _, word := range nameInText.FindAllString(string(f.Data), -1) {
				named[word] = true
			}
		}
	}
	list := slices.Concat(slices.Sorted(maps.Keys(facts.Days)), slices.Sorted(maps.Keys(facts.Numbers)), slices.Sorted(maps.Keys(facts.Sources)))
	slices.SortStableFunc(list, func(a, b string) int { return table.BoolInt(named[b]) - table.BoolInt(named[a]) })
	used, step := 0, sweep.Of(1, 10)
	for i, id := range list {
		if i%step != 0 {
			continue
		}
		fewer := rules.Facts{Days: maps.Clone(facts.Days), Numbers: maps.Clone(facts.Numbers), Units: facts.Units, Sources: maps.Clone(facts.Sources)}
		delete(fewer.Days, id)
		delete(fewer.Numbers, id)
		delete(fewer.Sources, id)
		set, found, err := Load(ruletest.RuleFiles(t), "content", fewer)
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

// If a file of the rules is missing or unreadable, this is the only finding.
func TestUnreadFiles(t *testing.T) {
	facts := ruletest.RealFacts(t)
	for _, name := range []string{rules.InputsFile, rules.VocabularyFile, rules.ConditionsFile, rules.DecideFile, rules.AddFile, rules.LawsFile, rules.CasesFile} {
		for want, change := range map[diag.Code]func(files fstest.MapFS, text string){
			"file-missing":       func(files fstest.MapFS, _ string) { delete(files, name) },
			"encoding-shift-jis": func(files fstest.MapFS, _ string) { files[name].Data = []byte("# \x8e\x91\x8ai\x8am\x94F\x8f\x91\n") },
			"yaml-tab":           func(files fstest.MapFS, text string) { files[name].Data = []byte("\t" + text) },
		} {
			if name == rules.CasesFile && want == "yaml-tab" {
				continue // JSON may be indented with tabs
			}
			files := ruletest.RuleFiles(t)
			change(files, string(files[name].Data))
			set, found, err := Load(files, "content", facts)
			if err != nil || set != nil || len(found) != 1 || found[0].Code != want || found[0].File != "content/"+name {
				t.Errorf("%s: got %v, %v, want %s alone", name, found, err, want)
			}
		}
	}
}
