package rulefile

import (
	"slices"

	"sitegen/internal/diag"
	"sitegen/internal/rules"
	"sitegen/internal/strictyaml"
	"sitegen/internal/table"
)

// readInterview reads what is asked, in which order, and what visitors state unasked. Without the file, everything is asked in
// the order of inputs.yaml.
func (l *loader) readInterview() error {
	l.reading = theConditions
	if !l.has(rules.InterviewFile) {
		for _, in := range l.set.Inputs {
			if in.CanBeAsked() {
				l.addAsk(&rules.Ask{Input: in, Place: in.Place})
			}
		}
		return nil
	}
	var y interviewYAML
	f, _, err := l.read(rules.InterviewFile, &y)
	if err != nil {
		return err
	}
	l.readOrder(f, y.Order)
	l.readCircumstances(f, y.Circumstances)
	l.readSecret(f, y.Secret)
	l.readElsewhere(f, y.Elsewhere)
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

// readContradiction reads answers that contradict each other: nothing is proven about people who would give them. `seen` has
// the ids of the contradictions read so far.
func (l *loader) readContradiction(f *diag.File, y contradictionYAML, seen map[string]bool) {
	l.unique(f, y.ID, seen)
	r := &rules.Row{ID: y.ID.Value, Place: rules.Place{File: f, Offset: y.ID.Offset}, Words: y.Means, When: l.literals(f, y.When, beforeDecision)}
	l.set.Contradictions = append(l.set.Contradictions, r)
}

// askable returns the input with an id if people can be asked for it. Otherwise it returns nil and reports why, unless the
// cause has been reported already. `where` names the list in messages.
func (l *loader) askable(f *diag.File, id strictyaml.Text, where string) *rules.Input {
	in := l.set.InputByID(id.Value)
	switch {
	case in != nil && !in.Lost && in.CanBeAsked():
		return in
	case in == nil && id.Value != "" && !l.unread[rules.InputsFile]:
		l.report(f.At(id.Offset, "rule-unknown-value", id.Value, where, diag.Nearest(id.Value, l.askableIDs())))
	case in != nil && !in.Lost:
		l.report(f.At(id.Offset, "rule-ask-nobody", id.Value))
	default:
		l.broken[l.reading] = true
	}
	return nil
}

func (l *loader) askableIDs() []string {
	var list []string
	for _, in := range l.set.Inputs {
		if in.CanBeAsked() {
			list = append(list, in.ID)
		}
	}
	return list
}

func (l *loader) readAsk(f *diag.File, in *rules.Input, y askYAML) {
	if y.Again && in.Kind != table.Several {
		l.report(f.At(y.Ask.Offset, "rule-ask-again", in.ID))
		return
	}
	l.addAsk(&rules.Ask{Input: in, Again: y.Again, When: l.literals(f, y.When, beforeDecision), Place: rules.Place{File: f, Offset: y.Ask.Offset}})
}

func (l *loader) addAsk(a *rules.Ask) {
	a.Input.Asked = true
	l.set.Asks = append(l.set.Asks, a)
}

// allValues stands for all values of an input in a list of circumstances.
const allValues = "all"

// readCircumstances reads the values that a visitor states unasked.
func (l *loader) readCircumstances(f *diag.File, y strictyaml.Map[[]strictyaml.Text]) {
	for _, entry := range y {
		in := l.askable(f, entry.Key, "circumstances")
		switch {
		case in == nil:
		case in.Kind != table.Choice && in.Kind != table.Several:
			l.report(f.At(entry.Key.Offset, "rule-circumstance-kind", in.ID))
		case len(entry.Value) == 1 && entry.Value[0].Value == allValues:
			in.Told = in.Values
		default:
			in.Told = l.lookUp(f, entry.Value, in.ID, in.Values)
		}
	}
}

// readSecret reads the values that are too private for any list to show. A visitor can give them only unasked, so each must
// be among the circumstances.
func (l *loader) readSecret(f *diag.File, y strictyaml.Map[[]strictyaml.Text]) {
	l.set.Secret = map[*rules.Input][]*rules.Word{}
	for _, entry := range y {
		if in := l.askable(f, entry.Key, "secret"); in != nil {
			l.set.Secret[in] = l.lookUp(f, entry.Value, in.ID, in.Values)
			for _, id := range entry.Value {
				if value := rules.WordNamed(in.Values, id.Value); value != nil && !slices.Contains(in.Told, value) {
					l.report(f.At(id.Offset, "rule-secret-untold", in.ID, id.Value))
				}
			}
		}
	}
}

// readElsewhere reads the answers of people who are not insured with the insurer whose site they use.
func (l *loader) readElsewhere(f *diag.File, y []strictyaml.Map[[]strictyaml.Text]) {
	for _, entries := range y {
		var all []table.Among
		for _, entry := range entries {
			in := l.askable(f, entry.Key, "insured_elsewhere")
			if in == nil {
				continue
			}
			if in.Kind != table.Choice && in.Kind != table.Several {
				l.report(f.At(entry.Key.Offset, "rule-elsewhere-kind", in.ID))
				continue
			}
			among := table.Among{Input: slices.Index(l.set.Inputs, in)}
			for _, value := range l.lookUp(f, entry.Value, in.ID, in.Values) {
				among.Values = append(among.Values, value.Index)
			}
			all = append(all, among)
		}
		if len(all) > 0 {
			l.set.Elsewhere = append(l.set.Elsewhere, all)
		}
	}
}
