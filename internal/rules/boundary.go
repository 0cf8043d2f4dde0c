package rules

import "sitegen/internal/civil"

// awkwardDays are the days on which calendar arithmetic goes wrong first: ends of long, short and leap months, the turn
// of a year, and an ordinary day.
var awkwardDays = []int32{
	int32(civil.Of(2025, 11, 30)), int32(civil.Of(2025, 12, 31)), int32(civil.Of(2026, 5, 31)),
	int32(civil.Of(2027, 2, 28)), int32(civil.Of(2028, 2, 29)), int32(civil.Of(2026, 8, 15)),
}

// Witnesses returns somebody for every row that decides and every effect that adds something.
func (s *Set) Witnesses() [][]int32 {
	return newSpace(s.Program).model(0, s.firstWords).rowWitnesses()
}

func (m *model) rowWitnesses() [][]int32 {
	var list [][]int32
	for _, functions := range append([][]bdd{m.reach}, m.fires...) {
		for _, f := range functions {
			if f != never {
				list = append(list, m.witness(f))
			}
		}
	}
	return list
}

// EdgeWitnesses returns somebody for every row and effect, and for every edge of their decision diagrams: visitors
// who differ in just one thing that matters.
func (s *Set) EdgeWitnesses() [][]int32 {
	m := newSpace(s.Program).model(0, s.firstWords)
	return unrepeated(m.rowWitnesses(), m.edgeWitnesses(append(append([]bdd{}, m.reach...), m.parts()...)))
}

// Boundaries returns visitors on both sides of every date and every number: for every witness and every comparison
// with the day of the visit, the last day before and the first day on which it turns over, with awkward days as the
// visitor's dates.
func (s *Set) Boundaries() [][]int32 {
	witnesses := s.Witnesses()
	return unrepeated(witnesses, s.Program.around(witnesses))
}

// Probes returns the visitors whom every build asks the module about: somebody for every edge of the decision's diagram
// and for every row and effect, and these on both sides of every date and number.
func (s *Set) Probes() [][]int32 {
	m := newSpace(s.Program).model(0, s.firstWords)
	witnesses := m.rowWitnesses()
	return unrepeated(witnesses, m.edgeWitnesses(m.reach), s.Program.around(witnesses))
}

func (p *Program) around(witnesses [][]int32) [][]int32 {
	var list [][]int32
	for _, witness := range witnesses {
		list = append(list, p.boundaries(witness)...)
		list = append(list, p.thresholds(witness)...)
	}
	return list
}

// thresholds returns the visitor with each number just below and at each of its thresholds.
func (p *Program) thresholds(witness []int32) [][]int32 {
	var list [][]int32
	for _, a := range p.Atoms {
		for number := a.N - 1; a.Op == AtLeast && number <= a.N; number++ {
			if number >= lowestNumber {
				raw := append([]int32(nil), witness...)
				raw[a.A] = number
				list = append(list, raw)
			}
		}
	}
	return list
}

// unrepeated joins lists of visitors, each visitor once.
func unrepeated(lists ...[][]int32) [][]int32 {
	var joined [][]int32
	seen := map[string]bool{}
	for _, list := range lists {
		for _, raw := range list {
			if key := string(rawKey(raw)); !seen[key] {
				seen[key] = true
				joined = append(joined, raw)
			}
		}
	}
	return joined
}

func rawKey(raw []int32) []byte {
	key := make([]byte, 0, 4*len(raw))
	for _, value := range raw {
		key = append(key, byte(value), byte(value>>8), byte(value>>16), byte(value>>24))
	}
	return key
}

// boundaries returns the visitors around one.
func (p *Program) boundaries(witness []int32) [][]int32 {
	m := newMachine(p)
	var list [][]int32
	around := func(raw []int32, a *Atom) {
		if m.load(raw) >= 0 {
			return
		}
		m.terms()
		turn := m.turn(a)
		if turn == NoDay || turn <= lowestDay || turn > highestDay {
			return
		}
		for day := turn - 1; day <= turn; day++ {
			list = append(list, p.moved(raw, day, false), p.moved(raw, day, true))
		}
	}
	for i := range p.Atoms {
		a := &p.Atoms[i]
		if a.Op != NotAfter {
			continue
		}
		slot := max(p.otherSlot(a.A), p.otherSlot(a.B))
		if slot < 0 {
			around(witness, a)
			continue
		}
		for _, value := range awkwardDays {
			raw := append([]int32(nil), witness...)
			raw[slot] = value
			around(raw, a)
		}
	}
	return list
}

// otherSlot returns the slot a term depends on, or -1 for a constant or the visit itself.
func (p *Program) otherSlot(term int) int {
	if slot := p.termSlot(term); slot != p.Visit {
		return slot
	}
	return -1
}

// moved returns the same answers for another day of the visit; with the visitor's other dates moved along, or not.
func (p *Program) moved(raw []int32, day int32, along bool) []int32 {
	copied := append([]int32(nil), raw...)
	shift := day - raw[p.Visit]
	slot := 0
	for _, in := range p.Inputs {
		if in.Kind == Date && copied[slot] >= firstDay && (along || slot == p.Visit) {
			copied[slot] = min(max(copied[slot]+shift, in.Lo), in.Hi)
		}
		slot += in.Slots
	}
	return copied
}
