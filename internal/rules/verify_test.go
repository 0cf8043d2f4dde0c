package rules

import (
	"os"
	"testing"
	"time"

	"sitegen/internal/diag"
)

func TestVerify(t *testing.T) {
	set := load(t)
	start := time.Now()
	report, found := set.Verify()
	t.Logf("%+v in %v", report, time.Since(start))
	interview, more := set.VerifyInterview()
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

// Rules that decide about somebody not at all, or twice, are told apart from those that can be compared.
func TestUndecided(t *testing.T) {
	old := load(t)
	for code, change := range map[string][3]string{
		"rule-gap":     {decideFile, "{id: nothing, when: []", "{id: nothing, when: [not needs.overseas]"},
		"rule-overlap": {decideFile, "not ecert_grace, not ecert_soon, card_soon]", "not ecert_soon, card_soon]"},
	} {
		if found := edited(t, old.facts, change).Undecided(); len(found) != 1 || string(found[0].Code) != code {
			t.Errorf("%s: %v", code, found)
		}
	}
	if found := old.Undecided(); len(found) > 0 {
		t.Error(found)
	}
}
