package rules

import (
	"slices"

	"sitegen/internal/diag"
	"sitegen/internal/strictyaml"
	"sitegen/internal/table"
)

// readInterview reads what is asked, in which order, and what visitors tell unasked. Rules without the file ask
// everything in the order of inputs.yaml.
func (l *loader) readInterview() error {
	l.reading = theConditions
	if !l.has(interviewFile) {
		for _, in := range l.set.inputs {
			if in.canBeAsked() {
				l.addAsk(&ask{input: in, place: in.place})
			}
		}
		return nil
	}
	var y interviewYAML
	f, _, err := l.read(interviewFile, &y)
	if err != nil {
		return err
	}
	l.readOrder(f, y.Order)
	l.readCircumstances(f, y.Circumstances)
	l.readSecret(f, y.Secret)
	seen := map[string]bool{}
	for _, cy := range y.Contradictions {
		l.readContradiction(f, cy, seen)
	}
	return nil
}

// readOrder reads the steps of the interview.
func (l *loader) readOrder(f *diag.File, y []askYAML) {
	for _, ay := range y {
		if in := l.askable(f, ay.Ask, "order"); in != nil {
			l.readAsk(f, in, ay)
		}
	}
}

// readContradiction reads of whom nothing is proven, with an id that is not among those seen.
func (l *loader) readContradiction(f *diag.File, y contradictionYAML, seen map[string]bool) {
	l.unique(f, y.ID, seen)
	r := &row{id: y.ID.Value, place: place{f, y.ID.Offset}, words: y.Means, when: l.literals(f, y.When, beforeDecision)}
	l.set.contradictions = append(l.set.contradictions, r)
}

// askable returns the input of a name, if somebody can be asked for it.
func (l *loader) askable(f *diag.File, id strictyaml.Text, where string) *input {
	in := l.inputNamed(id.Value)
	switch {
	case in != nil && !in.lost && in.canBeAsked():
		return in
	case in == nil && id.Value != "" && !l.unread[inputsFile]:
		l.report(f.At(id.Offset, "rule-unknown-value", id.Value, where, suggest(id.Value, l.askableIDs())))
	case in != nil && !in.lost:
		l.report(f.At(id.Offset, "rule-ask-nobody", id.Value))
	default:
		l.broken[l.reading] = true
	}
	return nil
}

func (l *loader) askableIDs() []string {
	var list []string
	for _, in := range l.set.inputs {
		if in.canBeAsked() {
			list = append(list, in.id)
		}
	}
	return list
}

func (l *loader) readAsk(f *diag.File, in *input, y askYAML) {
	if y.Again && in.kind != table.Several {
		l.report(f.At(y.Ask.Offset, "rule-ask-again", in.id))
		return
	}
	l.addAsk(&ask{input: in, again: y.Again, when: l.literals(f, y.When, beforeDecision), place: place{f, y.Ask.Offset}})
}

func (l *loader) addAsk(a *ask) {
	a.input.asked = true
	l.set.asks = append(l.set.asks, a)
}

// allValues stands for every value of an input.
const allValues = "all"

// readCircumstances reads the values that a visitor tells unasked.
func (l *loader) readCircumstances(f *diag.File, y strictyaml.Map[[]strictyaml.Text]) {
	for _, entry := range y {
		in := l.askable(f, entry.Key, "circumstances")
		switch {
		case in == nil:
		case in.kind != table.Choice && in.kind != table.Several:
			l.report(f.At(entry.Key.Offset, "rule-circumstance-kind", in.id))
		case len(entry.Value) == 1 && entry.Value[0].Value == allValues:
			in.tells = in.values
		default:
			in.tells = l.lookUp(f, entry.Value, in.id, in.values)
		}
	}
}

// readSecret reads the values that stand in no list. Nobody is asked for them, so each must be one that is told unasked.
func (l *loader) readSecret(f *diag.File, y strictyaml.Map[[]strictyaml.Text]) {
	l.set.secret = map[*input][]*word{}
	for _, entry := range y {
		if in := l.askable(f, entry.Key, "secret"); in != nil {
			l.set.secret[in] = l.lookUp(f, entry.Value, in.id, in.values)
			for _, id := range entry.Value {
				if value := wordNamed(in.values, id.Value); value != nil && !slices.Contains(in.tells, value) {
					l.report(f.At(id.Offset, "rule-secret-untold", in.id, id.Value))
				}
			}
		}
	}
}

// told returns the values that are told unasked, in each slot as bits.
func (in *input) told() []int32 {
	bits := make([]int32, in.slots())
	for _, value := range in.tells {
		bits[value.index/31] |= 1 << (value.index % 31)
	}
	return bits
}
