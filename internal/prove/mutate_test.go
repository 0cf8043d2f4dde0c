package prove

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"sitegen/internal/change"
	"sitegen/internal/diag"
	"sitegen/internal/rules"
	"sitegen/internal/ruletest"
	"sitegen/internal/space"
	"sitegen/internal/sweep"
	"sitegen/internal/table"
	"sitegen/internal/worked"
)

// mutant is the program of the real rules with one mistake in it.
type mutant struct {
	kind, what string
	p          *table.Program
}

// clone copies a program deeply, by its bytes.
func clone(p *table.Program) *table.Program {
	copied, err := table.Decode(p.Encode())
	if err != nil {
		panic(err)
	}
	copied.Names = p.Names
	copied.Names.Rows, copied.Names.RowSources, copied.Names.Layers, copied.Names.Adds = slices.Clone(p.Names.Rows), slices.Clone(p.Names.RowSources), slices.Clone(p.Names.Layers), slices.Clone(p.Names.Adds)
	return copied
}

// mutants returns the programs with a single mistake in a part that decides, adds, sets Enough or asks. A condition is dropped or
// negated. A date, duration or number is off by one. A choice tests for one value more or less. An outcome, level, offer, note, document
// or effect is different. A row or effect is dropped. Layers, rows or notes are in a different order. A question or default is
// different.
func mutants(p *table.Program) []mutant {
	return mutantsIf(p, func(int, string) bool { return true })
}

// mutantsIf is like mutants, but makes only the programs that are wanted, given their index and kind. In the other mutants
// the field p is nil, because a program takes much longer to make than its name.
func mutantsIf(p *table.Program, wanted func(i int, kind string) bool) []mutant {
	m := &mutation{p: p, wanted: wanted}
	m.conditions()
	m.decision()
	m.enough()
	m.additions()
	m.days()
	m.questions()
	return m.list
}

type mutation struct {
	p      *table.Program
	wanted func(i int, kind string) bool
	list   []mutant
}

// speaksOf reports whether anything except a law uses an atom.
func (m *mutation) speaksOf(atom int) bool {
	lists := []table.List{}
	for _, g := range slices.Concat(m.p.Gates, m.p.Posts, m.p.Lasts) {
		lists = append(lists, g.List)
	}
	for _, r := range m.p.Rows {
		lists = append(lists, r.List)
	}
	for _, r := range m.p.Adds {
		lists = append(lists, r.List)
	}
	for _, r := range m.p.Enough {
		lists = append(lists, r.List)
	}
	for _, a := range m.p.Asks {
		lists = append(lists, a.Guard)
	}
	return m.p.HeldIf == atom || slices.ContainsFunc(lists, func(l table.List) bool { return slices.Contains(l.Yes, atom) || slices.Contains(l.No, atom) })
}

func (m *mutation) change(kind, what string, edit func(q *table.Program)) {
	if !m.wanted(len(m.list), kind) {
		m.list = append(m.list, mutant{kind, what, nil})
		return
	}
	q := clone(m.p)
	edit(q)
	m.list = append(m.list, mutant{kind, what, q})
}

// lists makes two mutants for each literal of a list: one without the literal, and one in which it is negated.
func (m *mutation) lists(what string, of func(q *table.Program) *table.List) {
	l := of(m.p)
	for i, s := range l.Yes {
		name := what + ": " + m.p.Names.Signals[s]
		m.change("drop condition", name, func(q *table.Program) { l := of(q); l.Yes = slices.Delete(l.Yes, i, i+1) })
		m.change("flip condition", name, func(q *table.Program) {
			l := of(q)
			l.No, l.Yes = append(l.No, l.Yes[i]), slices.Delete(slices.Clone(l.Yes), i, i+1)
		})
	}
	for i, s := range l.No {
		name := what + ": not " + m.p.Names.Signals[s]
		m.change("drop condition", name, func(q *table.Program) { l := of(q); l.No = slices.Delete(l.No, i, i+1) })
		m.change("flip condition", name, func(q *table.Program) {
			l := of(q)
			l.Yes, l.No = append(l.Yes, l.No[i]), slices.Delete(slices.Clone(l.No), i, i+1)
		})
	}
}

func (m *mutation) conditions() {
	p := m.p
	for i := range p.Gates {
		m.lists("condition "+p.Names.Signals[p.FirstGate()+i], func(q *table.Program) *table.List { return &q.Gates[i].List })
		m.change("any/all", p.Names.Signals[p.FirstGate()+i], func(q *table.Program) { q.Gates[i].Invert = !q.Gates[i].Invert })
	}
	for i := range p.Posts {
		m.lists("condition "+p.Names.Signals[p.FirstPost()+i], func(q *table.Program) *table.List { return &q.Posts[i].List })
		m.change("any/all after", p.Names.Signals[p.FirstPost()+i], func(q *table.Program) { q.Posts[i].Invert = !q.Posts[i].Invert })
	}
	for i := range p.Lasts {
		m.lists("condition "+p.Names.Signals[p.FirstLast()+i], func(q *table.Program) *table.List { return &q.Lasts[i].List })
		m.change("any/all after enough", p.Names.Signals[p.FirstLast()+i], func(q *table.Program) { q.Lasts[i].Invert = !q.Lasts[i].Invert })
	}
}

// enough makes the mistakes in the table Enough.
func (m *mutation) enough() {
	for i := range m.p.Enough {
		name := fmt.Sprint("row ", i+1, " of enough")
		m.lists(name, func(q *table.Program) *table.List { return &q.Enough[i].List })
		for step := range table.Levels - 1 {
			m.change("level", fmt.Sprint(name, " +", step+1), func(q *table.Program) { q.Enough[i].Enough = (q.Enough[i].Enough + step + 1) % table.Levels })
		}
		if i < len(m.p.Enough)-1 { // the last row takes everybody
			m.change("drop row", name, func(q *table.Program) { // the row can then never hold
				q.Enough[i].Yes, q.Enough[i].No = []int{0}, []int{0}
			})
			if i > 0 {
				m.change("rows swapped", name, func(q *table.Program) { q.Enough[i-1], q.Enough[i] = q.Enough[i], q.Enough[i-1] })
			}
		}
	}
}

func (m *mutation) decision() {
	p := m.p
	for i := range p.Rows {
		name := p.Names.Rows[i]
		m.lists("row "+name, func(q *table.Program) *table.List { return &q.Rows[i].List })
		m.change("outcome", name, func(q *table.Program) { q.Rows[i].Outcome = (q.Rows[i].Outcome + 1) % q.Outcomes })
		m.change("offer", name, func(q *table.Program) { q.Rows[i].Offer = (q.Rows[i].Offer + 1) % len(q.Offers) })
		for at := range p.Offers[p.Rows[i].Offer] {
			m.change("bring", name, func(q *table.Program) { // a document added to an alternative, or removed from it
				list := slices.Clone(q.Offers[q.Rows[i].Offer])
				list[at] = otherSet(q, list[at], 1)
				q.Rows[i].Offer = len(q.Offers)
				q.Offers = append(q.Offers, list)
			})
		}
		if i < len(p.Rows)-1 {
			m.change("drop row", name, func(q *table.Program) { // the row can then never hold
				q.Rows[i].Yes, q.Rows[i].No = []int{0}, []int{0}
			})
		}
	}
	first := 0
	for i := 1; i < len(p.Rows); i++ {
		if p.Names.Layers[i] == p.Names.Layers[i-1] {
			continue
		}
		end := i + 1
		for end < len(p.Rows) && p.Names.Layers[end] == p.Names.Layers[i] {
			end++
		}
		if end < len(p.Rows) { // the last layer takes everybody
			m.change("layers swapped", p.Names.Layers[i-1]+", "+p.Names.Layers[i], func(q *table.Program) {
				rotate(q.Rows[first:end], i-first)
				rotate(q.Names.Rows[first:end], i-first)
				rotate(q.Names.RowSources[first:end], i-first)
				rotate(q.Names.Layers[first:end], i-first)
			})
		}
		first = i
	}
	m.change("held_when", "dropped", func(q *table.Program) { q.HeldAs = 0 })
	m.change("held_when", "another answer", func(q *table.Program) { q.HeldIf = slices.Index(p.Names.Signals, "have.smartphone") })
	for d := range p.Names.Documents {
		if d < len(p.Names.Inputs[p.InputOf(p.Held)].Values) {
			m.change("no_papers", p.Names.Documents[d], func(q *table.Program) { q.Papers ^= 1 << d })
		}
	}
}

// rotate moves the first n items of a list behind the others.
func rotate[T any](list []T, n int) {
	copy(list, slices.Concat(list[n:], list[:n]))
}

// otherSet adds a copy of a set of documents with one document added or removed, and returns the index of the copy.
func otherSet(p *table.Program, set, document int) int {
	p.Sets = append(p.Sets, p.Sets[set]^1<<document)
	return len(p.Sets) - 1
}

func (m *mutation) additions() {
	p := m.p
	for i := range p.Adds {
		name := p.Names.Adds[i]
		m.lists("row "+name, func(q *table.Program) *table.List { return &q.Adds[i].List })
		if i > 0 {
			m.change("rows swapped", p.Names.Adds[i-1]+", "+name, func(q *table.Program) {
				q.Adds[i-1], q.Adds[i] = q.Adds[i], q.Adds[i-1]
				q.Names.Adds[i-1], q.Names.Adds[i] = q.Names.Adds[i], q.Names.Adds[i-1]
			})
		}
		for j, e := range p.Adds[i].Effects {
			effect := func(kind, what string, edit func(q *table.Program, e *table.Effect)) {
				m.change(kind, name+what, func(q *table.Program) { edit(q, &q.Adds[i].Effects[j]) })
			}
			m.change("drop effect", name, func(q *table.Program) { q.Adds[i].Effects = slices.Delete(q.Adds[i].Effects, j, j+1) })
			if j > 0 {
				m.change("effects swapped", name, func(q *table.Program) {
					effects := q.Adds[i].Effects
					effects[j-1], effects[j] = effects[j], effects[j-1]
				})
			}
			if e.Kind == table.Tell {
				effect("another note", "", func(q *table.Program, e *table.Effect) { e.A = (e.A + 1) % q.Notes })
				continue
			}
			for _, document := range []int{0, 3, 18} {
				effect("another document", fmt.Sprint(" ", document), func(q *table.Program, e *table.Effect) { e.A = otherSet(q, e.A, document) })
			}
			for _, kind := range []table.EffectKind{table.Or, table.Also, table.With, table.Alone} {
				if kind != e.Kind {
					effect("another effect", fmt.Sprint(" ", kind), func(q *table.Program, e *table.Effect) {
						e.Kind, e.B = kind, len(q.Sets)
						q.Sets = append(q.Sets, 0)
					})
				}
			}
			if e.Kind == table.With {
				effect("with_to", " everything", func(q *table.Program, e *table.Effect) { e.B = len(q.Sets); q.Sets = append(q.Sets, 0) })
				for d := range p.Names.Documents {
					effect("with_to", fmt.Sprint(" ", d), func(q *table.Program, e *table.Effect) { e.B = otherSet(q, e.B, d) })
				}
			}
		}
	}
}

func (m *mutation) days() {
	p := m.p
	for i, a := range p.Atoms {
		name := p.Names.Signals[i]
		if !m.speaksOf(i) {
			continue
		}
		switch a.Op {
		case table.NotAfter, table.AtLeast:
			for _, by := range []int32{-1, 1} {
				m.change("shift", fmt.Sprintf("%s %+d", name, by), func(q *table.Program) { q.Atoms[i].N += by })
			}
		case table.In:
			in := p.InputOf(a.A)
			for bit := range len(p.Names.Inputs[in].Values) {
				m.change("value", name+" ~ "+p.Names.Inputs[in].Values[bit], func(q *table.Program) { q.Atoms[i].N ^= 1 << bit })
			}
		case table.Is:
			m.change("value", name, func(q *table.Program) { q.Atoms[i].N++ })
		}
	}
	for i, term := range p.Terms {
		switch term.Op {
		case table.InputDay:
			continue
		case table.Earlier, table.Later:
			m.change("operator", p.TermText(i), func(q *table.Program) { q.Terms[i].Op = table.Earlier + table.Later - term.Op })
			continue
		case table.Months, table.MonthEnd:
			m.change("operator", p.TermText(i), func(q *table.Program) { q.Terms[i].Op = table.Months + table.MonthEnd - term.Op })
		}
		for _, by := range []int32{-1, 1} {
			m.change("shift", fmt.Sprintf("%s %+d", p.TermText(i), by), func(q *table.Program) { q.Terms[i].N += by })
		}
	}
}

func (m *mutation) questions() {
	p := m.p
	for k, ask := range p.Asks {
		name := p.Names.Inputs[ask.Input].ID
		m.change("ask", name, func(q *table.Program) { q.Asks = slices.Delete(q.Asks, k, k+1) })
		for j, s := range ask.Guard.Yes {
			m.change("ask", name+": "+p.Names.Signals[s], func(q *table.Program) { q.Asks[k].Guard.Yes = slices.Delete(q.Asks[k].Guard.Yes, j, j+1) })
		}
		for j, s := range ask.Guard.No {
			m.change("ask", name+": not "+p.Names.Signals[s], func(q *table.Program) { q.Asks[k].Guard.No = slices.Delete(q.Asks[k].Guard.No, j, j+1) })
		}
	}
	for i, in := range p.Inputs {
		name := p.Names.Inputs[i].ID
		switch {
		case i == 0 || in.Kind == table.Several:
		case in.Kind == table.Choice:
			m.change("default", name, func(q *table.Program) { q.Inputs[i].Default = (in.Default + 1) % (in.Hi + 1) })
		default:
			other := int32(20000)
			if in.Kind == table.Number {
				other = 72
			}
			m.change("default", name, func(q *table.Program) { q.Inputs[i].Default = other })
		}
	}
}

// with returns the set with different tables, as if its files had been written that way. The program `p` decides, and
// `checked` also has the tests of the laws.
func with(s *rules.Set, p, checked *table.Program) *rules.Set {
	other := *s
	other.Program, other.Checked = p, checked
	for i, r := range s.Adds {
		if left := len(checked.Adds[i].Effects); left < len(r.Effects) { // an effect is dropped
			row := *r
			row.Effects = r.Effects[:left]
			other.Adds = slices.Clone(other.Adds)
			other.Adds[i] = &row
		}
	}
	return &other
}

// The checks of `sitegen check`, the fastest first. A mutant is caught by the first check that finds an error.
var checks = []struct {
	name  string
	check func(s *rules.Set, a *change.Accepted) []diag.Diagnostic
}{
	{"cases", func(s *rules.Set, _ *change.Accepted) []diag.Diagnostic { return worked.Check(s) }},
	{"people", func(s *rules.Set, a *change.Accepted) []diag.Diagnostic { return change.CheckPeople(s, a) }},
	{"accepted", func(s *rules.Set, a *change.Accepted) []diag.Diagnostic { return change.Check(s, a) }},
	{"proof", func(s *rules.Set, _ *change.Accepted) []diag.Diagnostic { _, found := Verify(s); return found }},
}

// TestMutants: no single mistake passes `sitegen check`, unless it changes nobody's answer. Every run tries a sample;
// MUTANTS=n tries every n-th mutant, MUTANTS=1 all of them.
func TestMutants(t *testing.T) {
	s := ruletest.Load(t)
	a := acceptedOf(t, s)
	none := func(int, string) bool { return false }
	names, verified := numbered(mutantsIf(s.Program, none)), numbered(mutantsIf(s.Checked, none))
	at := map[string]int{} // by name: the index, in `verified`, of the mutant of s.Checked with this name
	for i, name := range verified {
		at[name] = i
	}
	step := max(1, len(names)/sweep.Of(100, 10))
	if n, err := strconv.Atoi(os.Getenv("MUTANTS")); err == nil {
		step = n
	}
	same := map[int]bool{}
	for i := 0; i < len(names); i += step {
		index, known := at[names[i]]
		if !known || len(names) != len(at) {
			t.Fatal("the verified tables have other mutants")
		}
		same[index] = true
	}
	list := mutantsIf(s.Program, func(i int, _ string) bool { return i%step == 0 })
	checked := mutantsIf(s.Checked, func(i int, _ string) bool { return same[i] })
	judges := everybody(s)
	t.Logf("%d mutants, every %d-th; %d visitors judge those that are not caught", len(list), step, len(judges.visitors))
	start := time.Now()
	ends := make([]string, (len(list)+step-1)/step)
	sideBySide(len(ends), func(i int) {
		mu := &list[i*step]
		if ends[i] = endOf(with(s, mu.p, checked[at[names[i*step]]].p), a, judges); ends[i] == passes {
			t.Errorf("not caught: %s, %s", mu.kind, mu.what)
		}
	})
	counts := map[string]map[string]int{}
	for i, end := range ends {
		for _, kind := range []string{list[i*step].kind, "all"} {
			if counts[kind] == nil {
				counts[kind] = map[string]int{}
			}
			counts[kind][end]++
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(counts)) {
		t.Logf("%-17s %v", kind, counts[kind])
	}
	t.Logf("in %v", time.Since(start))
}

// The results for a mutant that no check catches.
const (
	changesNothing = "changes nothing"                                  // everybody is asked and told the same
	asksMore       = "asks some otherwise and tells everybody the same" // the proof of the interview finds no mistake
	passes         = "passes"                                           // some get a different answer, and no check notices it
)

// endOf returns the name of the check that catches rules with a mistake. If no check does, it returns what the mistake changes.
func endOf(s *rules.Set, a *change.Accepted, judges *crowd) string {
	if caught := caughtBy(s, a); caught != "" {
		return caught
	}
	switch told, asked := judges.notice(s.Program); {
	case told:
		return passes
	case asked: // the comparison with the accepted rules has shown that all answers are the same
		if _, found := VerifyInterview(s); diag.HasErrors(found) {
			return "interview"
		}
		return asksMore
	}
	return changesNothing
}

// numbered returns the names of mutants, in the order of `list`. A name consists of the mutant's `kind` and `what` and a
// number. The number distinguishes mutants that agree in both.
func numbered(list []mutant) []string {
	names, count := make([]string, len(list)), map[string]int{}
	for i, mu := range list {
		count[mu.kind+mu.what]++
		names[i] = fmt.Sprint(mu.kind, mu.what, count[mu.kind+mu.what])
	}
	return names
}

func caughtBy(s *rules.Set, a *change.Accepted) string {
	for _, c := range checks {
		if diag.HasErrors(c.check(s, a)) {
			return c.name
		}
	}
	return ""
}

// TestSlipsShowInBoundaries: the people of boundaries.json alone reveal every date, number and calendar operator that is off by
// one.
func TestSlipsShowInBoundaries(t *testing.T) {
	s := ruletest.Load(t)
	a := acceptedOf(t, s)
	caught, same, step := 0, 0, sweep.Of(1, 3)
	for _, mu := range mutantsIf(s.Program, func(i int, kind string) bool { return (kind == "shift" || kind == "operator") && i%step == 0 }) {
		if mu.p == nil {
			continue
		}
		if len(change.CheckPeople(with(s, mu.p, s.Checked), a)) > 0 {
			caught++
		} else if told, asked := everybody(s).notice(mu.p); told || asked {
			t.Errorf("nobody shows %s", mu.what)
		} else {
			same++
			t.Logf("equivalent: %s", mu.what)
		}
	}
	t.Logf("%d slips show, %d change nothing", caught, same)
}

// crowd is many visitors with their decisions. It judges a mutant by these alone.
type crowd struct {
	rows      []string // the ids of the rows, by index
	visitors  [][]int32
	answers   []table.Output
	asked     [][]int32 // the answers at each step of some interviews
	questions []int
}

var theCrowd *crowd

// everybody returns the crowd for the real rules. Contrasts and edges take long to find, and `make test` tries few mutants. It therefore
// leaves out the contrasts and edges of most rows, effects and parts of answers.
func everybody(s *rules.Set) *crowd {
	if theCrowd == nil {
		step := sweep.Of(1, 4)
		if os.Getenv("MUTANTS") != "" {
			step = 1
		}
		theCrowd = newCrowd(s, step)
	}
	return theCrowd
}

func newCrowd(s *rules.Set, step int) *crowd {
	c := &crowd{rows: s.Program.Names.Rows, visitors: space.Unrepeated(contrastsOf(s, step), edgeWitnesses(s, step), boundaryVisitors(s))}
	sample := space.NewSampler(s.Program, 42)
	for range 50_000 { // these are among the visitors of TestTablesEqualOracle
		c.visitors = append(c.visitors, sample.Visitor())
	}
	m := table.NewMachine(s.Program)
	for _, raw := range c.visitors {
		m.Load(raw)
		c.answers = append(c.answers, m.Decide())
	}
	seen := map[string]bool{}
	for _, visitor := range c.visitors[:2000] {
		for w, more := s.Program.Walk(visitor), true; more; {
			if key := fmt.Sprint(w.Raw); !seen[key] {
				seen[key] = true
				c.asked = append(c.asked, slices.Clone(w.Raw))
			}
			q := w.Next()
			if more = q.Input >= 0; more {
				w.Answer(q)
			}
		}
	}
	for _, raw := range c.asked {
		c.questions = append(c.questions, s.Program.Next(raw, nil).Input)
	}
	return c
}

// notice reports whether a mutant gives anybody a different answer (`told`). If not, it reports whether the mutant asks
// anybody something different (`asked`).
func (c *crowd) notice(p *table.Program) (told, asked bool) {
	row := map[string]int{} // the index of each row in the correct program; a mutant may have the layers in a different order
	for i, id := range c.rows {
		row[id] = i
	}
	m := table.NewMachine(p)
	for i, raw := range c.visitors {
		m.Load(raw)
		out := m.Decide()
		if out.Bad < 0 {
			out.Row = row[p.Names.Rows[out.Row]]
		}
		if !table.SameWhole(out, c.answers[i]) {
			return true, false
		}
	}
	for i, raw := range c.asked {
		if p.Next(raw, nil).Input != c.questions[i] {
			return false, true
		}
	}
	return false, false
}

// acceptedOf reads what was accepted in the real content folder.
func acceptedOf(t testing.TB, s *rules.Set) *change.Accepted {
	t.Helper()
	a, err := change.ReadAccepted(s, os.DirFS("../../content"), "content")
	if err != nil {
		t.Fatal(err)
	}
	return a
}
