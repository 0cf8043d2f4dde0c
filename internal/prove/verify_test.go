package prove

import (
	"os"
	"testing"
	"time"

	"sitegen/internal/diag"
	"sitegen/internal/rules"
	"sitegen/internal/ruletest"
)

func TestVerify(t *testing.T) {
	set := ruletest.Load(t)
	start := time.Now()
	report, found := Verify(set)
	t.Logf("%+v in %v", report, time.Since(start))
	interview, more := VerifyInterview(set)
	found = append(found, more...)
	t.Logf("%+v in %v", interview, time.Since(start))
	if !interview.Holds() {
		t.Error("the interview is not proven for everybody")
	}
	if len(found) > 0 {
		diag.Print(os.Stderr, found, "en")
		t.Fail()
	}
}

// Undecided reports a gap and an overlap, and nothing about correct rules.
func TestUndecided(t *testing.T) {
	old := ruletest.Load(t)
	for code, change := range map[string][3]string{
		"rule-gap":     {rules.DecideFile, "{id: nothing, when: []", "{id: nothing, when: [not needs.overseas]"},
		"rule-overlap": {rules.DecideFile, "not ecert_grace, not ecert_soon, card_soon]", "not ecert_soon, card_soon]"},
	} {
		if found := Undecided(ruletest.Edited(t, ruletest.RealFacts(t), change)); len(found) != 1 || string(found[0].Code) != code {
			t.Errorf("%s: %v", code, found)
		}
	}
	if found := Undecided(old); len(found) > 0 {
		t.Error(found)
	}
}
