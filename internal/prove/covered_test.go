package prove

import (
	"strings"
	"testing"

	"sitegen/internal/ruletest"
)

// A value is covered by naming a document only if it counts as holding the document, and if everybody gets the same answer. If
// not, the example is somebody whose two answers differ.
func TestUncovered(t *testing.T) {
	c := NewCovering(ruletest.Load(t))
	for _, of := range []struct {
		input, value string
		uncovered    bool
		example      string // in the result from the value
	}{
		{"card", "owned", false, ""},
		{"card", "at_home", true, "fetched before the visit"},
		{"card", "lost", true, ""},
		{"card", "none", true, ""},
		{"change", "none", true, ""},
		{"needs", "dv", true, ""},
		{"have", "my_number_card", true, ""},
	} {
		who, instead, with, uncovered := c.Uncovered(of.input, of.value)
		has := who.EN != "" && who.JA != "" && instead != with && of.example != "" && strings.Contains(with.EN, of.example)
		if uncovered != of.uncovered || has != (of.example != "") {
			t.Errorf("%s: %s: %v %q %q %q", of.input, of.value, uncovered, who.EN, instead.EN, with.EN)
		}
	}
}
