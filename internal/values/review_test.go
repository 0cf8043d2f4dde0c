package values

import (
	"testing"

	"sitegen/internal/civil"
)

func TestReviewOf(t *testing.T) {
	day := func(n int) civil.Date { return civil.Of(2027, 1, n) }
	fact := func(by, asOf civil.Date) *Fact { return &Fact{ReviewBy: by, AsOf: asOf} }
	lasting := fact(civil.Unset, day(1))
	hours := fact(day(5), day(2))
	for name, c := range map[string]struct {
		facts []*Fact
		want  Review
	}{
		"none ages":             {[]*Fact{lasting}, Review{}},
		"the first one":         {[]*Fact{fact(day(9), day(1)), fact(day(8), day(3)), lasting}, Review{day(8), day(3)}},
		"of two the older one":  {[]*Fact{fact(day(8), day(3)), fact(day(8), day(2))}, Review{day(8), day(2)}},
		"hours of a number":     {[]*Fact{{ReviewBy: day(9), AsOf: day(3), HoursOf: hours}}, Review{day(5), day(2)}},
		"the fact it follows":   {[]*Fact{{ReviewBy: civil.Unset, Follows: hours}}, Review{day(5), day(2)}},
		"and what that follows": {[]*Fact{{ReviewBy: civil.Unset, Follows: &Fact{ReviewBy: day(6), Follows: hours}}}, Review{day(5), day(2)}},
	} {
		if got, ok := ReviewOf(c.facts); got != c.want || ok != (c.want != Review{}) {
			t.Errorf("%s: %v %v", name, got, ok)
		}
	}
}
