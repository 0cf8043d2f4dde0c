package change

import (
	"cmp"
	"math"
	"testing"

	"sitegen/internal/bdd"
	"sitegen/internal/rules"
	"sitegen/internal/ruletest"
	"sitegen/internal/space"
	"sitegen/internal/table"
)

// TestWeights: count returns the sum of the weights of all combinations of classes for which the function holds.
func TestWeights(t *testing.T) {
	s, _ := ruletest.SmallSet(t)
	weights := []rules.Weight{
		{Input: "place", Value: "no_reader", Percent: 50}, {Input: "place", Value: "trip", Percent: 0},
		{Input: "have", Value: "card", Percent: 80.5},
	}
	wanted := map[string][]float64{"place": {1, 2, 0, 1}, "card": {0.39, 1.61}, "paper": {1, 1}, "delivery": {1, 1}}
	sp := space.New(nil, s.Program)
	m := sp.Model(0)
	w := newWeigher(sp, weights)
	for i, v := range w.order {
		for c, want := range wanted[cmp.Or(v.Member, v.Input)] {
			if got := w.of[i][c]; math.Abs(got-want) > 1e-9 {
				t.Errorf("%s%s: class %d weighs %v, not %v", v.Input, v.Member, c, got, want)
			}
		}
	}
	for i, f := range append(m.Seen(), m.Possible, bdd.Never) {
		if got, want := w.count(f), everyCombination(w, f, 0); math.Abs(got-want) > 1e-9*(1+want) {
			t.Errorf("function %d counts %v, not %v", i, got, want)
		}
	}
}

// everyCombination counts by trying every class of every variable, whether or not the function depends on it.
func everyCombination(w *weigher, f bdd.Func, from int) float64 {
	if from == len(w.order) {
		return float64(table.BoolInt(f == bdd.Always))
	}
	sum := 0.0
	for class, weight := range w.of[from] {
		sum += weight * everyCombination(w, follow(w.s, f, w.order[from], class), from+1)
	}
	return sum
}
