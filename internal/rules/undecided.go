package rules

import "sitegen/internal/diag"

// Undecided reports gaps and overlaps: people about whom no row decides, or more than one of a layer. Nothing is to be
// concluded from what rules with such a hole answer.
func (s *Set) Undecided() (found []diag.Diagnostic) {
	defer tooEntangled(s, &found)
	v := s.verifier(s.checked.p)
	v.checkRows()
	for _, d := range v.found {
		if d.Code == "rule-gap" || d.Code == "rule-overlap" {
			found = append(found, d)
		}
	}
	return found
}
