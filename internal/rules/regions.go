package rules

import (
	"encoding/binary"
	"slices"
)

// Region is a run of days, both inclusive, on which a date can lie without any test of it being another.
type Region struct{ From, Until int32 }

// Regions divides the days that can be answered in a slot, seen from the other answers, into the periods that the
// rules tell apart, the earliest first.
func (p *Program) Regions(raw []int32, slot int, lo, hi int32) []Region {
	m := newMachine(p)
	m.load(raw)
	var list []Region
	var last []uint8
	for day := lo; day <= hi; day++ {
		m.raw[slot] = day
		m.terms()
		for i := range p.Atoms {
			m.atom(i, &p.Atoms[i])
		}
		now := m.signal[:len(p.Atoms)]
		if last == nil || !slices.Equal(last, now) {
			list = append(list, Region{day, day})
			last = slices.Clone(now)
		}
		list[len(list)-1].Until = day
	}
	return list
}

// Rest describes what the decision and what is offered can still depend on: answers with the same rest lead to the
// same outcome and the same bring, whatever is answered next. What is asked and not answered is open.
func (p *Program) Rest(raw []int32) string {
	m := newMachine(p)
	m.load(raw)
	m.openUnanswered(raw)
	m.conditions()
	for o := range p.Outcomes {
		m.signal[p.firstOutcome()+o] = Maybe
	}
	for i := range p.Posts {
		m.gate(p.firstPost()+i, &p.Posts[i])
	}
	key := binary.LittleEndian.AppendUint32(nil, uint32(m.open))
	for i := range p.Rows {
		value := m.list(&p.Rows[i].List)
		key = m.rest(append(key, value), &p.Rows[i].List, value)
		if value == True {
			break
		}
	}
	for i := range p.Adds {
		if !slices.ContainsFunc(p.Adds[i].Effects, func(e Effect) bool { return e.Kind == Or || e.Kind == With }) {
			continue
		}
		value := m.list(&p.Adds[i].List)
		key = m.rest(append(key, value), &p.Adds[i].List, value)
	}
	return string(key)
}

// rest writes the literals of a list that may still go either way, and those of the gates among them.
func (m *machine) rest(key []byte, l *List, value uint8) []byte {
	if value != Maybe {
		return key
	}
	for _, s := range append(slices.Clone(l.Yes), l.No...) {
		if m.signal[s] != Maybe {
			continue
		}
		key = binary.LittleEndian.AppendUint16(key, uint16(s))
		if gate := s - m.p.firstGate(); gate >= 0 && gate < len(m.p.Gates) {
			key = m.rest(key, &m.p.Gates[gate].List, Maybe)
		} else if post := s - m.p.firstPost(); post >= 0 {
			key = m.rest(key, &m.p.Posts[post].List, Maybe)
		}
	}
	return append(key, 0xff, 0xff)
}

// openUnanswered marks the slots of what is asked and not answered.
func (m *machine) openUnanswered(raw []int32) {
	slot := 0
	for i := range m.p.Inputs {
		in := &m.p.Inputs[i]
		if in.Ask && raw[slot] == Missing {
			m.open |= (1<<in.Slots - 1) << slot
		}
		slot += in.Slots
	}
}

// Slot returns the first slot of an input.
func (p *Program) Slot(input int) int {
	slot := 0
	for i := range input {
		slot += p.Inputs[i].Slots
	}
	return slot
}
