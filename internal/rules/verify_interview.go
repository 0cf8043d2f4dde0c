package rules

import (
	"cmp"
	"slices"
	"strings"

	"sitegen/internal/diag"
)

// checkInterview proves that visitors who answer what they are asked, and nothing more, are told what they would be told
// if they answered everything: the same Enough, and first an alternative that is among those of all answers. Then it looks
// for values that are offered to nobody for whom they matter.
func (v *verifier) checkInterview() {
	t := v.s.talk()
	t.run()
	both := t.compare()
	v.tellBreaks(both)
	v.checkOffered(both)
}

// talk returns the interview of everybody but those who contradict themselves.
func (s *Set) talk() *talk {
	t := newTalk(s.checked.p)
	m := t.emptyModel(0, nil)
	copy(m.signal, t.own)
	m.gates(m.p.firstGate(), m.p.Gates)
	for _, c := range s.contradictions {
		t.people = t.without(t.people, m.all(s, c.when))
	}
	return t
}

// twice is what visitors are told by the answers that they were asked for, and what by all of theirs.
type twice struct {
	*talk
	some, all *model
	broken    bdd // who is told otherwise than they should be
}

// compare answers everybody twice, and finds who gets another Enough (or, of rules without such a table, another outcome),
// or first an alternative that is not among those of all their answers.
func (t *talk) compare() *twice {
	b := &twice{talk: t, some: t.emptyModel(0, nil), all: t.emptyModel(0, nil)}
	for i := range t.p.Atoms {
		b.some.signal[i], b.all.signal[i] = t.simplify(t.value(i), t.people), t.own[i]
	}
	b.some.answer()
	b.all.answer()
	some, all := b.some.enough, b.all.enough
	if len(t.p.Enough) == 0 {
		some, all = b.some.outcome, b.all.outcome
	}
	for i := range all {
		b.broken = t.or(b.broken, t.xor(some[i], all[i]))
	}
	b.broken = t.and(t.people, t.or(b.broken, b.otherFirst()))
	return b
}

// otherFirst returns who is offered first what all their answers do not offer at all.
func (b *twice) otherFirst() bdd {
	offered := map[int32]bdd{}
	for _, set := range b.all.sets {
		for _, s := range b.all.supplements(set, b.and(b.people, b.all.has[set])) {
			offered[s.set] = b.or(offered[s.set], s.who)
		}
	}
	other := b.without(b.some.nothing, b.all.nothing)
	for _, set := range b.some.sets {
		for _, s := range b.some.supplements(set, b.and(b.people, b.some.firstIs[set])) {
			other = b.or(other, b.without(s.who, offered[s.set]))
		}
	}
	return other
}

// tellBreaks tells of somebody in each of a few groups who are told otherwise than they should be: those between the same
// rows.
func (v *verifier) tellBreaks(b *twice) {
	left := b.broken
	for range mostTold {
		if left == never {
			return
		}
		chosen := b.pick(left)
		w := v.s.Program.walk(b.all.visitor(chosen))
		w.names = func(input, value int) bool { return b.papers[input] == nil || chosen[b.papers[input]] == value+1 }
		told := w.toTheEnd(v.s)
		v.report(told.diagnostic(v.s))
		left = b.without(left, b.and(b.some.reach[told.some.Row], b.all.reach[told.all.Row]))
	}
	if left != never {
		v.report(v.s.asks[0].place.at("rule-interview-more", Percent(b.share(left)/b.share(b.people))))
	}
}

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
	h.some, h.all = w.p.Run(w.raw), w.p.Run(w.visitor)
	return h
}

// diagnostic tells who is told otherwise than they should be. It stands at the question that was not asked.
func (h *heard) diagnostic(s *Set) diag.Diagnostic {
	in := s.inputs[h.missing()]
	at := in.place
	if i := slices.IndexFunc(s.asks, func(a *ask) bool { return a.input == in }); i >= 0 {
		at = s.asks[i].place
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
		if out := h.p.Run(raw); out.Bad < 0 && h.p.asGood(out, h.all) {
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

// checkOffered reports the values of questions that are offered to nobody to whom they make a difference.
func (v *verifier) checkOffered(b *twice) {
	parts := b.all.parts()
	slices.Sort(parts)
	parts = slices.Compact(parts)
	for i, in := range v.s.inputs {
		if !in.asked {
			continue
		}
		var useless []*word
		useful := map[*word]bool{} // a word of a date is several classes, and one of them is enough
		for _, x := range b.byInput[in.id] {
			for c, class := range x.classes {
				w := wordNamed(append(slices.Clone(in.values), in.specials...), cmp.Or(class.name, x.member))
				if w == nil || in.isTold(w) || x.kind == Choice && c == x.usual || x.kind == Several && class.value == 0 {
					continue
				}
				if b.matters(x, c, b.and(b.is(x, c), b.offeredTo(i, w.index)), parts) {
					useful[w] = true
				} else {
					useless = append(useless, w)
				}
			}
		}
		for _, w := range slices.Compact(useless) {
			if !useful[w] {
				v.report(w.place.at("rule-value-unoffered", in.id, w.id))
			}
		}
	}
}

// isTold reports whether a value is told unasked.
func (in *input) isTold(w *word) bool { return slices.Contains(in.tells, w) }

// offeredTo returns to whom a value of an input is offered at some step.
func (b *twice) offeredTo(input, value int) bdd {
	f := never
	for k, ask := range b.p.Asks {
		switch kind := b.p.Inputs[input].Kind; {
		case ask.Input != input:
		case kind == Choice || kind == Several:
			f = b.or(f, b.shown[k][value])
		default:
			f = b.or(f, b.asked[k])
		}
	}
	return f
}

// matters reports whether a class of a variable makes a difference to some: of a choice or set to the default, of a date
// or number to any other class.
func (b *twice) matters(x *variable, c int, who bdd, parts []bdd) bool {
	if who = b.with(who, x, c); who == never {
		return false
	}
	for other := range x.classes {
		if other == c || x.kind == Choice && other != x.usual {
			continue
		}
		here := who
		if x.kind == Date {
			here = b.and(here, b.with(b.possible, x, other))
		}
		for _, f := range parts {
			if b.and(here, b.xor(b.with(f, x, c), b.with(f, x, other))) != never {
				return true
			}
		}
	}
	return false
}
