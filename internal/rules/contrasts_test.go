package rules

// Contrasts returns, for every row, every effect and every part of an answer, visitors whom it concerns and others
// whom it just does not: for each value of each question it depends on, somebody with that value whom it concerns, and
// somebody whom only that value keeps out of it.
func (s *Set) Contrasts() [][]int32 {
	m := newSpace(s.Program).model(0, s.firstWords)
	e := m.newEdges()
	for i, f := range m.reach {
		e.contrast(f, m.and(m.possible, m.list(&m.p.Rows[i].List)))
	}
	for i := range m.fires {
		for _, f := range m.fires[i] {
			e.contrast(f, m.and(m.possible, m.list(&m.p.Adds[i].List)))
		}
	}
	for _, f := range m.parts() {
		e.contrast(f, f)
	}
	return unrepeated(m.rowWitnesses(), e.list)
}

// contrast records visitors for whom f holds, and others for whom its conditions just do not.
func (e *edges) contrast(f, conditions bdd) {
	m := e.m
	_, levels := m.size(f, conditions)
	for _, v := range m.variables {
		if !m.tests(v, levels) {
			continue
		}
		some := never // concerned with another value
		for c := range v.classes {
			some = m.or(some, m.with(conditions, v, c))
		}
		for c := range v.classes {
			here := m.and(m.possible, m.is(v, c))
			if hit := m.and(f, here); hit != never {
				e.record(hit)
			}
			if miss := m.without(m.and(some, here), conditions); miss != never {
				e.record(miss)
			}
		}
	}
}

func (m *model) tests(v *variable, levels map[int32]bool) bool {
	for level := v.first; level < v.first+v.bits; level++ {
		if levels[int32(level)] {
			return true
		}
	}
	return false
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
