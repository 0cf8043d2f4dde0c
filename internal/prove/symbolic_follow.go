package prove

import (
	"maps"
	"slices"

	"sitegen/internal/bdd"
	"sitegen/internal/table"
)

// threeValued says what is known of the signals at a step of a symbolic interview, and which of them still matter. It does for
// everybody at once what package table does for one visitor. Its functions have a meaning only for visitors at the step.
type threeValued struct {
	*symbolicInterview
	step    int
	who     bdd.Func               // the visitors at the step
	cone    []bool                 // by signal: whether it depends on the input that the step asks for
	ready   []bool                 // by signal: whether its entries of `may` and `mayNot` are computed
	may     []bdd.Func             // by signal: the people for whom it may be true
	mayNot  []bdd.Func             // by signal: the people for whom it may be false
	marked  []bdd.Func             // by signal of the cone: the people whose answer depends on it
	rows    []bdd.Func             // by row: the people about whom it may decide
	fits    []bdd.Func             // by row of the table Enough: the people about whom it may decide
	answers map[[2]int][2]bdd.Func // what the method `answer` has returned, by input and value
}

// stateAt returns what is known of the visitors in `who` at a step.
func (t *symbolicInterview) stateAt(k int, who bdd.Func) *threeValued {
	n := t.p.Signals()
	return &threeValued{symbolicInterview: t, step: k, who: who, cone: t.cones[t.p.Asks[k].Input], ready: make([]bool, n), may: make([]bdd.Func, n), mayNot: make([]bdd.Func, n), marked: make([]bdd.Func, n), answers: map[[2]int][2]bdd.Func{}}
}

// concerned narrows `who` to the visitors for whom the question of step k can still change the result. For each value of the
// question, it also returns the visitors to whom the value is offered.
func (t *symbolicInterview) concerned(k int, who bdd.Func) (asked bdd.Func, shown []bdd.Func) {
	return t.stateAt(k, who).concerned()
}

// concerned does the work of symbolicInterview.concerned. It first examines the decision. It examines the first alternative
// only for visitors whose decision the question cannot change.
func (f *threeValued) concerned() (asked bdd.Func, shown []bdd.Func) {
	f.possibleRows()
	f.possibleEnough()
	f.backward()
	asked = f.reached()
	f.firstSet(f.Without(f.who, asked))
	f.backward()
	if asked = f.reached(); asked == bdd.Never {
		return bdd.Never, nil
	}
	return asked, f.question(asked)
}

// reached returns the people for whom an atom of the step's input is marked.
func (f *threeValued) reached() bdd.Func {
	who := bdd.Never
	for _, atom := range f.atomsOf(f.p.Asks[f.step].Input) {
		who = f.Or(who, f.marked[atom])
	}
	return who
}

// coneOf returns, for each signal, whether it depends on an input. Dependence through the outcome or Enough does not count: if
// those are undecided, the rows that decide them are marked anyway.
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
func (t *symbolicInterview) atomsOf(input int) []int {
	var list []int
	for i := range t.p.Atoms {
		if t.p.InputTested(i) == input {
			list = append(list, i)
		}
	}
	return list
}

// known returns the people for whom a signal may be true, and those for whom it may be false.
func (f *threeValued) known(s int) (may, mayNot bdd.Func) {
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
	default: // outcomes and levels of Enough, whose entries are set before anything reads them, do not come here
		gate = &p.Posts[s-p.FirstPost()]
	}
	if gate != nil {
		if may, mayNot = f.list(&gate.List, bdd.Always); gate.Invert {
			may, mayNot = mayNot, may
		}
	}
	f.set(s, f.Simplify(may, f.who), f.Simplify(mayNot, f.who))
	return f.may[s], f.mayNot[s]
}

func (f *threeValued) set(s int, may, mayNot bdd.Func) {
	f.ready[s], f.may[s], f.mayNot[s] = true, may, mayNot
}

// atom returns the people for whom an atom may be true, and those for whom it may be false. A test of a choice has only one
// possible result if all values that can still be given meet it, or if none of them does.
func (f *threeValued) atom(i int) (may, mayNot bdd.Func) {
	input, k := f.placeOf(i)
	own, open := f.answer(input, k)
	mine, byDefault := f.Simplify(f.own[i], f.who), f.Simplify(f.byDefault[i], f.who)
	may, mayNot = f.Either(own, mine, byDefault), f.Either(own, f.Not(mine), f.Not(byDefault))
	openTo, openNot := true, true
	if a := &f.p.Atoms[i]; a.Op == table.In {
		values := f.p.Inputs[input].Untold(0)
		openTo, openNot = values&a.N != 0, values&^a.N != 0
	}
	return f.ifOpen(may, open, openTo), f.ifOpen(mayNot, open, openNot)
}

// ifOpen adds the people in `open` to `known` if `may` is true, and otherwise removes them from `known`.
func (f *threeValued) ifOpen(known, open bdd.Func, may bool) bdd.Func {
	if may {
		return f.Or(known, open)
	}
	return f.Without(known, open)
}

// answer returns, of the visitors at the step, those whose own answer counts, and those whose answer is open.
func (f *threeValued) answer(input, k int) (own, open bdd.Func) {
	key := [2]int{input, k}
	pair, known := f.answers[key]
	if !known {
		pair = [2]bdd.Func{f.Simplify(f.symbolicInterview.known[input][k].own, f.who), f.Simplify(f.open(input, k, f.step), f.who)}
		f.answers[key] = pair
	}
	return pair[0], pair[1]
}

// list narrows `who` to the visitors for whom the list may hold, and to those for whom it may fail.
func (f *threeValued) list(l *table.List, who bdd.Func) (may, mayNot bdd.Func) {
	may, must := who, who
	for _, s := range l.Yes {
		yes, no := f.known(s)
		may, must = f.And(may, yes), f.Without(must, no)
	}
	for _, s := range l.No {
		yes, no := f.known(s)
		may, must = f.And(may, no), f.Without(must, yes)
	}
	return may, f.Without(who, must)
}

// possible returns, for each row of a table, the people about whom it may decide. In the table, the first row that fits
// decides.
func (f *threeValued) possible(count int, list func(i int) *table.List) []bdd.Func {
	rows := make([]bdd.Func, count)
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

// oneOf computes `count` signals, from `first` on, of which exactly one is true, such as the outcomes. A signal may be true for
// everybody about whom one of its rows may decide. leadsTo returns the signal of a row, counted from `first`.
func (f *threeValued) oneOf(first, count int, rows []bdd.Func, leadsTo func(i int) int) {
	may := make([]bdd.Func, count)
	for i, row := range rows {
		may[leadsTo(i)] = f.Or(may[leadsTo(i)], row)
	}
	for s := range may {
		others := bdd.Never
		for other := range may {
			if other != s {
				others = f.Or(others, may[other])
			}
		}
		f.set(first+s, may[s], others)
	}
}

// split returns the people for whom at least two of the functions hold.
func (f *threeValued) split(functions map[int]bdd.Func) bdd.Func {
	some, several := bdd.Never, bdd.Never
	for _, key := range slices.Sorted(maps.Keys(functions)) {
		several = f.Or(several, f.And(some, functions[key]))
		some = f.Or(some, functions[key])
	}
	return several
}

func (f *threeValued) possibleRows() {
	p := f.p
	f.rows = f.possible(len(p.Rows), func(i int) *table.List { return &p.Rows[i].List })
	f.oneOf(p.FirstOutcome(), p.Outcomes, f.rows, func(i int) int { return p.Rows[i].Outcome })
	kinds := map[int]bdd.Func{}
	for i, row := range f.rows {
		kind := p.Rows[i].Outcome<<16 | p.Rows[i].Offer
		kinds[kind] = f.Or(kinds[kind], row)
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
	kinds := map[int]bdd.Func{}
	for i, row := range f.fits {
		kinds[int(p.Enough[i].Enough)] = f.Or(kinds[int(p.Enough[i].Enough)], row)
	}
	f.markFits(f.split(kinds))
}

func (f *threeValued) markRows(who bdd.Func) {
	for i, row := range f.rows {
		f.mark(&f.p.Rows[i].List, f.And(who, row))
	}
}

func (f *threeValued) markFits(who bdd.Func) {
	for i, row := range f.fits {
		f.mark(&f.p.Enough[i].List, f.And(who, row))
	}
}

// mark marks, for the visitors in `who`, the signals of a list that depend on the step's input and may be either true or false.
func (f *threeValued) mark(l *table.List, who bdd.Func) {
	if who == bdd.Never {
		return
	}
	for _, signals := range [2][]int{l.Yes, l.No} {
		for _, s := range signals {
			if f.cone[s] {
				may, mayNot := f.known(s)
				f.marked[s] = f.Or(f.marked[s], f.And(who, f.And(may, mayNot)))
			}
		}
	}
}

// firstSet marks, for the visitors in `who`, the signals on which the first alternative depends.
func (f *threeValued) firstSet(who bdd.Func) {
	p := f.p
	nothing := bdd.Never // the people to whom perhaps no row offers anything
	for i, row := range f.rows {
		if len(p.Offers[p.Rows[i].Offer]) == 0 {
			nothing = f.Or(nothing, f.And(row, who))
		}
	}
	unsure := f.Or(f.unsure(table.Or, nothing), f.unsure(table.With, who))
	if unsure == bdd.Never {
		return
	}
	nothing = f.And(nothing, unsure)
	offered := map[int]bdd.Func{}
	for i, row := range f.rows {
		if offer := p.Offers[p.Rows[i].Offer]; len(offer) > 0 {
			offered[offer[0]] = f.Or(offered[offer[0]], f.And(row, unsure))
		}
	}
	open := map[int]bdd.Func{}
	for i := range p.Adds {
		at := slices.IndexFunc(p.Adds[i].Effects, func(e table.Effect) bool { return e.Kind == table.Or })
		if at < 0 || nothing == bdd.Never {
			continue
		}
		set := p.Adds[i].Effects[at].A
		may, mayNot := f.list(&p.Adds[i].List, nothing)
		offered[set] = f.Or(offered[set], may)
		nothing, open[i] = mayNot, f.And(may, mayNot)
	}
	several := f.Or(nothing, f.split(offered)) // the people for whom the first alternative is undecided
	for i, who := range open {
		f.mark(&p.Adds[i].List, f.And(who, several))
	}
	f.supplements(offered)
}

// unsure returns the people in `who` for whom an additive row with an effect of this kind may or may not hold. Only rows that
// depend on the step's input count.
func (f *threeValued) unsure(kind table.EffectKind, who bdd.Func) bdd.Func {
	unsure := bdd.Never
	for i := range f.p.Adds {
		if a := &f.p.Adds[i]; a.List.Mentions(f.cone) && slices.ContainsFunc(a.Effects, func(e table.Effect) bool { return e.Kind == kind }) {
			may, mayNot := f.list(&a.List, f.Without(who, unsure))
			unsure = f.Or(unsure, f.And(may, mayNot))
		}
	}
	return unsure
}

// supplements marks the conditions of rows that may or may not add something to one of the offered alternatives.
func (f *threeValued) supplements(offered map[int]bdd.Func) {
	p := f.p
	for i := range p.Adds {
		if !p.Adds[i].List.Mentions(f.cone) {
			continue
		}
		who := bdd.Never
		for _, e := range p.Adds[i].Effects {
			for number, here := range offered {
				set := p.Sets[number]
				if e.Kind == table.With && (p.Sets[e.B] == 0 || p.Sets[e.B]&set != 0) && p.Sets[e.A]&^set != 0 {
					who = f.Or(who, here)
				}
			}
		}
		if who != bdd.Never {
			may, mayNot := f.list(&p.Adds[i].List, who)
			f.mark(&p.Adds[i].List, f.And(may, mayNot))
		}
	}
}

// backward marks the signals on which marked gates depend.
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

// question returns, for each value of the question, to whom it is offered: to those whose answer it can still change, notes
// included. The default of a choice is always offered.
func (f *threeValued) question(asked bdd.Func) []bdd.Func {
	p := f.p
	input := p.Asks[f.step].Input
	in := &p.Inputs[input]
	shown := make([]bdd.Func, in.Values)
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
		shown[in.Default] = bdd.Always
	}
	for _, atom := range f.atomsOf(input) {
		a := &p.Atoms[atom]
		if a.Op == table.Bit {
			_, k := f.placeOf(atom)
			shown[k] = f.Or(shown[k], f.marked[atom])
			continue
		}
		for k := range in.Values { // the values that the test distinguishes from the default
			if in.Untold(0)>>k&1 != 0 && a.N>>k&1 != a.N>>in.Default&1 {
				shown[k] = f.Or(shown[k], f.marked[atom])
			}
		}
	}
	return shown
}
