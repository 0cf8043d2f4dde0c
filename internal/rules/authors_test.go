package rules

import (
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// ruleFiles returns the real rules in memory, to be changed.
func ruleFiles(t testing.TB) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	content := os.DirFS("../../content")
	for _, pattern := range []string{"rules/*.*", policiesFile, "profiles/*/profile.yaml"} {
		names, err := fs.Glob(content, pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			data, err := fs.ReadFile(content, name)
			if err != nil {
				t.Fatal(err)
			}
			files[name] = &fstest.MapFile{Data: data}
		}
	}
	return files
}

func replaceIn(t testing.TB, files fstest.MapFS, name, old, with string) {
	t.Helper()
	text := string(files[name].Data)
	if !strings.Contains(text, old) {
		t.Fatalf("%s does not contain %q", name, old)
	}
	files[name] = &fstest.MapFile{Data: []byte(strings.Replace(text, old, with, 1))}
}

// mistakes are slips of an editor, and the finding that each must lead to: file:line:column, code.
var mistakes = []struct{ name, file, old, with, code, hint string }{
	{"condition misspelt", decideFile, "when: [on_welfare]", "when: [on_wellfare]", "rule-unknown-name", "on_welfare"},
	{"value misspelt", decideFile, "place = disaster", "place = disastre", "rule-unknown-value", "disaster"},
	{"input misspelt", decideFile, "have.old_card]", "hav.old_card]", "rule-unknown-set", "have"},
	{"outcome misspelt", decideFile, "outcome: school_trip", "outcome: scool_trip", "rule-unknown-value", "school_trip"},
	{"document misspelt", decideFile, "[[welfare_ticket]]", "[[welfare_tiket]]", "rule-unknown-value", "welfare_ticket"},
	{"note misspelt", addFile, "tell: [emergency_first]", "tell: [emergency_frist]", "rule-unknown-value", "emergency_first"},
	{"source misspelt", decideFile, "sources: [j_disaster]", "sources: [j_disastr]", "rule-unknown-source", "j_disaster"},
	{"fact misspelt", conditionsFile, "fact:phone_start", "fact:fone_start", "rule-unknown-fact", "phone_start"},
	{"date written out", conditionsFile, "fact:phone_start", "2025-09-19", "rule-fact-wanted", "fact:"},
	{"duration written out", conditionsFile, "end_of_month(ecert_expiry, fact:ecert_grace)", "end_of_month(ecert_expiry, 3)", "rule-fact-wanted", "facts.yaml"},
	{"wrong unit", conditionsFile, "fact:ecert_grace)", "fact:short_stay_days)", "rule-unknown-fact", "facts.yaml"},
	{"comparison without the visit", conditionsFile, "visit_date > card_expiry", "ecert_expiry > card_expiry", "rule-date-visit", "visit_date"},
	{"two conditions in one line", decideFile, "when: [needs.short_stay]", "when: [needs.short_stay insurer]", "rule-unreadable", "cert_valid"},
	{"full-width sign", decideFile, "when: [place = disaster]", "when: [place ＝ disaster]", "rule-unreadable", "cert_valid"},
	{"set without value", decideFile, "when: [have.old_card]", "when: [have]", "rule-set-value", "have.my_number_card"},
	{"outcome too early", decideFile, "when: [on_welfare]", "when: [outcome = welfare]", "rule-outcome-early", "add.yaml"},
	{"all and any", conditionsFile, "  any: [have.my_number_card, card = owned]", "  any: [have.my_number_card, card = owned]\n  all: [card = owned]", "rule-all-or-any", "any"},
	{"row id twice", decideFile, "id: checkup", "id: work_injury", "rule-name-taken", ""},
	{"row without effect", addFile, "tell: [emergency_first], ", "", "rule-no-effect", "tell"},
	{"unused condition", conditionsFile, "holds_card:", "forgotten:\n  means: {ja: x, en: x}\n  any: [card = lost]\nholds_card:", "rule-dead-name", ""},
	{"unknown key", decideFile, "outcome: disaster,", "outcom: disaster,", "yaml-unknown-key", "outcome"},
	{"profile's policy misspelt", "profiles/sk/profile.yaml", "cert_delivery: employer", "cert_delivery: emplyer", "rule-unknown-value", "emplyer"},
	{"case misspelt", casesFile, `"place": "reader"`, `"place": "raeder"`, "rule-case-unreadable", ""},
	{"gap", decideFile, "{id: nothing, when: []", "{id: nothing, when: [not needs.overseas]", "rule-gap", ""},
	{"overlap", decideFile, "not cannot_read, not ecert_grace, not ecert_soon, card_soon]", "not cannot_read, not ecert_soon, card_soon]", "rule-overlap", ""},
	{"row that is never reached", decideFile, "when: [class_trip]", "when: [class_trip, place = disaster]", "rule-dead-row", ""},
	{"note that reaches nobody", addFile, "when: [outcome = disaster], tell", "when: [outcome = disaster, needs.workers_comp, place = reader], tell", "rule-dead-row", ""},
	{"card offered to a person in hiding", conditionsFile, "all: [not card = lost, not needs.dv, not former]", "all: [not card = lost, not former]", "rule-law", "law_4_dv_card"},
	{"old card after its end", conditionsFile, "visit_date <= earlier(fact:old_card_last_day, old_card_expiry)", "visit_date <= earlier(fact:interim_last_day, old_card_expiry)", "rule-law", "law"},
	{"grace without a word", addFile, "when: [card_offered, ecert_grace]", "when: [card_offered, ecert_grace, not needs.assist]", "rule-law", "law"},
	{"unsafe unknown", conditionsFile, "place = no_reader or reader_down or unknown", "place = no_reader or reader_down", "rule-unknown-unsafe", "inputs.yaml"},
	{"value without effect", addFile, "phone = iphone or android", "phone = iphone", "rule-dead-value", ""},
	{"wrong outcome", decideFile, "outcome: cert_expired_contact", "outcome: no_valid_doc", "rule-outcome-unreachable", ""},
	{"wrong day", conditionsFile, "visit_date >= fact:interim_first_day\n", "visit_date > fact:interim_first_day\n", "rule-case-fails", ""},
}

func TestMistakesAreTold(t *testing.T) {
	facts := load(t).facts
	for _, m := range mistakes {
		t.Run(m.name, func(t *testing.T) {
			files := ruleFiles(t)
			replaceIn(t, files, m.file, m.old, m.with)
			set, found, err := Load(files, "content", facts)
			if err != nil {
				t.Fatal(err)
			}
			if set != nil {
				_, more := set.Verify()
				found = append(append(found, more...), set.CheckCases()...)
			}
			var told []string
			for _, d := range found {
				for _, language := range []string{"ja", "en"} {
					message, hint := d.Text(language)
					if strings.Contains(message+hint, "%!") {
						t.Errorf("badly worded: %s %s", message, hint)
					}
					told = append(told, fmt.Sprintf("%s [%s] %s; %s", d.Position, d.Code, message, hint))
				}
			}
			if !slices.ContainsFunc(told, func(text string) bool {
				return strings.Contains(text, "["+m.code+"]") && strings.Contains(text, m.hint) && strings.HasPrefix(text, "content/")
			}) {
				t.Errorf("no [%s] with %q, but:\n%s", m.code, m.hint, strings.Join(told, "\n"))
			}
		})
	}
}

// TestLargeRules: twenty inputs and two hundred rows are verified within five seconds.
func TestLargeRules(t *testing.T) {
	facts := load(t).facts
	set, found, err := Load(largeRules(), "content", facts)
	if err != nil || set == nil {
		t.Fatal(err, found)
	}
	start := time.Now()
	report, findings := set.Verify()
	took := time.Since(start)
	t.Logf("%+v, %d findings in %v", report, len(findings), took)
	for _, d := range findings {
		if d.Code == "rule-gap" || d.Code == "rule-overlap" {
			message, _ := d.Text("en")
			t.Errorf("%s: %s", d.Position, message)
		}
	}
	if took > 5*time.Second {
		t.Errorf("verification took %v", took)
	}
}

// largeRules writes a rule set of twenty inputs (three dates, a set, a number, fifteen choices), 150 rows that decide
// in ten layers and 50 that add. As in real rules, a layer is about a few inputs, and neighbours share some.
func largeRules() fstest.MapFS {
	number := &sampler{state: 9}
	words := "{ja: x, en: x}"
	var inputs, conditions, decide, add, vocabulary strings.Builder
	fmt.Fprintf(&inputs, "visit_date: {kind: date, name: %s}\nhold: {kind: set, name: %s, ask: [], values: {", words, words)
	for i := range 12 {
		fmt.Fprintf(&inputs, "d%d: %s, ", i, words)
	}
	inputs.WriteString("last: " + words + "}}\n")
	for i := range 2 {
		fmt.Fprintf(&inputs, "until%d: {kind: date, name: %s, default: unknown, special: {unknown: %s}, ask: []}\n", i, words, words)
		fmt.Fprintf(&conditions, "alive%d: {means: %s, all: [visit_date <= until%d]}\n", i, words, i)
		fmt.Fprintf(&conditions, "grace%d:\n  means: %s\n  all:\n    - visit_date > until%d\n    - visit_date <= end_of_month(until%d, fact:ecert_grace)\n", i, words, i, i)
	}
	fmt.Fprintf(&inputs, "years: {kind: number, name: %s, default: none, special: {none: %s}}\n", words, words)
	for i := range 15 {
		fmt.Fprintf(&inputs, "c%d: {kind: choice, name: %s, default: v0, ask: [], values: {v0: %s, v1: %s, v2: %s, v3: %s, v4: %s}}\n", i, words, words, words, words, words, words)
	}
	literal := func(near int) string {
		switch number.below(5) {
		case 0:
			return fmt.Sprintf("hold.d%d", near)
		case 1:
			return fmt.Sprintf("alive%d", near%2)
		case 2:
			return fmt.Sprintf("not grace%d", near%2)
		case 3:
			return fmt.Sprintf("not c%d = v%d", near+2, number.below(5))
		}
		return fmt.Sprintf("c%d = v%d or v%d", near+2, number.below(5), number.below(5))
	}
	for layer := range 10 {
		fmt.Fprintf(&decide, "- layer: l%d\n  means: %s\n  rows:\n", layer, words)
		for r := range 15 {
			fmt.Fprintf(&decide, "    - {id: r%d_%d, when: [c%d = v%d, c%d = v%d, %s, %s], outcome: o%d, bring: [[d%d]], sources: [sk]}\n",
				layer, r, layer, r/3, layer+1, r%3, literal(layer), literal(layer), number.below(20), number.below(12))
		}
	}
	fmt.Fprintf(&decide, "- layer: rest\n  means: %s\n  rows:\n    - {id: rest, when: [], outcome: o0, bring: [], sources: [sk]}\n", words)
	vocabulary.WriteString("outcomes:\n")
	for i := range 20 {
		fmt.Fprintf(&vocabulary, "  o%d: %s\n", i, words)
	}
	fmt.Fprintf(&vocabulary, "documents: {extra: %s}\nalways_accepted: [extra]\nnotes:\n", words)
	for i := range 50 {
		fmt.Fprintf(&vocabulary, "  n%d: %s\n", i, words)
		fmt.Fprintf(&add, "- {id: a%d, when: [outcome = o%d or o%d, %s, %s], tell: [n%d]}\n", i, number.below(20), number.below(20), literal(i%12), literal(i%12), i)
	}
	files := fstest.MapFS{}
	for name, text := range map[string]string{
		inputsFile: inputs.String(), vocabularyFile: vocabulary.String(), conditionsFile: conditions.String(),
		decideFile: decide.String(), addFile: add.String(), lawsFile: "[]\n", casesFile: `{"cases": []}`,
	} {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return files
}
