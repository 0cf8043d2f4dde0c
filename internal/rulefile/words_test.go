package rulefile

import (
	"maps"
	"slices"
	"testing"

	"sitegen/internal/rules"
	"sitegen/internal/schema"
)

// The words that docs/values.md lists for operators on days and for held_by are the words that the rules know.
func TestListedWords(t *testing.T) {
	if known := slices.Sorted(maps.Keys(functions)); !slices.Equal(known, slices.Sorted(slices.Values(schema.DateOperators.Words))) {
		t.Errorf("the operators on days are %v", known)
	}
	for _, check := range []rules.Check{
		rules.ByOneOutcome, rules.ByReachable, rules.ByEffective, rules.ByUnknowns, rules.ByInterview,
		rules.ByOffers, rules.ByWords, rules.ByGroups, rules.ByReasons, rules.ByFacts,
	} {
		if !schema.HeldBy.Has(string(check)) {
			t.Errorf("no law can name %s", check)
		}
	}
	if len(schema.HeldBy.Words) != 10 {
		t.Errorf("laws name checks that nobody makes: %v", schema.HeldBy.Words)
	}
}
