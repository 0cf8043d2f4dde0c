package change

import (
	"slices"

	"sitegen/internal/bdd"
	"sitegen/internal/rules"
	"sitegen/internal/space"
	"sitegen/internal/table"
)

// weigher counts people. Each combination of classes counts as the product of the weights of its answers.
type weigher struct {
	s     *space.Space
	order []*space.Variable // in the order of the diagram
	of    [][]float64       // the weights, by variable and then by class
	whole []float64         // by variable: the weight of all combinations of classes of this variable and those after it
	at    []int             // by level of the diagram: the index in `order` of its variable
	memo  map[bdd.Func]float64
}

// newWeigher prepares counting with weights. Answers without a weight count equally.
func newWeigher(s *space.Space, weights []rules.Weight) *weigher {
	w := &weigher{s: s, order: slices.Clone(s.Variables), memo: map[bdd.Func]float64{bdd.Never: 0, bdd.Always: 1}}
	slices.SortFunc(w.order, func(a, b *space.Variable) int { return a.First - b.First })
	for i, v := range w.order {
		for range v.Bits {
			w.at = append(w.at, i)
		}
		w.of = append(w.of, weighed(v, weights))
	}
	w.whole = make([]float64, len(w.order)+1)
	w.whole[len(w.order)] = 1
	for i, classes := range slices.Backward(w.of) {
		sum := 0.0
		for _, weight := range classes {
			sum += weight
		}
		w.whole[i] = sum * w.whole[i+1]
	}
	return w
}

// weighed returns the weight of each class of a variable: 1 if there are no percentages for it; otherwise in proportion to the
// percentages, and 1 on average.
func weighed(v *space.Variable, weights []rules.Weight) []float64 {
	classes := make([]float64, len(v.Classes))
	known := make([]bool, len(v.Classes))
	rest, open := 100.0, len(classes)
	for _, of := range weights {
		if of.Input != v.Input || v.Kind == table.Several && of.Value != v.Member {
			continue
		}
		for c := range classes {
			if v.Kind == table.Several && c == 1 || v.Kind == table.Choice && v.Classes[c].Name == of.Value {
				classes[c], known[c] = of.Percent, true
				rest, open = rest-of.Percent, open-1
			}
		}
	}
	for c := range classes {
		if !known[c] {
			classes[c] = max(rest, 0) / float64(open)
		}
		classes[c] *= float64(len(classes)) / 100
	}
	return classes
}

// count returns the number of people, by weight, for whom f holds.
func (w *weigher) count(f bdd.Func) float64 {
	i := w.variable(f)
	if f == bdd.Never || w.whole[i] == 0 {
		return 0
	}
	return w.walk(f) * w.whole[0] / w.whole[i]
}

// variable returns the index, in w.order, of the first variable on which f depends. If f is constant, it returns len(w.order).
func (w *weigher) variable(f bdd.Func) int {
	if level := int(w.s.At(f).Level); level < len(w.at) {
		return w.at[level]
	}
	return len(w.order)
}

// walk counts the combinations of classes of the variables from the first one on which f depends.
func (w *weigher) walk(f bdd.Func) float64 {
	if known, ok := w.memo[f]; ok {
		return known
	}
	i := w.variable(f)
	sum := 0.0
	for class, weight := range w.of[i] {
		if weight == 0 {
			continue
		}
		g := follow(w.s, f, w.order[i], class)
		if next := w.variable(g); g != bdd.Never && w.whole[next] > 0 {
			sum += weight * w.walk(g) * w.whole[i+1] / w.whole[next]
		}
	}
	w.memo[f] = sum
	return sum
}

// follow returns f with v fixed to a class. f must not depend on a variable that comes before v in the diagram.
func follow(s *space.Space, f bdd.Func, v *space.Variable, class int) bdd.Func {
	for bit := range v.Bits {
		if n := s.At(f); int(n.Level) == v.First+bit {
			f = n.Low
			if class>>bit&1 != 0 {
				f = n.Top
			}
		}
	}
	return f
}
