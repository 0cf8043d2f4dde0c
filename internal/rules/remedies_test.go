package rules_test

import (
	"slices"
	"testing"

	"sitegen/internal/ruletest"
	"sitegen/internal/table"
)

// A remedy changes the verdict (outcome and level) to the one that Remedied returns with it. If any of its answers
// is left out, the verdict is a different one or a question is open. Each remedy of the content helps somebody in
// the worked cases.
func TestRemedies(t *testing.T) {
	s := ruletest.Load(t)
	p := s.Program
	helped, left := make([]int, len(p.Names.Remedies)), 0
	for _, c := range s.Cases {
		before, now := slices.Clone(c.Raw), p.Decide(c.Raw)
		for _, r := range p.Remedied(c.Raw) {
			helped[r.Remedy]++
			id, with := p.Names.Remedies[r.Remedy].ID, p.With(c.Raw, r.Answers)
			if out := p.Decide(with); !table.SameVerdict(out, r.Output) || table.SameVerdict(out, now) {
				t.Errorf("%s: %s leads to %d and %v, and is said to lead to %d and %v", c.ID, id, out.Outcome, out.Enough, r.Outcome, r.Enough)
			}
			left += len(p.Names.Remedies[r.Remedy].Answers) - len(r.Answers)
			for _, given := range r.Answers {
				without, slot := slices.Clone(with), p.SlotOf(given)
				if without[slot] = c.Raw[slot]; without[slot] == with[slot] {
					t.Errorf("%s: %s gives an answer that was given already", c.ID, id)
				}
				if table.SameVerdict(p.Decide(without), r.Output) && p.Next(without, nil).Input < 0 {
					t.Errorf("%s: %s gives an answer that makes no difference", c.ID, id)
				}
			}
		}
		if !slices.Equal(before, c.Raw) {
			t.Fatalf("%s: the answers have changed", c.ID)
		}
	}
	for i, n := range helped {
		if n == 0 {
			t.Errorf("%s helps nobody of the worked cases", p.Names.Remedies[i].ID)
		}
	}
	if left < 100 {
		t.Errorf("only %d answers are left out", left)
	}
}

// Better returns only remedies that lead to the best level, and returns one whenever a remedy raises the level.
func TestBetter(t *testing.T) {
	s := ruletest.Load(t)
	yes, unsure := 0, 0
	for _, c := range s.Cases {
		now, all := s.Program.Decide(c.Raw).Enough, s.Program.Remedied(c.Raw)
		better := s.Program.Better(c.Raw)
		for _, r := range better {
			if r.Enough <= now || slices.ContainsFunc(all, func(other table.Remedied) bool { return other.Enough > r.Enough }) {
				t.Errorf("%s: %s leads to %v", c.ID, s.Program.Names.Remedies[r.Remedy].ID, r.Enough)
			}
			yes += table.BoolInt(r.Enough == table.Yes)
			unsure += table.BoolInt(r.Enough == table.Unsure)
		}
		if len(better) == 0 && slices.ContainsFunc(all, func(r table.Remedied) bool { return r.Enough > now }) {
			t.Errorf("%s: nothing is told", c.ID)
		}
	}
	if yes < 100 {
		t.Errorf("%d remedies would do, and %d might", yes, unsure)
	}
	if table.Best([]table.Remedied{{Output: table.Output{Enough: table.Unsure}}, {Remedy: 1, Output: table.Output{Enough: table.Yes}}}, table.No)[0].Remedy != 1 || len(table.Best([]table.Remedied{{Output: table.Output{Enough: table.Unsure}}}, table.Unsure)) > 0 {
		t.Error("the best of a list is another")
	}
}
