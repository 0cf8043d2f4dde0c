package rules

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"
)

// mutant is the real program with one mistake in it.
type mutant struct {
	kind, what string
	p          *Program
}

// clone copies a program deeply, by its bytes.
func clone(p *Program) *Program {
	copied, err := Decode(p.Encode())
	if err != nil {
		panic(err)
	}
	copied.Names = p.Names
	return copied
}

// mutants makes every mistake of one step: a condition dropped or turned into its opposite, a date, duration or number
// off by one, a value added to or taken from a choice, another outcome or offer, a row or effect dropped.
func mutants(p *Program) []mutant {
	var list []mutant
	change := func(kind, what string, edit func(m *Program)) {
		m := clone(p)
		edit(m)
		list = append(list, mutant{kind, what, m})
	}
	lists := func(what string, of func(m *Program) *List) {
		l := of(p)
		for i, s := range l.Yes {
			name := what + ": " + p.Names.Signals[s]
			change("drop condition", name, func(m *Program) { l := of(m); l.Yes = slices.Delete(l.Yes, i, i+1) })
			change("flip condition", name, func(m *Program) {
				l := of(m)
				l.No, l.Yes = append(l.No, l.Yes[i]), slices.Delete(slices.Clone(l.Yes), i, i+1)
			})
		}
		for i, s := range l.No {
			name := what + ": not " + p.Names.Signals[s]
			change("drop condition", name, func(m *Program) { l := of(m); l.No = slices.Delete(l.No, i, i+1) })
			change("flip condition", name, func(m *Program) {
				l := of(m)
				l.Yes, l.No = append(l.Yes, l.No[i]), slices.Delete(slices.Clone(l.No), i, i+1)
			})
		}
	}
	for i := range p.Gates {
		lists("condition "+p.Names.Signals[p.firstGate()+i], func(m *Program) *List { return &m.Gates[i].List })
		change("any/all", p.Names.Signals[p.firstGate()+i], func(m *Program) { m.Gates[i].Invert = !m.Gates[i].Invert })
	}
	for i := range p.Rows {
		lists("row "+p.Names.Rows[i], func(m *Program) *List { return &m.Rows[i].List })
		change("outcome", p.Names.Rows[i], func(m *Program) { m.Rows[i].Outcome = (m.Rows[i].Outcome + 1) % m.Outcomes })
		change("offer", p.Names.Rows[i], func(m *Program) { m.Rows[i].Offer = (m.Rows[i].Offer + 1) % len(m.Offers) })
		if i < len(p.Rows)-1 {
			change("drop row", p.Names.Rows[i], func(m *Program) { // a row that can never hold
				m.Rows[i].Yes, m.Rows[i].No = []int{0}, []int{0}
			})
		}
	}
	for i := range p.Posts {
		lists("condition "+p.Names.Signals[p.firstPost()+i], func(m *Program) *List { return &m.Posts[i].List })
	}
	for i := range p.Adds {
		lists("row "+p.Names.Adds[i], func(m *Program) *List { return &m.Adds[i].List })
		for j := range p.Adds[i].Effects {
			change("drop effect", p.Names.Adds[i], func(m *Program) { m.Adds[i].Effects = slices.Delete(m.Adds[i].Effects, j, j+1) })
		}
	}
	for i, a := range p.Atoms {
		name := p.Names.Signals[i]
		switch a.Op {
		case NotAfter, AtLeast:
			for _, by := range []int32{-1, 1} {
				change("shift", fmt.Sprintf("%s %+d", name, by), func(m *Program) { m.Atoms[i].N += by })
			}
		case In:
			in := p.inputOf(a.A)
			for bit := range len(p.Names.Inputs[in].Values) {
				change("value", name+" ~ "+p.Names.Inputs[in].Values[bit], func(m *Program) { m.Atoms[i].N ^= 1 << bit })
			}
		}
	}
	for i, term := range p.Terms {
		switch term.Op {
		case InputDay:
			continue
		case Earlier:
			change("operator", p.termText(i), func(m *Program) { m.Terms[i].Op = Later })
			continue
		case Months, MonthEnd:
			change("operator", p.termText(i), func(m *Program) { m.Terms[i].Op = Months + MonthEnd - term.Op })
		}
		for _, by := range []int32{-1, 1} {
			change("shift", fmt.Sprintf("%s %+d", p.termText(i), by), func(m *Program) { m.Terms[i].N += by })
		}
	}
	return list
}

// equivalent reports whether a mutant answers everybody as the program does. (The order of notes is left out.)
func equivalent(p, q *Program) bool {
	s := newSpace(p, q)
	a, b := s.model(0, nil), s.model(1, nil)
	return slices.Equal(a.comparable(b.sets), b.comparable(a.sets))
}

// comparable lists the parts of an answer so that those of two programs can be compared one by one.
func (m *model) comparable(others []int32) []bdd {
	list := slices.Concat(m.outcome, m.tell, m.also, m.bring, m.refused)
	sets := slices.Concat(m.sets, others)
	slices.Sort(sets)
	for _, set := range slices.Compact(sets) {
		list = append(list, m.has[set], m.firstIs[set])
	}
	return list
}

// tally counts mutants of a kind.
type tally struct{ all, verified, cases, boundary, sample, equivalent, missed int }

func TestMutants(t *testing.T) {
	s := load(t)
	p := s.checked.p
	list := mutants(p)
	step := len(list) / 40 // a sample in every run; with MUTANTS=n every n-th, with MUTANTS=1 all of them
	if n, err := strconv.Atoi(os.Getenv("MUTANTS")); err == nil {
		step = n
	}
	start := time.Now()
	contrasts := s.Contrasts()
	boundaries := unrepeated(contrasts, s.EdgeWitnesses(), s.Boundaries())
	t.Logf("%d contrasts, %d visitors in all, in %v", len(contrasts), len(boundaries), time.Since(start))
	snapshot := decideAll(p, boundaries)
	sample := &sampler{p: p, state: 42}
	visitors := make([][]int32, 100_000) // the first half of those that TestTablesEqualOracle compares
	for i := range visitors {
		visitors[i] = sample.visitor()
	}
	answers := decideAll(p, visitors)
	kinds := map[string]*tally{}
	total := &tally{}
	for i := 0; i < len(list); i += step {
		mu := list[i]
		if kinds[mu.kind] == nil {
			kinds[mu.kind] = &tally{}
		}
		byVerify := os.Getenv("VERIFY") != "no" && len(s.verifierOf(mu.p)) > 0
		byCases := slices.ContainsFunc(s.cases, func(c Case) bool { return s.mismatch(&c, mu.p).EN != "" })
		byBoundary := differsFrom(mu.p, boundaries, snapshot)
		for _, k := range []*tally{kinds[mu.kind], total} {
			k.all++
			k.verified += boolInt(byVerify)
			k.cases += boolInt(byCases)
			k.boundary += boolInt(byBoundary)
		}
		bySample := !byVerify && !byCases && !byBoundary && differsFrom(mu.p, visitors, answers)
		kinds[mu.kind].sample += boolInt(bySample)
		total.sample += boolInt(bySample)
		if !byVerify && !byCases && !byBoundary && !bySample {
			same := equivalent(p, mu.p)
			kinds[mu.kind].equivalent += boolInt(same)
			total.equivalent += boolInt(same)
			if !same {
				kinds[mu.kind].missed++
				total.missed++
				t.Errorf("not caught: %s, %s", mu.kind, mu.what)
			}
		}
	}
	for _, kind := range sortedKeys(kinds) {
		t.Logf("%-15s %+v", kind, *kinds[kind])
	}
	caught := total.all - total.equivalent - total.missed
	t.Logf("%d of %d mutants that are not equivalent are caught (%.1f %%): %+v", caught, caught+total.missed, 100*float64(caught)/float64(max(1, caught+total.missed)), *total)
}

func decideAll(p *Program, visitors [][]int32) []Output {
	m := newMachine(p)
	list := make([]Output, len(visitors))
	for i, raw := range visitors {
		m.load(raw)
		list[i] = m.decide()
	}
	return list
}

// verifierOf verifies a mutant; the set's rows stand for its rows.
func (s *Set) verifierOf(p *Program) (found []string) {
	for _, d := range s.verifier(p).check() {
		found = append(found, string(d.Code))
	}
	return found
}

func differsFrom(p *Program, visitors [][]int32, want []Output) bool {
	m := newMachine(p)
	for i, raw := range visitors {
		m.load(raw)
		if got := m.decide(); !sameAnswer(got, want[i]) || got.Also != want[i].Also {
			return true
		}
	}
	return false
}
