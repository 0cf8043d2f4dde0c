package rules

// edgeWitnesses returns somebody for every edge of the diagrams of the given functions: on the way to each test, with
// its answer and with the opposite one, function by function. Whoever changes a rule changes the answer of one of them.
func (m *model) edgeWitnesses(functions []bdd) [][]int32 {
	e := m.newEdges()
	e.seen = make([]bool, 2*len(m.nodes))
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
func (e *edges) walk(f bdd) {
	if f <= always || e.seen[f] {
		return
	}
	e.seen[f] = true
	n := e.m.at(f)
	for bit, next := range []bdd{n.low, n.top} {
		e.assigned[n.level] = int8(bit)
		if next <= always || e.seen[next] {
			e.record(next)
		}
		e.walk(next)
	}
	e.assigned[n.level] = unassigned
}

// record notes a visitor with the assigned answers, for whom next holds where it can.
func (e *edges) record(next bdd) {
	answers := append([]int8(nil), e.assigned...)
	for next > always {
		n := e.m.at(next)
		bit := e.usual[n.level]
		if [2]bdd{n.low, n.top}[bit] == never {
			bit = 1 - bit
		}
		answers[n.level], next = bit, [2]bdd{n.low, n.top}[bit]
	}
	if e.complete(e.m.possible, answers) {
		e.list = append(e.list, e.visitor(answers))
	}
}

// complete assigns what is left so that the visitor is possible, with defaults where that may be.
func (e *edges) complete(f bdd, answers []int8) bool {
	if f <= always {
		return f == always
	}
	n := e.m.at(f)
	at := n.level
	if answers[at] != unassigned {
		return e.complete([]bdd{n.low, n.top}[answers[at]], answers)
	}
	for _, bit := range []int8{e.usual[at], 1 - e.usual[at]} {
		answers[at] = bit
		if e.complete([]bdd{n.low, n.top}[bit], answers) {
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
