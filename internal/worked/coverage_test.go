package worked

import (
	"os"
	"testing"

	"sitegen/internal/diag"
	"sitegen/internal/ruletest"
)

// TestCasesTryTheRules: the worked cases try every row, every value that can be chosen, every law and both sides of every
// comparison.
func TestCasesTryTheRules(t *testing.T) {
	c := Cover(ruletest.Load(t), map[string][]string{"card": {"owned"}})
	if missing := c.Missing(); len(missing) > 0 {
		diag.Print(os.Stderr, missing, "en")
		t.Fail()
	}
	if len(c.OneSided)+len(c.Lax) > 0 {
		t.Errorf("no case tries %v %v", c.OneSided, c.Lax)
	}
}

func TestWorkedCases(t *testing.T) {
	set := ruletest.Load(t)
	found := Check(set)
	if len(found) > 0 {
		diag.Print(os.Stderr, found, "en")
		t.Fail()
	}
	p := set.Program
	t.Logf("%d cases; %d inputs, %d terms, %d atoms, %d gates, %d rows, %d posts, %d adds, %d sets, %d offers; %d bytes", len(set.Cases), len(p.Inputs),
		len(p.Terms), len(p.Atoms), len(p.Gates), len(p.Rows), len(p.Posts), len(p.Adds), len(p.Sets), len(p.Offers), len(p.Encode()))
}
