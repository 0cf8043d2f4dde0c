package rules

import (
	"strings"
)

// dates reads a comparison of two days; one side is the day of the visit.
func (p *parser) dates() test {
	left := p.term()
	operator := p.take()
	right := p.term()
	if p.failed {
		return test{}
	}
	t := test{kind: testDate, left: left, right: right}
	switch operator {
	case "<=":
	case "<":
		t.strict = true
	case ">=", ">":
		t.left, t.right, t.strict = right, left, operator == ">"
	default:
		p.fail("rule-expect", "<=", p.text.Value)
	}
	if used := inputsOf(t.left, inputsOf(t.right, nil)); t.left.isVisit() == t.right.isVisit() || len(used) > 2 || used[0] == used[len(used)-1] && len(used) == 2 {
		p.next = 0
		p.fail("rule-date-visit", p.text.Value)
	}
	return t
}

// inputsOf lists the inputs that a day is computed from, behind those already found.
func inputsOf(t *dateTerm, found []*input) []*input {
	if t == nil {
		return found
	}
	if t.op == InputDay {
		return append(found, t.input)
	}
	return inputsOf(t.b, inputsOf(t.a, found))
}

func (t *dateTerm) isVisit() bool { return t.op == InputDay && t.input.index == 0 }

// functions are the calendar operators: how many days and numbers each takes.
var functions = map[string]struct {
	op    TermOp
	days  int
	unit  string // of the number; "" where none
	sign  int32
	fixed int32
}{
	"end_of_month":  {MonthEnd, 1, "months", 1, 0},
	"months_before": {Months, 1, "months", -1, 0},
	"months_after":  {Months, 1, "months", 1, 0},
	"day_after":     {Shift, 1, "", 1, 1},
	"day_before":    {Shift, 1, "", 1, -1},
	"earlier":       {Earlier, 2, "", 1, 0},
	"later":         {Later, 2, "", 1, 0},
	"reaches_age":   {Reaches, 1, "number", 1, 0},
}

// mostNested bounds how deeply days are calculated from days: nobody can follow more, and no day leaves the calendar.
const mostNested = 6

// term reads a day: an input, a fact, or an operator on days.
func (p *parser) term() *dateTerm {
	name := p.peek()
	if id, ok := strings.CutPrefix(name, "fact:"); ok {
		p.l.set.noteUse(id, p.place.file)
		day, known := p.l.set.facts.Days[id]
		if !known {
			p.fail("rule-unknown-fact", id, suggest(id, sortedKeys(p.l.set.facts.Days)))
		}
		p.next++
		return &dateTerm{op: ConstDay, day: int32(day)}
	}
	f, isFunction := functions[name]
	if in := p.l.inputNamed(name); in != nil && in.kind == Date {
		p.next++
		return &dateTerm{op: InputDay, input: in}
	} else if !isFunction {
		if len(name) > 0 && name[0] >= '0' && name[0] <= '9' {
			p.fail("rule-fact-wanted", name)
		}
		p.fail("rule-unknown-day", name, suggest(name, append(p.l.inputIDs(Date), sortedKeys(functions)...)))
		return &dateTerm{op: ConstDay}
	}
	if p.depth == mostNested {
		p.fail("rule-too-deep", mostNested)
		return &dateTerm{op: ConstDay}
	}
	p.depth++
	defer func() { p.depth-- }()
	p.next++
	p.expect("(")
	t := &dateTerm{op: f.op, a: p.term(), n: f.fixed}
	if f.days == 2 {
		p.expect(",")
		t.b = p.term()
	}
	if f.unit != "" {
		p.expect(",")
		t.n = f.sign * p.count(f.unit)
	}
	p.expect(")")
	return t
}
