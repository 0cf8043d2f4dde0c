package checkerpage

import (
	"strings"
	"testing"
)

// What the page has said by itself it does not tell again as a note.
func TestSays(t *testing.T) {
	c := &Page{
		NotEnough: NotEnough{Care: "care", Pay: "pay", PayElsewhere: []string{"uninsured"}, Calling: []string{"ring"}, CallElsewhere: []string{"ticket"}},
		SaidAbove: map[string][]string{"look": {"mark_look"}, "bring": {}},
	}
	for _, test := range []struct {
		shown Shown
		says  string // of the notes below
	}{
		{Shown{Outcome: "apply"}, "care pay ring"},
		{Shown{Outcome: "apply", Enough: true}, "care"},
		{Shown{Outcome: "uninsured"}, "care ring"},
		{Shown{Outcome: "ticket"}, "care pay"},
		{Shown{Outcome: "apply", Marks: []string{"", "mark_look"}}, "care pay ring look"},
		{Shown{Outcome: "apply", Heading: "look"}, "care pay ring look"},
		{Shown{Outcome: "apply", Heading: "bring"}, "care pay ring bring"},
		{Shown{Outcome: "apply", Heading: "other"}, "care pay ring"},
	} {
		var says []string
		for _, note := range []string{"care", "pay", "ring", "look", "bring", "other"} {
			if c.Says(note, test.shown) {
				says = append(says, note)
			}
		}
		if got := strings.Join(says, " "); got != test.says {
			t.Errorf("%+v: says %s, want %s", test.shown, got, test.says)
		}
	}
}
