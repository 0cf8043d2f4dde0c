package rules

import (
	"sitegen/internal/bdd"
	"sitegen/internal/table"
)

// notKnown is a value that means "I don't know", and who may give it or what it may really be.
type notKnown struct {
	in     *input
	value  *word
	x      *variable
	class  int
	really bdd.Func // those who know, with the answers that it may stand for
}

// checkUnknowns proves that nobody is better off for not knowing something, or worse than safe.
func (v *verifier) checkUnknowns() {
	for _, in := range v.s.inputs {
		for _, u := range in.unknowns {
			x := v.m.byInput[in.id][0]
			for c := range x.classes {
				if x.classes[c].name != u.value.id {
					continue
				}
				n := &notKnown{in, u.value, x, c, v.reallyOf(in, x, c, u)}
				switch {
				case n.really == bdd.Never:
					v.report(u.value.place.at("rule-unknown-never", in.id, u.value.id))
				case len(v.s.enough) > 0:
					v.checkWorse(n)
				default:
					v.checkUnsafe(n)
				}
			}
		}
	}
	v.ran.proven(ByUnknowns)
}

// reallyOf returns those who know what an unknown value may stand for.
func (v *verifier) reallyOf(in *input, x *variable, c int, u unknown) bdd.Func {
	really := bdd.Never
	for known := range x.classes {
		if known != c && v.standsFor(in, x, known, u) {
			really = v.m.Or(really, v.m.is(x, known))
		}
	}
	return v.m.And(really, v.m.And(v.m.possible, v.m.all(v.s, u.when)))
}

// checkWorse proves that who knows more is never told worse: where it is enough for somebody who does not know, it is for
// everybody who does; and where it is enough for one who does, somebody who does not know is not told that it is not.
func (v *verifier) checkWorse(n *notKnown) {
	m := v.m
	yes, no := m.enough[table.Yes], m.enough[table.No]
	here := m.with(m.possible, n.x, n.class)
	for known := range n.x.classes {
		worse := m.And(m.with(yes, n.x, n.class), m.with(m.Without(n.really, yes), n.x, known))
		hidden := m.And(m.with(no, n.x, n.class), m.with(m.And(n.really, yes), n.x, known))
		if bad := m.And(here, m.Or(worse, hidden)); bad != bdd.Never {
			who, raw := v.person(m.And(bad, m.is(n.x, n.class)))
			knows := m.pick(m.And(bad, m.is(n.x, n.class)))
			knows[n.x] = known
			unsure, sure := v.s.Program.Run(raw), v.s.Program.Run(m.visitor(knows))
			v.report(n.value.place.at("rule-unknown-worse", n.in.id, n.value.id, v.nameOf(n.x, known, raw), who, levelWord(unsure.Enough), levelWord(sure.Enough), v.rowsOf(raw, nil)))
			return // one example is enough
		}
	}
}

// nameOf writes a class of a variable, as somebody would answer.
func (v *verifier) nameOf(x *variable, class int, raw []int32) string {
	switch c := x.classes[class]; {
	case c.special:
	case x.kind == table.Date:
		return table.DayText(v.m.valueOn(x, c, raw[v.s.Program.Visit]))
	case x.kind == table.Number:
		return itoa(c.value)
	}
	return x.classes[class].name
}

// checkUnsafe proves, for rules without a table of Enough, that what is offered first to those who do not know something
// is accepted whatever it really is: it contains an alternative that is offered where it is known, or what is always
// accepted.
func (v *verifier) checkUnsafe(n *notKnown) {
	safe := mask(v.s.accepted)
	here := v.m.with(v.m.possible, n.x, n.class)
	for _, set := range append([]int32{noSet}, v.m.sets...) {
		first := v.m.with(v.firstOf(set), n.x, n.class)
		if first == bdd.Never || set != noSet && set&safe != 0 {
			continue
		}
		refused := v.m.Without(n.really, v.within(set))
		for known := range n.x.classes {
			if bad := v.m.And(v.m.And(first, here), v.m.with(refused, n.x, known)); bad != bdd.Never {
				who, raw := v.person(v.m.And(bad, v.m.is(n.x, n.class)))
				v.report(n.value.place.at("rule-unknown-unsafe", n.in.id, n.value.id, v.nameOf(n.x, known, raw), who, v.rowsOf(raw, nil)))
				return // one example is enough
			}
		}
	}
}

// noSet stands for no alternative at all.
const noSet = -1

// firstOf returns who is offered a set first.
func (v *verifier) firstOf(set int32) bdd.Func {
	if set == noSet {
		return v.m.nothing
	}
	return v.m.firstIs[set]
}

// within returns who is offered an alternative that lies within a set, or none at all: for them nothing in the set can
// be wrong.
func (v *verifier) within(set int32) bdd.Func {
	known, ok := v.covers[set]
	if !ok {
		known = v.m.nothing
		for _, other := range v.m.sets {
			if set != noSet && other&^set == 0 {
				known = v.m.Or(known, v.m.has[other])
			}
		}
		v.covers[set] = known
	}
	return known
}

// standsFor reports whether an unknown value may really be of a class.
func (v *verifier) standsFor(in *input, x *variable, class int, u unknown) bool {
	if in.kind == table.Choice {
		return wordNamed(u.values, x.classes[class].name) != nil
	}
	return !x.classes[class].special || x.classes[class].name != u.value.id
}
