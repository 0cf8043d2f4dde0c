package rules

import "slices"

// whereCompared returns where a comparison stands: in the first condition or row that speaks of it.
func (s *Set) whereCompared(atom int) place {
	at := s.layers[0].place
	own := s.lower(false)
	for _, list := range s.literals() {
		for _, lit := range list {
			if (lit.test.kind == testDate || lit.test.kind == testNumber) && slices.ContainsFunc(own.atomsOf(lit.test), func(ref signalRef) bool { return ref.index == atom }) {
				return lit.place
			}
		}
	}
	return at
}

// literals lists the conditions of what decides and adds.
func (s *Set) literals() [][]literal {
	var list [][]literal
	for _, c := range s.conditions {
		list = append(list, c.parts)
	}
	for _, r := range slices.Concat(s.rows, s.enough, s.adds) {
		list = append(list, r.when)
	}
	for _, a := range s.asks {
		list = append(list, a.when)
	}
	return list
}
