package change

import (
	"slices"

	"sitegen/internal/bdd"
	"sitegen/internal/diag"
	"sitegen/internal/rules"
	"sitegen/internal/space"
	"sitegen/internal/table"
)

// A mutant is a program with one mistake: a comparison, or the number in a calculated day, is off by one, or a calendar
// operator is replaced by a similar one.
type mutant struct {
	atom    int // the comparison
	term    int // the calculated day in it that is changed; -1 if the comparison itself is changed
	program *table.Program
}

// String returns the changed calculation or comparison as a text.
func (s mutant) String() string {
	if s.term >= 0 {
		return s.program.TermText(s.term)
	}
	return s.program.AtomText(s.program.Atoms[s.atom])
}

// mutantsOf returns every mutant of a program. The mutants of a comparison are next to each other.
func mutantsOf(p *table.Program) []mutant {
	var list []mutant
	terms := map[int]bool{}
	for i, a := range p.Atoms {
		switch {
		case a.Op == table.NotAfter:
			list = append(list, atomMutant(p, i, -1), atomMutant(p, i, 1))
			for _, term := range []int{a.A, a.B} {
				if p.Terms[term].Op != table.ConstDay { // the mutants of a constant day equal those of the comparison
					list = termMutants(p, list, i, term, terms)
				}
			}
		case a.Op == table.AtLeast && a.N > table.LowestNumber: // with LowestNumber the comparison tests only whether the number is known
			list = append(list, atomMutant(p, i, -1), atomMutant(p, i, 1))
		}
	}
	return list
}

func atomMutant(p *table.Program, i int, by int32) mutant {
	q := *p
	q.Atoms = slices.Clone(p.Atoms)
	q.Atoms[i].N += by
	return mutant{i, -1, &q}
}

// termMutants adds to `list` the mutants of a term and of the terms that it uses, except those of terms in `seen`.
func termMutants(p *table.Program, list []mutant, atom, term int, seen map[int]bool) []mutant {
	t := p.Terms[term]
	if t.Op == table.InputDay || seen[term] {
		return list
	}
	seen[term] = true
	change := func(edit func(t *table.Term)) {
		q := *p
		q.Terms = slices.Clone(p.Terms)
		edit(&q.Terms[term])
		list = append(list, mutant{atom, term, &q})
	}
	switch t.Op {
	case table.Earlier, table.Later:
		change(func(t *table.Term) { t.Op = table.Earlier + table.Later - t.Op })
		list = termMutants(p, list, atom, int(t.N), seen)
	case table.Months, table.MonthEnd:
		change(func(t *table.Term) { t.Op = table.Months + table.MonthEnd - t.Op })
		fallthrough
	default:
		change(func(t *table.Term) { t.N-- })
		change(func(t *table.Term) { t.N++ })
	}
	if t.Op == table.ConstDay {
		return list
	}
	return termMutants(p, list, atom, t.A, seen)
}

// turning looks for people whose answer a mutant changes.
type turning struct {
	s         *rules.Set
	p         *table.Program
	m, q      *table.Machine
	witnesses [][]int32 // space.Witnesses of the program; nil until they are needed
	people    []person
}

// tells reports whether a mutant changes the answer of one visitor.
func (t *turning) tells(raw []int32, mutant *table.Program) bool {
	if t.m.Load(raw) >= 0 {
		return false
	}
	t.q.Program = mutant
	t.q.Load(raw)
	return !table.SameWhole(t.m.Decide(), t.q.Decide())
}

// turningPeople returns, for each mutant, somebody whose answer it would change. For a mutant of a comparison of a date with
// the visit, it returns such a person for each day of space.DaysFor, if there is one. turningPeople prefers the people in
// `before`. `hidden` has the mutants that would change nobody's answer.
func turningPeople(s *rules.Set, before []person) (people []person, hidden []string) {
	t := &turning{s: s, p: s.Program, m: table.NewMachine(s.Program), q: table.NewMachine(s.Program)}
	for _, mutant := range mutantsOf(s.Program) {
		slot, values := t.values(mutant)
		some := false
		for _, value := range values {
			here := func(raw []int32) bool { return slot < 0 || raw[slot] == value }
			if slices.ContainsFunc(t.people, func(p person) bool { return here(p.raw) && t.tells(p.raw, mutant.program) }) {
				some = true
			} else if raw := t.find(mutant, slot, value, before, here); raw != nil {
				t.people = append(t.people, personOf(s, s.Program.Names.Signals[mutant.atom], raw))
				some = true
			}
		}
		if !some && !slices.ContainsFunc(t.people, func(p person) bool { return t.tells(p.raw, mutant.program) }) {
			if raw := findVisitor(s, mutant); raw != nil {
				t.people = append(t.people, personOf(s, s.Program.Names.Signals[mutant.atom], raw))
			} else {
				hidden = append(hidden, mutant.String())
			}
		}
	}
	return t.people, hidden
}

// values returns the slot of the date that is compared with the visit, or -1, and the days to try in it.
func (t *turning) values(mutant mutant) (slot int, values []int32) {
	a := &t.p.Atoms[mutant.atom]
	if a.Op == table.NotAfter {
		if slot := max(t.p.OtherSlot(a.A), t.p.OtherSlot(a.B)); slot >= 0 {
			return slot, space.DaysFor(t.p, a)
		}
	}
	return -1, []int32{0} // no date to set
}

// find looks for somebody whose answer a mutant changes, and who has `value` in `slot` unless that is -1 (`here` tests this): first
// among the people in `before`, then around the witnesses. Around the witnesses it prefers somebody whose outcome changes. It
// returns nil if it finds nobody.
func (t *turning) find(mutant mutant, slot int, value int32, before []person, here func(raw []int32) bool) []int32 {
	for _, p := range before {
		if p.Of == t.p.Names.Signals[mutant.atom] && here(p.raw) && t.tells(p.raw, mutant.program) {
			return p.raw
		}
	}
	if t.witnesses == nil {
		t.witnesses = space.Witnesses(t.s.Ended, t.p)
	}
	var found []int32
	for _, witness := range t.witnesses {
		raw := slices.Clone(witness)
		if slot >= 0 {
			raw[slot] = value
		}
		for _, near := range t.beside(raw, &t.p.Atoms[mutant.atom]) {
			if !t.tells(near, mutant.program) {
				continue
			}
			if t.m.Decide().Outcome != t.q.Decide().Outcome {
				return near
			}
			if found == nil {
				found = near
			}
		}
	}
	return found
}

// beside returns two copies of a visitor: one on each side of a comparison, as close to it as possible. For a comparison of days, it
// may return nothing: if the visitor's answers are refused, or if the result of the comparison does not change between
// space.FirstDay and space.LastDay.
func (t *turning) beside(raw []int32, a *table.Atom) [][]int32 {
	var near [][]int32
	if a.Op == table.AtLeast {
		for number := a.N - 1; number <= a.N; number++ {
			with := slices.Clone(raw)
			with[a.A] = number
			near = append(near, with)
		}
		return near
	}
	if t.m.Load(raw) >= 0 {
		return nil
	}
	t.m.Terms()
	if turn := t.m.Turn(a); turn > space.FirstDay && turn <= space.LastDay {
		near = append(near, space.MovedTo(t.p, raw, turn-1, false), space.MovedTo(t.p, raw, turn, false))
	}
	return near
}

// findVisitor searches among all possible visitors for somebody whose answer a mutant changes. It returns nil if there is
// nobody or the diagrams grow too large.
func findVisitor(s *rules.Set, mutant mutant) (raw []int32) {
	d, err := compare(s.Ended, s.Program, mutant.program)
	if err != nil {
		return nil
	}
	defer tooLarge(&err)
	if f := d.differing(); f != bdd.Never {
		_, raw, _ = d.example(f)
	}
	return raw
}

// checkTurns proves that every mutant that changes somebody's answer changes the answer of a person in boundariesFile. If a
// mutant changes only the answers of other people, checkTurns reports only that mutant. Otherwise it reports every idle
// comparison: a comparison whose result could change one day or number earlier or later without changing anybody's answer.
func checkTurns(s *rules.Set, a *Accepted) []diag.Diagnostic {
	t := &turning{s: s, p: s.Program, m: table.NewMachine(s.Program), q: table.NewMachine(s.Program)}
	var found []diag.Diagnostic
	mutants, proven := mutantsOf(s.Program), sameTables(s, a.set.Program) // if the rules are the accepted ones, it is proven that the mutants in a.hidden change nothing
	for len(mutants) > 0 {
		same := 1 // how many mutants, from the first one, change the same comparison or the same calculated day
		for same < len(mutants) && mutants[same].atom == mutants[0].atom && mutants[same].term == mutants[0].term {
			same++
		}
		idle, text := true, s.Program.Names.Signals[mutants[0].atom]
		for _, mutant := range mutants[:same] {
			if slices.ContainsFunc(a.turns, func(p person) bool { return t.tells(p.raw, mutant.program) }) {
				idle = false
			} else if !(proven && slices.Contains(a.hidden, mutant.String())) && findVisitor(s, mutant) != nil {
				return []diag.Diagnostic{stale(s, a.boundaries, text)}
			}
		}
		if idle {
			found = append(found, s.WhereCompared(mutants[0].atom).At("rule-turn-idle", text))
		}
		mutants = mutants[same:]
	}
	return found
}
