package rules

import (
	"slices"

	"sitegen/internal/bdd"
)

// Contrasts returns, for every row, every effect and every part of an answer, visitors whom it concerns and others
// whom it just does not: for each value of each question it depends on, somebody with that value whom it concerns, and
// somebody whom only that value keeps out of it.
func (s *Set) Contrasts() [][]int32 {
	m := newSpace(nil, s.Program).model(0, s.firstWords)
	e := m.newEdges()
	done := map[[2]bdd.Func]bool{}
	contrast := func(f, conditions bdd.Func) {
		if pair := [2]bdd.Func{f, conditions}; !done[pair] {
			done[pair] = true
			e.contrast(f, conditions)
		}
	}
	for i, f := range m.reach {
		contrast(f, m.And(m.possible, m.list(&m.p.Rows[i].List)))
	}
	for i := range m.fires {
		for _, f := range m.fires[i] {
			contrast(f, m.And(m.possible, m.list(&m.p.Adds[i].List)))
		}
	}
	for _, f := range m.parts() {
		contrast(f, f)
	}
	return unrepeated(m.rowWitnesses(), e.list)
}

// contrast records visitors for whom f holds, and others for whom its conditions just do not.
func (e *edges) contrast(f, conditions bdd.Func) {
	m := e.m
	_, levels := m.Size(f, conditions)
	for _, v := range m.variables {
		if !m.tests(v, levels) {
			continue
		}
		missed := m.And(m.possible, m.Without(m.withAny(conditions, v), conditions)) // concerned with another value
		for c := range v.classes {
			e.recordWith(f, v, c)
			e.recordWith(missed, v, c)
		}
	}
}

// recordWith notes a visitor of a class for whom f, which is of possible visitors, holds, if there is any. It adds
// nothing to the diagram.
func (e *edges) recordWith(f bdd.Func, v *variable, class int) {
	answers := slices.Clone(e.assigned)
	for bit := range v.bits {
		answers[v.first+bit] = int8(class >> bit & 1)
	}
	e.m.Begin()
	if e.leads(f, answers) && e.complete(e.m.possible, answers) {
		e.list = append(e.list, e.visitor(answers))
	}
}

// leads assigns what is left so that f holds, with defaults where that may be.
func (e *edges) leads(f bdd.Func, answers []int8) bool {
	m := e.m
	if f <= bdd.Always || !m.Enter(f) { // whoever comes here again has found nobody
		return f == bdd.Always
	}
	n := m.At(f)
	if answers[n.Level] != unassigned {
		return e.leads([2]bdd.Func{n.Low, n.Top}[answers[n.Level]], answers)
	}
	for _, bit := range []int8{e.usual[n.Level], 1 - e.usual[n.Level]} {
		if e.leads([2]bdd.Func{n.Low, n.Top}[bit], answers) {
			answers[n.Level] = bit
			return true
		}
	}
	return false
}

// withAny returns who is among those in f with some value of a variable.
func (m *model) withAny(f bdd.Func, v *variable) bdd.Func {
	memo := map[bdd.Func]bdd.Func{}
	var walk func(f bdd.Func) bdd.Func
	walk = func(f bdd.Func) bdd.Func {
		n := m.At(f)
		if int(n.Level) >= v.first+v.bits {
			return f
		}
		if known, ok := memo[f]; ok {
			return known
		}
		result, top := walk(n.Low), walk(n.Top)
		if int(n.Level) < v.first {
			result = m.Make(n.Level, result, top)
		} else {
			result = m.Or(result, top)
		}
		memo[f] = result
		return result
	}
	return walk(f)
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
	m := newSpace(nil, s.Program).model(0, s.firstWords)
	return unrepeated(m.rowWitnesses(), m.edgeWitnesses(append(append([]bdd.Func{}, m.reach...), m.parts()...)))
}

// Boundaries returns visitors on both sides of every date and every number: for every witness and every comparison
// with the day of the visit, the last day before and the first day on which it turns over, with awkward days as the
// visitor's dates.
func (s *Set) Boundaries() [][]int32 {
	witnesses := s.Witnesses()
	return unrepeated(witnesses, around(s.Program, witnesses))
}
