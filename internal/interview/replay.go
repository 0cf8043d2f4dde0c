package interview

import (
	"fmt"
	"slices"
	"strings"

	"sitegen/internal/table"
)

// Fault is a path through the pages to a page that disagrees with the rules. Its texts are for editors, and name everything
// by its id.
type Fault struct {
	Path   string // the answers
	Page   string // what the page says
	Rules  string // what the rules say
	Unsaid string // an answer that would change the result and that the page does not name; Page and Rules are then empty
}

// Replay follows every path through the pages. It compares the page at the end with what the rules tell a visitor who holds
// and answers exactly what the path says. It returns the first faults, at most mostFaults, and the number of paths.
func (i *Interview) Replay(p *Pages) (faults []Fault, paths int) {
	arrivals := i.arrivals(p)
	r := &replay{Interview: i, pages: p, common: commonRemedies(arrivals)}
	for k := range arrivals {
		a := &arrivals[k]
		switch always := a.page.Always != nil; {
		case len(r.faults) == mostFaults:
		case a.page.Kind == Concludes:
			r.compare(a)
		case r.Program.IsSecret(a.raw) != always:
			r.faults = append(r.faults, Fault{Path: r.path(a.path), Page: leftOutFor(always), Rules: leftOutFor(r.Program.IsSecret(a.raw))})
		}
	}
	if p.SecretLeftOut >= 0 && len(r.faults) < mostFaults {
		r.leftOut(arrivals)
	}
	return r.faults, len(arrivals)
}

// leftOutFor names a LeavesOut page for editors.
func leftOutFor(secret bool) string {
	if secret {
		return "left out, for people with secret values"
	}
	return "left out, for people without secret values"
}

// mostFaults is the maximum number of faults that Replay reports. More would say little that is new.
const mostFaults = 5

type replay struct {
	*Interview
	pages  *Pages
	faults []Fault
	common map[*Outcome][]table.Remedied // by conclusion: the remedies for everybody who comes there
}

// arrival is somebody at the end of a path.
type arrival struct {
	page     *Page
	raw      []int32
	path     []Answer
	out      table.Output     // what the rules tell that person
	remedies []table.Remedied // what the rules say would be better; nil unless the page concludes
	// elsewhere is true for somebody who is not insured with the site's insurer.
	elsewhere bool
}

// arrivals returns the person at the end of each path through the pages.
func (i *Interview) arrivals(p *Pages) (list []arrival) {
	i.walk(p, func(page *Page, raw []int32, path []Answer) {
		a := arrival{page: page, raw: raw, path: path, out: i.Program.Decide(raw), elsewhere: i.Program.IsElsewhere(raw, i.Expected)}
		if page.Kind == Concludes {
			a.remedies = i.Program.BetterThan(a.out, raw)
		}
		list = append(list, a)
	})
	return list
}

// walk follows every path through the pages. At the end of each path, it calls `end` with the last page, the raw answers and
// the path.
func (i *Interview) walk(p *Pages, end func(page *Page, raw []int32, path []Answer)) {
	w := &walker{Interview: i, pages: p, end: end, seen: map[string]bool{}, start: i.Start(p.Day).raw}
	w.follow(0, w.start, nil)
	if p.Secret >= 0 {
		w.start = i.startWithSecret(p.Day)
		w.begun = []Answer{{Kind: Neutral}}
		w.follow(p.Secret, w.start, w.begun)
	}
}

type walker struct {
	*Interview
	pages *Pages
	end   func(page *Page, raw []int32, path []Answer)
	begun []Answer // the path of somebody who has answered nothing yet
	start []int32  // the raw values that belong to `begun`
	seen  map[string]bool
}

func (w *walker) follow(number int, raw []int32, path []Answer) {
	key := fmt.Sprint(number, raw, path)
	if w.seen[key] {
		return
	}
	w.seen[key] = true
	page := &w.pages.Pages[number]
	switch page.Kind {
	case Concludes:
		w.end(page, raw, path)
	case LeavesOut: // its links do not depend on the path, so they start afresh
		w.end(page, raw, path)
		raw, path = w.start, w.begun
	}
	w.answer(page, raw, path)
}

// answer follows every link of a page.
func (w *walker) answer(page *Page, raw []int32, path []Answer) {
	for _, link := range page.Links {
		for _, answer := range link.Answers {
			answer.Group = "" // the same answer can be in different groups on different pages
			further := append(slices.Clone(path), answer)
			for _, with := range w.meant(raw, answer) {
				if link.Then != nil {
					w.answer(link.Then, with, further)
				} else {
					w.follow(link.To, with, further)
				}
			}
		}
	}
}

// meant returns the raw answers with one more answer. If that answer is a period, it returns two variants: with its first
// and with its last day.
func (w *walker) meant(raw []int32, a Answer) (list [][]int32) {
	if a.Kind != Days {
		return [][]int32{w.with(raw, a)}
	}
	for _, day := range a.ends() {
		end := slices.Clone(raw)
		end[w.Program.Slot(a.Input)] = day
		list = append(list, end)
	}
	return list
}

// ends returns the first and the last day that an answer may mean. An open end is replaced by a day far away.
func (a *Answer) ends() [2]int32 {
	const far = 5 * 366 // days
	switch {
	case a.From == table.NoDay:
		return [2]int32{a.Until - far, a.Until}
	case a.Until == table.NoDay:
		return [2]int32{a.From, a.From + far}
	}
	return [2]int32{a.From, a.Until}
}

// with returns a copy of the raw answers with one more answer. If that answer is a period, the caller must set the day.
func (i *Interview) with(raw []int32, a Answer) []int32 {
	raw = slices.Clone(raw)
	first, in := i.Program.Slot(a.Input), &i.Program.Inputs[a.Input]
	if a.Kind == Other {
		return raw
	}
	if in.Kind != table.Several {
		if a.Kind == OneValue || a.Kind == NotKnown {
			raw[first] = int32(a.Value)
		}
		if in.Kind != table.Choice && raw[first] >= 0 {
			raw[first] += table.Missing + 1
		}
		i.apply(raw, i.Program.IsElsewhere(raw, i.Expected))
		return raw
	}
	for slot := first; slot < first+in.Slots; slot++ {
		raw[slot] = max(raw[slot], 0)
	}
	if a.Kind == OneValue || a.Kind == WithMore {
		raw[first+a.Value/31] |= 1 << (a.Value % 31)
	}
	i.apply(raw, i.Program.IsElsewhere(raw, i.Expected))
	return raw
}

// compare compares what a page says with what the rules tell somebody who comes there, and records a fault if they differ.
func (r *replay) compare(a *arrival) {
	o, out := a.page.Outcome, a.out
	if a.elsewhere && !o.General {
		r.faults = append(r.faults, Fault{Path: r.path(a.path), Page: "the words of the site's insurer", Rules: "the words for any insurer"})
		return
	}
	if o.Outcome != out.Outcome || o.Enough != out.Enough || !slices.Equal(o.Bring, out.Bring) || !a.isTold(o) || len(o.Remedies) < len(r.common[o]) {
		r.faults = append(r.faults, Fault{Path: r.path(a.path), Page: r.said(o.at(a.path), o.Remedies), Rules: r.said(out, a.remedies)})
		return
	}
	if out.Enough == table.Yes {
		if unsaid := r.unsaid(o, a.raw, out); unsaid != nil {
			r.faults = append(r.faults, Fault{Path: r.path(a.path), Unsaid: r.path([]Answer{*unsaid})})
		}
	}
}

// unsaid looks for an answer that the page does not name, although it would change the first alternative, the outcome or
// Enough. It returns nil if there is no such answer.
func (r *replay) unsaid(o *Outcome, raw []int32, out table.Output) *Answer {
	var list []Answer
	for input := range r.Program.Inputs {
		if in := &r.Program.Inputs[input]; in.Kind != table.Several && raw[r.Program.Slot(input)] != table.Missing {
			continue // the path already answers it
		}
		for k, bits := range r.Program.Inputs[input].Told {
			for v := range 31 {
				if value := (Value{input, 31*k + v}); bits>>v&1 != 0 && !slices.Contains(r.Secret, value) {
					list = append(list, Answer{Input: input, Value: value.Value})
				}
			}
		}
	}
	if q := r.Program.Next(raw, make([]int32, len(raw))); q.Input >= 0 {
		list = append(list, r.offered(q, raw)...)
	}
	for _, answer := range list {
		with := r.with(raw, answer)
		if answer.Kind == Days {
			with[r.Program.Slot(answer.Input)] = answer.day()
		}
		if !table.SameFirst(out, r.Program.Decide(with)) && !slices.ContainsFunc(o.Unless, answer.within) {
			return &answer
		}
	}
	return nil
}

// offered lists those answers to a question that can still change the result, without "I don't know". For a date, it lists
// periods that together contain all days up to `years` years before and after the visit.
func (r *replay) offered(q table.Question, raw []int32) (list []Answer) {
	in, slot := &r.Program.Inputs[q.Input], r.Program.Slot(q.Input)
	if in.Kind == table.Date {
		for _, region := range r.Program.Regions(raw, slot, max(in.Lo, r.pages.Day-years*366), min(in.Hi, r.pages.Day+years*366)) {
			list = append(list, Answer{Kind: Days, Input: q.Input, From: region.From, Until: region.Until})
		}
	}
	for value := range r.Program.Names.Inputs[q.Input].Values {
		if value != r.Inputs[q.Input].Unknown && matters(q, value) {
			list = append(list, Answer{Input: q.Input, Value: value})
		}
	}
	return list
}

// within reports whether the answer `other` includes the answer `a`.
func (a *Answer) within(other Answer) bool {
	if a.Input != other.Input || a.Kind != other.Kind {
		return false
	}
	if a.Kind == Days {
		return (other.From == table.NoDay || other.From <= a.From) && (other.Until == table.NoDay || a.Until <= other.Until)
	}
	return a.Value == other.Value
}

// said returns a decision and the remedies that would help, as a text for editors.
func (i *Interview) said(out table.Output, remedies []table.Remedied) string {
	names, documents := &i.Program.Names, i.documents
	text := fmt.Sprintf("%s, enough: %v, bring:", names.Outcomes[out.Outcome], out.Enough)
	for _, set := range out.Bring {
		text += " " + documents(set)
	}
	text += ", also: " + documents(out.Also) + ", not_alone: " + documents(out.NotAlone) + ", tell:"
	for _, note := range out.Tell {
		text += " " + names.Notes[note]
	}
	text += ", would help:"
	for _, r := range remedies {
		text += fmt.Sprintf(" %s (%v)", names.Remedies[r.Remedy].ID, r.Enough)
	}
	return text
}

func (i *Interview) documents(set int32) string {
	return "[" + strings.Join(i.Program.Names.DocumentsIn(set), ", ") + "]"
}

// path returns the answers of a path as a text for editors.
func (i *Interview) path(path []Answer) string {
	var parts []string
	for _, a := range path {
		if a.Kind == Neutral {
			parts = append(parts, "secret")
			continue
		}
		names := i.Program.Names.Inputs[a.Input]
		text := names.ID + ": "
		switch a.Kind {
		case OneValue, NotKnown:
			text += names.Values[a.Value]
		case WithMore:
			text += names.Values[a.Value] + " +"
		case Nothing:
			text += "–"
		case Other:
			text += "…"
		case Days:
			text += table.DayText(a.From) + "…" + table.DayText(a.Until)
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, ", ")
}
