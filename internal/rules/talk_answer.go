package rules

import "sitegen/internal/table"

// ask asks those among some who are at a step of whom it can still change anything, and notes their answers.
func (t *talk) ask(k int, who bdd) bdd {
	ask := &t.p.Asks[k]
	asked, shown := t.concerned(k, who)
	if asked == never {
		return never
	}
	if t.papers[ask.Input] != nil && !ask.Again {
		asked = t.answerFirst(ask.Input, asked, shown)
	} else if t.p.Inputs[ask.Input].Kind == table.Several {
		t.answerAll(ask.Input, asked, shown)
	} else {
		t.answerOne(ask.Input, asked, shown)
	}
	for value, who := range shown {
		t.shown[k][value] = t.or(t.shown[k][value], t.and(asked, who))
	}
	t.asked[k] = t.or(t.asked[k], asked)
	return asked
}

// answerOne notes the answers to a question with one answer: the visitor's own where it is offered, else the default.
func (t *talk) answerOne(input int, asked bdd, shown []bdd) {
	own := asked
	if t.p.Inputs[input].Kind == table.Choice {
		own = never
		v := t.byInput[t.p.Names.Inputs[input].ID][0]
		for class := range v.classes {
			own = t.or(own, t.and(t.is(v, class), t.and(asked, shown[v.classes[class].value])))
		}
	}
	c := &t.known[input][0]
	c.own, c.unasked = t.or(c.own, own), t.without(c.unasked, asked)
}

// answerAll notes every value that a visitor holds of those that are offered.
func (t *talk) answerAll(input int, asked bdd, shown []bdd) {
	for k := range t.known[input] {
		c := &t.known[input][k]
		c.own, c.unasked = t.or(c.own, t.and(asked, t.and(shown[k], c.unasked))), t.without(c.unasked, asked)
	}
}

// answerFirst notes which of the values that are offered a visitor names first: one that they hold, or none where they
// hold none of them. Whom it asks comes down to those who name it so.
func (t *talk) answerFirst(input int, asked bdd, shown []bdd) bdd {
	paper, none, some := t.papers[input], always, never
	named := make([]bdd, len(t.known[input]))
	for k := range named {
		mine := t.and(shown[k], t.is(t.held(input, k), 1))
		named[k] = t.and(mine, t.is(paper, k+1))
		none, some = t.without(none, mine), t.or(some, named[k])
	}
	none = t.and(none, t.is(paper, 0))
	t.people = t.without(t.people, t.without(asked, t.or(some, none)))
	asked = t.and(asked, t.people)
	for k := range named {
		c := &t.known[input][k]
		first := t.and(asked, named[k])
		c.own, c.unasked = t.or(c.own, first), t.without(c.unasked, t.or(first, t.and(asked, none)))
	}
	t.part[input] = t.or(t.part[input], t.and(asked, some))
	return asked
}

// held returns the variable of a value of a set.
func (t *talk) held(input, k int) *variable {
	names := &t.p.Names.Inputs[input]
	for _, v := range t.byInput[names.ID] {
		if v.member == names.Values[k] {
			return v
		}
	}
	panic("BUG: a value without a variable")
}
