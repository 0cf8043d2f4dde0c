package prove

import (
	"slices"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/explain"
	"sitegen/internal/rules"
	"sitegen/internal/table"
)

// heard is a finished interview.
type heard struct {
	*table.Walk
	asked     []string     // the ids of the inputs asked, in the order of asking; an id may occur twice
	some, all table.Output // `some`: the decision from the answers given; `all`: the decision from all answers of the visitor
}

// toTheEnd asks a visitor questions until none is left.
func toTheEnd(w *table.Walk, s *rules.Set) *heard {
	h := &heard{Walk: w}
	for q := w.Next(); q.Input >= 0; q = w.Next() {
		w.Answer(q)
		h.asked = append(h.asked, s.Inputs[q.Input].ID)
	}
	h.some, h.all = w.Program.Decide(w.Raw), w.Program.Decide(w.Visitor)
	return h
}

// diagnostic reports a visitor whose decision from the answers given is not as good as the decision from all answers. The
// finding is at the last step that asks for the missing input: the one that was not asked, or not asked again.
func (h *heard) diagnostic(s *rules.Set) diag.Diagnostic {
	in := s.Inputs[h.missing()]
	at := in.Place
	for _, a := range s.Asks {
		if a.Input == in {
			at = a.Place
		}
	}
	some, all := explain.VerdictOf(s.Program, h.some), explain.VerdictOf(s.Program, h.all)
	return at.At("rule-interview", explain.Who(s, h.Visitor), strings.Join(h.asked, ", "), explain.Wording(s, some, explain.Answer{}), explain.Wording(s, all, explain.Answer{}), in.ID)
}

// missing returns the input that should have been asked: the first whose answer alone would lead to the right decision. If
// several are needed together, it returns the first of a minimal group of them.
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

// unknown returns the inputs for which the interview does not have the visitor's own answer: the answer that was given, or else
// the default, differs from it.
func (h *heard) unknown() []int {
	var list []int
	for i := range h.Program.Inputs {
		in, slot := &h.Program.Inputs[i], h.Program.Slot(i)
		for k := slot; k < slot+in.Slots; k++ {
			known := h.Raw[k]
			if known == table.Missing {
				known = in.Default
			}
			if known != h.Own(k, i) {
				list = append(list, i)
				break
			}
		}
	}
	return list
}

// wouldDo reports whether the decision would be as good as that from all answers (see asGood) if the visitor answered the given
// inputs too.
func (h *heard) wouldDo(inputs []int) bool {
	raw := slices.Clone(h.Raw)
	for _, i := range inputs {
		slot := h.Program.Slot(i)
		copy(raw[slot:slot+h.Program.Inputs[i].Slots], h.Visitor[slot:])
	}
	out := h.Program.Decide(raw)
	return out.Bad < 0 && asGood(h.Program, out, h.all)
}

// asGood reports whether the decision from some answers (`some`) is as good as the decision from all answers (`all`). It must
// have the same Enough or, if there is no table Enough, the same outcome. Its first alternative must be among the alternatives
// from all answers. If it has no alternative, the decision from all answers must have none either.
func asGood(p *table.Program, some, all table.Output) bool {
	switch {
	case some.Enough != all.Enough, len(p.Enough) == 0 && some.Outcome != all.Outcome:
		return false
	case len(some.Bring) == 0:
		return len(all.Bring) == 0
	}
	return slices.Contains(all.Bring, some.Bring[0])
}
