package prove

import (
	"sitegen/internal/diag"
	"sitegen/internal/rules"
)

// Undecided reports gaps and overlaps: people about whom no row decides, or more than one row of a layer. The answer that such
// rules give these people is accidental, so nothing can be concluded from it. If the diagrams grow too large, Undecided
// reports only that.
func Undecided(s *rules.Set) (found []diag.Diagnostic) {
	defer tooEntangled(s, &found)
	v := newVerifier(s, s.Checked)
	v.checkRows()
	for _, d := range v.found {
		if d.Code == "rule-gap" || d.Code == "rule-overlap" {
			found = append(found, d)
		}
	}
	return found
}
