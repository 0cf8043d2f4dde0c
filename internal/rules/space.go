package rules

import (
	"math/bits"
	"slices"

	"sitegen/internal/bdd"
	"sitegen/internal/civil"
	"sitegen/internal/table"
)

// A space is every situation that one or two programs can tell apart. Each input is a variable with a few classes:
// the values of a choice, whether a value belongs to a set, intervals of a number, and of a date the ways in which it
// can lie to the day of the visit. Which of those can exist together is the function possible. A class is written in
// binary in Boolean variables of a diagram.
type space struct {
	*bdd.Diagram
	programs  []*table.Program
	variables []*variable
	possible  bdd.Func
	visit     *variable
	byInput   map[string][]*variable // by id of the input; of a set one for each value
	levels    int
	defaults  bool // days that are a default are told apart from others

	values        map[dayValue]int32 // found already
	inputsOfDates []*dateInput
	constants     []*comparison
	bits          map[[2]int]*comparison // by program and atom
	allowed       [][][]class            // of a date: the classes that can exist, by class of the visit and by date
}

// variable is an input, or of a set one value of it.
type variable struct {
	input   string
	kind    table.Kind
	member  string // of a set
	classes []class
	first   int // level of its lowest bit
	bits    int
	usual   int   // the class of the default
	day     int32 // of a date: the day that is its default, or Missing
}

// class is what cannot be told apart within an input.
type class struct {
	value   int32  // a raw value in it (of a date: only of a special)
	name    string // of a choice or a special
	special bool
	pattern uint64 // of a date: which comparisons hold
	day     int32  // of the visit: a day in it
	days    int    // of the visit: how many days are in it
}

// The days of the visit that are verified.
var (
	spaceFirst = int32(civil.Of(2024, 11, 1))
	spaceLast  = int32(civil.Of(2035, 12, 31))
)

func newSpace(until func() error, programs ...*table.Program) *space {
	s := emptySpace(until, programs...)
	s.defaults = len(programs) > 1 // what is missing in one of them is at the other's default
	s.build(s.byUse)
	return s
}

func emptySpace(until func() error, programs ...*table.Program) *space {
	return &space{Diagram: bdd.New(until), programs: programs, byInput: map[string][]*variable{}, values: map[dayValue]int32{}, possible: bdd.Always}
}

// build makes the variables of all inputs, in an order.
func (s *space) build(order func() []*variable) {
	for _, p := range s.programs {
		for i := range p.Inputs {
			s.addInput(p, i)
		}
	}
	s.dates()
	for _, v := range order() {
		s.give(v)
	}
	s.possible = bdd.Always
	for _, v := range s.variables {
		s.possible = s.And(s.possible, s.in(v, func(int) bool { return true }))
	}
	for i, in := range s.inputsOfDates {
		s.couple(in.v, i)
	}
}

// addInput makes the variables of an input, or adds the values of a second program to them.
func (s *space) addInput(p *table.Program, i int) {
	in, names := &p.Inputs[i], p.Names.Inputs[i]
	known := s.byInput[names.ID]
	switch {
	case in.Kind == table.Several:
		for _, value := range names.Values {
			if !slices.ContainsFunc(known, func(v *variable) bool { return v.member == value }) {
				s.add(&variable{input: names.ID, kind: in.Kind, member: value, classes: []class{{value: 0}, {value: 1}}})
			}
		}
	case in.Kind == table.Choice:
		v := s.variableOf(names.ID, in.Kind)
		for j, value := range names.Values {
			if !slices.ContainsFunc(v.classes, func(c class) bool { return c.name == value }) {
				v.classes = append(v.classes, class{value: int32(j), name: value})
			}
		}
		v.usual = max(0, int(in.Default))
	case in.Kind == table.Number:
		s.addNumber(s.variableOf(names.ID, in.Kind), p, i)
	default:
		v := s.variableOf(names.ID, in.Kind)
		if v.day = in.Default; v.day < table.FirstDay {
			v.day = table.Missing
		}
	}
}

func (s *space) variableOf(id string, kind table.Kind) *variable {
	if known := s.byInput[id]; len(known) > 0 {
		return known[0]
	}
	v := &variable{input: id, kind: kind}
	s.add(v)
	return v
}

func (s *space) add(v *variable) {
	s.variables = append(s.variables, v)
	s.byInput[v.input] = append(s.byInput[v.input], v)
}

// addNumber makes the intervals between the thresholds of a number, besides its special values.
func (s *space) addNumber(v *variable, p *table.Program, i int) {
	slot := p.Slot(i)
	starts := []int32{p.Inputs[i].Lo}
	for _, c := range v.classes {
		if !c.special {
			starts = append(starts, c.value)
		}
	}
	for _, a := range p.Atoms {
		if a.Op == table.AtLeast && a.A == slot {
			starts = append(starts, a.N)
		}
	}
	slices.Sort(starts)
	v.classes = nil
	for j, name := range p.Names.Inputs[i].Values {
		v.classes = append(v.classes, class{value: table.Missing + 1 + int32(j), name: name, special: true})
	}
	for _, start := range slices.Compact(starts) {
		v.classes = append(v.classes, class{value: start})
	}
}

// byUse returns the variables as the rows speak of them, behind those that decide nothing. A diagram whose variables
// follow the order of use stays small.
func (s *space) byUse() []*variable {
	var order []*variable
	take := func(v *variable) {
		if !slices.Contains(order, v) {
			order = append(order, v)
		}
	}
	for _, p := range s.programs {
		seen := map[int]bool{}
		var visit func(l *table.List)
		visit = func(l *table.List) {
			for _, signals := range [][]int{l.Yes, l.No} {
				for _, signal := range signals {
					if seen[signal] {
						continue
					}
					seen[signal] = true
					switch {
					case signal < p.FirstGate():
						take(s.variableAt(p, p.Atoms[signal]))
					case signal < p.FirstOutcome():
						visit(&p.Gates[signal-p.FirstGate()].List)
					case signal >= p.FirstPost() && signal < p.FirstEnough():
						visit(&p.Posts[signal-p.FirstPost()].List)
					}
				}
			}
		}
		for i := range p.Rows {
			visit(&p.Rows[i].List)
		}
	}
	decides := len(order)
	for _, v := range s.variables {
		take(v)
	}
	order = slices.Concat(order[decides:], slices.DeleteFunc(order[:decides:decides], func(v *variable) bool { return v == s.visit }))
	if !slices.Contains(order, s.visit) {
		order = append(order, s.visit)
	}
	return order
}

// variableAt returns the variable that an atom tests; of a date comparison the date beside the visit.
func (s *space) variableAt(p *table.Program, a table.Atom) *variable {
	slot := a.A
	if a.Op == table.NotAfter {
		slot = max(p.TermSlot(a.A), p.TermSlot(a.B))
	}
	names := p.Names.Inputs[p.InputOf(slot)]
	variables := s.byInput[names.ID]
	if a.Op == table.Bit {
		for _, v := range variables {
			if v.member == names.Values[int(a.N)+31*(slot-p.Slot(p.InputOf(slot)))] {
				return v
			}
		}
	}
	return variables[0]
}

func (s *space) give(v *variable) {
	v.first, v.bits = s.levels, bits.Len(uint(max(len(v.classes)-1, 1)))
	s.levels += v.bits
}

// in returns the function "the class of v is one for which the test holds".
func (s *space) in(v *variable, test func(class int) bool) bdd.Func {
	var build func(bit, code int) bdd.Func
	build = func(bit, code int) bdd.Func {
		if bit == v.bits {
			if code < len(v.classes) && test(code) {
				return bdd.Always
			}
			return bdd.Never
		}
		return s.Make(int32(v.first+bit), build(bit+1, code), build(bit+1, code|1<<bit))
	}
	return build(0, 0)
}

func (s *space) is(v *variable, class int) bdd.Func {
	return s.in(v, func(c int) bool { return c == class })
}

// with returns f where v is of a class.
func (s *space) with(f bdd.Func, v *variable, class int) bdd.Func {
	return s.Restrict(f, v.first, v.bits, class)
}
