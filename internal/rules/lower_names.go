package rules

import "sitegen/internal/table"

// names fills in the ids of what the tables number.
func (l *lowering) names() {
	n, s := &l.p.Names, l.s
	for _, in := range s.inputs {
		values := ids(in.values)
		if in.kind == table.Date || in.kind == table.Number {
			values = ids(in.specials)
		}
		n.Inputs = append(n.Inputs, table.InputNames{ID: in.id, Values: values, Unknown: in.unknown(), Secret: indices(s.secret[in]), Policy: in.policy})
	}
	n.Outcomes, n.Documents, n.Notes = ids(s.outcomes), ids(s.documents), ids(s.notes)
	for _, r := range s.rows {
		n.Rows, n.RowSources, n.Layers = append(n.Rows, r.id), append(n.RowSources, r.sources), append(n.Layers, r.layer.id)
		n.RowReasons = append(n.RowReasons, reasons(r.when))
	}
	for _, r := range s.adds {
		n.Adds = append(n.Adds, r.id)
	}
	for _, r := range s.remedies {
		n.Remedies = append(n.Remedies, table.Remedy{ID: r.id, Answers: r.answers, For: r.who, NotFor: r.not})
	}
	n.Signals = make([]string, l.p.Signals())
	for o, id := range n.Outcomes {
		n.Signals[l.p.FirstOutcome()+o] = "outcome = " + id
	}
	for _, c := range s.conditions {
		if ref := l.of[c]; ref.index >= l.p.FirstGate() && !ref.not && n.Signals[ref.index] == "" {
			n.Signals[ref.index] = c.id
		}
	}
	for i, a := range l.p.Atoms {
		n.Signals[i] = l.p.AtomText(a)
	}
}

// reasons are the named conditions among literals.
func reasons(literals []literal) (named table.RowReasons) {
	for _, lit := range literals {
		switch {
		case lit.test.kind != testCondition:
		case lit.not:
			named.Not = append(named.Not, lit.test.condition.id)
		default:
			named.Holds = append(named.Holds, lit.test.condition.id)
		}
	}
	return named
}

// unknown returns the value that means "I don't know": the first of which it is said what it may really be.
func (in *input) unknown() int {
	if len(in.unknowns) == 0 {
		return -1
	}
	return in.unknowns[0].value.index
}

func indices(list []*word) []int {
	var found []int
	for _, w := range list {
		found = append(found, w.index)
	}
	return found
}
