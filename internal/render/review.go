package render

import (
	"bytes"
	"html/template"

	"sitegen/internal/civil"
	"sitegen/internal/site"
)

// reviewed writes by when facts are to be checked again, and that they were not, of which the page shows what is true
// on the day it is read.
func (e *edition) reviewed(w *bytes.Buffer, facts []*site.Fact) {
	review, ok := site.ReviewOf(facts)
	if !ok {
		return
	}
	e.review.fill(w, func(h hole) {
		switch h {
		case holeClass:
			w.WriteString(site.PeriodClasses(civil.Unset, review.By))
		case holeReviewBy:
			w.WriteString(string(e.day(review.By)))
		case holeAsOf:
			w.WriteString(string(e.day(review.AsOf)))
		}
	})
}

// overdue returns the day from which facts count as not reviewed, if there is one.
func overdue(facts []*site.Fact) []civil.Date {
	if review, ok := site.ReviewOf(facts); ok {
		return []civil.Date{review.By + 1}
	}
	return nil
}

func (e *edition) reviewHTML(facts []*site.Fact) template.HTML {
	var w bytes.Buffer
	e.reviewed(&w, facts)
	return template.HTML(w.String())
}
