package prove

import (
	"strings"
	"testing"

	"sitegen/internal/ruletest"
)

// A value needs no button of its own only if it counts as holding a document, and if naming that document instead gets
// everybody the same answer. If only the answers differ, the example is somebody whose answer differs.
func TestUncovered(t *testing.T) {
	c := NewCovering(ruletest.Load(t))
	for _, of := range []struct {
		input, value string
		uncovered    bool
		example      string // a text in the answer that the value leads to; "" if there must be no example
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
