package rules_test

import (
	"slices"
	"testing"

	"sitegen/internal/ruletest"
	"sitegen/internal/space"
	"sitegen/internal/table"
)

// Tellable and Offerable are never false for something that occurs. For the policies of each insurer, many visitors are told
// only notes that Tellable returns, and brought only documents that Offerable returns. Some notes are tellable and some are
// not.
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

// A visitor who leaves open every input that nobody is asked for is told only notes that TellableWithout returns. Some notes
// are told only to visitors who answer such an input.
func TestTellableWithout(t *testing.T) {
	s := ruletest.Load(t)
	p := s.Program
	var told []int
	for i, names := range p.Names.Inputs {
		if !p.IsAsked(i) && !names.Policy && i != p.InputOf(p.Visit) {
			told = append(told, i)
		}
	}
	tellable := p.TellableWithout(told)
	for _, probe := range space.Probes(nil, s.Program)[:20] { // a reused machine, which still holds the answers of a different visitor, gives the same result
		p.Decide(probe.Raw)
		if again := p.TellableWithout(told); !slices.Equal(again, tellable) {
			t.Fatalf("%v, and %v before, after %v", again, tellable, probe.Raw)
		}
	}
	without, with := 0, 0
	for _, probe := range space.Probes(nil, s.Program) {
		raw := slices.Clone(probe.Raw)
		for _, i := range told {
			for k := range p.Inputs[i].Slots {
				raw[p.Slot(i)+k] = table.Missing
			}
		}
		for _, note := range p.Decide(raw).Tell {
			if !tellable[note] {
				t.Fatalf("told %s: %v", p.Names.Notes[note], raw)
			}
			without++
		}
		for _, note := range p.Decide(probe.Raw).Tell {
			if !tellable[note] {
				with++
			}
		}
	}
	if without == 0 || with == 0 {
		t.Errorf("%d notes are told without, and %d with", without, with)
	}
}
