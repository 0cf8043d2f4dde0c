package rulefile

import (
	"maps"
	"slices"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/rules"
	"sitegen/internal/table"
)

// dates reads a comparison of two days, one of which is the day of the visit.
func (p *parser) dates() rules.Test {
	if in := p.l.set.InputByID(p.peek()); in != nil && p.tokensAhead("=") && p.next+2 < len(p.tokens) && rules.WordNamed(in.Specials, p.tokens[p.next+2]) != nil {
		p.fail("rule-write-so", in.ID+" = "+p.tokens[p.next+2], in.ID+" is "+p.tokens[p.next+2])
	}
	left := p.term()
	operator := p.take()
	if operator == "" {
		p.next--
		p.fail("rule-ends", p.text.Value)
	}
	right := p.term()
	if p.failed {
		return rules.Test{}
	}
	t := rules.Test{Kind: rules.DateTest, Left: left, Right: right}
	switch operator {
	case "<=":
	case "<":
		t.Strict = true
	case ">=", ">":
		t.Left, t.Right, t.Strict = right, left, operator == ">"
	default:
		p.fail("rule-expect", "<=", p.text.Value)
	}
	if p.l.set.Visit == nil { // already reported
		p.lost()
		return rules.Test{}
	}
	if used := rules.InputsOf(t.Left, rules.InputsOf(t.Right, nil)); t.Left.IsVisit() == t.Right.IsVisit() || len(used) > 2 || used[0] == used[len(used)-1] && len(used) == 2 {
		p.next = 0
		p.fail("rule-date-visit", p.text.Value)
	}
	return t
}

// functions are the operators on dates. Each takes one or two days and, if it has a unit, a number of that unit after them.
var functions = map[string]struct {
	op    table.TermOp
	days  int
	unit  string // unit of the number that it takes; "" if it takes none
	sign  int32
	fixed int32
}{
	"end_of_month":  {table.MonthEnd, 1, "months", 1, 0},
	"months_before": {table.Months, 1, "months", -1, 0},
	"months_after":  {table.Months, 1, "months", 1, 0},
	"day_after":     {table.Shift, 1, "", 1, 1},
	"day_before":    {table.Shift, 1, "", 1, -1},
	"earlier":       {table.Earlier, 2, "", 1, 0},
	"later":         {table.Later, 2, "", 1, 0},
	"reaches_age":   {table.Reaches, 1, "number", 1, 0},
}

// mostNested limits how deeply operators on days may be nested. Deeper nesting would be hard to read, and could lead to days
// outside the calendar.
const mostNested = 6

// mostMonths limits the number that an operator takes, so that no day is outside the calendar.
const mostMonths = 1200

// term reads a term: an input, a fact, or an operator on days.
func (p *parser) term() *rules.DateTerm {
	name := p.peek()
	if id, ok := strings.CutPrefix(name, "fact:"); ok {
		return &rules.DateTerm{Op: table.ConstDay, Day: p.fact(id, "date")}
	}
	f, isFunction := functions[name]
	if in := p.l.set.InputByID(name); in != nil && in.Lost {
		p.lost()
	}
	if in := p.l.set.InputByID(name); in != nil && in.Kind == table.Date {
		p.next++
		return &rules.DateTerm{Op: table.InputDay, Input: in}
	} else if !isFunction {
		if name == "" {
			p.fail("rule-ends", p.text.Value)
		}
		if len(name) > 0 && name[0] >= '0' && name[0] <= '9' {
			p.fail("rule-fact-wanted", name)
		}
		p.unknown("rule-unknown-day", name, diag.Nearest(name, append(p.l.inputIDs(table.Date), slices.Sorted(maps.Keys(functions))...)))
		return &rules.DateTerm{Op: table.ConstDay}
	}
	if p.depth == mostNested {
		p.fail("rule-too-deep", mostNested)
		return &rules.DateTerm{Op: table.ConstDay}
	}
	p.depth++
	defer func() { p.depth-- }()
	p.next++
	p.expect("(")
	t := &rules.DateTerm{Op: f.op, A: p.term(), N: f.fixed}
	if f.days == 2 {
		p.expect(",")
		t.B = p.term()
	}
	if f.unit != "" {
		p.expect(",")
		n := p.count(f.unit)
		if n < 0 || n > mostMonths {
			p.next--
			p.fail("rule-number-range", 0, mostMonths)
		}
		t.N = f.sign * n
	}
	p.expect(")")
	return t
}
