package report

import (
	"fmt"
	"slices"
	"strings"

	"sitegen/internal/build"
	"sitegen/internal/site"
	"sitegen/internal/terminal"
)

// mostListed is the maximum number of units that the program prints in one list: a list of new records, or of a page's units with
// the same state.
const mostListed = 20

// Recorded writes the units with a new record, and the files of records that were written.
func Recorded(t *terminal.Terminal, r *build.Recorded) {
	for _, u := range r.Units[:min(len(r.Units), mostListed)] {
		fmt.Fprintf(t.Out, "%s %s\n", u.File, u.Name)
	}
	if more := len(r.Units) - mostListed; more > 0 {
		t.Say(t.Out, phrase{"ほかに %d か所", "and %d more"}, more)
	}
	var names []string
	for name := range r.Files {
		names = append(names, name)
	}
	slices.Sort(names)
	if len(names) == 0 {
		t.Say(t.Out, phrase{"記録は、そのままです", "The records are as they were"})
		return
	}
	t.Say(t.Out, phrase{"%d か所を記録しました: %s", "Recorded %d units: %s"}, len(r.Units), strings.Join(names, ", "))
}

// stateWords has the word for each state of a unit.
var stateWords = map[site.TranslationState]phrase{
	site.Complete:   {"済み", "complete"},
	site.Stale:      {"古い", "stale"},
	site.Unrecorded: {"記録なし", "not recorded"},
	site.Missing:    {"ない", "missing"},
}

// Status writes how many units of a language are complete, stale, not recorded or missing, and the pages that need work.
func Status(t *terminal.Terminal, s build.Status) {
	t.Say(t.Out, phrase{"%s（%s）: 済み %d、古い %d、記録なし %d、ない %d", "%s (%s): %d complete, %d stale, %d not recorded, %d missing"},
		s.Language.ID, s.Language.Name, s.Count[site.Complete], s.Count[site.Stale], s.Count[site.Unrecorded], s.Count[site.Missing])
	for _, page := range s.Pages {
		line := "  " + page.File
		for _, state := range []site.TranslationState{site.Missing, site.Stale, site.Unrecorded} {
			if units := page.Units[state]; len(units) > 0 {
				line += fmt.Sprintf("  %s: %s", t.Words(stateWords[state]), strings.Join(units[:min(len(units), mostListed)], " "))
				if more := len(units) - mostListed; more > 0 {
					line += " " + t.Words(phrase{"ほか %d", "and %d more"}, more)
				}
			}
		}
		fmt.Fprintln(t.Out, line)
	}
}
