package rules

import (
	"cmp"
	"math"
	"testing"

	"sitegen/internal/bdd"
	"sitegen/internal/table"
)

// TestWeights: what is counted is the sum over all combinations of classes, each as often as its answers are given.
func TestWeights(t *testing.T) {
	s, _ := smallSet(t)
	weights := []Weight{
		{Input: "place", Value: "no_reader", Percent: 50}, {Input: "place", Value: "trip", Percent: 0},
		{Input: "have", Value: "card", Percent: 80.5},
	}
	wanted := map[string][]float64{"place": {1, 2, 0, 1}, "card": {0.39, 1.61}, "paper": {1, 1}, "delivery": {1, 1}}
	sp := newSpace(nil, s.Program)
	m := sp.model(0, nil)
	w := sp.weigher(weights)
	for i, v := range w.order {
		for c, want := range wanted[cmp.Or(v.member, v.input)] {
			if got := w.of[i][c]; math.Abs(got-want) > 1e-9 {
				t.Errorf("%s%s: class %d weighs %v, not %v", v.input, v.member, c, got, want)
			}
		}
	}
	for i, f := range append(m.parts(), m.possible, bdd.Never) {
		if got, want := w.count(f), everyCombination(w, f, 0); math.Abs(got-want) > 1e-9*(1+want) {
			t.Errorf("function %d counts %v, not %v", i, got, want)
		}
	}
}

// everyCombination counts without looking at which variables a function depends on.
func everyCombination(w *weigher, f bdd.Func, from int) float64 {
	if from == len(w.order) {
		return float64(table.BoolInt(f == bdd.Always))
	}
	sum := 0.0
	for class, weight := range w.of[from] {
		sum += weight * everyCombination(w, w.s.follow(f, w.order[from], class), from+1)
	}
	return sum
}
