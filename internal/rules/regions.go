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
			m.signal[i] = m.atom(&p.Atoms[i])
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

// Rest describes what the answer can still depend on: answers with the same rest lead to the same answer, whatever is
// answered next. What is asked and not answered is open.
func (p *Program) Rest(raw []int32) string {
	m := newMachine(p)
	m.load(raw)
	m.unanswered(raw, nil)
	m.follow()
	key := slices.Clone(m.signal)
	for _, open := range m.open {
		key = binary.LittleEndian.AppendUint32(key, uint32(open))
	}
	return string(key)
}

// Slot returns the first slot of an input.
func (p *Program) Slot(input int) int {
	slot := 0
	for i := range input {
		slot += p.Inputs[i].Slots
	}
	return slot
}
