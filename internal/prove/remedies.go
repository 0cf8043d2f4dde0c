package prove

import (
	"slices"

	"sitegen/internal/diag"
	"sitegen/internal/rules"
	"sitegen/internal/space"
)

// CheckRemedies reports remedies that help none of the given people. The people are examples that should represent everybody.
func CheckRemedies(s *rules.Set, people []space.Probe) (found []diag.Diagnostic) {
	for i, r := range s.Remedies {
		helps := func(one space.Probe) bool {
			s.GoOn()
			now := s.Program.Decide(one.Raw)
			return now.Bad < 0 && s.Program.Helps(i, one.Raw, now)
		}
		if !slices.ContainsFunc(people, helps) {
			found = append(found, r.Place.At("rule-dead-remedy", r.ID, len(people)))
		}
	}
	return found
}
