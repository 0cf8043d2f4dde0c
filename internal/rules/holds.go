package rules

import (
	"slices"

	"sitegen/internal/table"
)

// RowHolds reports whether all literals of a row hold: see [Set.Holds].
func (s *Set) RowHolds(m *table.Machine, r *Row) bool {
	return !slices.ContainsFunc(r.When, func(lit Literal) bool { return !s.Holds(m, lit) })
}

// Holds evaluates a literal about answers, the outcome, the level of Enough or a remedy. m is a machine for s.Checked; its signals must
// have been evaluated. Holds panics for a ResultTest.
func (s *Set) Holds(m *table.Machine, lit Literal) bool {
	switch lit.Test.Kind {
	case OutcomeTest:
		return oneOfSignals(m, m.Program.FirstOutcome(), lit.Test.Mask) != lit.Not
	case EnoughTest:
		return oneOfSignals(m, m.Program.FirstEnough(), lit.Test.Mask) != lit.Not
	case RemedyTest:
		return s.isMeant(m, lit.Test.Remedy) != lit.Not
	}
	for _, ref := range s.SignalsOf(lit.Test) {
		if m.Signal[ref.Index] == table.True == ref.Not {
			return lit.Not
		}
	}
	return !lit.Not
}

// oneOfSignals reports whether one of the signals in `bits` is true. Bit i is for signal first+i.
func oneOfSignals(m *table.Machine, first int, bits int32) bool {
	for i := range 31 {
		if bits>>i&1 != 0 && m.Signal[first+i] == table.True {
			return true
		}
	}
	return false
}

// SignalsOf returns the signals of Checked that together express a test: the test holds if and only if all of them hold.
func (s *Set) SignalsOf(t Test) []SignalRef {
	if t.Kind == ConditionTest {
		return []SignalRef{s.lowered.of[t.Condition]}
	}
	return s.lowered.atomsOf(t)
}
