package rules

import (
	"cmp"
	"fmt"
	"slices"

	"sitegen/internal/table"
)

// lowering turns a checked set into a program. It checks no limits; [Set.TooLarge] does.
type lowering struct {
	p       *table.Program
	s       *Set
	termAt  map[table.Term]int
	atomAt  map[table.Atom]int
	gateAt  map[string]int
	setAt   map[int32]int
	offerAt map[string]int
	phase   Phase
	laws    bool // whether to also make the atoms that only laws, contradictions and unknowns name
	of      map[*Condition]SignalRef
}

// Phase says when it becomes known whether a condition holds. The numbers of the condition's gates depend on its phase.
type Phase int

// The phases, in the order in which a program computes them.
const (
	OfAnswers Phase = iota // from answers alone: before the decision
	OfOutcome              // once the outcome is known
	OfEnough               // once the level of Enough is known
)

// SignalRef is a signal or its negation.
type SignalRef struct {
	Index int
	Not   bool
}

// Lower makes the programs of a set: Program and Checked. The set must be complete.
func (s *Set) Lower() {
	s.Program = s.lower(false).p
	s.lowered = s.lower(true)
	s.Checked = s.lowered.p
}

// lower makes a program of the set. If `laws` is true, it also has the atoms that only laws, contradictions and unknowns name.
func (s *Set) lower(laws bool) *lowering {
	l := &lowering{
		p: &table.Program{Outcomes: len(s.Outcomes), Notes: len(s.Notes)}, s: s, laws: laws, of: map[*Condition]SignalRef{},
		termAt: map[table.Term]int{}, atomAt: map[table.Atom]int{}, gateAt: map[string]int{}, setAt: map[int32]int{}, offerAt: map[string]int{},
	}
	l.atoms()
	l.conditions(OfAnswers)
	l.inputs()
	for _, r := range s.Rows {
		l.p.Rows = append(l.p.Rows, table.Row{List: l.list(r.When), Outcome: r.Outcome.Index, Offer: l.offer(r.Bring)})
	}
	for _, a := range s.Asks {
		l.p.Asks = append(l.p.Asks, table.Ask{Input: a.Input.Index, Again: a.Again, Guard: l.list(a.When)})
	}
	l.heldIf()
	l.conditions(OfOutcome)
	for _, r := range s.Enough {
		l.p.Enough = append(l.p.Enough, table.Fit{List: l.list(r.When), Enough: r.Level})
	}
	l.conditions(OfEnough)
	for _, r := range s.Adds {
		l.p.Adds = append(l.p.Adds, table.Add{List: l.list(r.When), Effects: l.effects(r)})
	}
	l.moveGates()
	l.names()
	return l
}

// conditions makes the signals of the named conditions of a phase. Gates made afterwards belong to that phase.
func (l *lowering) conditions(of Phase) {
	l.phase = of
	for _, c := range l.s.Conditions {
		if c.Phase == of {
			l.of[c] = l.condition(c)
		}
	}
}

// atoms makes the atoms of all literals. This comes before the gates, because the numbers of gates follow those of atoms.
func (l *lowering) atoms() {
	each := func(list []Literal) {
		for _, lit := range list {
			switch lit.Test.Kind {
			case ConditionTest, OutcomeTest, EnoughTest, ResultTest:
			case RemedyTest:
				isFor, notFor := l.s.Whom(lit.Test.Remedy)
				for _, test := range slices.Concat(isFor, notFor) {
					l.atomsOf(test)
				}
			default:
				l.atomsOf(lit.Test)
			}
		}
	}
	for _, in := range l.s.Inputs {
		for _, u := range in.Unknowns {
			if l.laws {
				each(u.When)
			}
		}
		if in.Held != nil {
			each([]Literal{in.Held.When})
		}
	}
	for _, a := range l.s.Asks {
		each(a.When)
	}
	for _, c := range l.s.Conditions {
		each(c.Parts)
	}
	for _, rows := range [][]*Row{l.s.Rows, l.s.Enough, l.s.Adds} {
		for _, r := range rows {
			each(r.When)
		}
	}
	if l.laws {
		for _, r := range slices.Concat(l.s.LawRows, l.s.Contradictions) {
			each(r.When)
			each(r.Require)
		}
	}
	l.sortAtoms()
}

// sortAtoms sorts atoms by kind, comparisons of days first. Sorted tables compress better, and the module is faster. sortAtoms
// must run before anything refers to an atom by number.
func (l *lowering) sortAtoms() {
	slices.SortFunc(l.p.Atoms, func(a, b table.Atom) int {
		return cmp.Or(cmp.Compare(table.BoolInt(a.Op != table.NotAfter), table.BoolInt(b.Op != table.NotAfter)), cmp.Compare(a.Op, b.Op), cmp.Compare(a.A, b.A), cmp.Compare(a.N, b.N), cmp.Compare(a.B, b.B))
	})
	for i, a := range l.p.Atoms {
		l.atomAt[a] = i
	}
}

// atomsOf returns the conjunction of atoms that expresses a test of answers.
func (l *lowering) atomsOf(t Test) []SignalRef {
	one := func(a table.Atom) []SignalRef { return []SignalRef{{l.atom(a), false}} }
	switch t.Kind {
	case MemberTest:
		return one(table.Atom{Op: table.Bit, A: t.Input.Slot + t.Value/31, N: int32(t.Value % 31)})
	case ChoiceTest:
		return one(table.Atom{Op: table.In, A: t.Input.Slot, N: t.Mask})
	case SpecialTest:
		return one(table.Atom{Op: table.Is, A: t.Input.Slot, N: table.Missing + 1 + int32(t.Value)})
	case NumberTest:
		atLeast := one(table.Atom{Op: table.AtLeast, A: t.Input.Slot, N: int32(t.Value)})
		if !t.Below {
			return atLeast
		}
		known := l.atom(table.Atom{Op: table.AtLeast, A: t.Input.Slot, N: table.LowestNumber})
		return []SignalRef{{known, false}, {atLeast[0].Index, true}}
	case DateTest:
		return l.compare(t.Left, t.Right, t.Strict)
	}
	panic("BUG: not a test of answers")
}

// compare makes the comparison "`left` is not after `right`" ("`left` is before `right`" if `strict` is true). Shifts by
// days become the N of the atom. A comparison with a constant always becomes "the day is not after the constant" or its
// negation, so that one atom serves both directions.
func (l *lowering) compare(left, right *DateTerm, strict bool) []SignalRef {
	offset := int32(0)
	if strict {
		offset = -1
	}
	for left.Op == table.Shift {
		left, offset = left.A, offset-left.N
	}
	for right.Op == table.Shift {
		right, offset = right.A, offset+right.N
	}
	if left.Op == table.ConstDay { // c <= visit+offset is the negation of visit <= c-offset-1
		return []SignalRef{{l.atom(table.Atom{Op: table.NotAfter, A: l.term(right), B: l.constant(left.Day - offset - 1)}), true}}
	}
	if right.Op == table.ConstDay {
		return []SignalRef{{l.atom(table.Atom{Op: table.NotAfter, A: l.term(left), B: l.constant(right.Day + offset)}), false}}
	}
	return []SignalRef{{l.atom(table.Atom{Op: table.NotAfter, A: l.term(left), B: l.term(right), N: offset}), false}}
}

func (l *lowering) atom(a table.Atom) int {
	index, known := l.atomAt[a]
	if !known {
		index = len(l.p.Atoms)
		l.atomAt[a] = index
		l.p.Atoms = append(l.p.Atoms, a)
	}
	return index
}

func (l *lowering) constant(day int32) int { return l.addTerm(table.Term{Op: table.ConstDay, N: day}) }

func (l *lowering) term(t *DateTerm) int {
	switch t.Op {
	case table.InputDay:
		return l.addTerm(table.Term{Op: table.InputDay, A: t.Input.Slot})
	case table.ConstDay:
		return l.constant(t.Day)
	case table.Earlier, table.Later:
		return l.addTerm(table.Term{Op: t.Op, A: l.term(t.A), N: int32(l.term(t.B))})
	}
	return l.addTerm(table.Term{Op: t.Op, A: l.term(t.A), N: t.N})
}

func (l *lowering) addTerm(t table.Term) int {
	index, known := l.termAt[t]
	if !known {
		index = len(l.p.Terms)
		l.termAt[t] = index
		l.p.Terms = append(l.p.Terms, t)
	}
	return index
}

// condition makes the signal of a named condition.
func (l *lowering) condition(c *Condition) SignalRef {
	var parts []SignalRef
	for _, lit := range c.Parts {
		of := l.literal(lit)
		if c.Any && len(of) > 1 { // an alternative of several atoms needs its own gate
			of = []SignalRef{l.gate(of, false)}
		}
		parts = append(parts, of...)
	}
	return l.gate(parts, c.Any)
}

// literal returns the conjunction of signals that expresses a literal.
func (l *lowering) literal(lit Literal) []SignalRef {
	var parts []SignalRef
	switch lit.Test.Kind {
	case ConditionTest:
		parts = []SignalRef{l.of[lit.Test.Condition]}
	case OutcomeTest:
		parts = []SignalRef{l.oneOf(outcomeMark, lit.Test.Mask)}
	case EnoughTest:
		parts = []SignalRef{l.oneOf(enoughMark, lit.Test.Mask)}
	default:
		parts = l.atomsOf(lit.Test)
	}
	if !lit.Not {
		return parts
	}
	if len(parts) > 1 {
		parts = []SignalRef{l.gate(parts, false)}
	}
	return []SignalRef{{parts[0].Index, !parts[0].Not}}
}

// oneOf returns a signal that holds if the outcome (or level of Enough) is one of those in `mask`. `mark` is outcomeMark or enoughMark.
func (l *lowering) oneOf(mark int, mask int32) SignalRef {
	var parts []SignalRef
	for i := range 31 {
		if mask>>i&1 != 0 {
			parts = append(parts, SignalRef{mark + i, false})
		}
	}
	return l.gate(parts, true)
}

// Outcomes, levels, and the gates that depend on them first get provisional numbers as signals. Each kind of signal has a mark
// at which its numbers begin. moveGates replaces these numbers once the number of gates is known.
const (
	outcomeMark = (1 + iota) << 16
	postMark
	enoughMark
	lastMark
)

// gate returns the signal of a conjunction of parts, or of their disjunction if `any` is true. Equal gates are made only once.
func (l *lowering) gate(parts []SignalRef, any bool) SignalRef {
	if len(parts) == 1 {
		return parts[0]
	}
	if any {
		parts = slices.Clone(parts)
		for i := range parts {
			parts[i].Not = !parts[i].Not
		}
	}
	g := table.Gate{List: l.conjunction(parts), Invert: any}
	key := fmt.Sprint(g)
	index, known := l.gateAt[key]
	if !known {
		switch l.phase {
		case OfAnswers:
			index = len(l.p.Atoms) + len(l.p.Gates)
			l.p.Gates = append(l.p.Gates, g)
		case OfOutcome:
			index = postMark + len(l.p.Posts)
			l.p.Posts = append(l.p.Posts, g)
		default:
			index = lastMark + len(l.p.Lasts)
			l.p.Lasts = append(l.p.Lasts, g)
		}
		l.gateAt[key] = index
	}
	return SignalRef{index, false}
}

// conjunction makes a list of signals. It moves signals into gates until Yes and No have at most table.MaxLiterals each.
func (l *lowering) conjunction(parts []SignalRef) table.List {
	var list table.List
	for _, part := range parts {
		side := &list.Yes
		if part.Not {
			side = &list.No
		}
		if !slices.Contains(*side, part.Index) {
			*side = append(*side, part.Index)
		}
	}
	for len(list.Yes) > table.MaxLiterals {
		list.Yes = append(list.Yes[table.MaxLiterals:], l.gate(refs(list.Yes[:table.MaxLiterals], false), false).Index)
	}
	for len(list.No) > table.MaxLiterals { // "none of them" is the negation of "any of them"
		list.No = append(list.No[table.MaxLiterals:], l.gate(refs(list.No[:table.MaxLiterals], false), true).Index)
	}
	return list
}

func refs(signals []int, not bool) []SignalRef {
	list := make([]SignalRef, len(signals))
	for i, s := range signals {
		list[i] = SignalRef{s, not}
	}
	return list
}

func (l *lowering) list(when []Literal) table.List {
	var parts []SignalRef
	for _, lit := range when {
		parts = append(parts, l.literal(lit)...)
	}
	return l.conjunction(parts)
}

// Mask returns documents as a bit mask: bit i is the document whose Index is i.
func Mask(documents []*Word) int32 {
	set := int32(0)
	for _, d := range documents {
		set |= 1 << d.Index
	}
	return set
}

func (l *lowering) set(documents []*Word) int {
	m := Mask(documents)
	index, known := l.setAt[m]
	if !known {
		index = len(l.p.Sets)
		l.setAt[m] = index
		l.p.Sets = append(l.p.Sets, m)
	}
	return index
}

func (l *lowering) offer(bring [][]*Word) int {
	list := []int{}
	for _, set := range bring {
		list = append(list, l.set(set))
	}
	key := fmt.Sprint(list)
	index, known := l.offerAt[key]
	if !known {
		index = len(l.p.Offers)
		l.offerAt[key] = index
		l.p.Offers = append(l.p.Offers, list)
	}
	return index
}

func (l *lowering) effects(r *Row) []table.Effect {
	var list []table.Effect
	for _, e := range r.Effects {
		lowered := table.Effect{Kind: e.Kind}
		if e.Kind == table.Tell {
			lowered.A = e.Note.Index
		} else {
			lowered.A = l.set(e.Documents)
		}
		if e.Kind == table.With {
			lowered.B = l.set(e.With)
		}
		list = append(list, lowered)
	}
	return list
}

func (l *lowering) inputs() {
	for _, in := range l.s.Inputs {
		l.p.Inputs = append(l.p.Inputs, in.lowered())
	}
}

// lowered returns an input as a program has it.
func (in *Input) lowered() table.Input {
	lowered := table.Input{Kind: in.Kind, Slots: in.Slots(), Specials: len(in.Specials), Default: in.Default, Values: len(in.Values), Told: in.told()}
	switch in.Kind {
	case table.Choice:
		lowered.Hi = int32(len(in.Values)) - 1
	case table.Several:
		lowered.Hi = 1<<min(31, len(in.Values)) - 1
		if lowered.Slots > 1 {
			lowered.Hi = 1<<31 - 1
		}
	case table.Date:
		lowered.Lo, lowered.Hi = table.LowestDay, table.HighestDay
	case table.Number:
		lowered.Lo, lowered.Hi = table.LowestNumber, table.HighestNumber
	}
	return lowered
}

// heldIf sets the slots of the visit and of what is held, the answer that counts as holding a document, and the documents that
// can be "not accepted alone".
func (l *lowering) heldIf() {
	l.p.Visit, l.p.Held, l.p.Papers = l.s.Visit.Slot, l.s.Visit.Slot, l.s.Papers
	if l.s.Held == nil {
		return
	}
	l.p.Held = l.s.Held.Slot
	if besides := l.s.Held.Held; besides != nil {
		l.p.HeldIf, l.p.HeldAs = l.atomsOf(besides.When.Test)[0].Index, 1<<besides.Document
	}
}

// moveGates replaces the provisional numbers of outcomes, levels and later gates by the final ones.
func (l *lowering) moveGates() {
	p := l.p
	move := func(signals []int) {
		for i, s := range signals {
			switch mark := s &^ 0xffff; mark {
			case outcomeMark:
				signals[i] = p.FirstOutcome() + s - mark
			case postMark:
				signals[i] = p.FirstPost() + s - mark
			case enoughMark:
				signals[i] = p.FirstEnough() + s - mark
			case lastMark:
				signals[i] = p.FirstLast() + s - mark
			}
		}
	}
	each := func(l *table.List) {
		move(l.Yes)
		move(l.No)
	}
	for _, gates := range [][]table.Gate{p.Posts, p.Lasts} {
		for i := range gates {
			each(&gates[i].List)
		}
	}
	for i := range p.Enough {
		each(&p.Enough[i].List)
	}
	for i := range p.Adds {
		each(&p.Adds[i].List)
	}
	for c, ref := range l.of {
		moved := []int{ref.Index}
		move(moved)
		l.of[c] = SignalRef{moved[0], ref.Not}
	}
}

// told returns the values that visitors state unasked, as circumstances: one bit mask per slot.
func (in *Input) told() []int32 {
	bits := make([]int32, in.Slots())
	for _, value := range in.Told {
		bits[value.Index/31] |= 1 << (value.Index % 31)
	}
	return bits
}
