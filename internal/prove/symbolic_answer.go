package prove

import (
	"sitegen/internal/bdd"
	"sitegen/internal/space"
	"sitegen/internal/table"
)

// ask puts the question of step k to the people in `who` for whom it can still change something, and records their answers. It
// returns whom it asked.
func (t *symbolicInterview) ask(k int, who bdd.Func) bdd.Func {
	ask := &t.p.Asks[k]
	asked, shown := t.concerned(k, who)
	if asked == bdd.Never {
		return bdd.Never
	}
	if t.papers[ask.Input] != nil && !ask.Again {
		asked = t.answerFirst(ask.Input, asked, shown)
	} else if t.p.Inputs[ask.Input].Kind == table.Several {
		t.answerAll(ask.Input, asked, shown)
	} else {
		t.answerOne(ask.Input, asked, shown)
	}
	for value, who := range shown {
		t.shown[k][value] = t.Or(t.shown[k][value], t.And(asked, who))
	}
	t.asked[k] = t.Or(t.asked[k], asked)
	return asked
}

// answerOne records the answers to a question with one answer: the visitor's own if it is offered, otherwise the default.
func (t *symbolicInterview) answerOne(input int, asked bdd.Func, shown []bdd.Func) {
	own := asked
	if t.p.Inputs[input].Kind == table.Choice {
		own = bdd.Never
		v := t.ByInput[t.p.Names.Inputs[input].ID][0]
		for class := range v.Classes {
			own = t.Or(own, t.And(t.Is(v, class), t.And(asked, shown[v.Classes[class].Value])))
		}
	}
	c := &t.known[input][0]
	c.own, c.unasked = t.Or(c.own, own), t.Without(c.unasked, asked)
}

// answerAll records every offered value that a visitor holds.
func (t *symbolicInterview) answerAll(input int, asked bdd.Func, shown []bdd.Func) {
	for k := range t.known[input] {
		c := &t.known[input][k]
		c.own, c.unasked = t.Or(c.own, t.And(asked, t.And(shown[k], c.unasked))), t.Without(c.unasked, asked)
	}
}

// answerFirst records which of the offered values visitors name first: one that they hold, or "none" if they hold none of
// them. Those who would answer in any other way are removed from t.people and from the result.
func (t *symbolicInterview) answerFirst(input int, asked bdd.Func, shown []bdd.Func) bdd.Func {
	paper, none, some := t.papers[input], bdd.Always, bdd.Never
	named := make([]bdd.Func, len(t.known[input]))
	for k := range named {
		mine := t.And(shown[k], t.Is(t.held(input, k), 1))
		named[k] = t.And(mine, t.Is(paper, k+1))
		none, some = t.Without(none, mine), t.Or(some, named[k])
	}
	none = t.And(none, t.Is(paper, 0))
	t.people = t.Without(t.people, t.Without(asked, t.Or(some, none)))
	asked = t.And(asked, t.people)
	for k := range named {
		c := &t.known[input][k]
		first := t.And(asked, named[k])
		c.own, c.unasked = t.Or(c.own, first), t.Without(c.unasked, t.Or(first, t.And(asked, none)))
	}
	t.part[input] = t.Or(t.part[input], t.And(asked, some))
	return asked
}

// held returns the variable of a value of a set.
func (t *symbolicInterview) held(input, k int) *space.Variable {
	names := &t.p.Names.Inputs[input]
	for _, v := range t.ByInput[names.ID] {
		if v.Member == names.Values[k] {
			return v
		}
	}
	panic("BUG: a value without a variable")
}
