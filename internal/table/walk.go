package table

import "slices"

// A Walk is the interview of one visitor, who states the circumstances unasked and otherwise answers only what [Program.Next]
// asks.
type Walk struct {
	Program *Program
	Visitor []int32                     // all the answers that the visitor would give
	Names   func(input, value int) bool // for a set that is asked again: whether the visitor would name this value first
	Raw     []int32                     // what is answered so far
	Open    []int32                     // for sets: the values that are not answered yet
}

// Walk begins an interview. If a set can be asked again, the visitor names only one value at first: the first that the visitor
// has and the question offers.
func (p *Program) Walk(visitor []int32) *Walk {
	w := &Walk{Program: p, Visitor: visitor, Raw: p.Unanswered(), Open: make([]int32, p.Slots()), Names: func(int, int) bool { return true }}
	slot := 0
	for i := range p.Inputs {
		in := &p.Inputs[i]
		asked := p.IsAsked(i)
		for k := range in.Slots {
			own := w.Own(slot, i)
			switch {
			case slot == p.Visit || p.Names.Inputs[i].Policy:
				w.Raw[slot] = visitor[slot]
			case in.Kind == Several:
				if own &= in.Told[k]; own != 0 || !asked {
					w.Raw[slot] = own
				}
				w.Open[slot] = in.Untold(k)
			case in.Kind == Choice && in.Told[k]>>own&1 != 0:
				w.Raw[slot] = own
			}
			slot++
		}
	}
	w.complete()
	return w
}

// complete sets the Missing slots of a set to 0 if one of its slots is answered.
func (w *Walk) complete() {
	slot := 0
	for i := range w.Program.Inputs {
		slots := w.Raw[slot : slot+w.Program.Inputs[i].Slots]
		if len(slots) > 1 && slices.ContainsFunc(slots, func(bits int32) bool { return bits != Missing }) {
			for k := range slots {
				slots[k] = max(slots[k], 0)
			}
		}
		slot += len(slots)
	}
}

// Own returns the visitor's answer in a slot, or the default.
func (w *Walk) Own(slot, input int) int32 {
	return w.Program.Inputs[input].Or(w.Visitor[slot])
}

// Next returns the next question.
func (w *Walk) Next() Question { return w.Program.Next(w.Raw, w.Open) }

// Answer gives the visitor's answer to a question. Of a set it gives only the values that the question offers, and only one
// value at first if the set can be asked again. It replaces a choice that the question does not offer by the default.
func (w *Walk) Answer(q Question) {
	in, slot := &w.Program.Inputs[q.Input], w.Program.Slot(q.Input)
	switch own := w.Own(slot, q.Input); {
	case in.Kind == Several && !q.Again && w.Program.IsAskedAgain(q.Input):
		w.nameFirst(q)
	case in.Kind == Several:
		for k := range in.Slots {
			w.Raw[slot+k] = max(w.Raw[slot+k], 0) | w.Own(slot+k, q.Input)&w.Open[slot+k]&q.Values[k]
			w.Open[slot+k] = 0
		}
	case in.Kind == Choice && q.Values[0]>>own&1 == 0:
		w.Raw[slot] = in.Default
	default:
		w.Raw[slot] = own
	}
}

// nameFirst names the first value that the visitor has, the question offers and Names allows. If Names allows none of them,
// it names the first value that the visitor has and the question offers. If there is no such value either, no value of the
// set stays open.
func (w *Walk) nameFirst(q Question) {
	in, slot := &w.Program.Inputs[q.Input], w.Program.Slot(q.Input)
	first := -1
	for value := range in.Values {
		k, bit := value/31, int32(1)<<(value%31)
		mine := w.Own(slot+k, q.Input)&w.Open[slot+k]&q.Values[k]&bit != 0
		if mine && w.Names(q.Input, value) {
			first = value
			break
		}
		if mine && first < 0 {
			first = value
		}
	}
	for k := range in.Slots {
		if w.Raw[slot+k] = max(w.Raw[slot+k], 0); first < 0 {
			w.Open[slot+k] = 0
		}
	}
	if first >= 0 {
		k, bit := first/31, int32(1)<<(first%31)
		w.Raw[slot+k] |= bit
		w.Open[slot+k] &^= bit
	}
}

// Interview asks a visitor question after question. It returns the answers and the inputs that were asked, in the order of the
// questions. Inputs that no step asks get the visitor's answers, except for the input with the index `left`: it stays
// unanswered. If `left` is -1, there is no exception.
func (p *Program) Interview(visitor []int32, left int) (raw []int32, asked []int) {
	w := p.Walk(visitor)
	for i := range p.Inputs {
		if !p.IsAsked(i) && i != left {
			slot := p.Slot(i)
			copy(w.Raw[slot:slot+p.Inputs[i].Slots], visitor[slot:])
		}
	}
	for q := w.Next(); q.Input >= 0; q = w.Next() {
		asked = append(asked, q.Input)
		w.Answer(q)
	}
	return w.Raw, asked
}
