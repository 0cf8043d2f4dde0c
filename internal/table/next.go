package table

import "slices"

// Question is the next question of the interview.
type Question struct {
	Input int  // -1 if there is nothing left to ask, or an answer is refused
	Again bool // asks for more values of a set, after one has been named
	// Values has one bit mask per slot of the input. For a set or choice, the bits are the values that can still change any part
	// of the answer; the default of a choice is always among them. For a date or number, the bits are all special values.
	Values []int32
}

var noQuestion = Question{Input: -1}

// Next returns the first question in the order of Asks that is open, whose guard holds, and that can still change the outcome,
// Enough or the first alternative. A question is open if its input is Missing in `raw`. If a set was answered in part, `open`
// has the values that are still open, as one bit mask per slot of `raw`. `open` may be nil if no set was answered in part. A
// step with Again applies only to a set that was answered in part; a step without Again never applies to such a set.
func (p *Program) Next(raw, open []int32) Question {
	m := borrow(p)
	defer giveBack(m)
	if m.Load(raw) >= 0 {
		return noQuestion
	}
	asked := m.Guards()
	m.unanswered(raw, open)
	stale := true
	for k := range p.Asks {
		ask := &p.Asks[k]
		first, slots := p.Slot(ask.Input), p.Inputs[ask.Input].Slots
		if !m.isOpen(first, slots) || ask.Again != m.inPart(ask.Input) {
			continue
		}
		if asked[k] {
			if stale {
				m.follow()
				stale = false
			}
			if m.concerns(first, slots) {
				return m.question(ask)
			}
		}
		if p.LastAsk(k) && (asked[k] || m.isExcluded(&ask.Guard, &stale)) { // no later step asks for this input: its default applies
			clear(m.open[first : first+slots])
			stale = true
		}
	}
	return noQuestion
}

// isExcluded reports whether a guard is false whatever the open answers turn out to be. If `stale` is true, it first calls
// follow and sets `stale` to false.
func (m *Machine) isExcluded(guard *List, stale *bool) bool {
	if *stale {
		m.follow()
		*stale = false
	}
	return m.List(guard) == False
}

// Guards returns, for each step of the interview, whether its guard holds if open answers count as their defaults.
func (m *Machine) Guards() []bool {
	m.Conditions()
	asked := make([]bool, len(m.Program.Asks))
	for k := range m.Program.Asks {
		asked[k] = m.List(&m.Program.Asks[k].Guard) == True
	}
	return asked
}

// unanswered marks as open the values that the interview asks for and that are not answered yet. Values that are told
// unasked are never among them. `raw` and `open` are as in Next.
func (m *Machine) unanswered(raw, open []int32) {
	slot := 0
	for i := range m.Program.Inputs {
		in := &m.Program.Inputs[i]
		asked := m.Program.IsAsked(i)
		for k := range in.Slots {
			switch {
			case !asked:
			case raw[slot] == Missing:
				m.open[slot] = in.Untold(k)
			case in.Kind == Several && open != nil:
				m.open[slot] = open[slot] & in.Untold(k)
			}
			slot++
		}
	}
}

func (m *Machine) isOpen(first, slots int) bool {
	return slices.ContainsFunc(m.open[first:first+slots], func(bits int32) bool { return bits != 0 })
}

// inPart reports whether an input is a set and at least one of its values is answered, not counting values told unasked.
func (m *Machine) inPart(input int) bool {
	in, first := &m.Program.Inputs[input], m.Program.Slot(input)
	for k := range in.Slots {
		if in.Kind == Several && m.open[first+k] != in.Untold(k) {
			return true
		}
	}
	return false
}

// LastAsk reports whether step k is the last one for its input with the same value of Again.
func (p *Program) LastAsk(k int) bool {
	return !slices.ContainsFunc(p.Asks[k+1:], func(a Ask) bool { return a.Input == p.Asks[k].Input && a.Again == p.Asks[k].Again })
}

// follow marks the signals on which the outcome, Enough and the first alternative can still depend.
func (m *Machine) follow() {
	clear(m.marked)
	m.Conditions()
	m.possibleRows()
	m.gates(m.Program.FirstPost(), m.Program.Posts)
	m.possibleEnough()
	m.gates(m.Program.FirstLast(), m.Program.Lasts)
	m.firstSet()
	m.backward()
}

// possibleRows finds the rows that may still decide (m.rows). It sets the signals of their outcomes: to True if there is
// only one outcome, otherwise to Maybe. If the outcome or the offer is not certain, it marks the signals on which the
// decision depends.
func (m *Machine) possibleRows() {
	p := m.Program
	rows := m.possible(len(p.Rows), func(i int) *List { return &p.Rows[i].List })
	same := true
	for o := range p.Outcomes {
		m.Signal[p.FirstOutcome()+o] = False
	}
	for _, i := range rows {
		m.Signal[p.FirstOutcome()+p.Rows[i].Outcome] = Maybe
		same = same && p.Rows[i].Outcome == p.Rows[rows[0]].Outcome
	}
	if same {
		m.Signal[p.FirstOutcome()+p.Rows[rows[0]].Outcome] = True
	}
	m.rows = rows
	if !same || slices.ContainsFunc(rows, func(i int) bool { return p.Rows[i].Offer != p.Rows[rows[0]].Offer }) {
		m.markRows()
	}
}

// possible returns the rows of a first-fit table that may still decide. `list` returns the conditions of a row. The last row
// counts as true, because it takes everybody who is left.
func (m *Machine) possible(count int, list func(i int) *List) (rows []int) {
	for i := range count {
		value := m.List(list(i))
		if i == count-1 {
			value = True
		}
		if value != False {
			rows = append(rows, i)
		}
		if value == True {
			break
		}
	}
	return rows
}

func (m *Machine) markRows() {
	for _, i := range m.rows {
		m.mark(&m.Program.Rows[i].List)
	}
}

// possibleEnough finds the rows of the table Enough that may still decide (m.fits). It sets the signals of their levels: to
// True if there is only one level, otherwise to Maybe. In the latter case it also marks the signals on which the table
// depends.
func (m *Machine) possibleEnough() {
	p := m.Program
	if len(p.Enough) == 0 {
		return
	}
	m.fits = m.possible(len(p.Enough), func(i int) *List { return &p.Enough[i].List })
	first := p.FirstEnough()
	m.Signal[first], m.Signal[first+1], m.Signal[first+2] = False, False, False
	for _, i := range m.fits {
		m.Signal[first+int(p.Enough[i].Enough)] = Maybe
	}
	if level := p.Enough[m.fits[0]].Enough; !slices.ContainsFunc(m.fits, func(i int) bool { return p.Enough[i].Enough != level }) {
		m.Signal[first+int(level)] = True
		return
	}
	m.markFits()
}

func (m *Machine) markFits() {
	for _, i := range m.fits {
		m.mark(&m.Program.Enough[i].List)
	}
}

// firstSet marks the signals on which the first alternative depends. If a possible row offers nothing, these are the conditions
// of the additive rows that may offer something, up to the first row that certainly does. It also marks the conditions of the
// rows that may add a supplement to the first alternative.
func (m *Machine) firstSet() {
	p := m.Program
	var sets []int32
	offered := func(set int32) {
		if !slices.Contains(sets, set) {
			sets = append(sets, set)
		}
	}
	nothing := false
	for _, i := range m.rows {
		if offer := p.Offers[p.Rows[i].Offer]; len(offer) > 0 {
			offered(p.Sets[offer[0]])
		} else {
			nothing = true
		}
	}
	var unsure []int
	for i := 0; i < len(p.Adds) && nothing; i++ {
		value := m.List(&p.Adds[i].List)
		at := slices.IndexFunc(p.Adds[i].Effects, func(e Effect) bool { return e.Kind == Or })
		if at < 0 || value == False {
			continue
		}
		offered(p.Sets[p.Adds[i].Effects[at].A])
		if nothing = value != True; nothing {
			unsure = append(unsure, i)
		}
	}
	if len(sets) > 1 || nothing {
		for _, i := range unsure {
			m.mark(&p.Adds[i].List)
		}
	}
	m.supplements(sets)
}

// supplements marks the conditions of the additive rows that may or may not add a document to one of the sets.
func (m *Machine) supplements(sets []int32) {
	p := m.Program
	for i := range p.Adds {
		if m.List(&p.Adds[i].List) != Maybe {
			continue
		}
		for _, e := range p.Adds[i].Effects {
			if e.Kind == With && slices.ContainsFunc(sets, func(set int32) bool {
				return (p.Sets[e.B] == 0 || p.Sets[e.B]&set != 0) && p.Sets[e.A]&^set != 0
			}) {
				m.mark(&p.Adds[i].List)
			}
		}
	}
}

// mark marks those signals of a list that are Maybe.
func (m *Machine) mark(l *List) {
	for _, signals := range [2][]int{l.Yes, l.No} {
		for _, s := range signals {
			m.marked[s] = m.marked[s] || m.Signal[s] == Maybe
		}
	}
}

// backward marks the signals on which marked gates depend. It visits the gates from last to first, because each refers only to
// signals before it. The caller has already marked the signals on which an undecided outcome or level of Enough depends.
func (m *Machine) backward() {
	p := m.Program
	m.markGates(p.FirstLast(), p.Lasts)
	m.markGates(p.FirstPost(), p.Posts)
	m.markGates(p.FirstGate(), p.Gates)
}

func (m *Machine) markGates(first int, gates []Gate) {
	for i := len(gates) - 1; i >= 0; i-- {
		if m.marked[first+i] {
			m.mark(&gates[i].List)
		}
	}
}

// concerns reports whether a marked atom distinguishes open values of one of the slots.
func (m *Machine) concerns(first, slots int) bool {
	for slot := first; slot < first+slots; slot++ {
		if m.bearing(slot) != 0 {
			return true
		}
	}
	return false
}

// bearing returns, as bits, the open values of a slot that a marked test distinguishes. For a choice these are the values that
// it distinguishes from the default. For a date or number, every bit is set if a marked test reads the slot.
func (m *Machine) bearing(slot int) (values int32) {
	for i := range m.Program.Atoms {
		if a := &m.Program.Atoms[i]; m.marked[i] {
			switch {
			case a.Op == NotAfter:
				values |= -((m.dayOf[a.A] | m.dayOf[a.B]) >> slot & 1)
			case a.A != slot:
			case a.Op == Bit:
				values |= 1 << a.N
			case a.Op == In && a.N>>m.Raw[slot]&1 != 0:
				values |= m.open[slot] &^ a.N
			case a.Op == In:
				values |= m.open[slot] & a.N
			default:
				values = -1
			}
		}
	}
	return values
}

// question returns the question of a step, with the values that can still change any part of the answer, including notes.
func (m *Machine) question(ask *Ask) Question {
	p := m.Program
	for i := range p.Adds {
		m.mark(&p.Adds[i].List)
	}
	m.markRows()
	m.markFits()
	m.backward()
	in, first := &p.Inputs[ask.Input], p.Slot(ask.Input)
	q := Question{Input: ask.Input, Again: ask.Again}
	for slot := first; slot < first+in.Slots; slot++ {
		values := m.bearing(slot)
		switch in.Kind {
		case Choice:
			values |= 1 << m.Raw[slot]
		case Date, Number:
			values = 1<<in.Specials - 1
		}
		q.Values = append(q.Values, values)
	}
	return q
}
