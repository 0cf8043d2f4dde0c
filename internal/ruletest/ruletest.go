// Package ruletest has rule sets for the tests of several packages (the real one, small ones and a large one), and ways to
// change them.
package ruletest

import (
	"embed"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"sitegen/internal/diag"
	"sitegen/internal/rulefacts"
	"sitegen/internal/rulefile"
	"sitegen/internal/rules"
	"sitegen/internal/space"
	"sitegen/internal/testcontent"
)

var theRules *rules.Set

// Load returns the rules of the real content folder. They are read once for all tests, so no test may change them.
func Load(t testing.TB) *rules.Set {
	t.Helper()
	if theRules == nil {
		theRules = Read(t)
	}
	return theRules
}

// Read reads the rules of the real content folder and returns a new set.
func Read(t testing.TB) *rules.Set {
	t.Helper()
	set, found, err := rulefile.Load(os.DirFS("../../content"), "content", RealFacts(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(found) > 0 {
		diag.Print(os.Stderr, found, "en")
	}
	if set == nil {
		t.FailNow()
	}
	return set
}

// RealFacts returns the facts of the real rules.
func RealFacts(t testing.TB) rules.Facts {
	t.Helper()
	facts, err := rulefacts.Read(os.DirFS("../../content"))
	if err != nil {
		t.Fatal(err)
	}
	return facts
}

// RuleFiles returns the real rules as files in memory, so that a test can change them.
func RuleFiles(t testing.TB) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	content := os.DirFS("../../content")
	for _, pattern := range []string{"rules/*.*", rules.PoliciesFile, rules.FactsFile, rules.SourcesFile, "profiles/*/profile.yaml"} {
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

// ReplaceIn replaces the first occurrence of a text in a file.
func ReplaceIn(t testing.TB, files fstest.MapFS, name, old, with string) {
	t.Helper()
	text := string(files[name].Data)
	if !strings.Contains(text, old) {
		t.Fatalf("%s does not contain %q", name, old)
	}
	files[name] = &fstest.MapFile{Data: []byte(strings.Replace(text, old, with, 1))}
}

// LargeRules returns the files of a large rule set. It has twenty inputs: three dates, a set, a number and fifteen choices.
// Its decision has 150 rows in ten layers, and a last row for everybody for whom no earlier row holds. It also has 50 additive
// rows. As in real rules, a layer depends on a few inputs, and neighbouring layers share some of them.
func LargeRules() fstest.MapFS {
	number := space.NewSampler(nil, 9)
	words := "{ja: x, en: x}"
	var inputs, conditions, decide, add, vocabulary strings.Builder
	fmt.Fprintf(&inputs, "visit_date: {kind: date, role: visit, name: %s}\nhold: {kind: set, role: held, name: %s, values: {", words, words)
	for i := range 12 {
		fmt.Fprintf(&inputs, "d%d: %s, ", i, words)
	}
	inputs.WriteString("last: " + words + "}}\n")
	for i := range 2 {
		fmt.Fprintf(&inputs, "until%d: {kind: date, name: %s, default: unknown, special: {unknown: %s}, unknown: {unknown: {}}}\n", i, words, words)
		fmt.Fprintf(&conditions, "alive%d: {means: %s, all: [visit_date <= until%d]}\n", i, words, i)
		fmt.Fprintf(&conditions, "grace%d:\n  means: %s\n  all:\n    - visit_date > until%d\n    - visit_date <= end_of_month(until%d, fact:ecert_grace)\n", i, words, i, i)
	}
	fmt.Fprintf(&inputs, "years: {kind: number, name: %s, default: none, special: {none: %s}, unknown: {}}\n", words, words)
	for i := range 15 {
		fmt.Fprintf(&inputs, "c%d: {kind: choice, name: %s, default: v0, values: {v0: %s, v1: %s, v2: %s, v3: %s, v4: %s}, unknown: {}}\n", i, words, words, words, words, words, words)
	}
	literal := func(near int) string {
		switch number.Below(5) {
		case 0:
			return fmt.Sprintf("hold.d%d", near)
		case 1:
			return fmt.Sprintf("alive%d", near%2)
		case 2:
			return fmt.Sprintf("not grace%d", near%2)
		case 3:
			return fmt.Sprintf("not c%d = v%d", near+2, number.Below(5))
		}
		return fmt.Sprintf("c%d = v%d or v%d", near+2, number.Below(5), number.Below(5))
	}
	for layer := range 10 {
		fmt.Fprintf(&decide, "- layer: l%d\n  means: %s\n  rows:\n", layer, words)
		for r := range 15 {
			fmt.Fprintf(&decide, "    - {id: r%d_%d, when: [c%d = v%d, c%d = v%d, %s, %s], outcome: o%d, bring: [[d%d]], sources: [sk]}\n",
				layer, r, layer, r/3, layer+1, r%3, literal(layer), literal(layer), number.Below(20), number.Below(12))
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
		fmt.Fprintf(&add, "- {id: a%d, when: [outcome = o%d or o%d, %s, %s], tell: [n%d]}\n", i, number.Below(20), number.Below(20), literal(i%12), literal(i%12), i)
	}
	files := fstest.MapFS{}
	for name, text := range map[string]string{
		rules.InputsFile: inputs.String(), rules.VocabularyFile: vocabulary.String(), rules.ConditionsFile: conditions.String(),
		rules.DecideFile: decide.String(), rules.AddFile: add.String(), rules.LawsFile: "[]\n", rules.CasesFile: `{"cases": []}`,
	} {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return files
}

//go:embed testdata/office
var office embed.FS

// OfficeFiles returns a small rule set as files in memory, so that a test can change it. Its interview has every kind of step.
func OfficeFiles(t testing.TB) fstest.MapFS {
	t.Helper()
	folder, err := fs.Sub(office, "testdata/office")
	if err != nil {
		t.Fatal(err)
	}
	return testcontent.Files(t, folder)
}

// LoadOf reads rules from files in memory. The test fails if they have errors.
func LoadOf(t testing.TB, files fstest.MapFS) *rules.Set {
	t.Helper()
	facts, err := rulefacts.Read(files)
	if err != nil {
		t.Fatal(err)
	}
	s, found, err := rulefile.Load(files, "content", facts)
	if err != nil {
		t.Fatal(err)
	}
	if s == nil {
		t.Fatal(TextOf(found))
	}
	return s
}

// TextOf writes findings as an editor sees them.
func TextOf(found []diag.Diagnostic) string {
	var b strings.Builder
	diag.Print(&b, found, "en")
	return b.String()
}

// Edited returns the real rules with changes. A change has the name of a file, a text in it, and its replacement. `facts` are
// the facts that the rules name.
func Edited(t *testing.T, facts rules.Facts, changes ...[3]string) *rules.Set {
	t.Helper()
	files := RuleFiles(t)
	delete(files, "rules/boundaries.json") // the people in it were accepted with the unchanged rules
	for _, change := range changes {
		ReplaceIn(t, files, change[0], change[1], change[2])
	}
	set, found, err := rulefile.Load(files, "content", facts)
	if err != nil || set == nil {
		t.Fatal(found, err)
	}
	return set
}

// SmallSet reads the small rules from the tests of cmd/sitegen. It also returns the text that AcceptedFile would have for
// them.
func SmallSet(t testing.TB) (*rules.Set, []byte) {
	t.Helper()
	content := os.DirFS("../../cmd/sitegen/testdata/content-rules")
	facts, err := rulefacts.Read(content)
	if err != nil {
		t.Fatal(err)
	}
	s, found, err := rulefile.Load(content, "content", facts)
	if err != nil || s == nil {
		t.Fatal(found, err)
	}
	return s, s.Text(true)
}
