package render

import (
	"bytes"
	"html/template"

	"sitegen/internal/civil"
	"sitegen/internal/site"
)

// reviewed tells by when facts are to be checked again, and that they were not, of which the page shows what is true on
// the day it is read. It is empty where none of them ages.
func (e *edition) reviewed(facts []*site.Fact) template.HTML { return e.reviewedBy(e.review, facts) }

// reviewedBy does so with a form: on pages that do nothing without a script only what was missed.
func (e *edition) reviewedBy(f *form, facts []*site.Fact) template.HTML {
	review, ok := site.ReviewOf(facts)
	if !ok {
		return ""
	}
	var w bytes.Buffer
	f.fill(&w, func(h hole) {
		switch h {
		case holeClass:
			w.WriteString(civil.PeriodClasses(civil.Unset, review.By))
		case holeReviewBy:
			w.WriteString(string(e.day(review.By)))
		case holeAsOf:
			w.WriteString(string(e.day(review.AsOf)))
		}
	})
	return template.HTML(w.String())
}

// overdue returns the day from which facts count as not reviewed, if there is one.
func overdue(facts []*site.Fact) []civil.Date {
	if review, ok := site.ReviewOf(facts); ok {
		return []civil.Date{review.By + 1}
	}
	return nil
}
