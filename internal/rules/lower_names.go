package rules

import (
	"fmt"
	"strings"
)

// names fills in the ids of what the tables number.
func (l *lowering) names() {
	n, s := &l.p.Names, l.s
	for _, in := range s.inputs {
		values := ids(in.values)
		if in.kind == Date || in.kind == Number {
			values = ids(in.specials)
		}
		n.Inputs = append(n.Inputs, InputNames{in.id, values, in.unknown(), indices(s.secret[in]), in.policy})
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
		n.Remedies = append(n.Remedies, Remedy{r.id, r.answers, r.who, r.not})
	}
	n.Signals = make([]string, l.p.Signals())
	for o, id := range n.Outcomes {
		n.Signals[l.p.firstOutcome()+o] = "outcome = " + id
	}
	for _, c := range s.conditions {
		if ref := l.of[c]; ref.index >= l.p.firstGate() && !ref.not && n.Signals[ref.index] == "" {
			n.Signals[ref.index] = c.id
		}
	}
	for i, a := range l.p.Atoms {
		n.Signals[i] = l.p.atomText(a)
	}
}

// reasons are the named conditions among literals.
func reasons(literals []literal) (named RowReasons) {
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

// atomText writes an atom for people who read the tables.
func (p *Program) atomText(a Atom) string {
	if a.Op == NotAfter {
		right := p.termText(a.B)
		if a.N != 0 {
			right += fmt.Sprintf(" %+d", a.N)
		}
		return p.termText(a.A) + " <= " + right
	}
	in := p.Names.Inputs[p.InputOf(a.A)]
	switch a.Op {
	case Bit:
		return in.ID + "." + in.Values[int(a.N)+31*(a.A-p.Slot(p.InputOf(a.A)))]
	case In:
		var values []string
		for i, v := range in.Values {
			if a.N>>i&1 != 0 {
				values = append(values, v)
			}
		}
		return in.ID + " = " + strings.Join(values, " or ")
	case Is:
		return in.ID + " is " + in.Values[a.N-Missing-1]
	}
	return fmt.Sprintf("%s >= %d", in.ID, a.N)
}

func (p *Program) termText(i int) string {
	t := p.Terms[i]
	switch t.Op {
	case InputDay:
		return p.Names.Inputs[p.InputOf(t.A)].ID
	case ConstDay:
		return dayText(t.N)
	case Earlier, Later:
		return fmt.Sprintf("%s(%s, %s)", termNames[t.Op], p.termText(t.A), p.termText(int(t.N)))
	}
	return fmt.Sprintf("%s(%s, %d)", termNames[t.Op], p.termText(t.A), t.N)
}

var termNames = map[TermOp]string{Months: "months", MonthEnd: "end_of_month", Earlier: "earlier", Later: "later", Reaches: "reaches_age", Shift: "days_after"}

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
