package space

import (
	"slices"

	"sitegen/internal/bdd"
	"sitegen/internal/table"
)

// A Model is what a program does, as functions over a space: for every row and effect, whom it concerns.
type Model struct {
	*Space
	Program   *table.Program
	Signal    []bdd.Func         // by signal: for whom it is true
	Reach     []bdd.Func         // by decision row: about whom it decides
	Left      bdd.Func           // about whom no row decides
	Outcome   []bdd.Func         // by outcome: who gets it
	Fits      []bdd.Func         // by row of the table Enough: about whom it decides
	unfit     bdd.Func           // about whom no row of Enough decides
	Enough    []bdd.Func         // by level: who gets it
	Fires     [][]bdd.Func       // by additive row and effect: to whom it applies; for Tell, Or and Also: to whom it gives something new
	Tell      []bdd.Func         // by note: who is told it
	Has       map[int32]bdd.Func // by alternative (a mask of documents): who is offered it
	Sets      []int32            // the alternatives that are ever offered, in the order found
	offers    []offer            // every offer, in the order in which the offers are made
	FirstIs   map[int32]bdd.Func // by alternative: who is offered it first
	Bring     []bdd.Func         // by document: who finds it in an alternative, supplements included
	Alone     []bdd.Func         // by document: for whom it is an alternative by itself, before supplements
	First     []bdd.Func         // by document: who finds it in the first alternative, before supplements
	Also      []bdd.Func         // by document: for whom it is worth taking along; after Answer alone, even if it is in an alternative
	held      []bdd.Func         // by document: who holds it
	Nothing   bdd.Func           // who is offered no alternative at all
	Refused   []bdd.Func         // by document: who holds it although it is not accepted alone; only papers can be refused
	FirstHeld bdd.Func           // who holds all of the first alternative; supplements do not count
}

// Model computes what one of the programs does. `number` is the index of the program.
func (s *Space) Model(number int) *Model {
	m := s.Conditions(number, s.Atoms(number))
	m.Answer()
	m.documents()
	m.FirstHeld = m.holdsFirst()
	return m
}

// Atoms returns, for each atom of a program, who meets it.
func (s *Space) Atoms(number int) []bdd.Func {
	list := make([]bdd.Func, len(s.programs[number].Atoms))
	for i := range list {
		list[i] = s.atom(number, i)
	}
	return list
}

// Conditions begins a model of one of the programs. `atoms` says who meets each atom. Conditions computes from them the gates
// that do not depend on the outcome or on Enough.
func (s *Space) Conditions(number int, atoms []bdd.Func) *Model {
	p := s.programs[number]
	m := &Model{Space: s, Program: p, Signal: make([]bdd.Func, p.Signals()), Has: map[int32]bdd.Func{}, FirstIs: map[int32]bdd.Func{}}
	copy(m.Signal, atoms)
	m.gates(p.FirstGate(), p.Gates)
	return m
}

// Answer computes, from the conditions, what is decided, offered and told. It leaves out the fields about single documents, for
// example Bring and Refused, and does not yet remove from Also what an alternative contains.
func (m *Model) Answer() {
	m.decide()
	m.gates(m.Program.FirstPost(), m.Program.Posts)
	m.decideEnough()
	m.gates(m.Program.FirstLast(), m.Program.Lasts)
	m.alternatives()
}

// atom returns who meets an atom.
func (s *Space) atom(number, i int) bdd.Func {
	p := s.programs[number]
	a := p.Atoms[i]
	if a.Op == table.NotAfter {
		return s.dateAtom(number, i)
	}
	input := p.InputOf(a.A)
	names := p.Names.Inputs[input]
	variables := s.ByInput[names.ID]
	v := variables[0]
	switch a.Op {
	case table.Bit:
		member := names.Values[int(a.N)+31*(a.A-p.Slot(input))]
		for _, v := range variables {
			if v.Member == member {
				return s.Is(v, 1)
			}
		}
	case table.In:
		return s.In(v, func(c int) bool {
			for j, value := range names.Values {
				if value == v.Classes[c].Name {
					return a.N>>j&1 != 0
				}
			}
			byDefault := p.Inputs[input].Default // a value that this program does not know counts as the default
			return byDefault >= 0 && a.N>>byDefault&1 != 0
		})
	case table.Is:
		name := names.Values[a.N-table.Missing-1]
		return s.In(v, func(c int) bool { return v.Classes[c].Special && v.Classes[c].Name == name })
	case table.AtLeast:
		return s.In(v, func(c int) bool { return !v.Classes[c].Special && v.Classes[c].Value >= a.N })
	}
	panic("BUG: unknown atom")
}

func (s *Space) dateAtom(number, i int) bdd.Func {
	c, v := s.bits[[2]int{number, i}], s.Visit
	if c.in != nil {
		v = c.in.v
	}
	return s.In(v, func(k int) bool { return v.Classes[k].pattern>>c.bit&1 != 0 })
}

// List returns who meets all conditions of a list.
func (m *Model) List(l *table.List) bdd.Func {
	f := bdd.Always
	for _, s := range l.Yes {
		f = m.And(f, m.Signal[s])
	}
	for _, s := range l.No {
		f = m.Without(f, m.Signal[s])
	}
	return f
}

func (m *Model) gates(first int, gates []table.Gate) {
	for i := range gates {
		f := m.List(&gates[i].List)
		if gates[i].Invert {
			f = m.Not(f)
		}
		m.Signal[first+i] = f
	}
}

func (m *Model) decide() {
	m.Left = m.Possible
	m.Reach = make([]bdd.Func, len(m.Program.Rows))
	m.Outcome = make([]bdd.Func, m.Program.Outcomes)
	for i := range m.Program.Rows {
		row := &m.Program.Rows[i]
		f := m.List(&row.List)
		m.Reach[i] = m.And(m.Left, f)
		m.Left = m.Without(m.Left, f)
		m.Outcome[row.Outcome] = m.Or(m.Outcome[row.Outcome], m.Reach[i])
	}
	copy(m.Signal[m.Program.FirstOutcome():], m.Outcome)
}

func (m *Model) decideEnough() {
	m.unfit = bdd.Never
	if len(m.Program.Enough) == 0 {
		return
	}
	m.unfit = m.Possible
	m.Enough = make([]bdd.Func, table.Levels)
	for i := range m.Program.Enough {
		row := &m.Program.Enough[i]
		fits := m.And(m.unfit, m.List(&row.List))
		m.Fits = append(m.Fits, fits)
		m.unfit = m.Without(m.unfit, fits)
		m.Enough[row.Enough] = m.Or(m.Enough[row.Enough], fits)
	}
	copy(m.Signal[m.Program.FirstEnough():], m.Enough)
}

// offer is an alternative that a row offers, and the people to whom no earlier row has offered it.
type offer struct {
	set   int32
	fresh bdd.Func
}

// offer records that an alternative is offered to those in f, after the alternatives that they already have. It returns those
// for whom it is new.
func (m *Model) offer(f bdd.Func, set int32) bdd.Func {
	if _, known := m.Has[set]; !known {
		m.Sets = append(m.Sets, set)
	}
	fresh := m.Without(f, m.Has[set])
	m.offers = append(m.offers, offer{set, fresh})
	m.Has[set] = m.Or(m.Has[set], fresh)
	m.FirstIs[set] = m.Or(m.FirstIs[set], m.And(fresh, m.Nothing))
	m.Nothing = m.Without(m.Nothing, fresh)
	return fresh
}

// alternatives computes what the rows offer, and what the additive stage offers and tells.
func (m *Model) alternatives() {
	p := m.Program
	m.Nothing = m.Possible
	for i := range p.Rows {
		for _, set := range p.Offers[p.Rows[i].Offer] {
			m.offer(m.Reach[i], p.Sets[set])
		}
	}
	m.Tell = make([]bdd.Func, p.Notes)
	m.Also = make([]bdd.Func, 32)
	m.Fires = make([][]bdd.Func, len(p.Adds))
	for i := range p.Adds {
		f := m.And(m.Possible, m.List(&p.Adds[i].List))
		for _, e := range p.Adds[i].Effects {
			effective := f
			switch e.Kind {
			case table.Tell:
				effective = m.Without(f, m.Tell[e.A])
				m.Tell[e.A] = m.Or(m.Tell[e.A], f)
			case table.Or:
				effective = m.offer(f, p.Sets[e.A])
			case table.Also:
				effective = bdd.Never
				for d := range 31 {
					if p.Sets[e.A]>>d&1 != 0 {
						effective = m.Or(effective, m.Without(f, m.Also[d]))
						m.Also[d] = m.Or(m.Also[d], f)
					}
				}
			}
			m.Fires[i] = append(m.Fires[i], effective)
		}
	}
}

// documents computes the fields about single documents, from Bring to Refused, and removes from Also what an alternative
// contains.
func (m *Model) documents() {
	p := m.Program
	m.Bring, m.Alone, m.First, m.held, m.Refused = make([]bdd.Func, 32), make([]bdd.Func, 32), make([]bdd.Func, 32), make([]bdd.Func, 32), make([]bdd.Func, 32)
	for _, set := range m.Sets {
		for d := range 31 {
			if set>>d&1 != 0 {
				m.Bring[d] = m.Or(m.Bring[d], m.Has[set])
				m.First[d] = m.Or(m.First[d], m.FirstIs[set])
			}
			if set == 1<<d {
				m.Alone[d] = m.Has[set]
			}
		}
	}
	accepted := make([]bdd.Func, 32)
	for i := range p.Adds {
		for j, e := range p.Adds[i].Effects {
			f := m.Fires[i][j]
			for d := range 31 {
				switch {
				case e.Kind == table.With && p.Sets[e.A]>>d&1 != 0:
					m.Bring[d] = m.Or(m.Bring[d], m.And(f, m.Meets(p.Sets[e.B])))
				case e.Kind == table.Alone && p.Sets[e.A]>>d&1 != 0:
					accepted[d] = m.Or(accepted[d], f)
				}
			}
		}
	}
	for d := range m.Also {
		m.Also[d] = m.Without(m.Also[d], m.Bring[d])
		accepted[d] = m.Or(accepted[d], m.Or(m.Bring[d], m.Also[d]))
	}
	for d, v := range m.holding() {
		held := m.Is(v, 1)
		if p.HeldAs>>d&1 != 0 {
			held = m.Or(held, m.Signal[p.HeldIf])
		}
		m.held[d] = held
		if p.Papers>>d&1 != 0 {
			m.Refused[d] = m.Without(m.And(m.Possible, held), accepted[d])
		}
	}
}

// holding returns the variables of the documents that can be held, in the order of the documents. It returns nil if no input
// asks for documents.
func (m *Model) holding() []*Variable {
	if m.Program.Held == m.Program.Visit {
		return nil
	}
	names := &m.Program.Names.Inputs[m.Program.InputOf(m.Program.Held)]
	list := make([]*Variable, len(names.Values))
	for _, v := range m.ByInput[names.ID] { // ByInput also has the values of a second program, perhaps in a different order
		if d := slices.Index(names.Values, v.Member); d >= 0 {
			list[d] = v
		}
	}
	return list
}

// holdsFirst returns who holds all of the first alternative. Supplements do not count.
func (m *Model) holdsFirst() bdd.Func {
	f := bdd.Never
	for _, set := range m.Sets {
		all := m.FirstIs[set]
		for d := range 31 {
			if set>>d&1 != 0 {
				all = m.And(all, m.held[d])
			}
		}
		f = m.Or(f, all)
	}
	return f
}

// Meets returns who is offered an alternative that shares a document with `set`. If `set` is empty, any alternative counts.
func (m *Model) Meets(set int32) bdd.Func {
	f := bdd.Never
	for _, offered := range m.Sets {
		if set == 0 || offered&set != 0 {
			f = m.Or(f, m.Has[offered])
		}
	}
	return f
}

// EachEffect calls f for each effect of the additive stage, in the order of the rows, with the people in Fires.
func (m *Model) EachEffect(f func(e table.Effect, who bdd.Func)) {
	for i := range m.Program.Adds {
		for j, e := range m.Program.Adds[i].Effects {
			f(e, m.Fires[i][j])
		}
	}
}

// Supplemented is an alternative with its supplements, and who is offered it.
type Supplemented struct {
	Set int32 // all its documents
	Who bdd.Func
}

// Supplements follows an alternative through the effects that add documents to it. It divides the people in `who` by the
// supplements that they get.
func (m *Model) Supplements(set int32, who bdd.Func) []Supplemented {
	list := []Supplemented{{set, who}}
	for i := range m.Program.Adds {
		for j, e := range m.Program.Adds[i].Effects {
			if e.Kind != table.With {
				continue
			}
			for k, one := range list {
				add, to := m.Program.Sets[e.A], m.Program.Sets[e.B]
				more := m.And(one.Who, m.Fires[i][j])
				if to != 0 && one.Set&to == 0 || one.Set|add == one.Set || more == bdd.Never {
					continue
				}
				list[k].Who = m.Without(one.Who, more)
				list = append(list, Supplemented{one.Set | add, more})
			}
		}
	}
	return list
}
