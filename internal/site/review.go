package site

import (
	"cmp"
	"maps"
	"slices"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/schema"
	"sitegen/internal/strictyaml"
)

// checkReview warns about a fact whose review was due before today. It reports a review that is due before the day on which the fact
// was last checked.
func (l *loader) checkReview(f *diag.File, fact *Fact, day *strictyaml.Day) {
	switch {
	case fact.ReviewBy == civil.Unset:
	case fact.ReviewBy < fact.AsOf:
		l.report(f.At(day.Offset, "period-reversed", fact.AsOf, fact.ReviewBy))
	case l.site.Today > fact.ReviewBy:
		l.report(f.At(day.Offset, "review-missed", fact.ID, fact.ReviewBy, fact.AsOf))
	}
}

// noteFactPeriods records the day on which a fact ends and the day on which its review is due.
func (l *loader) noteFactPeriods(f *diag.File, fact *Fact, y *schema.Fact) {
	if y.Until != nil {
		l.notePeriod(f, y.Until.Offset, FactPeriod, fact.ID, fact.From, fact.Until)
	}
	if y.ReviewBy != nil {
		l.notePeriod(f, y.ReviewBy.Offset, ReviewPeriod, fact.ID, fact.AsOf, fact.ReviewBy)
	}
}

// usedFacts returns the facts used by the texts typeset so far, in the order of their declaration. Facts of facts.yaml and of an
// insurer's profile.yaml are mixed, by their offset in the file.
func (t *typesetter) usedFacts() []*Fact {
	return slices.SortedFunc(maps.Keys(t.facts), func(a, b *Fact) int {
		return cmp.Or(cmp.Compare(a.Offset, b.Offset), cmp.Compare(a.ID, b.ID))
	})
}
