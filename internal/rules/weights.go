package rules

import (
	"slices"
	"strconv"

	"sitegen/internal/bdd"
	"sitegen/internal/diag"
	"sitegen/internal/space"
	"sitegen/internal/strictyaml"
	"sitegen/internal/table"
)

// weightsFile says of some answers how many people give them. Where it is missing, all answers count alike.
const weightsFile = "rules/weights.yaml"

// Weight is how many people give an answer, as somebody has counted them.
type Weight struct {
	Input, Value string // ids
	Name, Answer Words  // what editors call these
	Percent      float64
	Means        Words    // what was counted, of whom, and when
	Sources      []string // ids, at least one
}

type weightYAML struct {
	Percent strictyaml.Text   `yaml:"percent"`
	Means   Words             `yaml:"means"`
	Sources []strictyaml.Text `yaml:"sources"`
}

// Weights returns the answers that do not count as all others do, in the order of their file.
func (s *Set) Weights() []Weight { return s.weights }

// SourceName returns what readers are told of a source, or its id where nothing is.
func (s *Set) SourceName(id string) Words {
	if name, ok := s.facts.labels[id]; ok {
		return name
	}
	return Words{id, id}
}

// readWeights reads how many people give an answer.
func (l *loader) readWeights() error {
	l.reading = theLaws // nothing else rests on them
	if !l.has(weightsFile) {
		return nil
	}
	var y strictyaml.Map[strictyaml.Map[weightYAML]]
	f, _, err := l.read(weightsFile, &y)
	if err != nil {
		return err
	}
	for _, entry := range y {
		switch in := l.inputNamed(entry.Key.Value); {
		case in != nil && in.lost, len(l.askableIDs()) == 0: // told already
			l.broken[l.reading] = true
		case in == nil:
			l.report(f.At(entry.Key.Offset, "rule-unknown-value", entry.Key.Value, inputsFile, suggest(entry.Key.Value, l.askableIDs())))
		case in.kind != table.Choice && in.kind != table.Several:
			l.report(f.At(entry.Key.Offset, "rule-weight-kind", in.id))
		default:
			l.readWeightsOf(f, in, entry)
		}
	}
	return nil
}

// readWeightsOf reads the weights of the answers of one input.
func (l *loader) readWeightsOf(f *diag.File, in *input, entry strictyaml.Entry[strictyaml.Map[weightYAML]]) {
	sum := 0.0
	for _, of := range entry.Value {
		y := of.Value
		value := l.lookUp(f, []strictyaml.Text{of.Key}, in.id, in.values)
		percent, err := strconv.ParseFloat(y.Percent.Value, 64)
		if y.Percent.Value != "" && (err != nil || !(percent >= 0 && percent <= 100)) {
			l.report(f.At(y.Percent.Offset, "rule-weight-percent", y.Percent.Value))
		}
		if y.Sources != nil && len(y.Sources) == 0 {
			l.report(f.At(of.Key.Offset, "sources-missing"))
		}
		sum += percent
		weight := Weight{Input: in.id, Name: in.words, Percent: percent, Means: y.Means, Sources: l.sources(f, y.Sources)}
		if len(value) > 0 {
			weight.Value, weight.Answer = value[0].id, value[0].words
		}
		l.set.weights = append(l.set.weights, weight)
	}
	const nearly = 1e-6 // of rounding
	all := len(entry.Value) == len(in.values)
	if in.kind == table.Choice && (sum > 100+nearly || all && sum < 100-nearly) {
		l.report(f.At(entry.Key.Offset, "rule-weight-sum", in.id, strconv.FormatFloat(sum, 'f', -1, 64)))
	}
}

// weigher counts people: every combination of classes for as many as its answers weigh.
type weigher struct {
	s     *space.Space
	order []*space.Variable // in that of the diagram
	of    [][]float64       // of each variable, by class
	whole []float64         // of each variable and all behind it
	at    []int             // of each level: its variable
	memo  map[bdd.Func]float64
}

// newWeigher prepares counting with weights; what they do not name counts alike.
func newWeigher(s *space.Space, weights []Weight) *weigher {
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

// weighed returns how much each class of a variable weighs: one, or where there are percentages one on average.
func weighed(v *space.Variable, weights []Weight) []float64 {
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

// count returns for how many people f holds.
func (w *weigher) count(f bdd.Func) float64 {
	i := w.variable(f)
	if f == bdd.Never || w.whole[i] == 0 {
		return 0
	}
	return w.walk(f) * w.whole[0] / w.whole[i]
}

// variable returns the first variable on which f depends.
func (w *weigher) variable(f bdd.Func) int {
	if level := int(w.s.At(f).Level); level < len(w.at) {
		return w.at[level]
	}
	return len(w.order)
}

// walk counts by the variables from the first on which f depends.
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

// follow returns what f is where a variable, on which it depends first, is of a class.
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
