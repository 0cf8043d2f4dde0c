package rules

import (
	"slices"

	"sitegen/internal/bdd"
	"sitegen/internal/table"
)

// A model is what a program does, as functions over a space: for every row and effect, who is concerned.
type model struct {
	*space
	p          *table.Program
	signal     []bdd.Func
	reach      []bdd.Func   // of each decision row: who is decided by it
	left       bdd.Func     // who is decided by none
	outcome    []bdd.Func   // who gets it
	fits       []bdd.Func   // of each row of the table of Enough: whom it decides
	unfit      bdd.Func     // whom none of them decides
	enough     []bdd.Func   // of each level
	fires      [][]bdd.Func // of each effect of each additive row: where it holds and changes something
	tell       []bdd.Func   // of each note
	firstWords []*word
	has        map[int32]bdd.Func
	sets       []int32 // the alternatives that are ever offered, in the order found
	firstIs    map[int32]bdd.Func
	bring      []bdd.Func // of each document: in an alternative, supplements included
	alone      []bdd.Func // of each document: an alternative by itself, before supplements
	first      []bdd.Func // of each document: in the first alternative
	also       []bdd.Func
	held       []bdd.Func
	nothing    bdd.Func // no alternative at all
	refused    []bdd.Func
	firstHeld  bdd.Func // all of the first alternative is held, supplements apart
}

func (s *space) model(number int, firstWords []*word) *model {
	m := s.emptyModel(number, firstWords)
	for i := range m.p.Atoms {
		m.signal[i] = m.atom(number, i)
	}
	m.answer()
	m.documents()
	m.firstHeld = m.holdsFirst()
	return m
}

func (s *space) emptyModel(number int, firstWords []*word) *model {
	p := s.programs[number]
	return &model{space: s, p: p, signal: make([]bdd.Func, p.Signals()), firstWords: firstWords, has: map[int32]bdd.Func{}, firstIs: map[int32]bdd.Func{}}
}

// answer follows the program from the tests of answers on.
func (m *model) answer() {
	m.gates(m.p.FirstGate(), m.p.Gates)
	m.decide()
	m.gates(m.p.FirstPost(), m.p.Posts)
	m.decideEnough()
	m.gates(m.p.FirstLast(), m.p.Lasts)
	m.alternatives()
}

// atom returns who meets a test.
func (m *model) atom(number, i int) bdd.Func {
	p, a := m.p, m.p.Atoms[i]
	if a.Op == table.NotAfter {
		return m.dateAtom(number, i)
	}
	input := p.InputOf(a.A)
	names := p.Names.Inputs[input]
	variables := m.byInput[names.ID]
	v := variables[0]
	switch a.Op {
	case table.Bit:
		member := names.Values[int(a.N)+31*(a.A-p.Slot(input))]
		for _, v := range variables {
			if v.member == member {
				return m.is(v, 1)
			}
		}
	case table.In:
		return m.in(v, func(c int) bool {
			for j, value := range names.Values {
				if value == v.classes[c].name {
					return a.N>>j&1 != 0
				}
			}
			usual := p.Inputs[input].Default // stands for a value that this program does not know
			return usual >= 0 && a.N>>usual&1 != 0
		})
	case table.Is:
		name := names.Values[a.N-table.Missing-1]
		return m.in(v, func(c int) bool { return v.classes[c].special && v.classes[c].name == name })
	case table.AtLeast:
		return m.in(v, func(c int) bool { return !v.classes[c].special && v.classes[c].value >= a.N })
	}
	panic("BUG: unknown atom")
}

func (m *model) dateAtom(number, i int) bdd.Func {
	c, v := m.bits[[2]int{number, i}], m.visit
	if c.in != nil {
		v = c.in.v
	}
	return m.in(v, func(k int) bool { return v.classes[k].pattern>>c.bit&1 != 0 })
}

func (m *model) list(l *table.List) bdd.Func {
	f := bdd.Always
	for _, s := range l.Yes {
		f = m.And(f, m.signal[s])
	}
	for _, s := range l.No {
		f = m.Without(f, m.signal[s])
	}
	return f
}

func (m *model) gates(first int, gates []table.Gate) {
	for i := range gates {
		f := m.list(&gates[i].List)
		if gates[i].Invert {
			f = m.Not(f)
		}
		m.signal[first+i] = f
	}
}

func (m *model) decide() {
	m.left = m.possible
	m.reach = make([]bdd.Func, len(m.p.Rows))
	m.outcome = make([]bdd.Func, m.p.Outcomes)
	for i := range m.p.Rows {
		row := &m.p.Rows[i]
		f := m.list(&row.List)
		m.reach[i] = m.And(m.left, f)
		m.left = m.Without(m.left, f)
		m.outcome[row.Outcome] = m.Or(m.outcome[row.Outcome], m.reach[i])
	}
	copy(m.signal[m.p.FirstOutcome():], m.outcome)
}

func (m *model) decideEnough() {
	m.unfit = bdd.Never
	if len(m.p.Enough) == 0 {
		return
	}
	m.unfit = m.possible
	m.enough = make([]bdd.Func, table.Levels)
	for i := range m.p.Enough {
		row := &m.p.Enough[i]
		fits := m.And(m.unfit, m.list(&row.List))
		m.fits = append(m.fits, fits)
		m.unfit = m.Without(m.unfit, fits)
		m.enough[row.Enough] = m.Or(m.enough[row.Enough], fits)
	}
	copy(m.signal[m.p.FirstEnough():], m.enough)
}

// offer records that set is offered to those for whom f holds, behind what they are offered already, and returns for
// whom it is new.
func (m *model) offer(f bdd.Func, set int32) bdd.Func {
	if _, known := m.has[set]; !known {
		m.sets = append(m.sets, set)
	}
	fresh := m.Without(f, m.has[set])
	m.has[set] = m.Or(m.has[set], fresh)
	m.firstIs[set] = m.Or(m.firstIs[set], m.And(fresh, m.nothing))
	m.nothing = m.Without(m.nothing, fresh)
	return fresh
}

// alternatives follows what is offered, by the rows and by the additive stage.
func (m *model) alternatives() {
	p := m.p
	m.nothing = m.possible
	for i := range p.Rows {
		for _, set := range p.Offers[p.Rows[i].Offer] {
			m.offer(m.reach[i], p.Sets[set])
		}
	}
	m.tell = make([]bdd.Func, p.Notes)
	m.also = make([]bdd.Func, 32)
	m.fires = make([][]bdd.Func, len(p.Adds))
	for i := range p.Adds {
		f := m.And(m.possible, m.list(&p.Adds[i].List))
		for _, e := range p.Adds[i].Effects {
			effective := f
			switch e.Kind {
			case table.Tell:
				effective = m.Without(f, m.tell[e.A])
				m.tell[e.A] = m.Or(m.tell[e.A], f)
			case table.Or:
				effective = m.offer(f, p.Sets[e.A])
			case table.Also:
				effective = bdd.Never
				for d := range 31 {
					if p.Sets[e.A]>>d&1 != 0 {
						effective = m.Or(effective, m.Without(f, m.also[d]))
						m.also[d] = m.Or(m.also[d], f)
					}
				}
			}
			m.fires[i] = append(m.fires[i], effective)
		}
	}
}

// startOf returns who is told a note first; words that may stand before it do not count.
func (m *model) startOf(note int) bdd.Func {
	start, before, left := bdd.Never, bdd.Never, m.tell[note]
	for i := range m.p.Adds {
		for j, e := range m.p.Adds[i].Effects {
			switch {
			case left == bdd.Never:
				return start
			case e.Kind != table.Tell:
			case e.A == note:
				start = m.Or(start, m.Without(m.fires[i][j], before))
				left = m.Without(left, m.fires[i][j])
			case !slices.ContainsFunc(m.firstWords, func(w *word) bool { return w.index == e.A }):
				before = m.Or(before, m.And(left, m.fires[i][j]))
			}
		}
	}
	return start
}

// documents follows single documents through the alternatives and supplements.
func (m *model) documents() {
	p := m.p
	m.bring, m.alone, m.first, m.held, m.refused = make([]bdd.Func, 32), make([]bdd.Func, 32), make([]bdd.Func, 32), make([]bdd.Func, 32), make([]bdd.Func, 32)
	for _, set := range m.sets {
		for d := range 31 {
			if set>>d&1 != 0 {
				m.bring[d] = m.Or(m.bring[d], m.has[set])
				m.first[d] = m.Or(m.first[d], m.firstIs[set])
			}
			if set == 1<<d {
				m.alone[d] = m.has[set]
			}
		}
	}
	accepted := make([]bdd.Func, 32)
	for i := range p.Adds {
		for j, e := range p.Adds[i].Effects {
			f := m.fires[i][j]
			for d := range 31 {
				switch {
				case e.Kind == table.With && p.Sets[e.A]>>d&1 != 0:
					m.bring[d] = m.Or(m.bring[d], m.And(f, m.meets(p.Sets[e.B])))
				case e.Kind == table.Alone && p.Sets[e.A]>>d&1 != 0:
					accepted[d] = m.Or(accepted[d], f)
				}
			}
		}
	}
	for d := range m.also {
		m.also[d] = m.Without(m.also[d], m.bring[d])
		accepted[d] = m.Or(accepted[d], m.Or(m.bring[d], m.also[d]))
	}
	for d, v := range m.holding() {
		held := m.is(v, 1)
		if p.HeldAs>>d&1 != 0 {
			held = m.Or(held, m.signal[p.HeldIf])
		}
		m.held[d] = held
		if p.Papers>>d&1 != 0 {
			m.refused[d] = m.Without(m.And(m.possible, held), accepted[d])
		}
	}
}

// holding returns the variables of what is held, in the order of the documents; none where nothing is asked of that.
func (m *model) holding() []*variable {
	if m.p.Held == m.p.Visit {
		return nil
	}
	names := &m.p.Names.Inputs[m.p.InputOf(m.p.Held)]
	list := make([]*variable, len(names.Values))
	for _, v := range m.byInput[names.ID] { // with the values of another program among them, or in another order
		if d := slices.Index(names.Values, v.member); d >= 0 {
			list[d] = v
		}
	}
	return list
}

// holdsFirst returns who holds all of the first alternative, supplements apart.
func (m *model) holdsFirst() bdd.Func {
	f := bdd.Never
	for _, set := range m.sets {
		all := m.firstIs[set]
		for d := range 31 {
			if set>>d&1 != 0 {
				all = m.And(all, m.held[d])
			}
		}
		f = m.Or(f, all)
	}
	return f
}

// meets returns who is offered an alternative that shares a document with set; any alternative where set is empty.
func (m *model) meets(set int32) bdd.Func {
	f := bdd.Never
	for _, offered := range m.sets {
		if set == 0 || offered&set != 0 {
			f = m.Or(f, m.has[offered])
		}
	}
	return f
}

// parts are the functions that make up the whole answer: two situations for which all of them agree get the same.
func (m *model) parts() []bdd.Func {
	list := append([]bdd.Func{}, m.outcome...)
	list = append(list, m.enough...)
	list = append(list, m.tell...)
	for _, set := range m.sets {
		list = append(list, m.has[set], m.firstIs[set])
	}
	list = append(list, m.also...)
	list = append(list, m.bring...)
	return append(list, m.refused...)
}
