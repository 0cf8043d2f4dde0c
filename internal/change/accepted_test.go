package change

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"

	"sitegen/internal/diag"
	"sitegen/internal/rules"
	"sitegen/internal/ruletest"
)

// accepted reads what was accepted in the real content folder.
func accepted(t testing.TB, s *rules.Set) *Accepted {
	t.Helper()
	a, err := ReadAccepted(s, os.DirFS("../../content"), "content")
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestAccepted: the site's rules are those that were accepted, and accepting them again changes no byte.
func TestAccepted(t *testing.T) {
	s := ruletest.Load(t)
	a := accepted(t, s)
	start := time.Now()
	found := Check(s, a)
	t.Logf("checked in %v: %d people", time.Since(start), len(a.turns))
	if len(found) > 0 {
		diag.Print(os.Stderr, found, "en")
		t.Error("the rules are not the accepted ones: sitegen rules accept")
	}
	start = time.Now()
	files := Accept(s, a, true)
	t.Logf("accepted in %v", time.Since(start))
	for name, data := range files {
		t.Logf("%s: %d bytes, %d lines", name, len(data), bytes.Count(data, []byte("\n")))
		if old, _ := os.ReadFile("../../content/" + name); !bytes.Equal(old, data) {
			t.Errorf("%s is not what sitegen rules accept writes", name)
		}
	}
}

// TestDeterministic: rules that are read twice from the same files have the same tables, and accepting them writes the same
// bytes.
func TestDeterministic(t *testing.T) {
	a, b := ruletest.Load(t), ruletest.Read(t)
	if !bytes.Equal(a.Program.Encode(), b.Program.Encode()) {
		t.Error("the tables differ")
	}
	of := Accept(b, &Accepted{}, false)
	for name, data := range Accept(a, &Accepted{}, false) {
		if !bytes.Equal(data, of[name]) {
			t.Errorf("%s differs", name)
		}
	}
}

// TestValueAmongOthers: a document that is added in the middle of the list changes only the answers of people who hold it. The
// old and the new answer of every example differ.
func TestValueAmongOthers(t *testing.T) {
	old := ruletest.LoadOf(t, ruletest.OfficeFiles(t))
	files := ruletest.OfficeFiles(t)
	ruletest.ReplaceIn(t, files, rules.InputsFile, "    paper: {ja: 確認書", "    badge: {ja: 名札, en: a badge}\n    paper: {ja: 確認書")
	now := ruletest.LoadOf(t, files)
	changes, err := Compare(now, &Accepted{set: old}, 50)
	if err != nil || len(changes.Groups) == 0 || changes.More > 0 {
		t.Fatal(changes, err)
	}
	for _, c := range changes.Groups {
		if c.Was == c.Is || !strings.Contains(c.Who.EN, "badge") {
			t.Errorf("%s: before %s, now %s", c.Who.EN, c.Was.EN, c.Is.EN)
		}
	}
}
