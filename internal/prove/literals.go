package prove

import (
	"slices"

	"sitegen/internal/bdd"
	"sitegen/internal/rules"
	"sitegen/internal/space"
	"sitegen/internal/table"
)

// allHold returns the people for whom all of the literals hold.
func allHold(m *space.Model, s *rules.Set, list []rules.Literal) bdd.Func {
	f := bdd.Always
	for _, lit := range list {
		of := testHolds(m, s, lit.Test)
		if lit.Not {
			of = m.Not(of)
		}
		f = m.And(f, of)
	}
	return f
}

// testHolds returns the people for whom a test of a law holds.
func testHolds(m *space.Model, s *rules.Set, t rules.Test) bdd.Func {
	switch t.Kind {
	case rules.OutcomeTest:
		f := bdd.Never
		for o := range m.Outcome {
			if t.Mask>>o&1 != 0 {
				f = m.Or(f, m.Outcome[o])
			}
		}
		return f
	case rules.EnoughTest:
		f := bdd.Never
		for level, of := range m.Enough {
			if t.Mask>>level&1 != 0 {
				f = m.Or(f, of)
			}
		}
		return f
	case rules.RemedyTest:
		isFor, notFor := s.Whom(t.Remedy)
		f := anyHolds(m, s, isFor)
		if len(isFor) == 0 {
			f = bdd.Always
		}
		return m.Without(f, anyHolds(m, s, notFor))
	case rules.ResultTest:
		switch t.Result {
		case "start":
			return startOf(m, t.Value, s.FirstWords)
		case rules.FirstHeld:
			return m.FirstHeld
		}
		return map[string][]bdd.Func{
			"tell": m.Tell, "bring": m.Bring, "alone": m.Alone,
			"first": m.First, "also": m.Also, "not_alone": m.Refused,
		}[t.Result][t.Value]
	}
	return refsHold(m, s.SignalsOf(t))
}

// anyHolds returns the people for whom one of the tests holds.
func anyHolds(m *space.Model, s *rules.Set, tests []rules.Test) bdd.Func {
	f := bdd.Never
	for _, t := range tests {
		f = m.Or(f, testHolds(m, s, t))
	}
	return f
}

func refsHold(m *space.Model, list []rules.SignalRef) bdd.Func {
	f := bdd.Always
	for _, ref := range list {
		of := m.Signal[ref.Index]
		if ref.Not {
			of = m.Not(of)
		}
		f = m.And(f, of)
	}
	return f
}

// startOf returns the people who are told the note and, before it, only notes in firstWords.
func startOf(m *space.Model, note int, firstWords []*rules.Word) bdd.Func {
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
			case !slices.ContainsFunc(firstWords, func(w *rules.Word) bool { return w.Index == e.A }):
				before = m.Or(before, m.And(left, m.Fires[i][j]))
			}
		}
	}
	return start
}
