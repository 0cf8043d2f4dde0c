package table

import (
	"fmt"
	"strings"

	"sitegen/internal/civil"
)

// AtomText returns an atom as a text for people who read the tables.
func (p *Program) AtomText(a Atom) string {
	if a.Op == NotAfter {
		right := p.TermText(a.B)
		if a.N != 0 {
			right += fmt.Sprintf(" %+d", a.N)
		}
		return p.TermText(a.A) + " <= " + right
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

// TermText returns a date term as a text for people who read the tables.
func (p *Program) TermText(i int) string {
	t := p.Terms[i]
	switch t.Op {
	case InputDay:
		return p.Names.Inputs[p.InputOf(t.A)].ID
	case ConstDay:
		return DayText(t.N)
	case Earlier, Later:
		return fmt.Sprintf("%s(%s, %s)", termNames[t.Op], p.TermText(t.A), p.TermText(int(t.N)))
	}
	return fmt.Sprintf("%s(%s, %d)", termNames[t.Op], p.TermText(t.A), t.N)
}

// termNames are the names of date operators in the texts of [Program.TermText]. In rules, the operators with a number of
// days or months have more names, for example day_after and months_before.
var termNames = map[TermOp]string{Months: "months", MonthEnd: "end_of_month", Earlier: "earlier", Later: "later", Reaches: "reaches_age", Shift: "days_after"}

// DayText returns a raw day as YYYY-MM-DD, or "" for [NoDay].
func DayText(day int32) string { return civil.Date(day).String() }
