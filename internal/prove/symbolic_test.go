package prove

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"sitegen/internal/bdd"
	"sitegen/internal/explain"
	"sitegen/internal/rules"
	"sitegen/internal/ruletest"
	"sitegen/internal/space"
	"sitegen/internal/table"
)

// somebody chooses at random classes for which f holds.
func (t *symbolicInterview) somebody(f bdd.Func, random *rand.Rand) map[*space.Variable]int {
	bits := make([]int, len(t.DefaultBits()))
	for i := range bits {
		bits[i] = random.IntN(2)
	}
	return nearest(t.Space, f, bits)
}

// holds reports whether f holds for the chosen classes.
func (t *symbolicInterview) holds(f bdd.Func, chosen map[*space.Variable]int) bool {
	bits := make([]int, len(t.DefaultBits()))
	for v, class := range chosen {
		for bit := range v.Bits {
			bits[v.First+bit] = class >> bit & 1
		}
	}
	for f > bdd.Always {
		n := t.At(f)
		f = [2]bdd.Func{n.Low, n.Top}[bits[n.Level]]
	}
	return f == bdd.Always
}

// sameAsWalks compares a symbolic interview with the interviews of many visitors, one by one: what they are asked, which rows
// decide, and whether the decision is as good as that from all answers.
func sameAsWalks(t *testing.T, s *rules.Set, count int) (broken int) {
	t.Helper()
	k := talkOf(s, s.Checked)
	k.run()
	both := k.compare()
	random := rand.New(rand.NewPCG(1, 2))
	for i := range count {
		f := k.people
		if one := k.asked[i%len(k.asked)]; i%3 > 0 && one != bdd.Never {
			f = one
		} else if i%2 == 0 && both.broken != bdd.Never {
			f = both.broken
		}
		chosen := k.somebody(f, random)
		visitor := both.all.Visitor(chosen)
		w := k.p.Walk(visitor)
		w.Names = func(input, value int) bool { return k.papers[input] == nil || value == chosen[k.papers[input]]-1 }
		walked := map[[2]int]bool{}
		for q := w.Next(); q.Input >= 0; q = w.Next() {
			walked[[2]int{q.Input, table.BoolInt(q.Again)}] = true
			w.Answer(q)
		}
		talked := map[[2]int]bool{}
		for j, ask := range k.p.Asks {
			if k.holds(k.asked[j], chosen) {
				talked[[2]int{ask.Input, table.BoolInt(ask.Again)}] = true
			}
		}
		if !maps.Equal(walked, talked) {
			t.Fatalf("the symbolic interview asks %v, the walk %v: %s", talked, walked, explain.Describe(s, visitor, "en"))
		}
		some, all := k.p.Run(w.Raw), k.p.Run(visitor)
		if !k.holds(both.some.Reach[some.Row], chosen) || !k.holds(both.all.Reach[all.Row], chosen) {
			t.Fatalf("the walk leads to %s, all answers to %s, not so the symbolicInterview: %s", k.p.Names.Rows[some.Row], k.p.Names.Rows[all.Row], explain.Describe(s, visitor, "en"))
		}
		if wrong := !asGood(k.p, some, all); wrong != k.holds(both.broken, chosen) {
			t.Fatalf("wrong: %v; %+v, %+v; %s", wrong, some, all, explain.Describe(s, visitor, "en"))
		} else if wrong {
			broken++
		}
	}
	return broken
}

func TestOfficeHolds(t *testing.T) {
	s := ruletest.LoadOf(t, ruletest.OfficeFiles(t))
	_, found := Verify(s)
	_, more := VerifyInterview(s)
	if found = append(found, more...); len(found) > 0 {
		t.Error(ruletest.TextOf(found))
	}
	if broken := sameAsWalks(t, s, 5000); broken > 0 {
		t.Errorf("%d visitors are not told what they should be told", broken)
	}
}

// TestSymbolicEqualsWalks: a symbolic interview agrees with the interview of each visitor, even if the interview goes back to
// earlier steps.
func TestSymbolicEqualsWalks(t *testing.T) {
	s := ruletest.LoadOf(t, ruletest.OfficeFiles(t))
	random := rand.New(rand.NewPCG(3, 4))
	broken, back := 0, 0
	for range 60 {
		p := clone(s.Checked)
		random.Shuffle(len(p.Asks), func(i, j int) { p.Asks[i], p.Asks[j] = p.Asks[j], p.Asks[i] })
		for range random.IntN(4) {
			guard := &p.Asks[random.IntN(len(p.Asks))].Guard
			*guard = table.List{}
			if signal := random.IntN(p.FirstOutcome()); random.IntN(2) == 0 {
				guard.Yes = []int{signal}
			} else {
				guard.No = []int{signal}
			}
		}
		p.Asks = slices.Delete(p.Asks, 0, random.IntN(3))
		other := with(s, p, p)
		broken += sameAsWalks(t, other, 300)
		k := talkOf(other, p)
		k.run()
		back += table.BoolInt(k.rounds > 1)
	}
	if t.Logf("%d visitors are told otherwise, %d interviews go back", broken, back); broken == 0 || back == 0 {
		t.Error("the interviews are all alike")
	}
}
