package table

import (
	"slices"
	"strconv"
)

// Slot returns the first slot of an input.
func (p *Program) Slot(input int) int {
	slot := 0
	for i := range input {
		slot += p.Inputs[i].Slots
	}
	return slot
}

// InputOf returns the input that a slot belongs to.
func (p *Program) InputOf(slot int) int {
	for i := range p.Inputs {
		if slot -= p.Inputs[i].Slots; slot < 0 {
			return i
		}
	}
	panic("BUG: no such slot")
}

// InputNamed returns the index of the input with an id, or -1.
func (p *Program) InputNamed(id string) int {
	return slices.IndexFunc(p.Names.Inputs, func(n InputNames) bool { return n.ID == id })
}

// Unanswered returns an answer vector in which every slot is Missing.
func (p *Program) Unanswered() []int32 { return Unanswered(p.Slots()) }

// Unanswered returns n raw values, all of them Missing.
func Unanswered(n int) []int32 {
	raw := make([]int32, n)
	for i := range raw {
		raw[i] = Missing
	}
	return raw
}

// Or returns `raw`, or the default of the input if `raw` is Missing.
func (in *Input) Or(raw int32) int32 {
	if raw == Missing {
		return in.Default
	}
	return raw
}

// HasValue reports whether a value of a set is among its slots. A Missing slot has no values.
func HasValue(slots []int32, value int) bool { return max(slots[value/31], 0)>>(value%31)&1 != 0 }

// ValueID returns the answer to a choice, date or number as people write it in files: the id of a value, a day as
// YYYY-MM-DD, or a number. It returns "" for Missing and for sets (see SetIDs).
func (p *Program) ValueID(input int, raw int32) string {
	in, values := &p.Inputs[input], p.Names.Inputs[input].Values
	switch {
	case raw == Missing || in.Kind == Several:
		return ""
	case in.Kind == Choice:
		return values[raw]
	case raw < FirstDay:
		return values[raw-Missing-1]
	case in.Kind == Date:
		return DayText(raw)
	}
	return strconv.Itoa(int(raw))
}

// SetIDs returns the ids of the values that a set has in the answer vector `raw`, in the order of the input's values. The list
// may be empty, but is not nil.
func (p *Program) SetIDs(input int, raw []int32) []string {
	list, first := []string{}, p.Slot(input)
	for value, id := range p.Names.Inputs[input].Values {
		if HasValue(raw[first:], value) {
			list = append(list, id)
		}
	}
	return list
}

// IsAskedAgain reports whether a step asks for more values of a set after one was named. The first step for that set then asks
// for only one value.
func (p *Program) IsAskedAgain(input int) bool {
	return slices.ContainsFunc(p.Asks, func(a Ask) bool { return a.Input == input && a.Again })
}

// Untold returns, as bits, the values in a slot of the input that are not told unasked.
func (in *Input) Untold(slot int) int32 { return in.All(slot) &^ in.Told[slot] }

// Mentions reports whether l refers to a signal s for which `of[s]` is true.
func (l *List) Mentions(of []bool) bool {
	is := func(s int) bool { return of[s] }
	return slices.ContainsFunc(l.Yes, is) || slices.ContainsFunc(l.No, is)
}

// DocumentsIn returns the ids of the documents in a bit mask.
func (n *Names) DocumentsIn(mask int32) []string {
	list := []string{}
	for i, id := range n.Documents {
		if mask>>i&1 != 0 {
			list = append(list, id)
		}
	}
	return list
}

// TermSlot returns the slot on which a term depends, or -1 if it is constant. A term never depends on two slots.
func (p *Program) TermSlot(term int) int {
	t := p.Terms[term]
	switch t.Op {
	case InputDay:
		return t.A
	case ConstDay:
		return -1
	case Earlier, Later:
		return max(p.TermSlot(t.A), p.TermSlot(int(t.N)))
	}
	return p.TermSlot(t.A)
}

// InputTested returns the input that an atom tests. For a date comparison it is the input compared with the visit, or the
// visit itself.
func (p *Program) InputTested(atom int) int {
	a := &p.Atoms[atom]
	slot := a.A
	if a.Op == NotAfter {
		if slot = max(p.OtherSlot(a.A), p.OtherSlot(a.B)); slot < 0 {
			slot = p.Visit
		}
	}
	return p.InputOf(slot)
}

// OtherSlot returns the slot that a term depends on, or -1 if it is a constant or depends on the visit.
func (p *Program) OtherSlot(term int) int {
	if slot := p.TermSlot(term); slot != p.Visit {
		return slot
	}
	return -1
}

// IsSecret reports whether raw answers contain a value that no list offers.
func (p *Program) IsSecret(raw []int32) bool {
	for input, names := range p.Names.Inputs {
		if p.Answers(raw, Among{input, names.Secret}) {
			return true
		}
	}
	return false
}
