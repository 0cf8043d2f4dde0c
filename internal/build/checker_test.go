package build

import (
	"bytes"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"sitegen/internal/space"
	"sitegen/internal/testcontent"
	"sitegen/wasm"
)

// smallRules reads the folder testdata/content-rules of cmd/sitegen into memory, so that a test can change it.
func smallRules(t *testing.T) fstest.MapFS {
	return testcontent.Files(t, os.DirFS("../../cmd/sitegen/testdata/content-rules"))
}

// The rules of the real content have no findings, and the module has its description.
func TestCheckRules(t *testing.T) {
	start := time.Now()
	r, found, err := CheckRules(t.Context(), os.DirFS("../../content"), "content")
	if err != nil || len(found) > 0 || r == nil {
		t.Fatal(err, found)
	}
	t.Logf("%+v, %d probes, %v", r.Report, r.Probes, time.Since(start))
	source := hashFiles(os.DirFS("../../content"), ruleFiles...)
	if r.About.Source != source || len(r.About.Version) != 12 || len(r.About.Inputs) == 0 {
		t.Errorf("%+v", r.About)
	}
}

// Rules with a byte order mark and CRLF give the same module.
func TestSameRulesAnyEditor(t *testing.T) {
	files := smallRules(t)
	before, found, err := CheckRules(t.Context(), files, "content")
	if err != nil || before == nil {
		t.Fatal(err, found)
	}
	for name, file := range files {
		if strings.HasPrefix(name, "rules/") || name == "facts.yaml" {
			files[name] = &fstest.MapFile{Data: []byte("\uFEFF" + strings.ReplaceAll(string(file.Data), "\n", "\r\n"))}
		}
	}
	after, found, err := CheckRules(t.Context(), files, "content")
	if err != nil || after == nil || !bytes.Equal(before.Module, after.Module) || !reflect.DeepEqual(before.About, after.About) || len(after.Set.Cases) != len(before.Set.Cases) {
		t.Errorf("the module differs: %v, %v", err, found)
	}
}

// A module that decides differently from the tables, or contains different tables, is a bug of sitegen and stops the build.
func TestDisagreement(t *testing.T) {
	files := smallRules(t)
	files["rules/enough.yaml"] = &fstest.MapFile{Data: []byte(`
- {id: in_hand, when: [outcome = show, have.paper], enough: yes}
- {id: perhaps, when: [outcome = show], enough: unsure}
- {id: nothing_held, when: [], enough: no}
`)}
	more := func(name, text string) {
		files[name] = &fstest.MapFile{Data: append(files[name].Data, text...)}
	}
	more("rules/interview.yaml", "  - {ask: have, again: true}\n")
	more("rules/add.yaml", "- {id: not_sure, when: [enough = unsure, have.card], tell: [by_post]}\n")
	original, found, err := CompileRules(files, "content")
	if err != nil || original == nil {
		t.Fatal(err, found)
	}
	noticed := func(module []byte) (is bool) {
		r := *original
		r.Module = module
		defer func() {
			is = strings.HasPrefix(fmt.Sprint(recover()), "BUG")
		}()
		_ = r.compare(t.Context(), space.Probes(r.Set.Ended, r.Set.Program))
		return
	}
	if noticed(original.Module) {
		t.Fatal("the module as it is does not agree")
	}
	other := *original.Set.Program
	other.Papers = 0
	if !noticed(wasm.Compile(other.Encode())) {
		t.Error("other tables are not noticed")
	}
	// The tables stay the same, and one byte of the code changes: the opcode of an addition becomes that of a subtraction. (Some of the
	// changed bytes are not opcodes.)
	tables, _ := wasm.Tables(original.Module)
	tried, told := 0, 0
	for at := len(original.Module) - len(tables) - 100; at > 200; at-- {
		if original.Module[at] != 0x6a || at%3 > 0 {
			continue
		}
		module := append([]byte(nil), original.Module...)
		module[at] = 0x6b
		tried++
		if noticed(module) {
			told++
		}
	}
	t.Logf("%d of %d changes of the code are noticed", told, tried)
	if tried < 10 || told < tried/3 { // these rules use few of the operators
		t.Error("too few")
	}
}

// Rules that are too large are reported as an editor's mistake.
func TestTooLarge(t *testing.T) {
	files := smallRules(t)
	var rows strings.Builder
	for i := range 700 {
		fmt.Fprintf(&rows, "- {id: r%d, when: [outcome = apply], with: [card], with_to: [new_paper]}\n", i)
	}
	files["rules/add.yaml"] = &fstest.MapFile{Data: append(files["rules/add.yaml"].Data, rows.String()...)}
	r, found, err := CompileRules(files, "book")
	if err != nil || r != nil {
		t.Fatal(err, "accepted")
	}
	for _, d := range found {
		if d.Code == "rule-too-large" && strings.HasPrefix(d.File, "book/rules/") {
			message, _ := d.Text("ja")
			t.Log(message)
			return
		}
	}
	t.Errorf("no rule-too-large: %v", found)
}

// Rules that did not change are not checked again, and changed rules are. Mistakes are reported every time.
func TestRulesMemory(t *testing.T) {
	files, memory := smallRules(t), &RulesMemory{}
	check := func() (*Rules, int) {
		t.Helper()
		r, found, err := memory.check(t.Context(), files, "content")
		if err != nil {
			t.Fatal(err)
		}
		return r, len(found)
	}
	first, _ := check()
	files["rules/text/ja.yaml"] = &fstest.MapFile{Data: []byte("words")}
	if again, _ := check(); again != first || first == nil {
		t.Error("checked again though no rule changed")
	}
	facts := string(files["facts.yaml"].Data)
	files["facts.yaml"] = &fstest.MapFile{Data: []byte(strings.Replace(facts, "2025-12-01", "2025-11-30", 1))}
	for range 2 {
		if r, mistakes := check(); r == first || mistakes == 0 {
			t.Errorf("another day is not noticed: %d mistakes", mistakes)
		}
	}
	files["facts.yaml"] = &fstest.MapFile{Data: []byte(facts)}
	if r, mistakes := check(); r == nil || mistakes != 0 {
		t.Errorf("not in order again: %d mistakes", mistakes)
	}
}

// If a rule file is saved during a check, the result is not remembered for the old files, because the editor may undo the change.
func TestRulesSavedMeanwhile(t *testing.T) {
	const name = "rules/add.yaml"
	files, memory := smallRules(t), &RulesMemory{}
	before := files[name]
	saving := testcontent.Saved{Files: files, Name: name, As: &fstest.MapFile{Data: append(slices.Clone(before.Data), "\n# saved\n"...)}}
	first, found, err := memory.check(t.Context(), saving, "content")
	if first == nil || len(found) > 0 || err != nil {
		t.Fatal(found, err)
	}
	files[name] = before
	if again, _, err := memory.check(t.Context(), files, "content"); again == first || err != nil {
		t.Errorf("rules are remembered that were read after the change (%v)", err)
	}
}
