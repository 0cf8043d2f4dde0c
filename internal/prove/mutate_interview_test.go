package prove

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"sitegen/internal/bdd"
	"sitegen/internal/change"
	"sitegen/internal/explain"
	"sitegen/internal/rules"
	"sitegen/internal/ruletest"
	"sitegen/internal/space"
	"sitegen/internal/table"
)

// askMutant is an interview with one mistake: the program in `asks` chooses the questions, but the correct rules decide.
type askMutant struct {
	kind, what string
	asks       *table.Program
	from       []int // by step of the mutant: the number of the same step in the correct interview; nil if all steps have the same numbers
	group      int   // if a row or an offer is hidden from Next: the index of its people in askJudge.groups; otherwise -1
	untold     int   // if a circumstance is missing: its input; otherwise -1
}

// askMutants returns the programs with a single mistake in their interview. A question is not asked, asked too late, or
// asked of too many or of the wrong people; Next ignores a row, an additive row or an offer; or a circumstance is missing.
func askMutants(p *table.Program) []askMutant {
	m := &askMutation{p: p}
	m.notAsked()
	m.tooLate()
	m.ofOthers()
	m.notLookedAt()
	m.notTold()
	return m.list
}

type askMutation struct {
	p    *table.Program
	list []askMutant
}

func (m *askMutation) change(kind, what string, edit func(q *table.Program)) {
	q := clone(m.p)
	edit(q)
	m.list = append(m.list, askMutant{kind: kind, what: what, asks: q, group: -1, untold: -1})
}

// step names a step of the interview.
func (m *askMutation) step(k int) string {
	ask := &m.p.Asks[k]
	again := ""
	if ask.Again {
		again = " again"
	}
	return fmt.Sprintf("%d: %s%s", k, m.p.Names.Inputs[ask.Input].ID, again)
}

// For each step, notAsked makes a mutant without this step. For each input with several steps, it also makes a mutant without all of
// them.
func (m *askMutation) notAsked() {
	inputs := map[int]int{}
	for k, ask := range m.p.Asks {
		m.change("step left out", m.step(k), func(q *table.Program) { q.Asks = slices.Delete(q.Asks, k, k+1) })
		m.list[len(m.list)-1].from = slices.DeleteFunc(numbers(len(m.p.Asks)), func(i int) bool { return i == k })
		inputs[ask.Input]++
	}
	for input := range m.p.Inputs {
		if inputs[input] > 1 {
			m.change("input not asked", m.p.Names.Inputs[input].ID, func(q *table.Program) {
				q.Asks = slices.DeleteFunc(q.Asks, func(a table.Ask) bool { return a.Input == input })
			})
			m.list[len(m.list)-1].from = slices.DeleteFunc(numbers(len(m.p.Asks)), func(i int) bool { return m.p.Asks[i].Input == input })
		}
	}
}

// For each step and each later step, tooLate makes a mutant in which the first comes directly after the second.
func (m *askMutation) tooLate() {
	for k := range m.p.Asks {
		for behind := k + 1; behind < len(m.p.Asks); behind++ {
			from := numbers(len(m.p.Asks))
			rotate(from[k:behind+1], 1)
			m.change("asked too late", m.step(k)+" behind "+m.step(behind), func(q *table.Program) { rotate(q.Asks[k:behind+1], 1) })
			m.list[len(m.list)-1].from = from
		}
	}
}

// numbers returns the numbers from 0 to n-1.
func numbers(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

// ofOthers makes two mutants for each condition of each step: one without the condition, and one in which it is negated.
func (m *askMutation) ofOthers() {
	for k := range m.p.Asks {
		guard := &m.p.Asks[k].Guard
		for i, s := range guard.Yes {
			name := m.step(k) + ": " + m.p.Names.Signals[s]
			m.change("guard dropped", name, func(q *table.Program) { g := &q.Asks[k].Guard; g.Yes = slices.Delete(g.Yes, i, i+1) })
			m.change("guard turned", name, func(q *table.Program) {
				g := &q.Asks[k].Guard
				g.No, g.Yes = append(g.No, g.Yes[i]), slices.Delete(slices.Clone(g.Yes), i, i+1)
			})
		}
		for i, s := range guard.No {
			name := m.step(k) + ": not " + m.p.Names.Signals[s]
			m.change("guard dropped", name, func(q *table.Program) { g := &q.Asks[k].Guard; g.No = slices.Delete(g.No, i, i+1) })
			m.change("guard turned", name, func(q *table.Program) {
				g := &q.Asks[k].Guard
				g.Yes, g.No = append(g.Yes, g.No[i]), slices.Delete(slices.Clone(g.No), i, i+1)
			})
		}
	}
}

// notLookedAt makes mutants in which the choice of questions does not see a row, a row of Enough or an offer.
func (m *askMutation) notLookedAt() {
	p := m.p
	hide := func(l *table.List) { l.Yes, l.No = []int{0}, []int{0} } // the list can never hold
	of := func(group int, kind, what string, edit func(q *table.Program)) {
		m.change(kind, what, edit)
		m.list[len(m.list)-1].group = group
	}
	for i := range p.Rows[:len(p.Rows)-1] {
		of(i, "row not looked at", p.Names.Rows[i], func(q *table.Program) { hide(&q.Rows[i].List) })
		if other := p.Rows[len(p.Rows)-1].Offer; p.Rows[i].Offer != other {
			of(i, "offer not looked at", p.Names.Rows[i], func(q *table.Program) { q.Rows[i].Offer = other })
		}
	}
	for i := range max(0, len(p.Enough)-1) {
		of(len(p.Rows)+i, "row of enough not looked at", strconv.Itoa(i), func(q *table.Program) { hide(&q.Enough[i].List) })
	}
	group := len(p.Rows) + len(p.Enough)
	for i := range p.Adds { // only effects that offer something: Next considers the others only when it chooses the values to show
		for j, e := range p.Adds[i].Effects {
			if e.Kind == table.Or || e.Kind == table.With {
				of(group, "offer not looked at", p.Names.Adds[i], func(q *table.Program) { q.Adds[i].Effects = slices.Delete(q.Adds[i].Effects, j, j+1) })
				group++
			}
		}
	}
}

// For each circumstance of each input, notTold makes a mutant in which only this circumstance is missing.
func (m *askMutation) notTold() {
	for i := range m.p.Inputs {
		for value, id := range m.p.Names.Inputs[i].Values {
			if k := value / 31; k < len(m.p.Inputs[i].Told) && m.p.Inputs[i].Told[k]>>(value%31)&1 != 0 {
				m.change("circumstance missing", m.p.Names.Inputs[i].ID+"."+id, func(q *table.Program) { q.Inputs[i].Told[k] &^= 1 << (value % 31) })
				m.list[len(m.list)-1].untold = i
			}
		}
	}
}

// askJudge tries mutants of the interview of a rule set.
type askJudge struct {
	s        *rules.Set
	accepted *change.Accepted // nil if nothing was accepted
	m        *space.Model
	groups   []bdd.Func    // the people of each row, of each row of Enough, and of each offer that is added
	of       [][]askPerson // by group: up to 100 people of the group, drawn when a mutant first needs them
	people   []askPerson   // up to three people of each group, shuffled
	random   *rand.Rand
	as       *signatures // the signatures of the correct interview
}

// askPerson is somebody who is interviewed: the answers that they would give, and the value that they name first of a set that
// is asked again (-1: none).
type askPerson struct {
	visitor []int32
	first   int
	all     table.Output // the decision from all answers
}

// newAskJudge draws a few people for each row of the decision and of the table Enough, and for each offer of an additive
// row. Nobody among them gives contradictory answers.
func newAskJudge(s *rules.Set, a *change.Accepted) *askJudge {
	j := &askJudge{s: s, accepted: a, m: space.New(nil, s.Checked).Model(0), random: rand.New(rand.NewPCG(1, 2))}
	real := j.m.Possible
	for _, c := range s.Contradictions {
		real = j.m.Without(real, allHold(j.m, s, c.When))
	}
	groups := slices.Concat(j.m.Reach, j.m.Fits)
	j.m.EachEffect(func(e table.Effect, who bdd.Func) {
		if e.Kind == table.Or || e.Kind == table.With {
			groups = append(groups, who)
		}
	})
	for _, f := range groups {
		j.groups = append(j.groups, j.m.And(f, real))
		j.people = append(j.people, j.some(len(j.groups)-1, 3)...)
	}
	j.of = make([][]askPerson, len(groups))
	j.random.Shuffle(len(j.people), func(a, b int) { j.people[a], j.people[b] = j.people[b], j.people[a] })
	return j
}

// some draws `count` people of a group at random; the same person may be drawn again. It returns nobody if the group is empty.
func (j *askJudge) some(group, count int) (list []askPerson) {
	p, f := j.s.Checked, j.groups[group]
	for range count {
		if f != bdd.Never {
			visitor := j.m.Visitor(somebodyLikely(j.m.Space, f, j.random))
			firsts := firstNamed(p, visitor)
			list = append(list, askPerson{visitor, firsts[j.random.IntN(len(firsts))], p.Decide(visitor)})
		}
	}
	return list
}

// somebodyLikely chooses at random somebody for whom f holds and who gives the default answer to most questions.
func somebodyLikely(s *space.Space, f bdd.Func, random *rand.Rand) map[*space.Variable]int {
	bits := make([]int, len(s.DefaultBits()))
	for _, v := range s.Variables {
		class := v.Default
		if random.IntN(4) == 0 {
			class = random.IntN(len(v.Classes))
		}
		for bit := range v.Bits {
			bits[v.First+bit] = class >> bit & 1
		}
	}
	return nearest(s, f, bits)
}

// nearest returns classes for which f holds. They are the classes that `bits` stand for, except that it changes the bits
// that f does not allow.
func nearest(s *space.Space, f bdd.Func, bits []int) map[*space.Variable]int {
	for f > bdd.Always {
		n := s.At(f)
		next := [2]bdd.Func{n.Low, n.Top}
		if next[bits[n.Level]] == bdd.Never {
			bits[n.Level] = 1 - bits[n.Level]
		}
		f = next[bits[n.Level]]
	}
	chosen := map[*space.Variable]int{}
	for _, v := range s.Variables {
		for bit := range v.Bits {
			chosen[v] |= bits[v.First+bit] << bit
		}
	}
	return chosen
}

// The results of judging a mutant.
const (
	undecided  = "not proven"
	byPeople   = "caught by people"             // somebody's decision is not as good as that from all answers
	byAccepted = "caught by the accepted rules" // somebody is asked different questions than by the accepted rules
	byPage     = "caught by the page's check"   // nobody can choose a value any more; TestPageMutants tries this for each value
	byProof    = "caught by the proof"          // the proof finds somebody with a worse decision, or a value that is not offered
	asksSame   = "asks the same"                // it is proven that everybody is asked the same
	tellsSame  = "tells the same"               // some are asked something different, but it is proven that everybody's decision is as good
)

// cheaply judges a mutant by examples, without a proof. It interviews people of the row or offer that the mutant hides, then
// some people of all rows. If the mutant hides nothing from Next, cheaply also compares the questions that people of all
// rows are asked with those of the correct interview. A check of the accepted rules does the same. (A mutant that hides
// something stands for a mistake in Next, which the interview of the accepted rules would share.) People who reveal a mutant
// are tried first the next time.
func (j *askJudge) cheaply(mu *askMutant) string {
	if mu.group >= 0 && j.of[mu.group] == nil {
		j.of[mu.group] = j.some(mu.group, 100)
	}
	switch {
	case mu.group >= 0 && j.tells(mu, j.of[mu.group]), j.tells(mu, j.people[:len(j.people)/10]):
		return byPeople
	case mu.group < 0 && j.accepted != nil && slices.ContainsFunc(j.people, func(p askPerson) bool { return j.askedOtherwise(mu, p) }):
		return byAccepted
	case j.tells(mu, j.people):
		return byPeople
	case mu.untold >= 0 && !mu.asks.IsAsked(mu.untold):
		return byPage
	}
	return undecided
}

// tells reports whether a mutant leads one of the people to a decision that is not as good as the decision from all of that
// person's answers. It moves the person to the front of the list.
func (j *askJudge) tells(mu *askMutant, people []askPerson) bool {
	for i, person := range people {
		if asGood(j.s.Program, j.told(mu.asks, person), person.all) {
			continue
		}
		if !asGood(j.s.Program, j.told(j.s.Checked, person), person.all) {
			panic("by the interview as it is somebody is told otherwise: " + explain.Describe(j.s, person.visitor, "en"))
		}
		copy(people[1:i+1], people[:i])
		people[0] = person
		return true
	}
	return false
}

// askedOtherwise reports whether a mutant asks somebody different questions than the correct interview.
func (j *askJudge) askedOtherwise(mu *askMutant, person askPerson) bool {
	return !slices.Equal(j.asked(mu.asks, person), j.asked(j.s.Checked, person))
}

// asked returns the inputs that a program asks somebody, in the order of asking.
func (j *askJudge) asked(asks *table.Program, person askPerson) []int {
	w := asks.Walk(person.visitor)
	w.Names = func(_, value int) bool { return value == person.first }
	var inputs []int
	for q := w.Next(); q.Input >= 0; q = w.Next() {
		inputs = append(inputs, q.Input)
		w.Answer(q)
	}
	return inputs
}

// told interviews somebody with the questions of a program, and returns the decision of the correct rules.
func (j *askJudge) told(asks *table.Program, person askPerson) table.Output {
	w := asks.Walk(person.visitor)
	w.Names = func(_, value int) bool { return value == person.first }
	for q := w.Next(); q.Input >= 0; q = w.Next() {
		w.Answer(q)
	}
	return j.s.Checked.Decide(w.Raw)
}

// prove judges a mutant by the proof of the interview.
func (j *askJudge) prove(mu *askMutant) string {
	is, wrong := j.signatures(mu.asks)
	switch {
	case wrong:
		return byProof
	case is.sameAs(j.as, mu.from):
		return asksSame
	}
	return tellsSame
}

// signatures describe an interview for everybody: whom each step asks, and to whom it shows each value. Equal functions have
// equal numbers.
type signatures struct {
	asked []uint64
	shown [][]uint64
	both  [][]bool // by step and then by a second step: whether anybody is asked at both
}

// signatures interviews everybody. It also reports whether the proof finds a mistake.
func (j *askJudge) signatures(asks *table.Program) (*signatures, bool) {
	t := talkOf(j.s, asks)
	t.run()
	b := t.compare()
	h := &hearing{s: j.s, offered: map[*rules.Word]bool{}}
	h.offers(b)
	h.unoffered()
	sign := signer(t.Diagram)
	s := &signatures{both: make([][]bool, len(t.asked))}
	for k, f := range t.asked {
		s.asked = append(s.asked, sign(f))
		var shown []uint64
		for _, f := range t.shown[k] {
			shown = append(shown, sign(f))
		}
		s.shown = append(s.shown, shown)
		for _, other := range t.asked {
			s.both[k] = append(s.both[k], t.And(f, other) != bdd.Never)
		}
	}
	return s, b.broken != bdd.Never || len(h.found) > 0
}

// signer returns a hash of functions. Equal functions have the same hash, even in different diagrams with the same variables.
func signer(d *bdd.Diagram) func(f bdd.Func) uint64 {
	memo := map[bdd.Func]uint64{0: 0x9e3779b97f4a7c15}
	var of func(node bdd.Func) uint64
	sign := func(f bdd.Func) uint64 { return of(f&^1) ^ uint64(f&1)*0x5851f42d4c957f2d }
	of = func(node bdd.Func) uint64 {
		known, ok := memo[node]
		if !ok {
			n := d.At(node)
			known = (sign(n.Low)*0xbf58476d1ce4e5b9+uint64(n.Level))*0x94d049bb133111eb ^ sign(n.Top)
			known ^= known >> 29
			memo[node] = known
		}
		return known
	}
	return sign
}

// sameAs reports whether everybody is asked the same, in the same order, as in the interview `other`. `from` gives, for each step of
// s, the number of the same step in `other`; nil means the same numbers. Steps that change places must have nobody in common.
func (s *signatures) sameAs(other *signatures, from []int) bool {
	if from == nil {
		from = numbers(len(s.asked))
	}
	for k := range other.asked {
		if !slices.Contains(from, k) && other.both[k][k] {
			return false
		}
	}
	for i, k := range from {
		if s.asked[i] != other.asked[k] || !slices.Equal(s.shown[i], other.shown[k]) {
			return false
		}
		for after, l := range from[i+1:] {
			if l < k && s.both[i][i+1+after] {
				return false
			}
		}
	}
	return true
}

// TestAskMutantsOfOffice: every single mistake in the interview of a small rule set is noticed, or it is proven that
// everybody's decision is as good.
func TestAskMutantsOfOffice(t *testing.T) {
	judgeAskMutants(t, newAskJudge(ruletest.LoadOf(t, ruletest.OfficeFiles(t)), nil), 1, true)
}

// TestAskMutants: every single mistake in the interview is noticed, or proven harmless. Without MUTANTS the test tries a sample, by
// examples only. MUTANTS=n tries every n-th mutant (MUTANTS=1 all). If no example reveals a mutant, the test then also tries to
// prove that everybody's decision is as good as the decision from all answers.
func TestAskMutants(t *testing.T) {
	s := ruletest.Load(t)
	step, proves := 20, false
	if n, err := strconv.Atoi(os.Getenv("MUTANTS")); err == nil {
		step, proves = n, true
	}
	judgeAskMutants(t, newAskJudge(s, acceptedOf(t, s)), step, proves)
}

// judgeAskMutants judges every `step`-th mutant and counts the results.
func judgeAskMutants(t *testing.T, j *askJudge, step int, proves bool) {
	all := askMutants(j.s.Checked)
	start := time.Now()
	var list, left []*askMutant
	ends, tried := map[*askMutant]string{}, 0
	for i := 0; i < len(all); i += step {
		mu := &all[i]
		list, tried = append(list, mu), tried+1
		if ends[mu] = j.cheaply(mu); ends[mu] == undecided {
			left = append(left, mu)
		}
	}
	t.Logf("%d of %d mutants: people tell %d, in %v", tried, len(all), tried-len(left), time.Since(start))
	if proves {
		j.proveAll(t, left, ends)
	} else if 3*len(left) > 2*tried {
		t.Error("people tell too few")
	}
	counts := map[string]map[string]int{"all": {}}
	for _, mu := range list {
		if counts[mu.kind] == nil {
			counts[mu.kind] = map[string]int{}
		}
		counts[mu.kind][ends[mu]]++
		counts["all"][ends[mu]]++
	}
	for _, kind := range slices.Sorted(maps.Keys(counts)) {
		t.Logf("%-26s %v", kind, counts[kind])
	}
	t.Logf("in %v", time.Since(start))
}

// proveAll judges by proof the mutants that no example reveals, as many at a time as there are processors.
func (j *askJudge) proveAll(t *testing.T, left []*askMutant, ends map[*askMutant]string) {
	if len(left) == 0 {
		return
	}
	j.as, _ = j.signatures(j.s.Checked)
	var lock sync.Mutex
	sideBySide(len(left), func(i int) {
		start := time.Now()
		end := j.prove(left[i])
		lock.Lock()
		ends[left[i]] = end
		t.Logf("%d of %d: %s, %s: %s, in %v", i+1, len(left), left[i].kind, left[i].what, end, time.Since(start))
		lock.Unlock()
	})
}

// sideBySide calls `do` for each job from 0 to jobs-1, as many at a time as there are processors.
func sideBySide(jobs int, do func(i int)) {
	var wait sync.WaitGroup
	next := make(chan int)
	for range runtime.NumCPU() {
		wait.Go(func() {
			for i := range next {
				do(i)
			}
		})
	}
	for i := range jobs {
		next <- i
	}
	close(next)
	wait.Wait()
}
