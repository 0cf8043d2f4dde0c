package rules

import (
	"slices"
	"strings"

	"sitegen/internal/bdd"
	"sitegen/internal/table"
)

// witness returns the answers of somebody for whom f holds: with every question at its default that may be.
func (m *model) witness(f bdd.Func) []int32 {
	return m.visitor(m.pick(f))
}

// pick chooses classes for which f holds, defaults where that may be: questions with one answer before sets, so that
// somebody who has the card holds it rather than owning it unseen. It adds nothing to the diagram.
func (s *space) pick(f bdd.Func) map[*variable]int {
	chosen := map[*variable]int{}
	c := &choice{s.Diagram, make([]int8, s.levels)}
	for i := range c.bits {
		c.bits[i] = unassigned
	}
	for _, sets := range []bool{false, true} {
		for _, v := range s.variables {
			if (v.kind == table.Several) == sets {
				chosen[v] = c.choose(f, v, s.usualOf(v, chosen[s.visit]))
			}
		}
	}
	return chosen
}

// choice is what is chosen so far: bits by level.
type choice struct {
	*bdd.Diagram
	bits []int8
}

// visitor returns answers of the chosen classes.
func (m *model) visitor(chosen map[*variable]int) []int32 {
	raw := m.p.Unanswered()
	day := m.visit.classes[chosen[m.visit]].day
	raw[m.p.Visit] = day
	for i, names := range m.p.Names.Inputs {
		slot := m.p.Slot(i)
		for _, v := range m.byInput[names.ID] {
			if v != m.visit {
				m.put(raw[slot:], v, v.classes[chosen[v]], names, day)
			}
		}
	}
	return raw
}

// usualOf returns the class of the default; of a date whose default is a day, on the day of the visit.
func (s *space) usualOf(v *variable, visit int) int {
	for _, in := range s.inputsOfDates {
		if in.v == v && v.day != table.Missing {
			pattern := in.pattern(s.visit.classes[visit].day, v.day)
			if i := slices.IndexFunc(v.classes, func(c class) bool { return !c.special && c.pattern == pattern }); i >= 0 {
				return i
			}
		}
	}
	return v.usual
}

// choose returns the class of a variable for which f can hold: the usual one, if it may.
func (c *choice) choose(f bdd.Func, v *variable, usual int) int {
	if c.may(f, v, usual) {
		return usual
	}
	for class := range v.classes {
		if c.may(f, v, class) {
			return class
		}
	}
	panic("BUG: no witness for nobody")
}

// may chooses a class, and reports whether f can hold then.
func (c *choice) may(f bdd.Func, v *variable, class int) bool {
	for bit := range v.bits {
		c.bits[v.first+bit] = int8(class >> bit & 1)
	}
	c.Begin()
	return c.holds(f)
}

// holds reports whether a function can hold for somebody with the bits that are chosen.
func (c *choice) holds(f bdd.Func) bool {
	if f <= bdd.Always || !c.Enter(f) { // whoever comes here again has found nobody
		return f == bdd.Always
	}
	n := c.At(f)
	bit := c.bits[n.Level]
	return bit != 1 && c.holds(n.Low) || bit != 0 && c.holds(n.Top)
}

// put writes the raw value of a class.
func (m *model) put(raw []int32, v *variable, c class, names table.InputNames, day int32) {
	switch {
	case v.kind == table.Several:
		for i, value := range names.Values {
			if value == v.member {
				raw[i/31] = max(raw[i/31], 0) | c.value<<(i%31)
			}
		}
	case c.special || v.kind == table.Choice:
		for i, value := range names.Values {
			if value == c.name && c.special {
				raw[0] = table.Missing + 1 + int32(i)
			} else if value == c.name {
				raw[0] = int32(i)
			}
		}
	case v.kind == table.Number:
		raw[0] = c.value
	case v.day != table.Missing && m.isUsual(v, c, day):
		raw[0] = v.day
	default:
		raw[0] = m.valueOn(v, c, day)
	}
}

// isUsual reports whether the day that is a date's default is of a class on a day of the visit.
func (s *space) isUsual(v *variable, c class, day int32) bool {
	return slices.ContainsFunc(s.inputsOfDates, func(in *dateInput) bool { return in.v == v && in.pattern(day, v.day) == c.pattern })
}

// valueOn returns a value of a date that has the pattern of a class on a day of the visit.
func (s *space) valueOn(v *variable, wanted class, day int32) int32 {
	key := dayValue{v, wanted.pattern, wanted.value, day}
	value, known := s.values[key]
	if !known {
		value = s.findValue(v, wanted, day)
		s.values[key] = value
	}
	return value
}

// dayValue is a class of a date on a day of the visit.
type dayValue struct {
	v       *variable
	pattern uint64
	value   int32
	day     int32
}

func (s *space) findValue(v *variable, wanted class, day int32) int32 {
	for _, in := range s.inputsOfDates {
		if in.v != v {
			continue
		}
		for _, c := range in.classesOn(day) {
			if c.same(wanted) {
				if c.value == table.LowestDay {
					return s.nearValue(in, wanted, day)
				}
				return c.value
			}
		}
	}
	panic("BUG: a class that is not possible on its day")
}

// nearValue returns the last value of the earliest class: it reads better than the first day of the calendar.
func (s *space) nearValue(in *dateInput, wanted class, day int32) int32 {
	last := int32(table.LowestDay)
	for _, c := range in.comparisons {
		if turn := c.turn(day); turn > table.LowestDay && turn <= table.HighestDay && (last == table.LowestDay || turn-1 < last) {
			last = turn - 1
		}
	}
	return last
}

// Describe says in words whose answers these are: what differs from the defaults. The language is "ja" or "en".
func (s *Set) Describe(raw []int32, language string) string {
	var parts []string
	for _, in := range s.inputs {
		if text := in.describe(raw, language); text != "" {
			parts = append(parts, text)
		}
	}
	if language == "ja" {
		return strings.Join(parts, "、")
	}
	return strings.Join(parts, ", ")
}

func (in *input) describe(raw []int32, language string) string {
	value := raw[in.slot]
	name := in.words.In(language)
	is := map[string]string{"ja": "は", "en": " "}[language]
	switch {
	case in.isVisit() && language == "ja":
		return table.DayText(value) + "に受診"
	case in.isVisit():
		return "visit on " + table.DayText(value)
	case in.kind == table.Several:
		return in.describeSet(raw, language)
	case value == table.Missing || value == in.missing:
		return ""
	case value < table.FirstDay:
		return name + is + in.specials[value-table.Missing-1].words.In(language)
	case in.kind == table.Choice:
		return name + ": " + in.values[value].words.In(language)
	case in.kind == table.Date:
		return name + is + table.DayText(value)
	case language == "ja":
		return name + itoa(value)
	}
	return name + " " + itoa(value)
}

func (in *input) describeSet(raw []int32, language string) string {
	var members []string
	for _, v := range in.values {
		if bits := raw[in.slot+v.index/31]; bits != table.Missing && bits>>(v.index%31)&1 != 0 {
			members = append(members, v.words.In(language))
		}
	}
	if len(members) == 0 && !in.asked {
		return ""
	}
	name := in.words.In(language)
	if language == "ja" {
		if len(members) == 0 {
			return name + "なし"
		}
		return name + ": " + strings.Join(members, "・")
	}
	if len(members) == 0 {
		return name + " nothing"
	}
	return name + " " + strings.Join(members, " + ")
}
