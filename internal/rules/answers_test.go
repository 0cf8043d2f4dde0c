package rules_test

import (
	"slices"
	"testing"

	"sitegen/internal/civil"
	"sitegen/internal/explain"
	"sitegen/internal/rules"
	"sitegen/internal/ruletest"
	"sitegen/internal/space"
	"sitegen/internal/table"
)

// TestOwnedIsHeld: whoever answers that they own the card gets the same decision as somebody who names the card among what they
// hold.
func TestOwnedIsHeld(t *testing.T) {
	s := ruletest.Load(t)
	card, have := s.InputByID("card"), s.InputByID("have")
	sample := space.NewSampler(s.Program, 17)
	for range 5000 {
		raw := sample.Visitor()
		raw[have.Slot] &^= 1
		raw[card.Slot] = int32(rules.WordNamed(card.Values, "owned").Index)
		named := slices.Clone(raw)
		named[have.Slot] |= 1
		missing := slices.Clone(named)
		missing[card.Slot] = table.Missing
		a, b, c := s.Program.Run(raw), s.Program.Run(named), s.Program.Run(missing)
		if !table.SameAnswer(a, b) || !table.SameAnswer(b, c) || a.Until != c.Until || a.Also != c.Also {
			t.Fatalf("%v\n%v\n%v for %s", a, b, c, explain.Describe(s, raw, "en"))
		}
	}
}

// TestRefusedAnswers: answers that are out of range, malformed or unknown are refused.
func TestRefusedAnswers(t *testing.T) {
	s := ruletest.Load(t)
	good, err := s.Raw(rules.Answers{"visit_date": "2026-11-22"}, civil.Unset)
	if err != nil {
		t.Fatal(err)
	}
	for slot := range good {
		for _, value := range []int32{-1 << 30, 1<<31 - 1, table.Missing + 9, -99999} {
			raw := slices.Clone(good)
			raw[slot] = value
			if out := s.Program.Run(raw); out.Bad != slot && !(value == 1<<31-1 && s.Program.Inputs[s.Program.InputOf(slot)].Hi == value) {
				t.Errorf("slot %d takes %d", slot, value)
			}
		}
	}
	if out := s.Program.Run(s.Program.Unanswered()); out.Bad != s.Program.Visit {
		t.Error("a missing visit date is not refused")
	}
	for _, c := range []struct {
		code    string
		answers rules.Answers
	}{
		{"unknown_input", rules.Answers{"hav": []any{}}}, {"unknown_value", rules.Answers{"place": "raeder"}}, {"unknown_value", rules.Answers{"have": []any{"old_crad"}}},
		{"wrong_type", rules.Answers{"have": "old_card"}}, {"wrong_type", rules.Answers{"place": 3.0}}, {"bad_date", rules.Answers{"visit_date": "2026-02-30"}},
		{"out_of_range", rules.Answers{"age": -1.0}}, {"out_of_range", rules.Answers{"age": 1.5}}, {"out_of_range", rules.Answers{"visit_date": "1800-01-01"}}, {"unknown_profile", rules.Answers{"profile": "skk"}},
	} {
		if _, err := s.Raw(c.answers, civil.Unset); err == nil || err.Code != c.code {
			t.Errorf("%v: %v", c.answers, err)
		}
	}
}

// FuzzDecode: for any bytes, table.Decode returns tables or an error.
func FuzzDecode(f *testing.F) {
	f.Add(ruletest.Load(f).Program.Encode())
	f.Add([]byte{table.Version, 1})
	f.Fuzz(func(t *testing.T, b []byte) {
		if p, err := table.Decode(b); err == nil && p == nil {
			t.Error("neither tables nor an error")
		}
	})
}

func TestUses(t *testing.T) {
	for id, files := range ruletest.Load(t).Uses() {
		if id == "interim_extended_on" || len(files) == 0 {
			t.Errorf("%s is used in %v", id, files)
		}
	}
	if files := ruletest.Load(t).Uses()["interim_last_day"]; len(files) != 2 || files[0] != "content/rules/conditions.yaml" {
		t.Error(files)
	}
}
