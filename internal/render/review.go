package render

import (
	"sitegen/internal/civil"
	"sitegen/internal/markup"
	"sitegen/internal/site"
	"sitegen/internal/values"
)

// reviewed returns two sentences about facts: one says by when they will be checked again, and the other that this did not happen in
// time. The page shows the sentence that is true on the day of reading. The result is empty if no fact has a review date.
func (e *edition) reviewed(facts []*site.Fact) markup.HTML { return e.reviewedBy(e.review, facts) }

// reviewedBy is like reviewed, but fills the form f. The checker's pages use a form that only says that facts were not checked again.
func (e *edition) reviewedBy(f *form, facts []*site.Fact) markup.HTML {
	review, ok := values.ReviewOf(facts)
	if !ok {
		return ""
	}
	var w markup.Writer
	f.fill(&w, func(h hole) {
		switch h {
		case holeClass:
			w.Text(civil.PeriodClasses(civil.Unset, review.By))
		case holeReviewBy:
			w.HTML(e.day(review.By))
		case holeAsOf:
			w.HTML(e.day(review.AsOf))
		}
	})
	return w.Done()
}

// overdue returns the first day on which facts count as not reviewed, or nil if no fact has a review date.
func overdue(facts []*site.Fact) []civil.Date {
	if review, ok := values.ReviewOf(facts); ok {
		return []civil.Date{review.By + 1}
	}
	return nil
}
