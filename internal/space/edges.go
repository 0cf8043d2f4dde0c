package space

import "sitegen/internal/bdd"

// EdgeWitnesses returns the raw answers of a visitor for every edge of the diagrams of some functions. So each test in a
// diagram has two visitors, one for each of its results. A wrong rule most likely shows in the answer of one of them. Edges
// that no possible visitor takes are left out.
func (m *Model) EdgeWitnesses(functions []bdd.Func) [][]int32 {
	e := &edges{m: m, seen: make([]bool, 2*m.Count()), assigned: make([]int8, m.levels)}
	for i := range e.assigned {
		e.assigned[i] = Unassigned
	}
	for _, f := range functions {
		clear(e.seen)
		e.walk(f)
	}
	return e.list
}

// DefaultBits returns the bits of every variable's default class, by level.
func (s *Space) DefaultBits() []int8 {
	if s.defaultBits == nil {
		s.defaultBits = make([]int8, s.levels)
		for _, v := range s.Variables {
			for bit := range v.Bits {
				s.defaultBits[v.First+bit] = int8(v.Default >> bit & 1)
			}
		}
	}
	return s.defaultBits
}

// Unassigned marks a bit that is still open.
const Unassigned = -1

type edges struct {
	m        *Model
	seen     []bool
	assigned []int8 // by level
	list     [][]int32
}

// walk visits a function node by node. The bits of the levels above f are assigned.
func (e *edges) walk(f bdd.Func) {
	if f <= bdd.Always || e.seen[f] {
		return
	}
	e.seen[f] = true
	n := e.m.At(f)
	for bit, next := range []bdd.Func{n.Low, n.Top} {
		e.assigned[n.Level] = int8(bit)
		if next <= bdd.Always || e.seen[next] {
			e.record(next)
		}
		e.walk(next)
	}
	e.assigned[n.Level] = Unassigned
}

// record adds a visitor with the assigned answers, and further answers for which `next` holds unless it is Never. It adds nobody if no
// visitor can have these answers.
func (e *edges) record(next bdd.Func) {
	answers, defaults := append([]int8(nil), e.assigned...), e.m.DefaultBits()
	for next > bdd.Always {
		n := e.m.At(next)
		bit := defaults[n.Level]
		if [2]bdd.Func{n.Low, n.Top}[bit] == bdd.Never {
			bit = 1 - bit
		}
		answers[n.Level], next = bit, [2]bdd.Func{n.Low, n.Top}[bit]
	}
	if raw := e.m.Complete(answers); raw != nil {
		e.list = append(e.list, raw)
	}
}

// Complete returns the raw answers of somebody who has the assigned bits in `answers` (by level), or nil if nobody can have
// them. The other bits are those of the defaults if possible. Complete changes `answers`, but adds nothing to the diagram.
func (m *Model) Complete(answers []int8) []int32 {
	defaults := m.DefaultBits()
	if !m.assign(m.Possible, answers, defaults) {
		return nil
	}
	chosen := make(map[*Variable]int, len(m.Variables))
	for _, v := range m.Variables {
		for bit := range v.Bits {
			value := answers[v.First+bit]
			if value == Unassigned {
				value = defaults[v.First+bit]
			}
			chosen[v] |= int(value) << bit
		}
	}
	return m.Visitor(chosen)
}

// assign sets the open bits in `answers` so that f holds; if possible, to their defaults. It returns false if f cannot hold.
func (s *Space) assign(f bdd.Func, answers, defaults []int8) bool {
	if f <= bdd.Always {
		return f == bdd.Always
	}
	n := s.At(f)
	at := n.Level
	if answers[at] != Unassigned {
		return s.assign([]bdd.Func{n.Low, n.Top}[answers[at]], answers, defaults)
	}
	for _, bit := range []int8{defaults[at], 1 - defaults[at]} {
		answers[at] = bit
		if s.assign([]bdd.Func{n.Low, n.Top}[bit], answers, defaults) {
			return true
		}
	}
	answers[at] = Unassigned
	return false
}
