package rules

import (
	"slices"

	"sitegen/internal/diag"
	"sitegen/internal/space"
)

// CheckRemedies reports remedies that help nobody among people who stand for everybody.
func (s *Set) CheckRemedies(people []space.Probe) (found []diag.Diagnostic) {
	for i, r := range s.remedies {
		helps := func(one space.Probe) bool {
			s.goOn()
			now := s.Program.Decide(one.Raw)
			return now.Bad < 0 && s.Program.Helps(i, one.Raw, now)
		}
		if !slices.ContainsFunc(people, helps) {
			found = append(found, r.place.at("rule-dead-remedy", r.id, len(people)))
		}
	}
	return found
}
