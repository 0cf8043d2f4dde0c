package prove

import (
	"sitegen/internal/bdd"
	"sitegen/internal/space"
	"sitegen/internal/table"
)

// twice compares, for everybody, the decision from the answers asked for with the decision from all answers.
type twice struct {
	*symbolicInterview
	some, all *space.Model
	broken    bdd.Func // the people who are not told what they should be told
}

// compare decides twice for everybody: from the answers asked for, and from all answers. The field `broken` of the result has the
// people for whom Enough differs, or whom otherFirst returns.
func (t *symbolicInterview) compare() *twice {
	known := make([]bdd.Func, len(t.p.Atoms))
	for i := range known {
		known[i] = t.Simplify(t.value(i), t.people)
	}
	b := &twice{symbolicInterview: t, some: t.Conditions(0, known), all: t.Conditions(0, t.own)}
	b.some.Answer()
	b.all.Answer()
	for level := range b.all.Enough {
		b.broken = t.Or(b.broken, t.Xor(b.some.Enough[level], b.all.Enough[level]))
	}
	b.broken = t.And(t.people, t.Or(b.broken, b.otherFirst()))
	return b
}

// otherFirst returns the people for whom the first alternative by the answers asked for is not among the alternatives by all
// answers. This includes people to whom the first decision offers nothing, but the second something.
func (b *twice) otherFirst() bdd.Func {
	offered := map[int32]bdd.Func{}
	for _, set := range b.all.Sets {
		for _, s := range b.all.Supplements(set, b.And(b.people, b.all.Has[set])) {
			offered[s.Set] = b.Or(offered[s.Set], s.Who)
		}
	}
	other := b.Without(b.some.Nothing, b.all.Nothing)
	for _, set := range b.some.Sets {
		for _, s := range b.some.Supplements(set, b.And(b.people, b.some.FirstIs[set])) {
			other = b.Or(other, b.Without(s.Who, offered[s.Set]))
		}
	}
	return other
}

// offeredTo returns the people to whom some step offers a value of an input.
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

// matters reports whether class c of x changes one of the parts for somebody in `who`. It compares the class with the default if x
// is a choice, and with every other class if not.
func (b *twice) matters(x *space.Variable, c int, who bdd.Func, parts []bdd.Func) bool {
	if who = b.With(who, x, c); who == bdd.Never {
		return false
	}
	for other := range x.Classes {
		if other == c || x.Kind == table.Choice && other != x.Default {
			continue
		}
		here := who
		if x.Kind == table.Date {
			here = b.And(here, b.With(b.Possible, x, other))
		}
		for _, f := range parts {
			if b.And(here, b.Xor(b.With(f, x, c), b.With(f, x, other))) != bdd.Never {
				return true
			}
		}
	}
	return false
}
