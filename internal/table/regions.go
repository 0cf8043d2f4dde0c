package table

import (
	"encoding/binary"
	"slices"
)

// Region is a run of days, both ends inclusive. Whichever of these days is the answer, every comparison of days gives the
// same result.
type Region struct{ From, Until int32 }

// Regions divides the days from lo to hi into the periods that the rules tell apart if a day is the answer in the given
// slot. The earliest period comes first. `raw` has the answers in the other slots.
func (p *Program) Regions(raw []int32, slot int, lo, hi int32) []Region {
	m := NewMachine(p)
	m.Load(raw)
	tests := m.testsOf(slot)
	var list []Region
	var last []uint8
	for day := lo; day <= hi; day++ {
		m.Raw[slot] = day
		m.Terms()
		now := make([]uint8, len(tests))
		for i, test := range tests {
			now[i] = m.atom(&p.Atoms[test])
		}
		if last == nil || !slices.Equal(last, now) {
			list = append(list, Region{day, day})
			last = now
		}
		list[len(list)-1].Until = day
	}
	return list
}

// testsOf returns the comparisons of days that depend on a slot.
func (m *Machine) testsOf(slot int) (tests []int) {
	m.open[slot] = 1
	m.Terms()
	for i, a := range m.Program.Atoms {
		if a.Op == NotAfter && (m.dayOf[a.A]|m.dayOf[a.B]) != 0 {
			tests = append(tests, i)
		}
	}
	m.open[slot] = 0
	return tests
}

// Rest returns a key for what the rules can still do in the course of an interview. Suppose that two visitors have the same
// key and give the same answers from here on. Then they are asked the same questions and get the same decision, except for
// NotAlone and Until. The key is "" if an answer is refused. `open` is as in Next.
func (p *Program) Rest(raw, open []int32) string {
	m := NewMachine(p)
	if m.Load(raw) >= 0 {
		return ""
	}
	m.unanswered(raw, open)
	m.untold(raw)
	r := &rest{Machine: m}
	for _, bits := range m.open {
		r.key = binary.LittleEndian.AppendUint32(r.key, uint32(bits))
	}
	m.Conditions()
	for k := range p.Asks {
		r.list(&p.Asks[k].Guard)
	}
	m.possibleRows()
	for _, i := range m.rows {
		r.number(i)
		r.list(&p.Rows[i].List)
	}
	m.gates(p.FirstPost(), p.Posts)
	m.possibleEnough()
	for _, i := range m.fits {
		r.number(i)
		r.list(&p.Enough[i].List)
	}
	m.gates(p.FirstLast(), p.Lasts)
	for i := range p.Adds {
		r.list(&p.Adds[i].List)
	}
	r.gates(p.FirstLast(), p.Lasts)
	r.gates(p.FirstPost(), p.Posts)
	r.gates(p.FirstGate(), p.Gates)
	r.days()
	return string(r.key)
}

// untold marks as open the values that somebody may still tell unasked. For a choice it also marks the default.
func (m *Machine) untold(raw []int32) {
	slot := 0
	for i := range m.Program.Inputs {
		in := &m.Program.Inputs[i]
		for k := range in.Slots {
			switch {
			case in.Kind == Several:
				m.open[slot] |= in.Told[k] &^ m.Raw[slot]
			case raw[slot] == Missing && in.Told[k] != 0:
				m.open[slot] |= in.Told[k] | 1<<in.Default
			}
			slot++
		}
	}
}

// rest builds the key of Rest from the parts of lists and gates that are still open.
type rest struct {
	*Machine
	key []byte
}

func (r *rest) number(n int) { r.key = binary.LittleEndian.AppendUint16(r.key, uint16(n)) }

// list writes the value of a list and, if it is Maybe, the signals on which it depends. It marks these signals.
func (r *rest) list(l *List) {
	value := r.Machine.List(l)
	r.key = append(r.key, value)
	if value != Maybe {
		return
	}
	for _, signals := range [2][]int{l.Yes, l.No} {
		for _, s := range signals {
			if r.Signal[s] == Maybe {
				r.marked[s] = true
				r.number(s)
			}
		}
		r.number(-1)
	}
}

// gates writes the lists of the marked gates. It goes from last to first, because each gate refers only to signals before it.
func (r *rest) gates(first int, gates []Gate) {
	for i := len(gates) - 1; i >= 0; i-- {
		if r.marked[first+i] {
			r.list(&gates[i].List)
		}
	}
}

// days writes the known days that will be compared with unknown ones.
func (r *rest) days() {
	for i, a := range r.Program.Atoms {
		if a.Op == NotAfter && r.marked[i] {
			r.day(a.A)
			r.day(a.B)
		}
	}
}

func (r *rest) day(term int) {
	t := &r.Program.Terms[term]
	switch {
	case r.dayOf[term] == 0:
		r.key = binary.LittleEndian.AppendUint32(r.key, uint32(r.Machine.Days[term]))
	case t.Op == Earlier || t.Op == Later:
		r.day(t.A)
		r.day(int(t.N))
	case t.Op != InputDay:
		r.day(t.A)
	}
}
