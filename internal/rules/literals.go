package rules

import "sitegen/internal/bdd"

// all returns for whom all literals of a set hold: of conditions, laws and what an unknown value may stand for.
func (m *model) all(s *Set, list []literal) bdd.Func {
	f := bdd.Always
	for _, lit := range list {
		of := m.test(s, lit.test)
		if lit.not {
			of = m.Not(of)
		}
		f = m.And(f, of)
	}
	return f
}

// test returns for whom a test of a law holds.
func (m *model) test(s *Set, t test) bdd.Func {
	switch t.kind {
	case testCondition:
		return m.refs([]signalRef{s.checked.of[t.condition]})
	case testOutcome:
		f := bdd.Never
		for o := range m.outcome {
			if t.mask>>o&1 != 0 {
				f = m.Or(f, m.outcome[o])
			}
		}
		return f
	case testEnough:
		f := bdd.Never
		for level, of := range m.enough {
			if t.mask>>level&1 != 0 {
				f = m.Or(f, of)
			}
		}
		return f
	case testResult:
		switch t.result {
		case "start":
			return m.startOf(t.value)
		case firstHeld:
			return m.firstHeld
		}
		return map[string][]bdd.Func{
			"tell": m.tell, "bring": m.bring, "alone": m.alone,
			"first": m.first, "also": m.also, "not_alone": m.refused,
		}[t.result][t.value]
	}
	return m.refs(s.checked.atomsOf(t))
}

func (m *model) refs(list []signalRef) bdd.Func {
	f := bdd.Always
	for _, ref := range list {
		of := m.signal[ref.index]
		if ref.not {
			of = m.Not(of)
		}
		f = m.And(f, of)
	}
	return f
}
