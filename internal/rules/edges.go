package rules

import "sitegen/internal/bdd"

// edgeWitnesses returns somebody for every edge of the diagrams of the given functions: on the way to each test, with
// its answer and with the opposite one, function by function. Whoever changes a rule changes the answer of one of them.
func (m *model) edgeWitnesses(functions []bdd.Func) [][]int32 {
	e := m.newEdges()
	e.seen = make([]bool, 2*m.Count())
	for _, f := range functions {
		clear(e.seen)
		e.walk(f)
	}
	return e.list
}

func (m *model) newEdges() *edges {
	e := &edges{m: m, assigned: make([]int8, m.levels), usual: make([]int8, m.levels)}
	for _, v := range m.variables {
		for bit := range v.bits {
			e.usual[v.first+bit] = int8(v.usual >> bit & 1)
		}
	}
	for i := range e.assigned {
		e.assigned[i] = unassigned
	}
	return e
}

const unassigned = -1

type edges struct {
	m               *model
	seen            []bool
	assigned, usual []int8 // by level
	list            [][]int32
}

// walk goes through a function, node by node, having assigned the levels above.
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
	e.assigned[n.Level] = unassigned
}

// record notes a visitor with the assigned answers, for whom next holds where it can.
func (e *edges) record(next bdd.Func) {
	answers := append([]int8(nil), e.assigned...)
	for next > bdd.Always {
		n := e.m.At(next)
		bit := e.usual[n.Level]
		if [2]bdd.Func{n.Low, n.Top}[bit] == bdd.Never {
			bit = 1 - bit
		}
		answers[n.Level], next = bit, [2]bdd.Func{n.Low, n.Top}[bit]
	}
	if e.complete(e.m.possible, answers) {
		e.list = append(e.list, e.visitor(answers))
	}
}

// complete assigns what is left so that the visitor is possible, with defaults where that may be.
func (e *edges) complete(f bdd.Func, answers []int8) bool {
	if f <= bdd.Always {
		return f == bdd.Always
	}
	n := e.m.At(f)
	at := n.Level
	if answers[at] != unassigned {
		return e.complete([]bdd.Func{n.Low, n.Top}[answers[at]], answers)
	}
	for _, bit := range []int8{e.usual[at], 1 - e.usual[at]} {
		answers[at] = bit
		if e.complete([]bdd.Func{n.Low, n.Top}[bit], answers) {
			return true
		}
	}
	answers[at] = unassigned
	return false
}

func (e *edges) visitor(answers []int8) []int32 {
	chosen := make(map[*variable]int, len(e.m.variables))
	for _, v := range e.m.variables {
		for bit := range v.bits {
			value := answers[v.first+bit]
			if value == unassigned {
				value = e.usual[v.first+bit]
			}
			chosen[v] |= int(value) << bit
		}
	}
	return e.m.visitor(chosen)
}
