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

// missing returns the input that should have been asked: the first whose answer alone makes good what is wrong, else the
// first whose answer is not known.
func (h *heard) missing() int {
	first := -1
	for i := range h.p.Inputs {
		raw, slot := slices.Clone(h.raw), h.p.Slot(i)
		copy(raw[slot:slot+h.p.Inputs[i].Slots], h.visitor[slot:])
		if slices.Equal(raw, h.raw) {
			continue
		}
		if out := h.p.Decide(raw); out.Bad < 0 && h.p.asGood(out, h.all) {
			return i
		}
		if first < 0 {
			first = i
		}
	}
	return max(first, 0)
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
