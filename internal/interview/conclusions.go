package interview

import (
	"fmt"
	"slices"

	"sitegen/internal/table"
)

// result returns the index of the page with the result for people with these answers. People whose outcomes agree in the
// main parts (see key) share a page. The page keeps only those notes, remedies and documents in Also and NotAlone that are
// the same for all of them; addConditionals adds the other notes and documents.
func (w *explorer) result(a Answers) int {
	out := w.Program.Decide(a.raw)
	o := w.outcome(a, out)
	key := fmt.Sprint(o.key(), w.apart[o.key()] && w.Program.IsSecret(a.raw))
	page, known := w.results[key]
	if !known {
		page = len(w.pages)
		w.results[key] = page
		w.pages = append(w.pages, Page{Kind: Concludes, Outcome: o})
	}
	all := w.pages[page].Outcome
	all.Remedies = shared(all.Remedies, o.Remedies)
	all.Also &= o.Also
	all.NotAlone &= o.NotAlone
	all.Tell = slices.DeleteFunc(slices.Clone(all.Tell), func(note int) bool { return !slices.Contains(o.Tell, note) })
	if o.Enough == table.Yes {
		for _, answer := range w.unless(a, out) {
			if !slices.Contains(all.Unless, answer) {
				all.Unless = append(all.Unless, answer)
			}
		}
	}
	return page
}

// outcome returns what somebody with these answers is told. `out` is the decision for them.
func (w *explorer) outcome(a Answers, out table.Output) *Outcome {
	return &Outcome{Outcome: out.Outcome, Enough: out.Enough, Bring: out.Bring, Also: out.Also, NotAlone: out.NotAlone, Tell: out.Tell,
		Wording: w.wording(out), Marks: w.marks(a.raw, out), Remedies: w.Program.BetterThan(out, a.raw)}
}

// key returns, as a text, the parts of an outcome that are the same for everybody who shares a page.
func (o *Outcome) key() string { return fmt.Sprint(o.Outcome, o.Enough, o.Bring, o.Wording, o.Marks) }

// listsHeld reports whether the outcome names documents that are held and not offered. `o` may be nil.
func (o *Outcome) listsHeld() bool {
	return o != nil && (o.NotAlone != 0 || slices.ContainsFunc(o.Some, func(some Conditional) bool { return some.NotAlone != 0 }))
}

// wording returns the note on which the words of the outcome depend, or -1.
func (w *explorer) wording(out table.Output) int {
	for _, note := range w.Interview.told[out.Outcome] {
		if slices.Contains(out.Tell, note) {
			return note
		}
	}
	return -1
}

// marks returns the marks of documents that are offered and not held; see Outcome.Marks.
func (w *explorer) marks(raw []int32, out table.Output) map[int]string {
	names := &w.Program.Names
	var told []string
	for _, note := range out.Tell {
		told = append(told, names.Notes[note])
	}
	marks, answers, held := map[int]string{}, w.InIDs(raw), w.Program.Holds(raw)
	for document, id := range names.Documents {
		offered := slices.ContainsFunc(out.Bring, func(set int32) bool { return set>>document&1 != 0 })
		if offered && held>>document&1 == 0 {
			marks[document] = w.look.MarkOf(id, w.Program.IsNameable(document), answers, told)
		}
	}
	return marks
}

// unless lists further answers with which the level, the outcome or the first alternative would differ: circumstances that
// are not secret, and answers to inputs for which the pages do not ask.
func (w *explorer) unless(a Answers, out table.Output) (list []Answer) {
	add := func(answer Answer, with Answers) {
		if other := w.Program.Decide(with.raw); !table.SameFirst(out, other) {
			list = append(list, answer)
		}
	}
	for _, group := range w.Circumstances {
		for _, v := range group.Values {
			if !slices.Contains(w.Secret, v) && !w.answered(a, v.Input) {
				add(Answer{Input: v.Input, Value: v.Value}, w.Tell(a, v))
			}
		}
	}
	for _, input := range w.unasked() {
		open := a.copy()
		open.raw[w.Program.Slot(input)] = table.Missing
		q := w.Program.Next(open.raw, open.open)
		if q.Input != input {
			continue
		}
		if w.Program.Inputs[input].Kind == table.Date {
			for _, days := range w.days(open, input) {
				add(days, w.Number(open, input, days.day()))
			}
		}
		for value := range w.Program.Names.Inputs[input].Values {
			if value != w.Inputs[input].Unknown && matters(q, value) {
				add(Answer{Input: input, Value: value}, w.give(open, input, value))
			}
		}
	}
	return list
}

// answered reports whether an input that takes a single value already has its answer, so that no other value can apply.
// The default of an input for which the pages do not ask is no answer.
func (w *explorer) answered(a Answers, input int) bool {
	raw, in := a.raw[w.Program.Slot(input)], &w.Program.Inputs[input]
	return in.Kind != table.Several && raw != table.Missing && (w.asked(input) || raw != in.Default)
}
