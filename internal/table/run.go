package table

import (
	"slices"
	"sync"
)

// The values of a signal: bit 0 is "may be false", bit 1 "may be true".
const (
	False = 1
	True  = 2
	Maybe = 3
)

// Machine is the memory of one evaluation. NewMachine sizes it for a program.
type Machine struct {
	Program *Program
	Raw     []int32 // the answers, with defaults in place of Missing
	open    []int32 // what is not answered yet, per slot: values of a choice or set as bits, 1 for a date or number
	Days    []int32 // the day of each term
	dayOf   []int32 // for each term: the open slots on which it depends, as bits
	Signal  []uint8
	marked  []bool  // during the search for the next question: the signals on which the answer still depends
	rows    []int   // the indices of the rows of the decision that may still decide
	fits    []int   // the indices of the rows of the table Enough that may still decide
	dated   []int   // the atoms that compare days
	turns   []int32 // during the search for Until: the days of the visit on which an atom in `dated` changes
}

// NewMachine returns a machine for a program, with no answers loaded.
func NewMachine(p *Program) *Machine {
	m := &Machine{
		Program: p, Raw: make([]int32, p.Slots()), open: make([]int32, p.Slots()),
		Days: make([]int32, len(p.Terms)), dayOf: make([]int32, len(p.Terms)),
		Signal: make([]uint8, p.Signals()), marked: make([]bool, p.Signals()),
	}
	for i := range p.Atoms {
		if p.Atoms[i].Op == NotAfter {
			m.dated = append(m.dated, i)
		}
	}
	return m
}

// idle holds the machines that are not in use. They are reused because one check makes several hundred thousand decisions.
var idle sync.Pool

// borrow returns a machine for a program, with no open slots. Return it with giveBack.
func borrow(p *Program) *Machine {
	m, _ := idle.Get().(*Machine)
	if m == nil || m.Program != p {
		return NewMachine(p)
	}
	clear(m.open)
	return m
}

func giveBack(m *Machine) { idle.Put(m) }

// Run decides: the outcome, what to bring, what is told, and until which day the decision holds. If an answer is refused,
// only Bad has a meaning. Run is the reference that the module and the script for browsers without WebAssembly
// (parts/rules.ts) transcribe.
func (p *Program) Run(raw []int32) Output {
	m := borrow(p)
	defer giveBack(m)
	if bad := m.Load(raw); bad >= 0 {
		return Output{Bad: bad, Until: NoDay}
	}
	out := m.Decide()
	out.Until = m.until(out)
	return out
}

// Decide answers as Run does, but leaves out Until, because finding Until takes far longer than everything else.
func (p *Program) Decide(raw []int32) Output {
	m := borrow(p)
	defer giveBack(m)
	if bad := m.Load(raw); bad >= 0 {
		return Output{Bad: bad, Until: NoDay}
	}
	return m.Decide()
}

// IsNameable reports whether people can name a document as held. The documents that they can name come first.
func (p *Program) IsNameable(document int) bool {
	return p.Held != p.Visit && document < p.Inputs[p.InputOf(p.Held)].Values
}

// Holds returns the documents that somebody holds, as bits, including HeldAs if HeldIf is true. It returns 0 if an answer is
// refused or no input asks for documents.
func (p *Program) Holds(raw []int32) int32 {
	m := borrow(p)
	defer giveBack(m)
	if p.Held == p.Visit || m.Load(raw) >= 0 {
		return 0
	}
	m.Conditions()
	return m.Holds()
}

// Holds returns, as bits, the documents that are held, including HeldAs if HeldIf is true. The signals must have been
// evaluated.
func (m *Machine) Holds() int32 {
	held := m.Raw[m.Program.Held]
	if m.Signal[m.Program.HeldIf] == True {
		held |= m.Program.HeldAs
	}
	return held
}

// Load checks the answers and replaces Missing by defaults. It returns the slot of a refused answer, or -1.
func (m *Machine) Load(raw []int32) int {
	slot := 0
	for i := range m.Program.Inputs {
		in := &m.Program.Inputs[i]
		for range in.Slots {
			value := in.Or(raw[slot])
			special := value > Missing && value <= Missing+int32(in.Specials)
			if !special && (value < in.Lo || value > in.Hi) {
				return slot
			}
			m.Raw[slot] = value
			slot++
		}
	}
	return -1
}

// Decide evaluates everything for the loaded answers, without Until.
func (m *Machine) Decide() Output {
	m.Conditions()
	return m.answer()
}

// answer makes the decision. The signals of atoms and gates must have been evaluated.
func (m *Machine) answer() Output {
	p := m.Program
	out := Output{Bad: -1, Until: NoDay}
	for out.Row < len(p.Rows)-1 && m.List(&p.Rows[out.Row].List) != True {
		out.Row++ // the last row holds for everybody who is left
	}
	row := &p.Rows[out.Row]
	out.Outcome = row.Outcome
	for o := range p.Outcomes {
		m.Signal[p.FirstOutcome()+o] = False
	}
	m.Signal[p.FirstOutcome()+row.Outcome] = True
	m.gates(p.FirstPost(), p.Posts)
	out.Enough = m.enough()
	m.gates(p.FirstLast(), p.Lasts)
	for _, set := range p.Offers[row.Offer] {
		out.Bring = append(out.Bring, p.Sets[set])
	}
	m.add(&out)
	return out
}

// enough decides whether what is held is enough, and sets the signals of the levels. Without a table Enough it returns No.
func (m *Machine) enough() Level {
	p := m.Program
	if len(p.Enough) == 0 {
		return No
	}
	level := p.Enough[m.Fit()].Enough
	first := p.FirstEnough()
	m.Signal[first], m.Signal[first+1], m.Signal[first+2] = False, False, False
	m.Signal[first+int(level)] = True
	return level
}

// Fit returns the index of the row of the table Enough that says whether what is held is enough. There must be such a table, and the
// conditions must have been evaluated, as Decide does.
func (m *Machine) Fit() int {
	row, last := 0, len(m.Program.Enough)-1
	for row < last && m.List(&m.Program.Enough[row].List) != True {
		row++ // the last row holds for everybody who is left
	}
	return row
}

// add runs the additive stage.
func (m *Machine) add(out *Output) {
	p := m.Program
	accepted := int32(0)
	supplements := []Effect{}
	for i := range p.Adds {
		if m.List(&p.Adds[i].List) != True {
			continue
		}
		for _, effect := range p.Adds[i].Effects {
			switch effect.Kind {
			case Tell:
				out.Tell = appendNew(out.Tell, effect.A)
			case Or:
				out.Bring = appendNew(out.Bring, p.Sets[effect.A])
			case Also:
				out.Also |= p.Sets[effect.A]
			case With:
				supplements = append(supplements, effect)
			case Alone:
				accepted |= p.Sets[effect.A]
			}
		}
	}
	for _, effect := range supplements {
		for i, set := range out.Bring {
			if to := p.Sets[effect.B]; to == 0 || set&to != 0 {
				out.Bring[i] = set | p.Sets[effect.A]
			}
		}
	}
	m.sort(out, accepted)
}

// sort completes the lists of documents. It removes from Also what is in an alternative. NotAlone gets every paper that is held
// and is neither accepted alone, nor in an alternative, nor in Also.
func (m *Machine) sort(out *Output, accepted int32) {
	p := m.Program
	offered := int32(0)
	for _, set := range out.Bring {
		offered |= set
	}
	out.Also &^= offered
	out.NotAlone = m.Holds() & p.Papers &^ (accepted | offered | out.Also)
}

func appendNew[T comparable](list []T, item T) []T {
	for _, known := range list {
		if known == item {
			return list
		}
	}
	return append(list, item)
}

// until returns the last day before the answer first differs from `now`, the answer that was just decided. It returns NoDay if
// the answer never differs. The answer can change only on days on which a comparison with the visit changes; these days are
// tried in ascending order.
func (m *Machine) until(now Output) int32 {
	visit := m.Raw[m.Program.Visit]
	m.turns = m.turns[:0]
	for _, i := range m.dated {
		if turn := m.Turn(&m.Program.Atoms[i]); turn > visit {
			m.turns = append(m.turns, turn)
		}
	}
	slices.Sort(m.turns)
	until := NoDay
	for i, day := range m.turns {
		if i > 0 && day == m.turns[i-1] {
			continue
		}
		if then := m.decideOn(day); !SameAnswer(now, then) {
			until = day - 1
			break
		}
	}
	m.Raw[m.Program.Visit] = visit
	return until
}

// decideOn decides for a different day of the visit.
func (m *Machine) decideOn(day int32) Output {
	m.Raw[m.Program.Visit] = day
	m.Terms()
	for _, i := range m.dated { // the other atoms do not read the day of the visit
		m.Signal[i] = m.atom(&m.Program.Atoms[i])
	}
	m.gates(m.Program.FirstGate(), m.Program.Gates)
	return m.answer()
}

// Turn returns the day of the visit on which the result of a comparison changes, or NoDay. Only a comparison of the visit
// with a known day has such a day. The known day never depends on the visit.
func (m *Machine) Turn(a *Atom) int32 {
	if a.Op != NotAfter {
		return NoDay
	}
	visitFirst := m.IsVisit(a.A)
	if !visitFirst && !m.IsVisit(a.B) {
		return NoDay
	}
	other, after := a.A, -a.N // "term A is not after the visit plus N" becomes true on day A-N
	if visitFirst {
		other, after = a.B, a.N+1 // "the visit is not after term B plus N" becomes false on day B+N+1
	}
	if m.Days[other] < FirstDay {
		return NoDay
	}
	return m.Days[other] + after
}

// IsVisit reports whether a term is the day of the visit.
func (m *Machine) IsVisit(term int) bool {
	return m.Program.Terms[term].Op == InputDay && m.Program.Terms[term].A == m.Program.Visit
}

// Conditions evaluates the terms, atoms and gates. A signal that depends on an open slot may be Maybe.
func (m *Machine) Conditions() {
	m.Terms()
	for i := range m.Program.Atoms {
		m.Signal[i] = m.atom(&m.Program.Atoms[i])
	}
	m.gates(m.Program.FirstGate(), m.Program.Gates)
}

func (m *Machine) atom(a *Atom) uint8 {
	if a.Op == NotAfter {
		if m.dayOf[a.A]|m.dayOf[a.B] != 0 {
			return Maybe
		}
		first, second := m.Days[a.A], m.Days[a.B]
		return truth(first >= FirstDay && second >= FirstDay && first <= second+a.N)
	}
	value, open := m.Raw[a.A], m.open[a.A]
	switch a.Op {
	case Bit:
		if open>>a.N&1 != 0 {
			return Maybe
		}
		return truth(value>>a.N&1 != 0)
	case In:
		if open != 0 {
			return truth(open&a.N != 0) | truth(open&^a.N == 0) // both bits if some values are in and some are not
		}
		return truth(a.N>>value&1 != 0)
	case Is:
		return m.unless(open, value == a.N)
	}
	return m.unless(open, value >= a.N)
}

// unless returns the truth of a test, or Maybe if its slot is open.
func (m *Machine) unless(open int32, holds bool) uint8 {
	if open != 0 {
		return Maybe
	}
	return truth(holds)
}

func truth(holds bool) uint8 {
	if holds {
		return True
	}
	return False
}

func (m *Machine) gates(first int, gates []Gate) {
	for i := range gates {
		value := m.List(&gates[i].List)
		if value != Maybe && gates[i].Invert {
			value ^= Maybe
		}
		m.Signal[first+i] = value
	}
}

// List returns False if a literal is false, True if all are true, and Maybe otherwise.
func (m *Machine) List(l *List) uint8 {
	signal, value := m.Signal, uint8(True)
	for _, s := range l.Yes {
		is := signal[s]
		if is == False {
			return False
		}
		value |= is & False
	}
	for _, s := range l.No {
		is := signal[s]
		if is == True {
			return False
		}
		value |= is >> 1
	}
	return value
}
