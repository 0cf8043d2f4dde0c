// Package sample makes random rule sets and answers, for tests of the module and of the JavaScript evaluator.
package sample

import (
	"cmp"
	"fmt"
	"math/bits"
	"math/rand/v2"
	"slices"

	"sitegen/internal/table"
)

// Size says how large a random rule set is.
type Size struct{ Inputs, Terms, Atoms, Gates, Outcomes, Notes, Rows, Posts, Adds int }

// Small, Real and Large are the sizes that tests use. Real is about the size of the rules of the real content; Large has 200
// rows.
var (
	Small = Size{Inputs: 6, Terms: 12, Atoms: 16, Gates: 14, Outcomes: 5, Notes: 9, Rows: 8, Posts: 3, Adds: 10}
	Real  = Size{Inputs: 22, Terms: 40, Atoms: 130, Gates: 150, Outcomes: 23, Notes: 120, Rows: 60, Posts: 10, Adds: 130}
	Large = Size{Inputs: 25, Terms: 60, Atoms: 200, Gates: 400, Outcomes: 30, Notes: 200, Rows: 200, Posts: 20, Adds: 250}
)

// The slots of the first two inputs of every sample (the day of the visit, and what the visitor holds), and the number of
// documents.
const (
	visitSlot = 0
	heldSlot  = 1
	documents = 22
)

type maker struct {
	*rand.Rand
	p     *table.Program
	kinds []table.Kind // by slot
	asked []int        // inputs
}

// Program makes a random rule set whose tables keep all that rulefile guarantees.
func Program(r *rand.Rand, size Size) *table.Program {
	m := &maker{Rand: r, p: &table.Program{
		Outcomes: size.Outcomes, Notes: size.Notes, Visit: visitSlot, Held: heldSlot,
		HeldAs: 1 << r.IntN(documents), Papers: r.Int32N(1 << documents),
	}}
	m.inputs(size.Inputs)
	m.terms(size.Terms)
	m.atoms(size.Atoms)
	for i := range size.Gates {
		m.p.Gates = append(m.p.Gates, m.gate(len(m.p.Atoms)+i))
	}
	known := len(m.p.Atoms) + len(m.p.Gates)
	m.asks(known)
	m.p.HeldIf = m.IntN(known)
	m.sets()
	for range size.Rows - 1 {
		m.p.Rows = append(m.p.Rows, table.Row{List: m.list(known, 5), Outcome: m.IntN(size.Outcomes), Offer: m.offer()})
	}
	m.p.Rows = append(m.p.Rows, table.Row{Outcome: m.IntN(size.Outcomes), Offer: m.offer()})
	known += size.Outcomes
	for i := range size.Posts {
		gate := m.gate(known + i)
		gate.Yes = append(gate.Yes[:len(gate.Yes)/2:len(gate.Yes)/2], known-1-m.IntN(size.Outcomes))
		m.p.Posts = append(m.p.Posts, gate)
	}
	known += size.Posts
	if m.IntN(4) > 0 {
		known = m.enough(size.Posts, known)
	}
	m.adds(size.Adds, known)
	m.names()
	return m.p
}

// enough makes a table Enough with `size` rows and a last row that always holds, and `size` conditions on its levels. `known`
// is the number of signals so far; the result is the new number.
func (m *maker) enough(size, known int) int {
	for range size {
		m.p.Enough = append(m.p.Enough, table.Fit{List: m.list(known, 4), Enough: table.Level(m.IntN(3))})
	}
	m.p.Enough = append(m.p.Enough, table.Fit{Enough: table.Level(m.IntN(3))})
	known += 3
	for i := range size {
		gate := m.gate(known + i)
		gate.No = append(gate.No[:len(gate.No)/2:len(gate.No)/2], known-1-m.IntN(3))
		m.p.Lasts = append(m.p.Lasts, gate)
	}
	return known + size
}

// asks makes the steps of the interview, mostly in the order of the inputs. Some inputs are asked at two steps, and some steps
// of sets ask again for more values.
func (m *maker) asks(known int) {
	for _, early := range []bool{true, false} {
		for _, input := range m.asked {
			if early && m.IntN(4) > 0 {
				continue
			}
			ask := table.Ask{Input: input, Again: m.p.Inputs[input].Kind == table.Several && m.IntN(3) == 0}
			if early || m.IntN(2) == 0 {
				ask.Guard = m.list(known, 2)
			}
			m.p.Asks = append(m.p.Asks, ask)
		}
	}
}

// values returns the number of values of a choice or set.
func values(in table.Input) int {
	if in.Kind == table.Choice {
		return int(in.Hi) + 1
	}
	return 31*(in.Slots-1) + bits.Len32(uint32(in.Hi))
}

func (m *maker) inputs(count int) {
	add := func(in table.Input, asked bool) {
		if in.Kind == table.Several || in.Kind == table.Choice {
			in.Values = values(in)
		}
		for range in.Slots {
			m.kinds = append(m.kinds, in.Kind)
			in.Told = append(in.Told, 0)
		}
		if asked {
			m.asked = append(m.asked, len(m.p.Inputs))
			if in.Values > 2 {
				in.Told[0] = m.Int32N(1<<(in.Values%31)) & m.Int32N(1<<(in.Values%31)) &^ 1
			}
		}
		m.p.Inputs = append(m.p.Inputs, in)
	}
	missing := table.Missing
	if m.IntN(2) == 0 {
		missing = 20500 // the day of the visit has a default
	}
	add(table.Input{Kind: table.Date, Slots: 1, Lo: -25567, Hi: 84370, Default: missing}, m.IntN(2) == 0)
	add(table.Input{Kind: table.Several, Slots: 1, Hi: 1<<18 - 1}, true)
	for len(m.p.Inputs) < count {
		ask := m.IntN(5) > 0
		switch m.IntN(8) {
		case 0:
			add(table.Input{Kind: table.Several, Slots: 1 + m.IntN(2), Hi: 1<<31 - 1}, ask)
		case 1:
			add(table.Input{Kind: table.Number, Slots: 1, Hi: 150, Default: m.Int32N(60)}, ask)
		case 2, 3, 4:
			specials := 1 + m.IntN(2)
			add(table.Input{Kind: table.Date, Slots: 1, Lo: -25567, Hi: 84370, Specials: specials, Default: table.Missing + 1}, ask)
		default:
			add(table.Input{Kind: table.Choice, Slots: 1, Hi: m.Int32N(12) + 1}, ask)
		}
	}
}

func (m *maker) terms(count int) {
	for slot, kind := range m.kinds {
		if kind == table.Date {
			m.p.Terms = append(m.p.Terms, table.Term{Op: table.InputDay, A: slot})
		}
	}
	for range 5 {
		m.p.Terms = append(m.p.Terms, table.Term{Op: table.ConstDay, N: 20000 + m.Int32N(1000)})
	}
	for len(m.p.Terms) < count {
		t := table.Term{Op: table.Months + table.TermOp(m.IntN(6)), A: 1 + m.IntN(len(m.p.Terms)-1)} // term 0 is the visit
		switch t.Op {
		case table.Earlier, table.Later:
			t.N = 1 + m.Int32N(int32(len(m.p.Terms)-1))
		case table.Months, table.MonthEnd:
			t.N = m.Int32N(14) - 7
		case table.Reaches:
			t.N = m.Int32N(3)
		case table.Shift:
			t.N = m.Int32N(400) - 200
		}
		m.p.Terms = append(m.p.Terms, t)
	}
}

func (m *maker) atoms(count int) {
	term := func() int { return 1 + m.IntN(len(m.p.Terms)-1) }
	for len(m.p.Atoms) < count {
		slot := 1 + m.IntN(len(m.kinds)-1)
		a := table.Atom{A: slot}
		switch m.kinds[slot] {
		case table.Several:
			a.Op, a.N = table.Bit, m.Int32N(18)
		case table.Choice:
			a.Op, a.N = table.In, m.Int32N(1<<13)
		case table.Number:
			a.Op, a.N = table.AtLeast, m.Int32N(80)
		default:
			a = table.Atom{Op: table.NotAfter, A: 0, B: term(), N: m.Int32N(9) - 4}
			switch m.IntN(4) {
			case 0:
				a.A, a.B = a.B, a.A
			case 1:
				a.A = term()
			case 2:
				a = table.Atom{Op: table.Is, A: slot, N: table.Missing + 1 + m.Int32N(2)}
			}
		}
		m.p.Atoms = append(m.p.Atoms, a)
	}
	slices.SortStableFunc(m.p.Atoms, func(a, b table.Atom) int { return cmp.Compare(b.Op/table.NotAfter, a.Op/table.NotAfter) })
}

// list makes a list of signals with numbers less than `known`. Usually it has at most `limit` signals, sometimes up to seven.
func (m *maker) list(known, limit int) table.List {
	var list table.List
	if m.IntN(6) == 0 {
		limit = 7
	}
	for range m.IntN(limit + 1) {
		s := m.IntN(known)
		if m.IntN(3) > 0 {
			s = known - 1 - m.IntN(min(known, 40))
		}
		if m.IntN(2) == 0 {
			list.Yes = append(list.Yes, s)
		} else {
			list.No = append(list.No, s)
		}
	}
	return list
}

func (m *maker) gate(number int) table.Gate {
	return table.Gate{List: m.list(number, 6), Invert: m.IntN(2) == 0}
}

func (m *maker) sets() {
	m.p.Sets = []int32{0}
	for range 30 {
		set := int32(1) << m.IntN(documents)
		if m.IntN(3) == 0 {
			set |= 1 << m.IntN(documents)
		}
		m.p.Sets = append(m.p.Sets, set)
	}
	m.p.Offers = [][]int{{}, {0}}
	for range 10 {
		var offer []int
		for range 1 + m.IntN(3) {
			offer = append(offer, m.IntN(len(m.p.Sets)))
		}
		m.p.Offers = append(m.p.Offers, offer)
	}
}

// offer picks the alternatives of a row: often no alternative, so that the additive stage may offer the first one.
func (m *maker) offer() int {
	if m.IntN(3) == 0 {
		return 0
	}
	return m.IntN(len(m.p.Offers))
}

func (m *maker) adds(count, known int) {
	for range count {
		add := table.Add{List: m.list(known, 4)}
		for range 1 + m.IntN(3) {
			effect := table.Effect{Kind: table.Tell, A: m.IntN(m.p.Notes)}
			if m.IntN(3) == 0 {
				effect = table.Effect{Kind: table.Or + table.EffectKind(m.IntN(4)), A: m.IntN(len(m.p.Sets))}
			}
			if effect.Kind == table.With {
				effect.B = m.IntN(len(m.p.Sets))
			}
			add.Effects = append(add.Effects, effect)
		}
		m.p.Adds = append(m.p.Adds, add)
	}
}

// names gives everything an id.
func (m *maker) names() {
	numbered := func(prefix string, count int) []string {
		list := make([]string, count)
		for i := range list {
			list[i] = fmt.Sprint(prefix, i)
		}
		return list
	}
	n := &m.p.Names
	n.Rows, n.Adds = numbered("row_", len(m.p.Rows)), numbered("add_", len(m.p.Adds))
	n.Outcomes, n.Notes, n.Documents = numbered("outcome_", m.p.Outcomes), numbered("note_", m.p.Notes), numbered("document_", documents)
	for i := range n.Rows {
		n.RowSources = append(n.RowSources, numbered("source_", i%3))
	}
	n.Signals = numbered("signal_", m.p.Signals())
	for i, in := range m.p.Inputs {
		values := int(in.Hi) + 1
		switch in.Kind {
		case table.Several:
			values = min(18, 31*in.Slots)
		case table.Date:
			values = in.Specials
		case table.Number:
			values = 0
		}
		names := table.InputNames{ID: fmt.Sprint("input_", i), Values: numbered(fmt.Sprint("value_", i, "_"), values), Unknown: m.IntN(values+1) - 1}
		n.Inputs = append(n.Inputs, names)
	}
}
