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

// checkReview warns about a fact whose review was due before today. It reports an error if the review is due before the day on which the
// fact was last checked.
func (l *loader) checkReview(f *diag.File, fact *Fact, day *strictyaml.Day) {
	switch {
	case fact.ReviewBy == civil.Unset:
	case fact.ReviewBy < fact.AsOf:
		l.report(f.At(day.Offset, "period-reversed", fact.AsOf, fact.ReviewBy))
	case l.site.Today > fact.ReviewBy:
		l.report(f.At(day.Offset, "review-missed", fact.ID, fact.ReviewBy, fact.AsOf))
	}
}

// noteFactPeriods adds two periods to the index: that in which the fact holds, and that until its review is due. It leaves out a period
// without an end.
func (l *loader) noteFactPeriods(f *diag.File, fact *Fact, y *schema.Fact) {
	if y.Until != nil {
		l.notePeriod(f, y.Until.Offset, FactPeriod, fact.ID, fact.From, fact.Until)
	}
	if y.ReviewBy != nil {
		l.notePeriod(f, y.ReviewBy.Offset, ReviewPeriod, fact.ID, fact.AsOf, fact.ReviewBy)
	}
}

// usedFacts returns the facts that the texts typeset so far use, sorted by their offset in the file that declares them. Facts of
// facts.yaml and of an insurer's profile.yaml are therefore mixed.
func (t *typesetter) usedFacts() []*Fact {
	return slices.SortedFunc(maps.Keys(t.facts), func(a, b *Fact) int {
		return cmp.Or(cmp.Compare(a.Offset, b.Offset), cmp.Compare(a.ID, b.ID))
	})
}
