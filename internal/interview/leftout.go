package interview

import (
	"slices"

	"sitegen/internal/table"
)

// Always is what the page SecretLeftOut tells people with secret values if no other page covers their answers.
type Always struct {
	// Away has the documents that people with secret values are never told to bring, although each of them alone can suffice for others.
	Away int32
	// Tell has the notes that only people with secret values are told, and that all readers of the page are told. Some has the notes that
	// only some of these readers are told.
	Tell []int
	Some []Conditional
}

// always returns what the page SecretLeftOut has to say, and the people for whom the page is. It leaves out a note if the answers that the
// pages leave out cannot distinguish the people who are told it from the others.
func (i *Interview) always(day int32, arrivals []arrival) (always *Always, people []arrival) {
	people = i.leftOutBySecret(arrivals)
	known, o := map[string]int{}, &Outcome{}
	for _, note := range i.notes() {
		tells := func(a arrival) bool { return slices.Contains(a.out.Tell, note) }
		switch told, others := divide(people, tells); {
		case len(told) == 0:
		case len(others) == 0:
			o.Tell = append(o.Tell, note)
		case apart(told, others) || apart(others, told):
			for _, way := range shortest(told, others) {
				some := o.under(known, way)
				some.Tell = append(some.Tell, note)
			}
		}
	}
	return &Always{Away: i.away(day, arrivals, people), Tell: o.Tell, Some: o.Some}, people
}

// apart reports whether no path in `other` has all the answers of a path in `one`.
func apart(one, other [][]Answer) bool {
	return !slices.ContainsFunc(one, func(path []Answer) bool { return slices.ContainsFunc(other, Condition(path).holds) })
}

// at returns the notes that the page says to somebody with an answer that the pages leave out.
func (a *Always) at(path []Answer) []int {
	return (&Outcome{Tell: a.Tell, Some: a.Some}).at(path).Tell
}

// leftOutBySecret returns the people with secret values on paths to a LeavesOut page. For each path, they are: somebody without an answer
// to the last question and, for each of the question's values that is not a circumstance, somebody with this value. `path` has only the
// answer to the last question, and `out` only the notes that nobody without secret values is told.
func (i *Interview) leftOutBySecret(arrivals []arrival) (people []arrival) {
	usual := map[int]bool{} // the notes that people without secret values are told
	others := func(out table.Output) {
		for _, note := range out.Tell {
			usual[note] = true
		}
	}
	add := func(path []Answer, raw []int32) {
		people = append(people, arrival{path: path, out: i.Program.Decide(raw)})
		others(i.Program.Decide(i.withoutSecret(raw)))
	}
	for _, a := range arrivals {
		if !i.Program.IsSecret(a.raw) {
			others(a.out)
			continue
		}
		if a.page.Kind != LeavesOut {
			continue
		}
		add(nil, a.raw)
		input := a.path[len(a.path)-1].Input
		in := &i.Program.Inputs[input]
		for value := range i.Program.Names.Inputs[input].Values {
			if in.Untold(value/31)>>(value%31)&1 != 0 {
				answer := Answer{Input: input, Value: value}
				add([]Answer{answer}, i.with(a.raw, answer))
			}
		}
	}
	for k := range people {
		tell := &people[k].out.Tell
		*tell = slices.DeleteFunc(slices.Clone(*tell), func(note int) bool { return usual[note] })
	}
	return people
}

// away returns each document that alone can suffice for somebody who comes to a conclusion without secret values, but that nobody with
// secret values is told to bring. The latter are those who arrive, `people`, and anybody who begins with one circumstance.
func (i *Interview) away(day int32, arrivals, people []arrival) int32 {
	var usual, needed int32
	need := func(out table.Output) {
		for _, set := range out.Bring {
			needed |= set
		}
	}
	for _, a := range arrivals {
		switch {
		case i.Program.IsSecret(a.raw):
			need(a.out)
		case a.page.Kind == Concludes:
			for _, set := range a.page.Outcome.Bring {
				if set&(set-1) == 0 {
					usual |= set
				}
			}
		}
	}
	for _, a := range people {
		need(a.out)
	}
	start := i.startWithSecret(day)
	for _, group := range i.Circumstances {
		for _, v := range group.Values {
			need(i.Program.Decide(i.with(start, Answer{Input: v.Input, Value: v.Value})))
		}
	}
	return usual &^ needed
}

// startWithSecret returns the raw answers with which people with secret values begin.
func (i *Interview) startWithSecret(day int32) []int32 {
	raw := i.Start(day).raw
	for _, v := range i.Secret {
		raw = i.with(raw, Answer{Input: v.Input, Value: v.Value})
	}
	return raw
}

// withoutSecret returns a copy of raw answers without the secret values.
func (i *Interview) withoutSecret(raw []int32) []int32 {
	raw = slices.Clone(raw)
	for _, v := range i.Secret {
		slot := i.Program.Slot(v.Input)
		if i.Program.Inputs[v.Input].Kind == table.Several {
			raw[slot+v.Value/31] &^= 1 << (v.Value % 31)
		} else {
			raw[slot] = table.Missing
		}
	}
	return raw
}

// leftOut compares what the page SecretLeftOut says with what the rules tell its readers, and records the first difference as a fault.
func (r *replay) leftOut(arrivals []arrival) {
	page := r.pages.Pages[r.pages.SecretLeftOut].Always
	rules, people := r.always(r.pages.Day, arrivals)
	for _, a := range people {
		said, right := r.saidAlways(page.Away, page.at(a.path)), r.saidAlways(rules.Away, rules.at(a.path))
		if said != right {
			r.faults = append(r.faults, Fault{Path: r.path(append([]Answer{{Kind: Neutral}, {Kind: Other, Input: r.Held}}, a.path...)), Page: said, Rules: right})
			return
		}
	}
}

// saidAlways returns what the page SecretLeftOut says, as a text for editors.
func (i *Interview) saidAlways(away int32, tell []int) string {
	text := "not to bring: " + i.documents(away) + ", tell:"
	for _, note := range tell {
		text += " " + i.Program.Names.Notes[note]
	}
	return text
}
