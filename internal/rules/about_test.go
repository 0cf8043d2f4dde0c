package rules_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"

	"sitegen/internal/civil"
	"sitegen/internal/rules"
	"sitegen/internal/ruletest"
	"sitegen/internal/space"
	"sitegen/internal/table"
)

// The description of the module has the right defaults, guards and sources.
func TestAbout(t *testing.T) {
	s := ruletest.Load(t)
	p, about := s.Program, s.About("1", "hash")
	for i, in := range about.Inputs {
		if in.Required != (in.Default == nil) {
			t.Errorf("%s: required %v, default %v", in.ID, in.Required, in.Default)
		}
		text, _ := json.Marshal(in.Default)
		var value any
		if err := json.Unmarshal(text, &value); err != nil || value == nil {
			continue
		}
		raw, bad := s.Raw(rules.Answers{in.ID: value}, civil.Unset)
		if bad != nil || raw[in.Slot] != p.Inputs[i].Default {
			t.Errorf("%s: default %s (%v)", in.ID, text, bad)
		}
	}
	m, sample := table.NewMachine(p), space.NewSampler(p, 3)
	asked := make([]int, len(p.Asks))
	for range 2000 {
		raw := sample.Visitor()
		result, bad := s.Evaluate(raw)
		if bad != nil || m.Load(raw) >= 0 {
			t.Fatal(bad)
		}
		if row := slices.Index(about.Rows, result.Rule); !reflect.DeepEqual(about.Sources[row], result.Sources) {
			t.Fatalf("sources of %s: %v, not %v", result.Rule, about.Sources[row], result.Sources)
		}
		for k, may := range m.Guards() {
			holds := !slices.ContainsFunc(about.Asks[k].When, func(signal int) bool {
				return m.Signal[max(signal, ^signal)] == table.True != (signal >= 0)
			})
			if holds != may {
				t.Fatalf("the guard of step %d: %v, not %v", k, holds, may)
			}
			asked[k] += table.BoolInt(may)
		}
	}
	t.Logf("of 2000 visitors, how many may be asked at each step: %v", asked)
}
