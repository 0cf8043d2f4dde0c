package interview

import (
	"slices"

	"sitegen/internal/table"
)

// Always is what the page SecretLeftOut says to people with secret values whom the other pages do not cover.
type Always struct {
	// Away has the documents that people with secret values are never told to bring, although for others one alone can suffice.
	Away int32
	// Tell has the notes that only people with secret values are told. Some has those that not all of these people are told.
	Tell []int
	Some []Conditional
}

// addAlways fills in what the page SecretLeftOut says.
func (i *Interview) addAlways(p *Pages) {
	if p.SecretLeftOut >= 0 {
		p.Pages[p.SecretLeftOut].Always = i.always(p)
	}
}

// always returns what the page SecretLeftOut has to say. It leaves out a note if the answers that the pages leave out do not tell
// apart those who are told it.
func (i *Interview) always(p *Pages) *Always {
	people, known, o := i.leftOutBySecret(p), map[string]int{}, &Outcome{}
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
	return &Always{Away: i.away(p), Tell: o.Tell, Some: o.Some}
}

// apart reports whether each path in `one` has answers that no path in `other` has together.
func apart(one, other [][]Answer) bool {
	return !slices.ContainsFunc(one, func(path []Answer) bool { return slices.ContainsFunc(other, Condition(path).holds) })
}

// at returns the notes that the page says to somebody with an answer that the pages leave out.
func (a *Always) at(path []Answer) []int {
	out, _ := (&Outcome{Tell: a.Tell, Some: a.Some}).at(path)
	return out.Tell
}

// leftOutBySecret returns the people with secret values on paths to a LeavesOut page: each without an answer to the last question, and with
// each value that is not a circumstance as the answer, which is then the only answer in `path`. `out` has only the notes that nobody
// without secret values is told.
func (i *Interview) leftOutBySecret(p *Pages) (people []arrival) {
	usual := map[int]bool{} // the notes that others are told
	add := func(path []Answer, raw []int32) {
		people = append(people, arrival{path: path, out: i.Program.Decide(raw)})
		for _, note := range i.Program.Decide(i.withoutSecret(raw)).Tell {
			usual[note] = true
		}
	}
	i.walk(p, func(page *Page, raw []int32, path []Answer) {
		if !i.isSecret(raw) {
			for _, note := range i.Program.Decide(raw).Tell {
				usual[note] = true
			}
			return
		}
		if page.Kind != LeavesOut {
			return
		}
		add(nil, raw)
		input := path[len(path)-1].Input
		for value := range i.Program.Names.Inputs[input].Values {
			if answer := (Answer{Input: input, Value: value}); i.Program.Inputs[input].Told[value/31]>>(value%31)&1 == 0 {
				add([]Answer{answer}, i.with(raw, answer))
			}
		}
	})
	for k := range people {
		tell := &people[k].out.Tell
		*tell = slices.DeleteFunc(slices.Clone(*tell), func(note int) bool { return usual[note] })
	}
	return people
}

// away returns the documents of which one alone suffices for somebody who comes to a conclusion without secret values, and that
// nobody with secret values is to bring: whether a page covers that person or not, and with any circumstance.
func (i *Interview) away(p *Pages) int32 {
	var usual, needed int32
	need := func(raw []int32) {
		for _, set := range i.Program.Decide(raw).Bring {
			needed |= set
		}
	}
	i.walk(p, func(page *Page, raw []int32, _ []Answer) {
		switch {
		case i.isSecret(raw):
			need(raw)
		case page.Kind == Concludes:
			for _, set := range page.Outcome.Bring {
				if set&(set-1) == 0 {
					usual |= set
				}
			}
		}
	})
	for _, a := range i.leftOutBySecret(p) {
		for _, set := range a.out.Bring {
			needed |= set
		}
	}
	for _, group := range i.Circumstances {
		for _, v := range group.Values {
			need(i.with(i.startWithSecret(p.Day), Answer{Input: v.Input, Value: v.Value}))
		}
	}
	return usual &^ needed
}

// startWithSecret returns the raw answers of people with secret values at the beginning.
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

// leftOut compares what the page SecretLeftOut says with the rules, and records a fault if they differ.
func (r *replay) leftOut() {
	page, rules := r.pages.Pages[r.pages.SecretLeftOut].Always, r.always(r.pages)
	for _, a := range r.leftOutBySecret(r.pages) {
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
