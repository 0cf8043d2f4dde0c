package rules

import "sitegen/internal/table"

// names fills in the ids of the entries of the tables.
func (l *lowering) names() {
	n, s := &l.p.Names, l.s
	for _, in := range s.Inputs {
		values := IDs(in.Values)
		if in.Kind == table.Date || in.Kind == table.Number {
			values = IDs(in.Specials)
		}
		n.Inputs = append(n.Inputs, table.InputNames{ID: in.ID, Values: values, Unknown: in.unknown(), Secret: indices(s.Secret[in]), Policy: in.Policy})
	}
	n.Outcomes, n.Documents, n.Notes = IDs(s.Outcomes), IDs(s.Documents), IDs(s.Notes)
	for _, r := range s.Rows {
		n.Rows, n.RowSources, n.Layers = append(n.Rows, r.ID), append(n.RowSources, r.Sources), append(n.Layers, r.Layer.ID)
		n.RowReasons = append(n.RowReasons, reasons(r.When))
	}
	for _, r := range s.Enough {
		n.Fits = append(n.Fits, r.ID)
	}
	for _, r := range s.Adds {
		n.Adds = append(n.Adds, r.ID)
	}
	for _, r := range s.Remedies {
		n.Remedies = append(n.Remedies, table.Remedy{ID: r.ID, Answers: r.Answers, For: r.For, NotFor: r.NotFor})
	}
	n.Elsewhere = s.Elsewhere
	n.Signals = make([]string, l.p.Signals())
	for o, id := range n.Outcomes {
		n.Signals[l.p.FirstOutcome()+o] = "outcome = " + id
	}
	for _, c := range s.Conditions {
		if ref := l.of[c]; ref.Index >= l.p.FirstGate() && !ref.Not && n.Signals[ref.Index] == "" {
			n.Signals[ref.Index] = c.ID
		}
	}
	for i, a := range l.p.Atoms {
		n.Signals[i] = l.p.AtomText(a)
	}
}

// reasons returns the ids of the named conditions that must hold, and of those that must not.
func reasons(literals []Literal) (named table.RowReasons) {
	for _, lit := range literals {
		switch {
		case lit.Test.Kind != ConditionTest:
		case lit.Not:
			named.Not = append(named.Not, lit.Test.Condition.ID)
		default:
			named.Holds = append(named.Holds, lit.Test.Condition.ID)
		}
	}
	return named
}

// unknown returns the value that means "I don't know" (the first value under "unknown" in inputs.yaml), or -1.
func (in *Input) unknown() int {
	if len(in.Unknowns) == 0 {
		return -1
	}
	return in.Unknowns[0].Value.Index
}

func indices(list []*Word) []int {
	var found []int
	for _, w := range list {
		found = append(found, w.Index)
	}
	return found
}
