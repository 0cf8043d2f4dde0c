package rules

import "sitegen/internal/table"

// twice is what visitors are told by the answers that they were asked for, and what by all of theirs.
type twice struct {
	*talk
	some, all *model
	broken    bdd // who is told otherwise than they should be
}

// compare answers everybody twice, and finds who gets another Enough, or first an alternative that is not among those of
// all their answers.
func (t *talk) compare() *twice {
	b := &twice{talk: t, some: t.emptyModel(0, nil), all: t.emptyModel(0, nil)}
	for i := range t.p.Atoms {
		b.some.signal[i], b.all.signal[i] = t.simplify(t.value(i), t.people), t.own[i]
	}
	b.some.answer()
	b.all.answer()
	for level := range b.all.enough {
		b.broken = t.or(b.broken, t.xor(b.some.enough[level], b.all.enough[level]))
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

// offeredTo returns to whom a value of an input is offered at some step.
func (b *twice) offeredTo(input, value int) bdd {
	f := never
	for k, ask := range b.p.Asks {
		switch kind := b.p.Inputs[input].Kind; {
		case ask.Input != input:
		case kind == table.Choice || kind == table.Several:
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
		if other == c || x.kind == table.Choice && other != x.usual {
			continue
		}
		here := who
		if x.kind == table.Date {
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
