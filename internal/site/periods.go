package site

import (
	"cmp"
	"slices"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
)

// PeriodKind says what a period belongs to.
type PeriodKind string

// The kinds of period.
const (
	QuestionPeriod PeriodKind = "question" // a whole question: valid_until
	PassagePeriod  PeriodKind = "passage"  // a block of a body: ::: until …
	VariantPeriod  PeriodKind = "variant"  // an answer or a text of the home page that changes after the last day
	FactPeriod     PeriodKind = "fact"     // a fact, or one value of a fact, with a last day
	ReviewPeriod   PeriodKind = "review"   // a fact's review_by
	RulePeriod     PeriodKind = "rule"     // a comparison in the rules that can hold until the last day and not later
	BeforePeriod   PeriodKind = "before"   // a comparison in the rules that may be false until the last day, and always holds after it
	WaiverPeriod   PeriodKind = "waiver"   // a stale translation that may wait until the last day
)

// Period is a period in which something holds, and the place in a file that says so.
type Period struct {
	diag.Position
	Kind        PeriodKind
	ID          string     // id of a question or fact, the comparison of a rule, or path and unit of a translation; "" for a variant
	From, Until civil.Date // the first and the last day; From is civil.Unset if open
}

// SortPeriods sorts periods by their last day, then by place, then by kind.
func SortPeriods(list []Period) {
	slices.SortFunc(list, func(a, b Period) int {
		return cmp.Or(cmp.Compare(a.Until, b.Until), cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column), cmp.Compare(a.Kind, b.Kind))
	})
}

// Variant is a text that holds only in a period.
type Variant struct {
	From, Until civil.Date // the first and the last day; civil.Unset if open
	Text        Phrase
}

// Holding returns the index of the variant for a day: the first variant that has not ended before that day, or else the last. `variants`
// must not be empty.
func Holding(variants []Variant, day civil.Date) int {
	for i, v := range variants {
		if v.Until == civil.Unset || day <= v.Until {
			return i
		}
	}
	return len(variants) - 1
}

// BoundariesOf returns the first day of each variant and the day after its last day, in ascending order and without repetitions.
func BoundariesOf(variants []Variant) []civil.Date {
	var days []civil.Date
	for _, v := range variants {
		days = append(days, civil.Boundaries(v.From, v.Until)...)
	}
	slices.Sort(days)
	return slices.Compact(days)
}

// Change is a text about what changed on the day of a fact.
type Change struct {
	Fact  *Fact
	Words Phrase
}

// Changed returns the texts about changes on a day, for a page that mentions the facts in `told`. It leaves out a change if the fact of
// the change has a different root from all of these facts. For example, the root of a fact that is the day after a last day is that last
// day.
func (l *Language) Changed(day civil.Date, told []*Fact) []Phrase {
	var list []Phrase
	for _, c := range l.Changes {
		if c.Fact.Date == day && slices.ContainsFunc(told, func(fact *Fact) bool { return fact.Root() == c.Fact.Root() }) {
			list = append(list, c.Words)
		}
	}
	return list
}
