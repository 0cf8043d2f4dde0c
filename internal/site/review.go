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

// Review says by when facts are to be checked again, and when they were checked last.
type Review struct{ By, AsOf civil.Date }

// ReviewOf returns the first review that is due among facts and what they rest on; ok is false where none ages. Of
// several due on one day it is the one checked the longest ago.
func ReviewOf(facts []*Fact) (first Review, ok bool) {
	for _, fact := range facts {
		for _, part := range fact.restsOn() {
			if part.ReviewBy == civil.Unset {
				continue
			}
			review := Review{part.ReviewBy, part.AsOf}
			if !ok || review.By < first.By || review.By == first.By && review.AsOf < first.AsOf {
				first, ok = review, true
			}
		}
	}
	return first, ok
}

// restsOn returns the fact with every other that must be right for it: whose value it takes, and the hours that are
// told with a phone number.
func (f *Fact) restsOn() []*Fact {
	var parts []*Fact
	for part := f; part != nil; part = part.Follows {
		parts = append(parts, part)
	}
	if f.HoursOf != nil {
		parts = append(parts, f.HoursOf)
	}
	return parts
}

// checkReview warns of a fact that should have been looked at again before today.
func (l *loader) checkReview(f *diag.File, fact *Fact, day *strictyaml.Day) {
	switch {
	case fact.ReviewBy == civil.Unset:
	case fact.ReviewBy < fact.AsOf:
		l.report(f.At(day.Offset, "period-reversed", fact.AsOf, fact.ReviewBy))
	case l.site.Today > fact.ReviewBy:
		l.report(f.At(day.Offset, "review-missed", fact.ID, fact.ReviewBy, fact.AsOf))
	}
}

// noteFactPeriods adds the days on which a fact ends and on which its review is due.
func (l *loader) noteFactPeriods(f *diag.File, fact *Fact, y *schema.Fact) {
	if y.Until != nil {
		l.notePeriod(f, y.Until.Offset, FactPeriod, fact.ID, fact.From, fact.Until)
	}
	if y.ReviewBy != nil {
		l.notePeriod(f, y.ReviewBy.Offset, ReviewPeriod, fact.ID, fact.AsOf, fact.ReviewBy)
	}
}

// usedFacts returns what the texts typeset so far refer to, in the order of the facts file.
func (t *typesetter) usedFacts() []*Fact {
	return slices.SortedFunc(maps.Keys(t.facts), func(a, b *Fact) int {
		return cmp.Or(cmp.Compare(a.offset, b.offset), cmp.Compare(a.ID, b.ID))
	})
}
