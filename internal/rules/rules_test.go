package rules

import (
	"os"
	"testing"

	"sitegen/internal/diag"
)

var theRules *Set

// load returns the real rules, read once for all tests: no test changes them.
func load(t testing.TB) *Set {
	t.Helper()
	if theRules == nil {
		theRules = read(t)
	}
	return theRules
}

// read reads the real rules.
func read(t testing.TB) *Set {
	t.Helper()
	content := os.DirFS("../../content")
	facts, err := ReadFacts(content)
	if err != nil {
		t.Fatal(err)
	}
	set, found, err := Load(content, "content", facts)
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

// TestRealFacts: what package site takes for facts and sources in order, this package does too.
func TestRealFacts(t *testing.T) {
	for _, folder := range []string{"../../content", "../../cmd/sitegen/testdata/content-small", "../../cmd/sitegen/testdata/content-rules"} {
		facts, err := ReadFacts(os.DirFS(folder))
		if err != nil || len(facts.unread[factsFile])+len(facts.unread[sourcesFile]) > 0 {
			t.Errorf("%s: %v %v", folder, err, facts.unread)
		}
		for id, faults := range facts.faults {
			if len(faults) > 0 || facts.kinds[id] == "" {
				t.Errorf("%s: %s is %q: %v", folder, id, facts.kinds[id], faults)
			}
		}
	}
}

// TestCasesTryTheRules: every row, every value that can be chosen, every law and both sides of every comparison are in
// some worked case.
func TestCasesTryTheRules(t *testing.T) {
	c := load(t).Coverage(map[string][]string{"card": {"owned"}})
	if missing := c.Missing(); len(missing) > 0 {
		diag.Print(os.Stderr, missing, "en")
		t.Fail()
	}
	if len(c.OneSided)+len(c.Lax) > 0 {
		t.Errorf("no case tries %v %v", c.OneSided, c.Lax)
	}
}

func TestWorkedCases(t *testing.T) {
	set := load(t)
	found := set.CheckCases()
	if len(found) > 0 {
		diag.Print(os.Stderr, found, "en")
		t.Fail()
	}
	p := set.Program
	t.Logf("%d cases; %d inputs, %d terms, %d atoms, %d gates, %d rows, %d posts, %d adds, %d sets, %d offers; %d bytes", len(set.cases), len(p.Inputs),
		len(p.Terms), len(p.Atoms), len(p.Gates), len(p.Rows), len(p.Posts), len(p.Adds), len(p.Sets), len(p.Offers), len(p.Encode()))
}
