package space

import (
	"math/bits"
	"slices"

	"sitegen/internal/bdd"
	"sitegen/internal/civil"
	"sitegen/internal/table"
)

// A Space is every situation that one or two programs can tell apart. Each input is a [Variable] with a few classes. The
// classes are the values of a choice, whether a set has a value, intervals of a number, or the possible relations of a date
// to the day of the visit. Boolean variables of the diagram hold the number of a class in binary.
type Space struct {
	*bdd.Diagram
	programs    []*table.Program
	Variables   []*Variable            // first those given to NewOrdered, then those of the inputs, program by program
	Possible    bdd.Func               // which classes can occur together
	Visit       *Variable              // the day of the visit
	ByInput     map[string][]*Variable // by id of the input; a set has one for each value
	levels      int
	defaultBits []int8 // see DefaultBits
	defaults    bool   // if true, a default that is a day has the same class on all days of one class of the visit

	values        map[dayValue]int32 // results of findValue
	inputsOfDates []*dateInput
	constants     []*comparison
	bits          map[[2]int]*comparison // the comparison of each atom, by the indices of the program and the atom
	allowed       [][][]Class            // for dates: the classes that can occur, by class of the visit and by date
}

// Variable is an input, or one value of a set.
type Variable struct {
	Input   string // the id of the input
	Kind    table.Kind
	Member  string // for a set: the id of the value; in class 1 the set has it
	Classes []Class
	First   int   // the level of its lowest bit in the diagram
	Bits    int   // how many levels it takes
	Default int   // the class of the default
	day     int32 // for a date: the day that is its default, or Missing
}

// Class is a group of values of an input that no program tells apart.
type Class struct {
	Value   int32  // a raw value of the class; for a date other than the visit, it has a meaning only if Special is set
	Name    string // the id of a value of a choice, or of a special value
	Special bool   // a special value of a date or number
	pattern uint64 // for a date: which comparisons hold
	day     int32  // for the visit: a day of the class
	days    int    // for the visit: how many days the class has
}

// FirstDay and LastDay are the first and last day of the visit for which rules are proven, as raw days.
var (
	FirstDay = int32(civil.Of(2024, 11, 1))
	LastDay  = int32(civil.Of(2035, 12, 31))
)

// New returns the space of one or two programs. Work on the space ends with a panic if `until` returns an error (see
// [bdd.New]), and with the panic [bdd.ErrTooLarge] if the diagram or the number of comparisons grows too large.
func New(until func() error, programs ...*table.Program) *Space {
	s := emptySpace(until, programs...)
	s.defaults = len(programs) > 1 // an input that only one program has is at its default for the other
	s.build(func(order []*Variable) {})
	return s
}

// NewOrdered returns the space of a program with the further variables in `more`. The function `sort` reorders all variables
// in place; it gets them in the order of [Space.byUse]. A default that is a day has the same class on all days of one class
// of the visit. NewOrdered panics as [New] says.
func NewOrdered(until func() error, p *table.Program, more []*Variable, sort func(p *table.Program, visit *Variable, order []*Variable)) *Space {
	s := emptySpace(until, p)
	s.defaults = true
	for _, v := range more {
		s.add(v)
	}
	s.build(func(order []*Variable) { sort(p, s.Visit, order) })
	return s
}

func emptySpace(until func() error, programs ...*table.Program) *Space {
	return &Space{Diagram: bdd.New(until), programs: programs, ByInput: map[string][]*Variable{}, values: map[dayValue]int32{}, Possible: bdd.Always}
}

// build makes the variables of all inputs, puts them in order and computes Possible.
func (s *Space) build(sort func(order []*Variable)) {
	for _, p := range s.programs {
		for i := range p.Inputs {
			s.addInput(p, i)
		}
	}
	s.dates()
	order := s.byUse()
	sort(order)
	for _, v := range order {
		s.give(v)
	}
	s.Possible = bdd.Always
	for _, v := range s.Variables {
		s.Possible = s.And(s.Possible, s.In(v, func(int) bool { return true }))
	}
	for i, in := range s.inputsOfDates {
		s.couple(in.v, i)
	}
}

// addInput makes the variables of an input, or adds the values of a second program to existing ones.
func (s *Space) addInput(p *table.Program, i int) {
	in, names := &p.Inputs[i], p.Names.Inputs[i]
	known := s.ByInput[names.ID]
	switch {
	case in.Kind == table.Several:
		for _, value := range names.Values {
			if !slices.ContainsFunc(known, func(v *Variable) bool { return v.Member == value }) {
				s.add(&Variable{Input: names.ID, Kind: in.Kind, Member: value, Classes: []Class{{Value: 0}, {Value: 1}}})
			}
		}
	case in.Kind == table.Choice:
		v := s.variableOf(names.ID, in.Kind)
		for j, value := range names.Values {
			if !slices.ContainsFunc(v.Classes, func(c Class) bool { return c.Name == value }) {
				v.Classes = append(v.Classes, Class{Value: int32(j), Name: value})
			}
		}
		v.Default = max(0, int(in.Default))
	case in.Kind == table.Number:
		s.addNumber(s.variableOf(names.ID, in.Kind), p, i)
	default:
		v := s.variableOf(names.ID, in.Kind)
		if v.day = in.Default; v.day < table.FirstDay {
			v.day = table.Missing
		}
	}
}

func (s *Space) variableOf(id string, kind table.Kind) *Variable {
	if known := s.ByInput[id]; len(known) > 0 {
		return known[0]
	}
	v := &Variable{Input: id, Kind: kind}
	s.add(v)
	return v
}

func (s *Space) add(v *Variable) {
	s.Variables = append(s.Variables, v)
	s.ByInput[v.Input] = append(s.ByInput[v.Input], v)
}

// addNumber makes the classes of a number: its special values, and the intervals between its thresholds.
func (s *Space) addNumber(v *Variable, p *table.Program, i int) {
	slot := p.Slot(i)
	starts := []int32{p.Inputs[i].Lo}
	for _, c := range v.Classes {
		if !c.Special {
			starts = append(starts, c.Value)
		}
	}
	for _, a := range p.Atoms {
		if a.Op == table.AtLeast && a.A == slot {
			starts = append(starts, a.N)
		}
	}
	slices.Sort(starts)
	v.Classes = nil
	for j, name := range p.Names.Inputs[i].Values {
		v.Classes = append(v.Classes, Class{Value: table.Missing + 1 + int32(j), Name: name, Special: true})
	}
	for _, start := range slices.Compact(starts) {
		v.Classes = append(v.Classes, Class{Value: start})
	}
}

// byUse returns first the variables that no row names, then the others in the order in which rows name them. If rows name the
// visit, it comes last. This order keeps diagrams small.
func (s *Space) byUse() []*Variable {
	var order []*Variable
	take := func(v *Variable) {
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
	for _, v := range s.Variables {
		take(v)
	}
	order = slices.Concat(order[decides:], slices.DeleteFunc(order[:decides:decides], func(v *Variable) bool { return v == s.Visit }))
	if !slices.Contains(order, s.Visit) {
		order = append(order, s.Visit)
	}
	return order
}

// variableAt returns the variable that an atom tests. For a date comparison it is the date that is compared with the visit.
func (s *Space) variableAt(p *table.Program, a table.Atom) *Variable {
	slot := a.A
	if a.Op == table.NotAfter {
		slot = max(p.TermSlot(a.A), p.TermSlot(a.B))
	}
	names := p.Names.Inputs[p.InputOf(slot)]
	variables := s.ByInput[names.ID]
	if a.Op == table.Bit {
		for _, v := range variables {
			if v.Member == names.Values[int(a.N)+31*(slot-p.Slot(p.InputOf(slot)))] {
				return v
			}
		}
	}
	return variables[0]
}

func (s *Space) give(v *Variable) {
	v.First, v.Bits = s.levels, bits.Len(uint(max(len(v.Classes)-1, 1)))
	s.levels += v.Bits
}

// In returns the function "`test` is true for the class of v".
func (s *Space) In(v *Variable, test func(class int) bool) bdd.Func {
	var build func(bit, code int) bdd.Func
	build = func(bit, code int) bdd.Func {
		if bit == v.Bits {
			if code < len(v.Classes) && test(code) {
				return bdd.Always
			}
			return bdd.Never
		}
		return s.Make(int32(v.First+bit), build(bit+1, code), build(bit+1, code|1<<bit))
	}
	return build(0, 0)
}

// Is returns the function "v has this class".
func (s *Space) Is(v *Variable, class int) bdd.Func {
	return s.In(v, func(c int) bool { return c == class })
}

// With returns f with v fixed to a class.
func (s *Space) With(f bdd.Func, v *Variable, class int) bdd.Func {
	return s.Restrict(f, v.First, v.Bits, class)
}
