package render

import (
	"sitegen/internal/civil"
	"sitegen/internal/markup"
	"sitegen/internal/site"
	"sitegen/internal/values"
)

// reviewed tells by when facts are to be checked again, and that they were not, of which the page shows what is true on
// the day it is read. It is empty where none of them ages.
func (e *edition) reviewed(facts []*site.Fact) markup.HTML { return e.reviewedBy(e.review, facts) }

// reviewedBy does so with a form: on pages that do nothing without a script only what was missed.
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

// overdue returns the day from which facts count as not reviewed, if there is one.
func overdue(facts []*site.Fact) []civil.Date {
	if review, ok := values.ReviewOf(facts); ok {
		return []civil.Date{review.By + 1}
	}
	return nil
}
