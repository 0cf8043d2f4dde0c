package space

import (
	"sitegen/internal/bdd"
	"sitegen/internal/table"
)

// Witness returns the raw answers of somebody for whom `f` holds. It prefers the defaults of inputs. There must be somebody for whom `f` holds.
func (m *Model) Witness(f bdd.Func) []int32 {
	return m.Visitor(m.Pick(f))
}

// Pick chooses a class for every variable so that f holds. It prefers the class of the default. f must hold for somebody. Pick
// chooses the sets last, so that they fit the other answers: somebody who says that they have the card also holds it. Pick adds
// nothing to the diagram.
func (s *Space) Pick(f bdd.Func) map[*Variable]int {
	chosen := map[*Variable]int{}
	c := &choice{s.Diagram, make([]int8, s.levels)}
	for i := range c.bits {
		c.bits[i] = Unassigned
	}
	for _, sets := range []bool{false, true} {
		for _, v := range s.Variables {
			if (v.Kind == table.Several) == sets {
				chosen[v] = c.choose(f, v, s.defaultOf(v, chosen[s.Visit]))
			}
		}
	}
	return chosen
}

// choice holds the bits chosen so far, by level.
type choice struct {
	*bdd.Diagram
	bits []int8
}

// Visitor returns raw answers that are in the chosen classes.
func (m *Model) Visitor(chosen map[*Variable]int) []int32 {
	raw := m.Program.Unanswered()
	day := m.Visit.Classes[chosen[m.Visit]].day
	raw[m.Program.Visit] = day
	for i, names := range m.Program.Names.Inputs {
		slot := m.Program.Slot(i)
		for _, v := range m.ByInput[names.ID] {
			if v != m.Visit {
				m.put(raw[slot:], v, v.Classes[chosen[v]], names, day)
			}
		}
	}
	return raw
}

// defaultOf returns the class of the default. If the default is a day, its class depends on `visit`, the class of the visit.
func (s *Space) defaultOf(v *Variable, visit int) int {
	if v != s.Visit && v.Kind == table.Date && v.day != table.Missing {
		if class := s.ClassOn(visit, v, v.day, ""); class >= 0 {
			return class
		}
	}
	return v.Default
}

// choose returns a class of v for which f can hold: the preferred one if possible.
func (c *choice) choose(f bdd.Func, v *Variable, preferred int) int {
	if c.may(f, v, preferred) {
		return preferred
	}
	for class := range v.Classes {
		if c.may(f, v, class) {
			return class
		}
	}
	panic("BUG: no witness for nobody")
}

// may sets the bits of v to a class and reports whether f can still hold.
func (c *choice) may(f bdd.Func, v *Variable, class int) bool {
	for bit := range v.Bits {
		c.bits[v.First+bit] = int8(class >> bit & 1)
	}
	c.Begin()
	return c.holds(f)
}

// holds reports whether a function can hold with the bits chosen so far.
func (c *choice) holds(f bdd.Func) bool {
	if f <= bdd.Always || !c.Enter(f) { // if f was visited before, it cannot hold: the search ends as soon as a function can
		return f == bdd.Always
	}
	n := c.At(f)
	bit := c.bits[n.Level]
	return bit != 1 && c.holds(n.Low) || bit != 0 && c.holds(n.Top)
}

// put writes the raw value of the class `c` of the variable `v`. `raw` begins with the slots of the input, and `day` is the day of the visit.
func (m *Model) put(raw []int32, v *Variable, c Class, names table.InputNames, day int32) {
	switch {
	case v.Kind == table.Several:
		for i, value := range names.Values {
			if value == v.Member {
				raw[i/31] = max(raw[i/31], 0) | c.Value<<(i%31)
			}
		}
	case c.Special || v.Kind == table.Choice:
		for i, value := range names.Values {
			if value == c.Name && c.Special {
				raw[0] = table.Missing + 1 + int32(i)
			} else if value == c.Name {
				raw[0] = int32(i)
			}
		}
	case v.Kind == table.Number:
		raw[0] = c.Value
	case v.day != table.Missing && m.isDefault(v, c, day):
		raw[0] = v.day
	default:
		raw[0] = m.ValueOn(v, c, day)
	}
}

// isDefault reports whether the default day of a date is in class c on a day of the visit.
func (s *Space) isDefault(v *Variable, c Class, day int32) bool {
	return s.dateOf(v).pattern(day, v.day) == c.pattern
}

// ValueOn returns a value of a date that belongs to class `wanted` if the visit is on the given day.
func (s *Space) ValueOn(v *Variable, wanted Class, day int32) int32 {
	key := dayValue{v, wanted.pattern, wanted.Value, day}
	value, known := s.values[key]
	if !known {
		value = s.findValue(v, wanted, day)
		s.values[key] = value
	}
	return value
}

// dayValue identifies a class of a date and a day of the visit. It is the key of Space.values.
type dayValue struct {
	v       *Variable
	pattern uint64
	value   int32
	day     int32
}

func (s *Space) findValue(v *Variable, wanted Class, day int32) int32 {
	in := s.dateOf(v)
	for _, c := range in.classesOn(day) {
		if c.same(wanted) {
			if c.Value == table.LowestDay {
				return in.nearValue(day)
			}
			return c.Value
		}
	}
	panic("BUG: a class that is not possible on its day")
}

// nearValue returns the last day of the earliest class of a date, for a visit on the day `day`. Examples use it, because the first day of
// the calendar would look odd. If no comparison divides the days, it returns LowestDay.
func (in *dateInput) nearValue(day int32) int32 {
	last := int32(table.LowestDay)
	for _, c := range in.comparisons {
		if turn := c.turn(day); turn > table.LowestDay && turn <= table.HighestDay && (last == table.LowestDay || turn-1 < last) {
			last = turn - 1
		}
	}
	return last
}
