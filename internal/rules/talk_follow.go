package rules

import (
	"slices"

	"sitegen/internal/table"
)

// threeValued is what is known of the signals at a step of a talk, and which of them bear on something: [machine.follow]
// for everybody at once. Its functions say what they say of those at the step, and whatever they like of others.
type threeValued struct {
	*talk
	step    int
	who     bdd               // at the step
	cone    []bool            // of each signal: whether it depends on the input that the step asks for
	ready   []bool            // of each signal: whether may and mayNot are worked out
	may     []bdd             // for whom it may be true
	mayNot  []bdd             // and false
	marked  []bdd             // of each signal of the cone: for whom what is looked for depends on it
	rows    []bdd             // of each row: about whom it may decide
	fits    []bdd             // and each row of the table of Enough
	answers map[[2]int][2]bdd // by input and value: what answer returns
}

// stateAt returns what some know who are at a step.
func (t *talk) stateAt(k int, who bdd) *threeValued {
	n := t.p.Signals()
	return &threeValued{talk: t, step: k, who: who, cone: t.cones[t.p.Asks[k].Input], ready: make([]bool, n), may: make([]bdd, n), mayNot: make([]bdd, n), marked: make([]bdd, n), answers: map[[2]int][2]bdd{}}
}

// concerned returns who among those at a step can still be told otherwise by the answer to its question, and to whom each
// of its values is offered.
func (t *talk) concerned(k int, who bdd) (asked bdd, shown []bdd) {
	f := t.stateAt(k, who)
	asked, shown = f.concerned()
	if t.beside != nil {
		t.beside(f, asked, shown)
	}
	return asked, shown
}

// concerned looks at what comes later only for those of whom it does not know yet.
func (f *threeValued) concerned() (asked bdd, shown []bdd) {
	f.possibleRows()
	f.possibleEnough()
	f.backward()
	asked = f.reached()
	f.firstSet(f.without(f.who, asked))
	f.backward()
	if asked = f.reached(); asked == never {
		return never, nil
	}
	return asked, f.question(asked)
}

// reached returns for whom a test of the input that is asked for is marked.
func (f *threeValued) reached() bdd {
	who := never
	for _, atom := range f.atomsOf(f.p.Asks[f.step].Input) {
		who = f.or(who, f.marked[atom])
	}
	return who
}

// coneOf returns of each signal whether it depends on an input otherwise than through what was decided: where that is not
// settled, the rows it depends on are marked anyway.
func coneOf(p *table.Program, input int) []bool {
	cone := make([]bool, p.Signals())
	for i := range p.Atoms {
		cone[i] = p.InputTested(i) == input
	}
	gates := func(first int, gates []table.Gate) {
		for i := range gates {
			cone[first+i] = gates[i].List.Mentions(cone)
		}
	}
	gates(p.FirstGate(), p.Gates)
	gates(p.FirstPost(), p.Posts)
	gates(p.FirstLast(), p.Lasts)
	return cone
}

// atomsOf returns the atoms that test an input.
func (t *talk) atomsOf(input int) []int {
	var list []int
	for i := range t.p.Atoms {
		if t.p.InputTested(i) == input {
			list = append(list, i)
		}
	}
	return list
}

// known returns for whom a signal may be true, and for whom false.
func (f *threeValued) known(s int) (may, mayNot bdd) {
	p := f.p
	if f.ready[s] {
		return f.may[s], f.mayNot[s]
	}
	var gate *table.Gate
	switch {
	case s < p.FirstGate():
		may, mayNot = f.atom(s)
	case s < p.FirstOutcome():
		gate = &p.Gates[s-p.FirstGate()]
	case s >= p.FirstLast():
		gate = &p.Lasts[s-p.FirstLast()]
	default: // outcomes and Enough are ready before anybody looks at them
		gate = &p.Posts[s-p.FirstPost()]
	}
	if gate != nil {
		if may, mayNot = f.list(&gate.List, always); gate.Invert {
			may, mayNot = mayNot, may
		}
	}
	f.set(s, f.simplify(may, f.who), f.simplify(mayNot, f.who))
	return f.may[s], f.mayNot[s]
}

func (f *threeValued) set(s int, may, mayNot bdd) {
	f.ready[s], f.may[s], f.mayNot[s] = true, may, mayNot
}

// atom says for whom a test may hold and may not. That of a choice is settled where all of its values that are not told
// unasked meet it, or none.
func (f *threeValued) atom(i int) (may, mayNot bdd) {
	input, k := f.placeOf(i)
	own, open := f.answer(input, k)
	mine, usual := f.simplify(f.own[i], f.who), f.simplify(f.usual[i], f.who)
	may, mayNot = f.either(own, mine, usual), f.either(own, f.not(mine), f.not(usual))
	openTo, openNot := true, true
	if a := &f.p.Atoms[i]; a.Op == table.In {
		values := f.p.Inputs[input].Untold()
		openTo, openNot = values&a.N != 0, values&^a.N != 0
	}
	return f.ifOpen(may, open, openTo), f.ifOpen(mayNot, open, openNot)
}

// ifOpen returns f, but where an answer is open whether it may be so.
func (f *threeValued) ifOpen(known, open bdd, may bool) bdd {
	if may {
		return f.or(known, open)
	}
	return f.without(known, open)
}

// either returns a where own holds, else b.
func (d *diagram) either(own, a, b bdd) bdd { return d.or(d.and(own, a), d.without(b, own)) }

// answer returns, of those at the step, whose own answer counts, and for whom it is open.
func (f *threeValued) answer(input, k int) (own, open bdd) {
	key := [2]int{input, k}
	pair, known := f.answers[key]
	if !known {
		pair = [2]bdd{f.simplify(f.talk.known[input][k].own, f.who), f.simplify(f.open(input, k, f.step), f.who)}
		f.answers[key] = pair
	}
	return pair[0], pair[1]
}

// list returns for whom among some a list may hold, and for whom it may not.
func (f *threeValued) list(l *table.List, who bdd) (may, mayNot bdd) {
	may, must := who, who
	for _, s := range l.Yes {
		yes, no := f.known(s)
		may, must = f.and(may, yes), f.without(must, no)
	}
	for _, s := range l.No {
		yes, no := f.known(s)
		may, must = f.and(may, no), f.without(must, yes)
	}
	return may, f.without(who, must)
}

// possible returns of each row of a first-fit table about whom it may decide.
func (f *threeValued) possible(count int, list func(i int) *table.List) []bdd {
	rows := make([]bdd, count)
	left := f.who
	for i := range rows {
		if i == count-1 {
			rows[i] = left
			break
		}
		rows[i], left = f.list(list(i), left)
	}
	return rows
}

// oneOf says of some signals, of which one is true, for whom each may be: for whom a row may decide that leads to it.
func (f *threeValued) oneOf(first, count int, rows []bdd, leadsTo func(i int) int) {
	may := make([]bdd, count)
	for i, row := range rows {
		may[leadsTo(i)] = f.or(may[leadsTo(i)], row)
	}
	for s := range may {
		others := never
		for other := range may {
			if other != s {
				others = f.or(others, may[other])
			}
		}
		f.set(first+s, may[s], others)
	}
}

// split returns for whom more than one of some functions holds.
func (f *threeValued) split(functions map[int]bdd) bdd {
	some, several := never, never
	for _, key := range sortedKeys(functions) {
		several = f.or(several, f.and(some, functions[key]))
		some = f.or(some, functions[key])
	}
	return several
}

func (f *threeValued) possibleRows() {
	p := f.p
	f.rows = f.possible(len(p.Rows), func(i int) *table.List { return &p.Rows[i].List })
	f.oneOf(p.FirstOutcome(), p.Outcomes, f.rows, func(i int) int { return p.Rows[i].Outcome })
	kinds := map[int]bdd{}
	for i, row := range f.rows {
		kind := p.Rows[i].Outcome<<16 | p.Rows[i].Offer
		kinds[kind] = f.or(kinds[kind], row)
	}
	f.markRows(f.split(kinds))
}

func (f *threeValued) possibleEnough() {
	p := f.p
	if len(p.Enough) == 0 {
		return
	}
	f.fits = f.possible(len(p.Enough), func(i int) *table.List { return &p.Enough[i].List })
	f.oneOf(p.FirstEnough(), int(table.Levels), f.fits, func(i int) int { return int(p.Enough[i].Enough) })
	kinds := map[int]bdd{}
	for i, row := range f.fits {
		kinds[int(p.Enough[i].Enough)] = f.or(kinds[int(p.Enough[i].Enough)], row)
	}
	f.markFits(f.split(kinds))
}

func (f *threeValued) markRows(who bdd) {
	for i, row := range f.rows {
		f.mark(&f.p.Rows[i].List, f.and(who, row))
	}
}

func (f *threeValued) markFits(who bdd) {
	for i, row := range f.fits {
		f.mark(&f.p.Enough[i].List, f.and(who, row))
	}
}

// mark marks the signals of a list that may go either way, for some.
func (f *threeValued) mark(l *table.List, who bdd) {
	if who == never {
		return
	}
	for _, signals := range [2][]int{l.Yes, l.No} {
		for _, s := range signals {
			if f.cone[s] {
				may, mayNot := f.known(s)
				f.marked[s] = f.or(f.marked[s], f.and(who, f.and(may, mayNot)))
			}
		}
	}
}

// firstSet marks what the first alternative depends on, as [machine.firstSet] does, for some.
func (f *threeValued) firstSet(who bdd) {
	p := f.p
	nothing := never // for whom no row need offer anything
	for i, row := range f.rows {
		if len(p.Offers[p.Rows[i].Offer]) == 0 {
			nothing = f.or(nothing, f.and(row, who))
		}
	}
	unsure := f.or(f.unsure(table.Or, nothing), f.unsure(table.With, who))
	if unsure == never {
		return
	}
	nothing = f.and(nothing, unsure)
	offered := map[int]bdd{}
	for i, row := range f.rows {
		if offer := p.Offers[p.Rows[i].Offer]; len(offer) > 0 {
			offered[offer[0]] = f.or(offered[offer[0]], f.and(row, unsure))
		}
	}
	open := map[int]bdd{}
	for i := range p.Adds {
		at := slices.IndexFunc(p.Adds[i].Effects, func(e table.Effect) bool { return e.Kind == table.Or })
		if at < 0 || nothing == never {
			continue
		}
		set := p.Adds[i].Effects[at].A
		may, mayNot := f.list(&p.Adds[i].List, nothing)
		offered[set] = f.or(offered[set], may)
		nothing, open[i] = mayNot, f.and(may, mayNot)
	}
	several := f.or(nothing, f.split(offered)) // for whom the first alternative is not settled
	for i, who := range open {
		f.mark(&p.Adds[i].List, f.and(who, several))
	}
	f.supplements(offered)
}

// unsure returns for whom among some a row with an effect of a kind, which depends on the input, may hold or not.
func (f *threeValued) unsure(kind table.EffectKind, who bdd) bdd {
	unsure := never
	for i := range f.p.Adds {
		if a := &f.p.Adds[i]; a.List.Mentions(f.cone) && slices.ContainsFunc(a.Effects, func(e table.Effect) bool { return e.Kind == kind }) {
			may, mayNot := f.list(&a.List, f.without(who, unsure))
			unsure = f.or(unsure, f.and(may, mayNot))
		}
	}
	return unsure
}

// supplements marks what may be added to one of the alternatives, and need not be.
func (f *threeValued) supplements(offered map[int]bdd) {
	p := f.p
	for i := range p.Adds {
		if !p.Adds[i].List.Mentions(f.cone) {
			continue
		}
		who := never
		for _, e := range p.Adds[i].Effects {
			for number, here := range offered {
				set := p.Sets[number]
				if e.Kind == table.With && (p.Sets[e.B] == 0 || p.Sets[e.B]&set != 0) && p.Sets[e.A]&^set != 0 {
					who = f.or(who, here)
				}
			}
		}
		if who != never {
			may, mayNot := f.list(&p.Adds[i].List, who)
			f.mark(&p.Adds[i].List, f.and(may, mayNot))
		}
	}
}

// backward marks what marked signals depend on.
func (f *threeValued) backward() {
	f.markGates(f.p.FirstLast(), f.p.Lasts)
	f.markGates(f.p.FirstPost(), f.p.Posts)
	f.markGates(f.p.FirstGate(), f.p.Gates)
}

func (f *threeValued) markGates(first int, gates []table.Gate) {
	for i := len(gates) - 1; i >= 0; i-- {
		f.mark(&gates[i].List, f.marked[first+i])
	}
}

// question returns to whom each value of the question is offered: those that can still change anything, notes included,
// and the default of a choice.
func (f *threeValued) question(asked bdd) []bdd {
	p := f.p
	input := p.Asks[f.step].Input
	in := &p.Inputs[input]
	shown := make([]bdd, in.Values)
	if in.Kind != table.Choice && in.Kind != table.Several {
		return shown
	}
	for i := range p.Adds {
		f.mark(&p.Adds[i].List, asked)
	}
	f.markRows(asked)
	f.markFits(asked)
	f.backward()
	if in.Kind == table.Choice {
		shown[in.Default] = always
	}
	for _, atom := range f.atomsOf(input) {
		a := &p.Atoms[atom]
		if a.Op == table.Bit {
			_, k := f.placeOf(atom)
			shown[k] = f.or(shown[k], f.marked[atom])
			continue
		}
		for k := range in.Values { // those that the test tells from the default
			if in.Untold()>>k&1 != 0 && a.N>>k&1 != a.N>>in.Default&1 {
				shown[k] = f.or(shown[k], f.marked[atom])
			}
		}
	}
	return shown
}
