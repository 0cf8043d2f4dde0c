package rules

import (
	"slices"
	"sync"
)

// A signal's two bits, and what they mean together.
const (
	False = 1
	True  = 2
	Maybe = 3
)

// machine is the memory of one evaluation, sized once for a program.
type machine struct {
	p      *Program
	raw    []int32 // the answers, defaults in place
	open   []int32 // what is not answered yet, of each slot: values of a choice or set as bits, 1 for a date or number
	days   []int32 // values of terms
	dayOf  []int32 // the open slots a term depends on, as bits
	signal []uint8
	marked []bool // while the next question is looked for: signals that bear on it
	rows   []int  // the rows of the decision, and of Enough, that may still decide
	fits   []int
	dated  []int   // the atoms that compare days
	turns  []int32 // while Until is looked for: the days on which one of them turns over
}

func newMachine(p *Program) *machine {
	m := &machine{
		p: p, raw: make([]int32, p.slots()), open: make([]int32, p.slots()),
		days: make([]int32, len(p.Terms)), dayOf: make([]int32, len(p.Terms)),
		signal: make([]uint8, p.Signals()), marked: make([]bool, p.Signals()),
	}
	for i := range p.Atoms {
		if p.Atoms[i].Op == NotAfter {
			m.dated = append(m.dated, i)
		}
	}
	return m
}

// idle are machines that nobody uses now: a check asks for some hundred thousand answers.
var idle sync.Pool

// borrow returns a machine for a program, on which nothing is open. It is given back with giveBack.
func borrow(p *Program) *machine {
	m, _ := idle.Get().(*machine)
	if m == nil || m.p != p {
		return newMachine(p)
	}
	clear(m.open)
	return m
}

func giveBack(m *machine) { idle.Put(m) }

// Run decides: outcome, what to bring, what is told, and until when that holds. It is the reference that the module
// and the JavaScript evaluator transcribe.
func (p *Program) Run(raw []int32) Output {
	m := borrow(p)
	defer giveBack(m)
	if bad := m.load(raw); bad >= 0 {
		return Output{Bad: bad, Until: NoDay}
	}
	out := m.decide()
	out.Until = m.until(out)
	return out
}

// Decide answers as Run does, but for Until, of which finding out takes far longer than all the rest.
func (p *Program) Decide(raw []int32) Output {
	m := borrow(p)
	defer giveBack(m)
	if bad := m.load(raw); bad >= 0 {
		return Output{Bad: bad, Until: NoDay}
	}
	return m.decide()
}

// Holds returns the documents that somebody holds, also what an answer to another question says of one. It is 0 for
// answers that are refused, and where nobody is asked what they hold.
func (p *Program) Holds(raw []int32) int32 {
	m := borrow(p)
	defer giveBack(m)
	if p.Held == p.Visit || m.load(raw) >= 0 {
		return 0
	}
	m.conditions()
	return m.holds()
}

// holds returns the documents that are held.
func (m *machine) holds() int32 {
	held := m.raw[m.p.Held]
	if m.signal[m.p.HeldIf] == True {
		held |= m.p.HeldAs
	}
	return held
}

// load checks the answers and puts defaults where one is missing. It returns the slot of a refused answer, or -1.
func (m *machine) load(raw []int32) int {
	slot := 0
	for i := range m.p.Inputs {
		in := &m.p.Inputs[i]
		for range in.Slots {
			value := raw[slot]
			if value == Missing {
				value = in.Default
			}
			special := value > Missing && value <= Missing+int32(in.Specials)
			if !special && (value < in.Lo || value > in.Hi) {
				return slot
			}
			m.raw[slot] = value
			slot++
		}
	}
	return -1
}

// decide evaluates everything for the loaded answers, without Until.
func (m *machine) decide() Output {
	m.conditions()
	return m.answer()
}

// answer decides by the conditions as they are.
func (m *machine) answer() Output {
	p := m.p
	out := Output{Bad: -1, Until: NoDay}
	for out.Row < len(p.Rows)-1 && m.list(&p.Rows[out.Row].List) != True {
		out.Row++ // the last row holds for everyone who is left
	}
	row := &p.Rows[out.Row]
	out.Outcome = row.Outcome
	for o := range p.Outcomes {
		m.signal[p.firstOutcome()+o] = False
	}
	m.signal[p.firstOutcome()+row.Outcome] = True
	m.gates(p.firstPost(), p.Posts)
	out.Enough = m.enough()
	m.gates(p.firstLast(), p.Lasts)
	for _, set := range p.Offers[row.Offer] {
		out.Bring = append(out.Bring, p.Sets[set])
	}
	m.add(&out)
	return out
}

// enough decides whether what is held is enough.
func (m *machine) enough() Level {
	p := m.p
	if len(p.Enough) == 0 {
		return No
	}
	row := 0
	for row < len(p.Enough)-1 && m.list(&p.Enough[row].List) != True {
		row++ // the last row holds for everyone who is left
	}
	first := p.firstEnough()
	m.signal[first], m.signal[first+1], m.signal[first+2] = False, False, False
	m.signal[first+int(p.Enough[row].Enough)] = True
	return p.Enough[row].Enough
}

// add runs the additive stage.
func (m *machine) add(out *Output) {
	p := m.p
	accepted := int32(0)
	supplements := []Effect{}
	for i := range p.Adds {
		if m.list(&p.Adds[i].List) != True {
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

// sort leaves each document in one of bring, also and not_alone: what stands in an alternative is worth taking along
// anyway, and what is not accepted by itself is held and stands in neither.
func (m *machine) sort(out *Output, accepted int32) {
	p := m.p
	offered := int32(0)
	for _, set := range out.Bring {
		offered |= set
	}
	out.Also &^= offered
	out.NotAlone = m.holds() & p.Papers &^ (accepted | offered | out.Also)
}

func appendNew[T comparable](list []T, item T) []T {
	for _, known := range list {
		if known == item {
			return list
		}
	}
	return append(list, item)
}

// until returns the day before the first later day on which the answer is another, where now is what was just decided.
// It can change only where a test of the visit day turns over; those days are tried in ascending order.
func (m *machine) until(now Output) int32 {
	visit := m.raw[m.p.Visit]
	m.turns = m.turns[:0]
	for _, i := range m.dated {
		if turn := m.turn(&m.p.Atoms[i]); turn > visit {
			m.turns = append(m.turns, turn)
		}
	}
	slices.Sort(m.turns)
	until := NoDay
	for i, day := range m.turns {
		if i > 0 && day == m.turns[i-1] {
			continue
		}
		if then := m.on(day); !sameAnswer(now, then) {
			until = day - 1
			break
		}
	}
	m.raw[m.p.Visit] = visit
	return until
}

// on decides for another day of the visit.
func (m *machine) on(day int32) Output {
	m.raw[m.p.Visit] = day
	m.terms()
	for _, i := range m.dated { // no other test reads a day
		m.signal[i] = m.atom(&m.p.Atoms[i])
	}
	m.gates(m.p.firstGate(), m.p.Gates)
	return m.answer()
}

// turn returns the first day of the visit on which a test is another than on the day before, or NoDay. One side of a
// comparison is the visit day itself, the other does not depend on it.
func (m *machine) turn(a *Atom) int32 {
	if a.Op != NotAfter {
		return NoDay
	}
	visitFirst := m.isVisit(a.A)
	if !visitFirst && !m.isVisit(a.B) {
		return NoDay
	}
	other, after := a.A, -a.N // term A is not after the visit plus N: true from A-N
	if visitFirst {
		other, after = a.B, a.N+1 // the visit is not after term B plus N: false from B+N+1
	}
	if m.days[other] < firstDay {
		return NoDay
	}
	return m.days[other] + after
}

func (m *machine) isVisit(term int) bool {
	return m.p.Terms[term].Op == InputDay && m.p.Terms[term].A == m.p.Visit
}

// sameAnswer compares what Until is about: outcome, enough, bring, not_alone and tell.
func sameAnswer(a, b Output) bool {
	if a.Outcome != b.Outcome || a.Enough != b.Enough || a.NotAlone != b.NotAlone || len(a.Bring) != len(b.Bring) || len(a.Tell) != len(b.Tell) {
		return false
	}
	for i := range a.Bring {
		if a.Bring[i] != b.Bring[i] {
			return false
		}
	}
	for i := range a.Tell {
		if a.Tell[i] != b.Tell[i] {
			return false
		}
	}
	return true
}

// conditions evaluates terms, atoms and gates; what depends on an open slot may be Maybe.
func (m *machine) conditions() {
	m.terms()
	for i := range m.p.Atoms {
		m.signal[i] = m.atom(&m.p.Atoms[i])
	}
	m.gates(m.p.firstGate(), m.p.Gates)
}

func (m *machine) atom(a *Atom) uint8 {
	if a.Op == NotAfter {
		if m.dayOf[a.A]|m.dayOf[a.B] != 0 {
			return Maybe
		}
		first, second := m.days[a.A], m.days[a.B]
		return truth(first >= firstDay && second >= firstDay && first <= second+a.N)
	}
	value, open := m.raw[a.A], m.open[a.A]
	switch a.Op {
	case Bit:
		if open>>a.N&1 != 0 {
			return Maybe
		}
		return truth(value>>a.N&1 != 0)
	case In:
		if open != 0 {
			return truth(open&a.N != 0) | truth(open&^a.N == 0) // both bits where some values are in and some are not
		}
		return truth(a.N>>value&1 != 0)
	case Is:
		return m.unless(open, value == a.N)
	}
	return m.unless(open, value >= a.N)
}

// unless returns the truth of a test, or Maybe where its slot is open.
func (m *machine) unless(open int32, holds bool) uint8 {
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

func (m *machine) gates(first int, gates []Gate) {
	for i := range gates {
		value := m.list(&gates[i].List)
		if value != Maybe && gates[i].Invert {
			value ^= Maybe
		}
		m.signal[first+i] = value
	}
}

// list returns False where a literal is false, else True where all are true, else Maybe.
func (m *machine) list(l *List) uint8 {
	signal, value := m.signal, uint8(True)
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
