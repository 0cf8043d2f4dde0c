package rules

import (
	"slices"
	"strings"

	"sitegen/internal/diag"
)

// heard is an interview that has ended.
type heard struct {
	*walk
	asked     []string
	some, all Output
}

// toTheEnd asks a visitor all there is to ask.
func (w *walk) toTheEnd(s *Set) *heard {
	h := &heard{walk: w}
	for q := w.next(); q.Input >= 0; q = w.next() {
		w.answer(q)
		h.asked = append(h.asked, s.inputs[q.Input].id)
	}
	h.some, h.all = w.p.Decide(w.raw), w.p.Decide(w.visitor)
	return h
}

// diagnostic tells who is told otherwise than they should be. It stands at the question that was not asked, or not again.
func (h *heard) diagnostic(s *Set) diag.Diagnostic {
	in := s.inputs[h.missing()]
	at := in.place
	for _, a := range s.asks {
		if a.input == in {
			at = a.place
		}
	}
	some, all := s.Program.short(h.some), s.Program.short(h.all)
	return at.at("rule-interview", s.describe(h.visitor), strings.Join(h.asked, ", "), s.wording(some, gets{}), s.wording(all, gets{}), in.id)
}

// missing returns the input that should have been asked: the first whose answer alone makes good what is wrong; where
// several are needed, the first of those that are, so that no other would do instead.
func (h *heard) missing() int {
	open := h.unknown()
	for _, input := range open {
		if h.wouldDo([]int{input}) {
			return input
		}
	}
	needed := open
	for _, input := range slices.Backward(open) {
		without := slices.DeleteFunc(slices.Clone(needed), func(i int) bool { return i == input })
		if h.wouldDo(without) {
			needed = without
		}
	}
	return needed[0]
}

// unknown returns the inputs of which the visitor would answer something else than is known, or stands where nothing is.
func (h *heard) unknown() []int {
	var list []int
	for i := range h.p.Inputs {
		in, slot := &h.p.Inputs[i], h.p.Slot(i)
		for k := slot; k < slot+in.Slots; k++ {
			known := h.raw[k]
			if known == Missing {
				known = in.Default
			}
			if known != h.own(k, i) {
				list = append(list, i)
				break
			}
		}
	}
	return list
}

// wouldDo reports whether the visitor would be told what they should be, had they also answered some inputs.
func (h *heard) wouldDo(inputs []int) bool {
	raw := slices.Clone(h.raw)
	for _, i := range inputs {
		slot := h.p.Slot(i)
		copy(raw[slot:slot+h.p.Inputs[i].Slots], h.visitor[slot:])
	}
	out := h.p.Decide(raw)
	return out.Bad < 0 && h.p.asGood(out, h.all)
}

// asGood reports whether somebody who answers some questions is told what they should be told.
func (p *Program) asGood(some, all Output) bool {
	switch {
	case some.Enough != all.Enough, len(p.Enough) == 0 && some.Outcome != all.Outcome:
		return false
	case len(some.Bring) == 0:
		return len(all.Bring) == 0
	}
	return slices.Contains(all.Bring, some.Bring[0])
}
