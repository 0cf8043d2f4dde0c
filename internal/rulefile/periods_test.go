package rulefile

import (
	"os"
	"testing"

	"sitegen/internal/diag"
	"sitegen/internal/rulefacts"
	"sitegen/internal/rules"
	"sitegen/internal/strictyaml"
)

// The result of comparing the visit with a fixed day changes once. Period.Until is the day before the change.
func TestPeriods(t *testing.T) {
	content := os.DirFS("../../content")
	facts, err := rulefacts.Read(content)
	if err != nil {
		t.Fatal(err)
	}
	whole, found, err := Load(content, "content", facts)
	if err != nil || whole == nil {
		t.Fatal(found, err)
	}
	for _, c := range []struct {
		text  string
		until string // "" if the comparison is not a Period: its result depends on the visitor for ever
		holds bool
	}{
		{"visit_date <= fact:interim_last_day", "2026-07-31", true},
		{"visit_date < fact:interim_last_day", "2026-07-30", true},
		{"visit_date >= fact:interim_last_day", "2026-07-30", false},
		{"visit_date > fact:interim_last_day", "2026-07-31", false},
		{"fact:interim_last_day >= visit_date", "2026-07-31", true},
		{"fact:interim_last_day < visit_date", "2026-07-31", false},
		{"not visit_date <= fact:interim_last_day", "2026-07-31", false},
		{"not visit_date > fact:interim_last_day", "2026-07-31", true},
		{"visit_date <= day_after(fact:interim_last_day)", "2026-08-01", true},
		{"visit_date <= end_of_month(fact:interim_extended_on, fact:ecert_grace)", "2026-06-30", true},
		{"visit_date <= earlier(fact:old_card_last_day, old_card_expiry)", "2025-12-01", true},
		{"visit_date > earlier(old_card_expiry, fact:old_card_last_day)", "2025-12-01", false},
		{"visit_date <= earlier(fact:interim_last_day, fact:old_card_last_day)", "2025-12-01", true},
		{"visit_date <= later(fact:interim_last_day, fact:old_card_last_day)", "2026-07-31", true},
		{"visit_date <= later(fact:interim_last_day, card_expiry)", "", false},
		{"visit_date <= card_expiry", "", false},
		{"ecert_expiry is unknown", "", false},
	} {
		set := rules.New(facts)
		set.Inputs, set.Visit = whole.Inputs, whole.Visit
		l := &loader{set: set}
		if _, ok := l.literal(&diag.File{Name: "x", Data: []byte(c.text)}, strictyaml.Text{Value: c.text}, beforeDecision); !ok {
			t.Fatal(c.text, l.found.List)
		}
		switch {
		case c.until == "" && len(set.Periods()) > 0, c.until != "" && len(set.Periods()) != 1:
			t.Errorf("%s: %v", c.text, set.Periods())
		case c.until != "":
			if p := set.Periods()[0]; p.Until.String() != c.until || p.Holds != c.holds || p.Text != c.text {
				t.Errorf("%s: %v", c.text, p)
			}
		}
	}
}
