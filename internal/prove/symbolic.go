package prove

import (
	"cmp"
	"slices"

	"sitegen/internal/bdd"
	"sitegen/internal/space"
	"sitegen/internal/table"
)

// A symbolicInterview is the interview of every possible visitor at once. Whom a step asks, and what is known after it, are
// functions over the answers that visitors would give. So two decisions can be compared for everybody: the one from the
// questions of [table.Program.Next] alone, and the one from all answers.
type symbolicInterview struct {
	*space.Space
	p         *table.Program // the program that asks
	own       []bdd.Func     // by atom: the people whose own answer meets the atom
	byDefault []bdd.Func     // by atom: the people who would meet the atom with the default

	cones  map[int][]bool          // by input that is asked, then by signal: whether the signal depends on the input
	papers map[int]*space.Variable // by input that is a set and asked again: the value that is named first; class 0 means that no value is named
	people bdd.Func                // the people who take part; somebody who names first a value that they do not hold takes no part
	known  [][]known               // what is known of each answer: by input and, for a set, by value
	part   []bdd.Func              // by input that is a set: the people who have named one value of the set and are still to be asked for the others
	asked  []bdd.Func              // by step: the people whom it asks
	shown  [][]bdd.Func            // by step, then by value: the people to whom the step offers the value

	round  bdd.Func // the people in this round, except those sent back to an earlier step
	back   bdd.Func // the people who have been sent back
	rounds int
	tried  []bdd.Func // by step: the people who could be asked, but to whom the question makes no difference, now or later
	closed []bdd.Func // by step: the people who will not be asked the step's input any more, so that its default counts
}

// known says what is known of one answer at one point of the interview.
type known struct {
	unasked bdd.Func // the people who have not been asked yet
	own     bdd.Func // the people whose own answer counts; for everybody else who will not be asked again, the default counts
}

// newSymbolicInterview prepares the interview of everybody. `decides` is the program that makes the decisions, and `p` the
// one that chooses the questions. They are the same, except in tests that check whether a mistake in the questions is found.
func newSymbolicInterview(until func() error, decides, p *table.Program) *symbolicInterview {
	t := &symbolicInterview{p: p, cones: map[int][]bool{}, papers: map[int]*space.Variable{}, part: make([]bdd.Func, len(p.Inputs)), asked: make([]bdd.Func, len(p.Asks)), tried: make([]bdd.Func, len(p.Asks)), closed: make([]bdd.Func, len(p.Asks))}
	var first []*space.Variable
	for i := range p.Inputs {
		if p.IsAskedAgain(i) {
			t.papers[i] = &space.Variable{Kind: table.Choice, Classes: make([]space.Class, 1+p.Inputs[i].Values)}
			first = append(first, t.papers[i])
		}
	}
	for k := range p.Asks {
		t.cones[p.Asks[k].Input] = coneOf(p, p.Asks[k].Input)
		t.shown = append(t.shown, make([]bdd.Func, p.Inputs[p.Asks[k].Input].Values))
	}
	t.Space = space.NewOrdered(until, decides, first, byAsking)
	t.own = t.Atoms(0)
	for i := range p.Atoms {
		t.byDefault = append(t.byDefault, t.defaultAtom(i))
	}
	t.people = t.Possible
	t.begin()
	return t
}

// byAsking sorts variables in the order of asking, so that what is known after a few questions depends on few variables.
// Variables that nobody is asked for come first. What visitors tell unasked comes after the questions. The day of the visit is
// last, because every date depends on it.
func byAsking(p *table.Program, visit *space.Variable, order []*space.Variable) {
	rank := func(v *space.Variable) int {
		i := p.InputNamed(v.Input)
		at := slices.IndexFunc(p.Asks, func(a table.Ask) bool { return a.Input == i })
		switch {
		case v == visit:
			return len(p.Asks) + 2
		case at >= 0:
			return at + 1
		case i >= 0 && slices.ContainsFunc(p.Inputs[i].Told, func(bits int32) bool { return bits != 0 }):
			return len(p.Asks) + 1
		}
		return 0
	}
	slices.SortStableFunc(order, func(a, b *space.Variable) int { return cmp.Compare(rank(a), rank(b)) })
}

// defaultAtom returns the people who meet an atom if its input is at the default.
func (t *symbolicInterview) defaultAtom(i int) bdd.Func {
	a := &t.p.Atoms[i]
	byDefault := t.p.Inputs[t.p.InputTested(i)].Default
	switch a.Op {
	case table.In:
		return constant(a.N>>byDefault&1 != 0)
	case table.Is:
		return constant(byDefault == a.N)
	case table.AtLeast:
		return constant(byDefault >= a.N)
	case table.Bit:
		return bdd.Never
	}
	if who, ofDate := t.AtomAt(0, i, byDefault); ofDate {
		return who
	}
	return t.own[i]
}

func constant(holds bool) bdd.Func {
	if holds {
		return bdd.Always
	}
	return bdd.Never
}

// begin sets what is known before the first question: the visit, the insurer's policy, and what is told unasked. Inputs that
// are neither told nor asked are at their default.
func (t *symbolicInterview) begin() {
	t.known = make([][]known, len(t.p.Inputs))
	for i := range t.p.Inputs {
		in, names := &t.p.Inputs[i], &t.p.Names.Inputs[i]
		t.known[i] = make([]known, max(1, in.Values*table.BoolInt(in.Kind == table.Several)))
		asked := constant(t.p.IsAsked(i))
		for k := range t.known[i] {
			c := &t.known[i][k]
			switch {
			case t.p.Slot(i) == t.p.Visit || names.Policy:
				c.own = bdd.Always
				asked = bdd.Never
			case in.Kind == table.Several:
				c.own = constant(in.Told[k/31]>>(k%31)&1 != 0)
			case in.Kind == table.Choice:
				v := t.ByInput[names.ID][0]
				c.own = t.In(v, func(class int) bool { return in.Told[0]>>v.Classes[class].Value&1 != 0 })
			}
			c.unasked = t.Without(asked, c.own)
		}
	}
}

// run interviews everybody. A round goes through the steps in order. Those whom an answer sends back to an earlier step go
// through a further round.
func (t *symbolicInterview) run() {
	t.back = t.people
	for t.back != bdd.Never {
		t.round, t.back = t.And(t.back, t.people), bdd.Never
		t.rounds++
		clear(t.closed)
		for k := range t.p.Asks {
			t.step(k)
			if t.Count() > manyNodes {
				t.Keep(t.functions())
			}
		}
	}
	for k := range t.asked { // leave out those who name first a value that they do not hold: nobody does that
		t.asked[k] = t.And(t.asked[k], t.people)
	}
}

// manyNodes is the number of nodes above which it pays to drop the unused ones: a smaller diagram is faster.
const manyNodes = 1 << 19

// step puts the question of step k to everybody in the round to whom it makes a difference. It will never make a difference to
// the others: the more answers are known, the less can still change the result.
func (t *symbolicInterview) step(k int) {
	turn := t.And(t.round, t.turn(k))
	may := t.And(turn, t.guard(k))
	asked := bdd.Never
	if new := t.Without(may, t.tried[k]); new != bdd.Never {
		asked = t.ask(k, new)
		t.tried[k] = t.Or(t.tried[k], t.Without(new, asked))
		t.round, turn = t.And(t.round, t.people), t.And(turn, t.people)
	}
	t.close(k, t.Without(turn, asked))
	if asked != bdd.Never {
		t.lookBack(k, asked)
		t.round = t.Without(t.round, t.back)
	}
}

// lookBack examines the steps before step k once more, as [table.Program.Next] does, for the people in `asked`, who have just
// answered step k. It finds the people to whom an earlier step can now ask something, and the inputs that are now closed or open
// for them.
func (t *symbolicInterview) lookBack(k int, asked bdd.Func) {
	opened := bdd.Never
	for j := range k {
		turn := t.And(asked, t.turn(j))
		t.back = t.Or(t.back, t.Without(t.And(turn, t.guard(j)), t.tried[j]))
		before := t.And(asked, t.closed[j])
		t.closed[j] = t.Without(t.closed[j], asked)
		t.close(j, turn)
		opened = t.Or(opened, t.And(turn, t.Without(before, t.closed[j])))
		t.tried[j] = t.Without(t.tried[j], opened)
	}
	for j := k; opened != bdd.Never && j < len(t.tried); j++ {
		t.tried[j] = t.Without(t.tried[j], opened)
	}
	t.back = t.Or(t.back, opened)
}

// close records for whom the input of step k stays at its default, if step k is the last one for that input. These are the
// people in `who` for whom the guard holds, because the answer would change nothing for them, and those for whom it cannot hold
// any more.
func (t *symbolicInterview) close(k int, who bdd.Func) {
	if who == bdd.Never || !t.p.LastAsk(k) {
		return
	}
	holds := t.And(who, t.guard(k))
	rest := t.Without(who, holds)
	may, _ := t.stateAt(k, rest).list(&t.p.Asks[k].Guard, rest)
	t.closed[k] = t.Or(t.closed[k], t.Or(holds, t.Without(rest, may)))
}

// functions returns all functions that are in use between two steps.
func (t *symbolicInterview) functions() []*bdd.Func {
	list := []*bdd.Func{&t.Possible, &t.people, &t.round, &t.back}
	for _, some := range append([][]bdd.Func{t.own, t.byDefault, t.part, t.asked, t.tried, t.closed}, t.shown...) {
		for i := range some {
			list = append(list, &some[i])
		}
	}
	for i := range t.known {
		for k := range t.known[i] {
			c := &t.known[i][k]
			list = append(list, &c.unasked, &c.own)
		}
	}
	return list
}

// turn returns those whom step k can still ask something.
func (t *symbolicInterview) turn(k int) bdd.Func {
	ask := &t.p.Asks[k]
	f := bdd.Never
	for value := range t.known[ask.Input] {
		f = t.Or(f, t.open(ask.Input, value, k))
	}
	if ask.Again { // only those who have named a value of the set
		return t.And(f, t.part[ask.Input])
	}
	return t.Without(f, t.part[ask.Input])
}

// open returns those for whom an answer is still open at step k. For a set, `value` says which of its values is meant.
func (t *symbolicInterview) open(input, value, k int) bdd.Func {
	f := t.known[input][value].unasked
	for j := range k {
		if t.p.Asks[j].Input == input {
			f = t.Without(f, t.closed[j])
		}
	}
	return f
}

// placeOf returns the input that an atom tests and, for a set, the value.
func (t *symbolicInterview) placeOf(atom int) (input, k int) {
	input = t.p.InputTested(atom)
	if a := &t.p.Atoms[atom]; a.Op == table.Bit {
		k = int(a.N) + 31*(a.A-t.p.Slot(input))
	}
	return input, k
}

// value returns the people who meet an atom by the answers known so far. Unknown answers are at their default.
func (t *symbolicInterview) value(atom int) bdd.Func {
	input, k := t.placeOf(atom)
	own := t.known[input][k].own
	return t.Or(t.And(own, t.own[atom]), t.Without(t.byDefault[atom], own))
}

// guard returns the people for whom the guard of a step holds.
func (t *symbolicInterview) guard(k int) bdd.Func {
	return (&guards{symbolicInterview: t, values: map[int]bdd.Func{}}).list(&t.p.Asks[k].Guard)
}

// guards evaluates conditions by what is known at a step.
type guards struct {
	*symbolicInterview
	values map[int]bdd.Func
}

func (g *guards) list(l *table.List) bdd.Func {
	f := bdd.Always
	for _, s := range l.Yes {
		f = g.And(f, g.signal(s))
	}
	for _, s := range l.No {
		f = g.Without(f, g.signal(s))
	}
	return f
}

func (g *guards) signal(s int) bdd.Func {
	f, known := g.values[s]
	if known {
		return f
	}
	if s < g.p.FirstGate() {
		f = g.value(s)
	} else {
		gate := &g.p.Gates[s-g.p.FirstGate()]
		if f = g.list(&gate.List); gate.Invert {
			f = g.Not(f)
		}
	}
	g.values[s] = f
	return f
}
