package prove

import (
	"slices"

	"sitegen/internal/bdd"
	"sitegen/internal/rules"
	"sitegen/internal/space"
)

// contrastsOf returns visitors who show on which answers each row, each effect and each part of an answer depends. For each value of
// each question that matters, it looks for two visitors with that value. The row, effect or part applies to the first. It does not
// apply to the second, but it would with a different value. contrastsOf takes only every `step`-th row, effect and part.
func contrastsOf(s *rules.Set, step int) [][]int32 {
	e := &contrasts{}
	for next := 0; ; {
		e.m = space.New(nil, s.Program).Model(0)
		pairs := pairsOf(e.m) // pairsOf returns the pairs in the same order for each model
		for next < len(pairs) && e.m.Count() < bdd.MostNodes/2 {
			e.contrast(pairs[next][0], pairs[next][1])
			next += step
		}
		if next >= len(pairs) {
			return space.Unrepeated(e.m.RowWitnesses(), e.list)
		}
	}
}

// pairsOf returns a pair for every row, every effect and every part of an answer. The pair has the people to whom it applies, and
// the people who meet its conditions; for a part, these are the same. No pair occurs twice.
func pairsOf(m *space.Model) [][2]bdd.Func {
	var pairs [][2]bdd.Func
	for i, f := range m.Reach {
		pairs = append(pairs, [2]bdd.Func{f, m.And(m.Possible, m.List(&m.Program.Rows[i].List))})
	}
	for i := range m.Fires {
		for _, f := range m.Fires[i] {
			pairs = append(pairs, [2]bdd.Func{f, m.And(m.Possible, m.List(&m.Program.Adds[i].List))})
		}
	}
	for _, f := range m.Seen() {
		pairs = append(pairs, [2]bdd.Func{f, f})
	}
	seen := map[[2]bdd.Func]bool{}
	return slices.DeleteFunc(pairs, func(pair [2]bdd.Func) bool {
		again := seen[pair]
		seen[pair] = true
		return again
	})
}

// contrasts collects, in `list`, the visitors that the method contrast records.
type contrasts struct {
	m    *space.Model
	list [][]int32
}

// contrast records visitors for whom f holds. It also records visitors for whom `conditions` does not hold, but would with one
// different answer.
func (e *contrasts) contrast(f, conditions bdd.Func) {
	m := e.m
	_, levels := m.Size(f, conditions)
	for _, v := range m.Variables {
		if !testsOf(m, v, levels) {
			continue
		}
		missed := m.And(m.Possible, m.Without(withAny(m, conditions, v), conditions)) // people for whom `conditions` would hold with a different value
		for c := range v.Classes {
			e.recordWith(f, v, c)
			e.recordWith(missed, v, c)
		}
	}
}

// recordWith records a visitor in the given class of v for whom f holds, if there is one. f must hold only for possible
// visitors. recordWith adds nothing to the diagram.
func (e *contrasts) recordWith(f bdd.Func, v *space.Variable, class int) {
	answers := slices.Repeat([]int8{space.Unassigned}, len(e.m.DefaultBits()))
	for bit := range v.Bits {
		answers[v.First+bit] = int8(class >> bit & 1)
	}
	e.m.Begin()
	if e.leads(f, answers) {
		if raw := e.m.Complete(answers); raw != nil {
			e.list = append(e.list, raw)
		}
	}
}

// leads tries to make f hold by setting bits in `answers` that are still open, to their defaults if possible. It sets only bits that
// f tests. It returns false if f cannot hold.
func (e *contrasts) leads(f bdd.Func, answers []int8) bool {
	m := e.m
	if f <= bdd.Always || !m.Enter(f) { // if f was entered before, it has failed: otherwise the walk would have ended
		return f == bdd.Always
	}
	n := m.At(f)
	if answers[n.Level] != space.Unassigned {
		return e.leads([2]bdd.Func{n.Low, n.Top}[answers[n.Level]], answers)
	}
	for _, bit := range []int8{e.m.DefaultBits()[n.Level], 1 - e.m.DefaultBits()[n.Level]} {
		if e.leads([2]bdd.Func{n.Low, n.Top}[bit], answers) {
			answers[n.Level] = bit
			return true
		}
	}
	return false
}

// withAny returns the people for whom f would hold with some value of the variable v.
func withAny(m *space.Model, f bdd.Func, v *space.Variable) bdd.Func {
	memo := map[bdd.Func]bdd.Func{}
	var walk func(f bdd.Func) bdd.Func
	walk = func(f bdd.Func) bdd.Func {
		n := m.At(f)
		if int(n.Level) >= v.First+v.Bits {
			return f
		}
		if known, ok := memo[f]; ok {
			return known
		}
		result, top := walk(n.Low), walk(n.Top)
		if int(n.Level) < v.First {
			result = m.Make(n.Level, result, top)
		} else {
			result = m.Or(result, top)
		}
		memo[f] = result
		return result
	}
	return walk(f)
}

func testsOf(m *space.Model, v *space.Variable, levels map[int32]bool) bool {
	for level := v.First; level < v.First+v.Bits; level++ {
		if levels[int32(level)] {
			return true
		}
	}
	return false
}

// edgeWitnesses returns somebody for every row and effect, and for every edge of the diagram of every `step`-th row and part
// of an answer.
func edgeWitnesses(s *rules.Set, step int) [][]int32 {
	m := space.New(nil, s.Program).Model(0)
	var some []bdd.Func
	for i, f := range slices.Concat(m.Reach, m.Seen()) {
		if i%step == 0 {
			some = append(some, f)
		}
	}
	return space.Unrepeated(m.RowWitnesses(), m.EdgeWitnesses(some))
}

// boundaryVisitors returns visitors on both sides of every date and every number. For each witness and each comparison with
// the day of the visit, it sets the compared date to each day of space.DaysFor. For each of these it returns the last visit
// before the result changes, and the first visit after that.
func boundaryVisitors(s *rules.Set) [][]int32 {
	list := space.Witnesses(nil, s.Program)
	return space.Unrepeated(list, space.Around(s.Program, list))
}
