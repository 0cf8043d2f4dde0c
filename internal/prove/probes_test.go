package prove

import (
	"testing"

	"sitegen/internal/ruletest"
	"sitegen/internal/space"
	"sitegen/internal/table"
)

// The visitors of space.Probes reveal a wrong next question, and a supplement that is added to too many alternatives.
func TestProbes(t *testing.T) {
	s := ruletest.Load(t)
	p := s.Program
	asked := map[int]int{}
	other, passed := 0, map[string]int{}
	everywhere := clone(p) // the rules, with every supplement added to every alternative
	for i := range everywhere.Adds {
		for j := range everywhere.Adds[i].Effects {
			if e := &everywhere.Adds[i].Effects[j]; e.Kind == table.With {
				e.B = len(everywhere.Sets)
				everywhere.Sets = append(everywhere.Sets, 0)
			}
		}
	}
	m, q := table.NewMachine(p), table.NewMachine(everywhere)
	for _, probe := range space.Probes(nil, s.Program) {
		raw := probe.Raw
		next := p.Next(raw, nil).Input
		asked[next]++
		if m.Load(raw) < 0 && next >= 0 {
			if first := firstOpen(p, raw); first != next {
				other++ // an earlier open question does not matter for this visitor
			}
		}
		m.Load(raw)
		q.Load(raw)
		if a, b := m.Decide(), q.Decide(); !table.SameAnswer(a, b) {
			for i, add := range p.Adds {
				if m.List(&add.List) == table.True {
					for _, e := range add.Effects {
						if e.Kind == table.With && p.Sets[e.B] != 0 {
							passed[p.Names.Adds[i]]++
						}
					}
				}
			}
		}
	}
	t.Logf("asked next: %v; %d with a question passed over; supplements passed by: %v", asked, other, passed)
	for i := range p.Inputs {
		if p.IsAsked(i) && asked[i] == 0 {
			t.Errorf("nobody is asked %s next", p.Names.Inputs[i].ID)
		}
	}
	if other == 0 {
		t.Error("no question is passed over")
	}
	for i, add := range p.Adds {
		for _, e := range add.Effects {
			if e.Kind == table.With && p.Sets[e.B] != 0 && passed[p.Names.Adds[i]] == 0 {
				t.Logf("nobody has an alternative that %s passes by", p.Names.Adds[i])
			}
		}
	}
	if len(passed) == 0 {
		t.Error("no supplement passes an alternative by")
	}
}

// firstOpen returns the first input that is asked and not yet answered, or -1.
func firstOpen(p *table.Program, raw []int32) int {
	for i := range p.Inputs {
		if p.IsAsked(i) && raw[p.Slot(i)] == table.Missing {
			return i
		}
	}
	return -1
}
