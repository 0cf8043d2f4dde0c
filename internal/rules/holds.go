package rules

import "sitegen/internal/table"

// Holds evaluates a literal about answers, or about what was decided.
func (s *Set) Holds(m *table.Machine, lit literal) bool {
	switch lit.test.kind {
	case testOutcome:
		return oneOfSignals(m, m.Program.FirstOutcome(), lit.test.mask) != lit.not
	case testEnough:
		return oneOfSignals(m, m.Program.FirstEnough(), lit.test.mask) != lit.not
	}
	for _, ref := range s.signalsOf(lit) {
		if m.Signal[ref.index] == table.True == ref.not {
			return lit.not
		}
	}
	return !lit.not
}

// oneOfSignals reports whether one of some signals is true; they are bits, from a first signal on.
func oneOfSignals(m *table.Machine, first int, bits int32) bool {
	for i := range 31 {
		if bits>>i&1 != 0 && m.Signal[first+i] == table.True {
			return true
		}
	}
	return false
}

// signalsOf returns the signals that must all hold where a literal about answers does, or not all where it is negated.
func (s *Set) signalsOf(lit literal) []signalRef {
	if lit.test.kind == testCondition {
		return []signalRef{s.checked.of[lit.test.condition]}
	}
	return s.checked.atomsOf(lit.test)
}
