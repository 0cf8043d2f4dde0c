package space

import (
	"encoding/binary"
	"fmt"
	"slices"

	"sitegen/internal/bdd"
	"sitegen/internal/table"
)

// comparison is a test of a program that compares the day of the visit with a date or with a constant day.
type comparison struct {
	m          *table.Machine
	program    int
	atom       int
	other      int // the term that is not the visit
	visitFirst bool
	n          int32
	slot       int        // the slot on which the other term depends; -1 for a constant
	from       int32      // the value at which the method `turn` begins its search
	last       int32      // what `turn` returned for the day of the visit examined last
	in         *dateInput // the comparisons of the date that this one is about; nil for a constant
	bit        int        // the number of the comparison's bit in Class.pattern; the classes are those of its input or, for a constant, of the visit
}

// dateInput collects the comparisons of one date with the visit.
type dateInput struct {
	v           *Variable
	comparisons []*comparison
	specials    []Class
	defaults    []int32 // the default days of the date, in the order of the programs; empty unless Space.defaults is set
}

// dates finds, day by day, which results of the comparisons can occur together, and makes the classes of the dates. Days of the
// visit on which the same results can occur are one class of the visit.
func (s *Space) dates() {
	inputs, constants := s.comparisons()
	s.inputsOfDates, s.constants = inputs, constants
	seen := map[string]int{}
	visit := s.Visit
	var allowed [][][]Class // the classes of dates that can occur, by class of the visit and by input
	now, before := []uint64{}, []uint64{}
	index := -1
	for day := FirstDay; day <= LastDay; day++ {
		now = s.order(now[:0], day, inputs, constants)
		if !slices.Equal(now, before) { // the day may be in a new class
			key, patterns := s.patternsOn(day, inputs, constants)
			known := false
			if index, known = seen[key]; !known {
				index = len(visit.Classes)
				seen[key] = index
				bits := binary.LittleEndian.Uint64([]byte(key))
				visit.Classes = append(visit.Classes, Class{day: day, Value: day, pattern: bits})
				allowed = append(allowed, patterns)
			}
		}
		now, before = before, now
		visit.Classes[index].days++
	}
	for i, in := range inputs {
		for _, patterns := range allowed {
			for _, c := range patterns[i] {
				if !slices.ContainsFunc(in.v.Classes, c.same) {
					in.v.Classes = append(in.v.Classes, c)
				}
			}
		}
		slices.SortStableFunc(in.v.Classes, func(a, b Class) int { return int(a.Value) - int(b.Value) })
	}
	s.allowed = allowed
	visit.Default = len(visit.Classes) - 1 // the latest days are the default of the visit
}

// same reports whether two classes of a date have the same pattern and, if they are special, the same value. Their days may
// differ.
func (c Class) same(d Class) bool {
	return c.pattern == d.pattern && c.Special == d.Special && (!c.Special || c.Value == d.Value)
}

// couple excludes the combinations of a class of v and a class of the visit that cannot occur together. `input` is the index
// of v in inputsOfDates.
func (s *Space) couple(v *Variable, input int) {
	at := func(class int) bdd.Func {
		return s.In(v, func(c int) bool { return slices.ContainsFunc(s.allowed[class][input], v.Classes[c].same) })
	}
	any := bdd.Never
	groups := map[bdd.Func][]bool{}
	var order []bdd.Func
	for c := range s.Visit.Classes {
		f := at(c)
		if groups[f] == nil {
			groups[f] = make([]bool, len(s.Visit.Classes))
			order = append(order, f)
		}
		groups[f][c] = true
	}
	for _, f := range order {
		any = s.Or(any, s.And(f, s.In(s.Visit, func(c int) bool { return groups[f][c] })))
	}
	s.Possible = s.And(s.Possible, any)
}

// comparisons collects, from all programs, the comparisons of days with the visit. `inputs` has those of each date other than the
// visit, and `constants` has those of constant days. Equal comparisons are collected once. comparisons also sets s.Visit and s.bits. It
// panics with [bdd.ErrTooLarge] if there are more comparisons than mostTogether or mostBits.
func (s *Space) comparisons() (inputs []*dateInput, constants []*comparison) {
	byID, known := map[string]*dateInput{}, map[string]*comparison{}
	s.bits = map[[2]int]*comparison{}
	for _, v := range s.Variables {
		if v.Kind == table.Date {
			byID[v.Input] = &dateInput{v: v}
			if s.Visit == nil {
				s.Visit = v
			} else {
				inputs = append(inputs, byID[v.Input])
			}
		}
	}
	for number, p := range s.programs {
		m := table.NewMachine(p)
		for i, in := range p.Inputs {
			if in.Kind == table.Date {
				byID[p.Names.Inputs[i].ID].addSpecials(p, i)
				if s.defaults && in.Default >= table.FirstDay {
					byID[p.Names.Inputs[i].ID].defaults = append(byID[p.Names.Inputs[i].ID].defaults, in.Default)
				}
			}
		}
		for i := range p.Atoms {
			if p.Atoms[i].Op != table.NotAfter {
				continue
			}
			c := s.comparison(m, number, i)
			if same := known[c.text()]; same != nil { // already known, from this program or the other
				s.bits[[2]int{number, i}] = same
				continue
			}
			known[c.text()], s.bits[[2]int{number, i}] = c, c
			if c.slot < 0 {
				c.bit = len(constants)
				constants = append(constants, c)
				continue
			}
			in := byID[p.Names.Inputs[p.InputOf(c.slot)].ID]
			c.in, c.bit = in, len(in.comparisons)
			in.comparisons = append(in.comparisons, c)
			if c.bit >= mostTogether {
				panic(bdd.ErrTooLarge)
			}
		}
	}
	if len(constants) > mostBits {
		panic(bdd.ErrTooLarge)
	}
	return inputs, constants
}

// mostTogether limits the comparisons of one date, and mostBits those with constant days, because each comparison is one bit
// of a pattern.
const mostTogether, mostBits = 31, 64

// text identifies a comparison by names, so that the same comparison has the same text in two programs.
func (c *comparison) text() string {
	return fmt.Sprint(c.visitFirst, c.n, c.m.Program.TermText(c.other))
}

func (in *dateInput) addSpecials(p *table.Program, i int) {
	for j, name := range p.Names.Inputs[i].Values {
		if !slices.ContainsFunc(in.specials, func(c Class) bool { return c.Name == name }) {
			in.specials = append(in.specials, Class{Value: table.Missing + 1 + int32(j), Name: name, Special: true})
		}
	}
}

func (s *Space) comparison(m *table.Machine, program, atom int) *comparison {
	a := m.Program.Atoms[atom]
	c := &comparison{m: m, program: program, atom: atom, n: a.N, visitFirst: m.IsVisit(a.A), other: a.B, slot: -1, from: table.Missing}
	if !c.visitFirst {
		c.other = a.A
	}
	c.slot = m.Program.TermSlot(c.other)
	return c
}

// day returns the day of a term if its input has the given raw value.
func (c *comparison) day(term int, value int32) int32 {
	t := &c.m.Program.Terms[term]
	switch t.Op {
	case table.InputDay:
		return value
	case table.ConstDay:
		return t.N
	case table.Earlier, table.Later:
		c.m.Days[t.N] = c.day(int(t.N), value)
	}
	c.m.Days[t.A] = c.day(t.A, value)
	day, _ := c.m.Term(t)
	return day
}

// holds reports whether the comparison is true on a day of the visit, if its input has the given raw value.
func (c *comparison) holds(visit, value int32) bool {
	other := c.day(c.other, value)
	if other < table.FirstDay {
		return false
	}
	if c.visitFirst {
		return visit <= other+c.n
	}
	return other <= visit+c.n
}

// turn returns the smallest value of the comparison's input from which the result no longer changes. That final result is true
// if the visit is on the left side, otherwise false. If no value has that result, it returns HighestDay+1. The result changes
// at most once, because terms never fall as their input rises. The days of the visit are tried in ascending order, so the
// search begins at the value that the call before returned.
func (c *comparison) turn(visit int32) int32 {
	late := func(value int32) bool { return c.holds(visit, value) == c.visitFirst }
	for range 40 {
		if c.from == table.Missing || c.from > table.HighestDay || late(c.from) {
			break
		}
		c.from++
	}
	low, high := int32(table.LowestDay), int32(table.HighestDay+1)
	if c.from > low && c.from < high && !late(c.from-1) {
		if late(c.from) {
			return c.from
		}
		low = c.from
	}
	for low < high {
		middle := low + (high-low)/2
		if late(middle) {
			high = middle
		} else {
			low = middle + 1
		}
	}
	c.from = low
	return low
}

// order appends a key to `list`. The key determines the class of a day of the visit and is quick to compute: which constant days are
// past, in which order the comparisons of each date turn, and which comparisons are true for the date's special values and default days.
func (s *Space) order(list []uint64, day int32, inputs []*dateInput, constants []*comparison) []uint64 {
	fixed := uint64(0)
	for _, c := range constants {
		if c.holds(day, 0) {
			fixed |= 1 << c.bit
		}
	}
	list = append(list, fixed)
	for _, in := range inputs {
		for i, c := range in.comparisons {
			c.last = c.turn(day)
			below, equal := uint64(0), uint64(0)
			for j, other := range in.comparisons[:i] {
				if other.last < c.last {
					below |= 1 << j
				} else if other.last == c.last {
					equal |= 1 << j
				}
			}
			if c.last > table.HighestDay {
				below |= 1 << 63
			}
			list = append(list, below, equal)
		}
		for _, special := range in.specials {
			list = append(list, in.pattern(day, special.Value))
		}
		for _, missing := range in.defaults {
			list = append(list, in.pattern(day, missing))
		}
	}
	return list
}

// patternsOn returns a key and the classes that each date can have on a day of the visit. Two days have the same key if these classes,
// those of the days that stand for a missing answer, and the comparisons with constant days are the same.
func (s *Space) patternsOn(day int32, inputs []*dateInput, constants []*comparison) (string, [][]Class) {
	fixed := uint64(0)
	for _, c := range constants {
		if c.holds(day, 0) {
			fixed |= 1 << c.bit
		}
	}
	key := binary.LittleEndian.AppendUint64(nil, fixed)
	all := make([][]Class, len(inputs))
	for i, in := range inputs {
		all[i] = in.classesOn(day)
		for _, c := range all[i] {
			key = binary.LittleEndian.AppendUint64(key, c.pattern)
		}
		key = append(key, byte(len(all[i])))
		for _, missing := range in.defaults {
			key = binary.LittleEndian.AppendUint64(key, in.pattern(day, missing))
		}
	}
	return string(key), all
}

// classesOn returns the classes that a date can have on a day of the visit, each with a raw value that belongs to it on that
// day.
func (in *dateInput) classesOn(day int32) []Class {
	values := []int32{table.LowestDay}
	for _, c := range in.comparisons {
		if turn := c.turn(day); turn <= table.HighestDay {
			values = append(values, turn)
		}
	}
	slices.Sort(values)
	classes := make([]Class, 0, len(values)+len(in.specials))
	for _, c := range in.specials {
		c.pattern = in.pattern(day, c.Value)
		classes = append(classes, c)
	}
	for _, value := range slices.Compact(values) {
		c := Class{Value: value, pattern: in.pattern(day, value)}
		if !slices.ContainsFunc(classes, c.same) {
			classes = append(classes, c)
		}
	}
	return classes
}

func (in *dateInput) pattern(day, value int32) uint64 {
	bits := uint64(0)
	for _, c := range in.comparisons {
		if c.holds(day, value) {
			bits |= 1 << c.bit
		}
	}
	return bits
}

// dateOf returns the comparisons of a date.
func (s *Space) dateOf(v *Variable) *dateInput {
	return s.inputsOfDates[slices.IndexFunc(s.inputsOfDates, func(in *dateInput) bool { return in.v == v })]
}

// ClassOn returns the index of the class of v to which a day belongs. If `special` is not empty, it returns the class of the
// special value with that name instead. `visit` is the index of the class of the visit. ClassOn returns -1 if no class fits.
func (s *Space) ClassOn(visit int, v *Variable, day int32, special string) int {
	in, wanted := s.dateOf(v), Class{Value: day}
	if special != "" {
		wanted = in.specials[slices.IndexFunc(in.specials, func(c Class) bool { return c.Name == special })]
	}
	wanted.pattern = in.pattern(s.Visit.Classes[visit].day, wanted.Value)
	return slices.IndexFunc(v.Classes, wanted.same)
}

// AtomAt returns who meets an atom that compares days, if everybody's raw answer for the date is `value`. `number` is the
// index of the program. If the atom compares the visit with a constant day, AtomAt returns nobody and false.
func (s *Space) AtomAt(number, atom int, value int32) (who bdd.Func, ofDate bool) {
	c := s.bits[[2]int{number, atom}]
	if c.in == nil {
		return bdd.Never, false
	}
	return s.In(s.Visit, func(k int) bool { return c.holds(s.Visit.Classes[k].day, value) }), true
}
