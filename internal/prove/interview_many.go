package prove

import (
	"slices"

	"sitegen/internal/bdd"
	"sitegen/internal/explain"
	"sitegen/internal/rules"
	"sitegen/internal/space"
	"sitegen/internal/table"
)

// inParts proves the interview in parts. A part has the people who name the same value of the set first, or no value. It tries
// about eight parts, each with an eighth of the limit on nodes, and leaves out those whose proofs grow too large.
func (h *hearing) inParts() {
	h.report.Proven, h.found = 0, nil
	input := askedAgain(h.s.Program)
	if input < 0 {
		return
	}
	each := h.most / 8
	for first := range min(h.s.Program.Inputs[input].Values+1, h.most/each) {
		proven, found := h.report.Proven, len(h.found)
		if !h.prove(each, input, first) {
			h.report.Proven, h.found = proven, h.found[:found]
		}
	}
}

// askedAgain returns the index of the first input that is asked again, which is always a set, or -1.
func askedAgain(p *table.Program) int {
	i := slices.IndexFunc(p.Asks, func(a table.Ask) bool { return a.Again })
	if i < 0 {
		return -1
	}
	return p.Asks[i].Input
}

// interviewMany interviews single people: somebody for every edge of the diagrams, and people on both sides of every comparison
// of days or numbers. It interviews each of them once for every value that they may name first.
func (h *hearing) interviewMany() {
	m := space.New(h.s.Ended, h.s.Checked).Model(0)
	impossible := bdd.Never
	for _, c := range h.s.Contradictions {
		impossible = m.Or(impossible, allHold(m, h.s, c.When))
	}
	functions := append([][]bdd.Func{m.Reach, m.Fits}, m.Fires...)
	witnesses := m.EdgeWitnesses(slices.Concat(functions...))
	test := table.NewMachine(h.s.Checked)
	for _, visitor := range space.Unrepeated(witnesses, space.Around(h.s.Program, m.RowWitnesses())) {
		if test.Load(visitor) >= 0 || contradicts(h.s, test) {
			continue
		}
		h.report.Witnesses++
		for _, first := range firstNamed(h.s.Program, visitor) {
			w := h.s.Program.Walk(visitor)
			w.Names = func(_, value int) bool { return value == first }
			if told := toTheEnd(w, h.s); len(h.found) < explain.MostTold && !asGood(h.s.Program, told.some, told.all) {
				h.found = append(h.found, told.diagnostic(h.s))
			}
		}
	}
}

// contradicts reports whether the loaded answers contradict each other, so that nobody gives them.
func contradicts(s *rules.Set, m *table.Machine) bool {
	m.Conditions()
	return slices.ContainsFunc(s.Contradictions, func(c *rules.Row) bool { return s.RowHolds(m, c) })
}

// firstNamed returns the values that a visitor may name first when the interview asks for a set: each value that they hold, or
// -1 if they hold none.
func firstNamed(p *table.Program, visitor []int32) []int {
	var list []int
	for input := range p.Inputs {
		if !p.IsAskedAgain(input) {
			continue
		}
		for value := range p.Inputs[input].Values {
			if bits := visitor[p.Slot(input)+value/31]; bits != table.Missing && bits>>(value%31)&1 != 0 {
				list = append(list, value)
			}
		}
	}
	if len(list) == 0 {
		list = []int{-1}
	}
	return list
}
