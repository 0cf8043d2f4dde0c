package rules

import (
	"sitegen/internal/bdd"
	"sitegen/internal/table"
)

// twice is what visitors are told by the answers that they were asked for, and what by all of theirs.
type twice struct {
	*talk
	some, all *model
	broken    bdd.Func // who is told otherwise than they should be
}

// compare answers everybody twice, and finds who gets another Enough, or first an alternative that is not among those of
// all their answers.
func (t *talk) compare() *twice {
	b := &twice{talk: t, some: t.emptyModel(0, nil), all: t.emptyModel(0, nil)}
	for i := range t.p.Atoms {
		b.some.signal[i], b.all.signal[i] = t.Simplify(t.value(i), t.people), t.own[i]
	}
	b.some.answer()
	b.all.answer()
	for level := range b.all.enough {
		b.broken = t.Or(b.broken, t.Xor(b.some.enough[level], b.all.enough[level]))
	}
	b.broken = t.And(t.people, t.Or(b.broken, b.otherFirst()))
	return b
}

// otherFirst returns who is offered first what all their answers do not offer at all.
func (b *twice) otherFirst() bdd.Func {
	offered := map[int32]bdd.Func{}
	for _, set := range b.all.sets {
		for _, s := range b.all.supplements(set, b.And(b.people, b.all.has[set])) {
			offered[s.set] = b.Or(offered[s.set], s.who)
		}
	}
	other := b.Without(b.some.nothing, b.all.nothing)
	for _, set := range b.some.sets {
		for _, s := range b.some.supplements(set, b.And(b.people, b.some.firstIs[set])) {
			other = b.Or(other, b.Without(s.who, offered[s.set]))
		}
	}
	return other
}

// offeredTo returns to whom a value of an input is offered at some step.
func (b *twice) offeredTo(input, value int) bdd.Func {
	f := bdd.Never
	for k, ask := range b.p.Asks {
		switch kind := b.p.Inputs[input].Kind; {
		case ask.Input != input:
		case kind == table.Choice || kind == table.Several:
			f = b.Or(f, b.shown[k][value])
		default:
			f = b.Or(f, b.asked[k])
		}
	}
	return f
}

// matters reports whether a class of a variable makes a difference to some: of a choice or set to the default, of a date
// or number to any other class.
func (b *twice) matters(x *variable, c int, who bdd.Func, parts []bdd.Func) bool {
	if who = b.with(who, x, c); who == bdd.Never {
		return false
	}
	for other := range x.classes {
		if other == c || x.kind == table.Choice && other != x.usual {
			continue
		}
		here := who
		if x.kind == table.Date {
			here = b.And(here, b.with(b.possible, x, other))
		}
		for _, f := range parts {
			if b.And(here, b.Xor(b.with(f, x, c), b.with(f, x, other))) != bdd.Never {
				return true
			}
		}
	}
	return false
}
