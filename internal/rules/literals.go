package rules

import (
	"slices"

	"sitegen/internal/bdd"
	"sitegen/internal/space"
	"sitegen/internal/table"
)

// allHold returns for whom all literals of a set hold: of conditions, laws and what an unknown value may stand for.
func allHold(m *space.Model, s *Set, list []literal) bdd.Func {
	f := bdd.Always
	for _, lit := range list {
		of := testHolds(m, s, lit.test)
		if lit.not {
			of = m.Not(of)
		}
		f = m.And(f, of)
	}
	return f
}

// testHolds returns for whom a test of a law holds.
func testHolds(m *space.Model, s *Set, t test) bdd.Func {
	switch t.kind {
	case testCondition:
		return refsHold(m, []signalRef{s.checked.of[t.condition]})
	case testOutcome:
		f := bdd.Never
		for o := range m.Outcome {
			if t.mask>>o&1 != 0 {
				f = m.Or(f, m.Outcome[o])
			}
		}
		return f
	case testEnough:
		f := bdd.Never
		for level, of := range m.Enough {
			if t.mask>>level&1 != 0 {
				f = m.Or(f, of)
			}
		}
		return f
	case testResult:
		switch t.result {
		case "start":
			return startOf(m, t.value, s.firstWords)
		case firstHeld:
			return m.FirstHeld
		}
		return map[string][]bdd.Func{
			"tell": m.Tell, "bring": m.Bring, "alone": m.Alone,
			"first": m.First, "also": m.Also, "not_alone": m.Refused,
		}[t.result][t.value]
	}
	return refsHold(m, s.checked.atomsOf(t))
}

func refsHold(m *space.Model, list []signalRef) bdd.Func {
	f := bdd.Always
	for _, ref := range list {
		of := m.Signal[ref.index]
		if ref.not {
			of = m.Not(of)
		}
		f = m.And(f, of)
	}
	return f
}

// startOf returns who is told a note first, but for words that may stand before it.
func startOf(m *space.Model, note int, firstWords []*word) bdd.Func {
	start, before, left := bdd.Never, bdd.Never, m.Tell[note]
	for i := range m.Program.Adds {
		for j, e := range m.Program.Adds[i].Effects {
			switch {
			case left == bdd.Never:
				return start
			case e.Kind != table.Tell:
			case e.A == note:
				start = m.Or(start, m.Without(m.Fires[i][j], before))
				left = m.Without(left, m.Fires[i][j])
			case !slices.ContainsFunc(firstWords, func(w *word) bool { return w.index == e.A }):
				before = m.Or(before, m.And(left, m.Fires[i][j]))
			}
		}
	}
	return start
}
