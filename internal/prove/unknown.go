package prove

import (
	"strconv"

	"sitegen/internal/bdd"
	"sitegen/internal/rules"
	"sitegen/internal/space"
	"sitegen/internal/table"
)

// notKnown is a value that means "I don't know", with the people whose real answer it may stand for.
type notKnown struct {
	in     *rules.Input
	value  *rules.Word
	x      *space.Variable
	class  int
	really bdd.Func // the people who give a real answer for which the value may stand
}

// checkUnknowns proves that "I don't know" is safe: it promises nothing that a real answer would take back. With a table Enough, it also
// proves that nobody gets "no" for not knowing if a real answer gives "yes".
func (v *verifier) checkUnknowns() {
	for _, in := range v.s.Inputs {
		for _, u := range in.Unknowns {
			x := v.m.ByInput[in.ID][0]
			for c := range x.Classes {
				if x.Classes[c].Name != u.Value.ID {
					continue
				}
				n := &notKnown{in, u.Value, x, c, v.reallyOf(in, x, c, u)}
				switch {
				case n.really == bdd.Never:
					v.report(u.Value.Place.At("rule-unknown-never", in.ID, u.Value.ID))
				case len(v.s.Enough) > 0:
					v.checkWorse(n)
				default:
					v.checkUnsafe(n)
				}
			}
		}
	}
	v.ran.Proven(rules.ByUnknowns)
}

// reallyOf returns the people who give a real answer for which an unknown value may stand.
func (v *verifier) reallyOf(in *rules.Input, x *space.Variable, c int, u rules.Unknown) bdd.Func {
	really := bdd.Never
	for known := range x.Classes {
		if known != c && v.standsFor(in, x, known, u) {
			really = v.m.Or(really, v.m.Is(x, known))
		}
	}
	return v.m.And(really, v.m.And(v.m.Possible, allHold(v.m, v.s, u.When)))
}

// checkWorse proves two things about the levels of Enough. If somebody who does not know gets "yes", they also get "yes"
// for every real answer. If a real answer leads to "yes", somebody who does not know does not get "no".
func (v *verifier) checkWorse(n *notKnown) {
	m := v.m
	yes, no := m.Enough[table.Yes], m.Enough[table.No]
	here := m.With(m.Possible, n.x, n.class)
	for known := range n.x.Classes {
		worse := m.And(m.With(yes, n.x, n.class), m.With(m.Without(n.really, yes), n.x, known))
		hidden := m.And(m.With(no, n.x, n.class), m.With(m.And(n.really, yes), n.x, known))
		if bad := m.And(here, m.Or(worse, hidden)); bad != bdd.Never {
			who, raw := v.person(m.And(bad, m.Is(n.x, n.class)))
			knows := m.Pick(m.And(bad, m.Is(n.x, n.class)))
			knows[n.x] = known
			unsure, sure := v.s.Program.Run(raw), v.s.Program.Run(m.Visitor(knows))
			v.report(n.value.Place.At("rule-unknown-worse", n.in.ID, n.value.ID, v.nameOf(n.x, known, raw), who, levelWord(unsure.Enough), levelWord(sure.Enough), v.rowsOf(raw, nil)))
			return // one example is enough
		}
	}
}

// nameOf returns a class of a variable as the text of an answer.
func (v *verifier) nameOf(x *space.Variable, class int, raw []int32) string {
	switch c := x.Classes[class]; {
	case c.Special:
	case x.Kind == table.Date:
		return table.DayText(v.m.ValueOn(x, c, raw[v.s.Program.Visit]))
	case x.Kind == table.Number:
		return strconv.Itoa(int(c.Value))
	}
	return x.Classes[class].Name
}

// checkUnsafe is for rules without a table Enough. It proves that the first alternative offered to people who do not know
// something suffices, whatever the real answer is. The alternative suffices if it contains an alternative that those who
// know are offered, or a document that is always accepted. It also suffices if those who know are offered nothing. If people
// who do not know are offered nothing, those who know must be offered nothing either.
func (v *verifier) checkUnsafe(n *notKnown) {
	safe := rules.Mask(v.s.AlwaysAccepted)
	here := v.m.With(v.m.Possible, n.x, n.class)
	for _, set := range append([]int32{noSet}, v.m.Sets...) {
		first := v.m.With(v.firstOf(set), n.x, n.class)
		if first == bdd.Never || set != noSet && set&safe != 0 {
			continue
		}
		refused := v.m.Without(n.really, v.within(set))
		for known := range n.x.Classes {
			if bad := v.m.And(v.m.And(first, here), v.m.With(refused, n.x, known)); bad != bdd.Never {
				who, raw := v.person(v.m.And(bad, v.m.Is(n.x, n.class)))
				v.report(n.value.Place.At("rule-unknown-unsafe", n.in.ID, n.value.ID, v.nameOf(n.x, known, raw), who, v.rowsOf(raw, nil)))
				return // one example is enough
			}
		}
	}
}

// noSet means that no alternative is offered.
const noSet = -1

// firstOf returns the people whose first alternative is `set`.
func (v *verifier) firstOf(set int32) bdd.Func {
	if set == noSet {
		return v.m.Nothing
	}
	return v.m.FirstIs[set]
}

// within returns the people who are offered an alternative that is part of a set, or no alternative at all. For them the set
// suffices.
func (v *verifier) within(set int32) bdd.Func {
	known, ok := v.covers[set]
	if !ok {
		known = v.m.Nothing
		for _, other := range v.m.Sets {
			if set != noSet && other&^set == 0 {
				known = v.m.Or(known, v.m.Has[other])
			}
		}
		v.covers[set] = known
	}
	return known
}

// standsFor reports whether the real answer behind an unknown value may be in a class.
func (v *verifier) standsFor(in *rules.Input, x *space.Variable, class int, u rules.Unknown) bool {
	if in.Kind == table.Choice {
		return rules.WordNamed(u.Values, x.Classes[class].Name) != nil
	}
	return !x.Classes[class].Special || x.Classes[class].Name != u.Value.ID
}
