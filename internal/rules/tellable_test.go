package rules_test

import (
	"slices"
	"testing"

	"sitegen/internal/ruletest"
	"sitegen/internal/space"
	"sitegen/internal/table"
)

// Tellable and Offerable leave out nothing that occurs. For the policies of each insurer, many visitors are told only notes
// that Tellable returns, and offered only documents that Offerable returns. Some notes are tellable and some are not.
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

// Visitors who tell no circumstance get only the notes, outcomes and documents that Untold allows. Visitors who tell a
// circumstance also get further ones.
func TestUntold(t *testing.T) {
	s := ruletest.Load(t)
	p := s.Program
	notes, outcomes, documents := p.Untold(nil)
	for _, probe := range space.Probes(nil, s.Program)[:20] { // a reused machine, which still holds the answers of a different visitor, gives the same result
		p.Decide(probe.Raw)
		if again, others, papers := p.Untold(nil); !slices.Equal(again, notes) || !slices.Equal(others, outcomes) || papers != documents {
			t.Fatalf("%v, %v and %b before, after %v: %v, %v and %b", notes, outcomes, documents, probe.Raw, again, others, papers)
		}
	}
	var without, with [3]int // notes, outcomes and documents
	listed := func(out table.Output) (documents int32) {
		for _, set := range out.Bring {
			documents |= set
		}
		return documents | out.Also | out.NotAlone
	}
	for _, probe := range space.Probes(nil, s.Program) {
		decision := p.Decide(untold(p, probe.Raw))
		for _, note := range decision.Tell {
			if !notes[note] {
				t.Fatalf("told %s: %v", p.Names.Notes[note], probe.Raw)
			}
			without[0]++
		}
		if !outcomes[decision.Outcome] {
			t.Fatalf("%s: %v", p.Names.Outcomes[decision.Outcome], probe.Raw)
		}
		without[1]++
		if set := listed(decision); set&^documents != 0 {
			t.Fatalf("lists %v: %v", p.Names.DocumentsIn(set&^documents), probe.Raw)
		} else if set != 0 {
			without[2]++
		}
		decision = p.Decide(probe.Raw)
		for _, note := range decision.Tell {
			if !notes[note] {
				with[0]++
			}
		}
		if !outcomes[decision.Outcome] {
			with[1]++
		}
		if listed(decision)&^documents != 0 {
			with[2]++
		}
	}
	change := slices.IndexFunc(p.Names.Inputs, func(in table.InputNames) bool { return in.ID == "change" })
	slot := p.SlotOf(table.Given{Input: change})
	fewer, _, _ := p.Untold(map[int]int32{slot: p.Inputs[change].All(0) &^ (1 << p.Inputs[change].Default)})
	if moved := slices.Index(p.Names.Notes, "moved_insurer"); !notes[moved] || fewer[moved] {
		t.Error("people whose insurance has not changed are told that it may have changed with a move")
	}
	if slices.Contains(without[:], 0) || slices.Contains(with[:], 0) {
		t.Errorf("without circumstances %v notes, outcomes and documents were seen, and only with them %v", without, with)
	}
}

// untold returns raw answers without their circumstances. A choice whose value is a circumstance becomes unanswered.
func untold(p *table.Program, raw []int32) []int32 {
	raw = slices.Clone(raw)
	for i := range p.Inputs {
		in, first := &p.Inputs[i], p.Slot(i)
		for k := range in.Told {
			switch value := &raw[first+k]; {
			case in.Kind == table.Several && *value != table.Missing:
				*value &^= in.Told[k]
			case in.Kind == table.Choice && *value >= 0 && in.Told[k]>>*value&1 != 0:
				*value = table.Missing
			}
		}
	}
	return raw
}
