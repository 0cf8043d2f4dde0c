package rules

import "slices"

// A walk is the interview of one visitor, who tells the circumstances unasked and answers nothing but what
// [Program.Next] asks.
type walk struct {
	p       *Program
	visitor []int32                     // all the answers that the visitor would give
	names   func(input, value int) bool // of a set that is asked again: whether a value that is held may be named first
	raw     []int32                     // what is answered so far
	open    []int32                     // of sets: what is not
}

// walk begins an interview. Of a set that is asked again, a visitor names the first value of those that are offered.
func (p *Program) walk(visitor []int32) *walk {
	w := &walk{p: p, visitor: visitor, raw: p.Unanswered(), open: make([]int32, p.slots()), names: func(int, int) bool { return true }}
	slot := 0
	for i := range p.Inputs {
		in := &p.Inputs[i]
		asked := p.asks(i)
		for k := range in.Slots {
			own := w.own(slot, i)
			switch {
			case slot == p.Visit || p.Names.Inputs[i].Policy:
				w.raw[slot] = visitor[slot]
			case in.Kind == Several:
				if own &= in.Told[k]; own != 0 || !asked {
					w.raw[slot] = own
				}
				w.open[slot] = in.All(k) &^ in.Told[k]
			case in.Kind == Choice && in.Told[k]>>own&1 != 0:
				w.raw[slot] = own
			}
			slot++
		}
	}
	w.complete()
	return w
}

// complete fills in the slots of a set of which another is answered.
func (w *walk) complete() {
	slot := 0
	for i := range w.p.Inputs {
		slots := w.raw[slot : slot+w.p.Inputs[i].Slots]
		if len(slots) > 1 && slices.ContainsFunc(slots, func(bits int32) bool { return bits != Missing }) {
			for k := range slots {
				slots[k] = max(slots[k], 0)
			}
		}
		slot += len(slots)
	}
}

// own returns the visitor's answer in a slot, the default where there is none.
func (w *walk) own(slot, input int) int32 {
	if w.visitor[slot] == Missing {
		return w.p.Inputs[input].Default
	}
	return w.visitor[slot]
}

// next returns the question that is asked next.
func (w *walk) next() Question { return w.p.Next(w.raw, w.open) }

// answer answers a question as the visitor would, of what it offers.
func (w *walk) answer(q Question) {
	in, slot := &w.p.Inputs[q.Input], w.p.Slot(q.Input)
	switch own := w.own(slot, q.Input); {
	case in.Kind == Several && !q.Again && w.p.askedAgain(q.Input):
		w.nameFirst(q)
	case in.Kind == Several:
		for k := range in.Slots {
			w.raw[slot+k] = max(w.raw[slot+k], 0) | w.own(slot+k, q.Input)&w.open[slot+k]&q.Values[k]
			w.open[slot+k] = 0
		}
	case in.Kind == Choice && q.Values[0]>>own&1 == 0:
		w.raw[slot] = in.Default
	default:
		w.raw[slot] = own
	}
}

// nameFirst names one value of those that are offered, or none where none is held. Who would name something that is not
// offered names the first that is.
func (w *walk) nameFirst(q Question) {
	in, slot := &w.p.Inputs[q.Input], w.p.Slot(q.Input)
	first := -1
	for value := range in.Values {
		k, bit := value/31, int32(1)<<(value%31)
		mine := w.own(slot+k, q.Input)&w.open[slot+k]&q.Values[k]&bit != 0
		if mine && w.names(q.Input, value) {
			first = value
			break
		}
		if mine && first < 0 {
			first = value
		}
	}
	for k := range in.Slots {
		if w.raw[slot+k] = max(w.raw[slot+k], 0); first < 0 {
			w.open[slot+k] = 0
		}
	}
	if first >= 0 {
		k, bit := first/31, int32(1)<<(first%31)
		w.raw[slot+k] |= bit
		w.open[slot+k] &^= bit
	}
}

// interview asks a visitor question after question, and returns what was answered, and which inputs were asked. Answers
// to what is never asked are the visitor's, but for those to the input that is left out (-1: none).
func (p *Program) interview(visitor []int32, left int) (raw []int32, asked []int) {
	w := p.walk(visitor)
	for i := range p.Inputs {
		if !p.asks(i) && i != left {
			slot := p.Slot(i)
			copy(w.raw[slot:slot+p.Inputs[i].Slots], visitor[slot:])
		}
	}
	for q := w.next(); q.Input >= 0; q = w.next() {
		asked = append(asked, q.Input)
		w.answer(q)
	}
	return w.raw, asked
}
