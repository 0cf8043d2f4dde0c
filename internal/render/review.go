package render

import (
	"bytes"

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
			w.WriteString(periodClasses(civil.Unset, review.By))
		case holeReviewBy:
			w.WriteString(string(e.day(review.By)))
		case holeAsOf:
			w.WriteString(string(e.day(review.AsOf)))
		}
	})
}
