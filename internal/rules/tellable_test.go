package rules_test

import (
	"slices"
	"testing"

	"sitegen/internal/ruletest"
	"sitegen/internal/space"
)

// A note that cannot be told to members of an insurer is told to none of many visitors, and some notes cannot; nor does any of
// them bring a document that cannot be offered.
func TestTellable(t *testing.T) {
	s := ruletest.Load(t)
	p := s.Program
	number, probes := space.NewSampler(nil, 5), space.Probes(nil, s.Program)
	for id, policies := range s.Profiles {
		values, raw := map[int]int32{}, p.Unanswered()
		for i, names := range p.Names.Inputs {
			if names.Policy {
				value := max(0, slices.Index(names.Values, policies[names.ID]))
				values[p.Slot(i)] = int32(value)
			}
		}
		tellable := p.Tellable(values)
		if !slices.Contains(tellable, false) || !slices.Contains(tellable, true) {
			t.Errorf("%s: %v", id, tellable)
		}
		for _, probe := range probes {
			if number.Below(4) > 0 {
				continue
			}
			copy(raw, probe.Raw)
			for slot, value := range values {
				raw[slot] = value
			}
			out := p.Run(raw)
			for _, set := range append(out.Bring, out.Also) {
				if set&^p.Offerable() != 0 {
					t.Fatalf("%s: brings %b: %v", id, set, raw)
				}
			}
			for _, note := range out.Tell {
				if !tellable[note] {
					t.Fatalf("%s: told %s: %v", id, p.Names.Notes[note], raw)
				}
			}
		}
	}
}
