package explain

import (
	"testing"

	"sitegen/internal/ruletest"
)

func TestWhy(t *testing.T) {
	s := ruletest.Load(t)
	for _, c := range s.Cases {
		why, err := Why(s, c.Raw)
		if err != nil {
			t.Fatal(err)
		}
		if result, _ := s.Evaluate(c.Raw); result.Rule != why.Row || len(why.Sources) == 0 {
			t.Errorf("%s: %+v", c.ID, why)
		}
		var check func(r Reason)
		check = func(r Reason) {
			if r.Words.Ja == "" || r.ID != "" && len(r.Because) == 0 {
				t.Errorf("%s: nothing explains %q", c.ID, r.Text)
			}
			for _, part := range r.Because {
				check(part)
			}
		}
		for _, r := range why.Reasons {
			check(r)
		}
	}
}
