package main

import (
	"slices"

	"sitegen/internal/table"
)

// step is one action of a person on the page, in ids.
type step struct {
	Do     string              `json:"do"` // answer, visit, tell, secret or add
	Ask    string              `json:"ask,omitempty"`
	Again  bool                `json:"again,omitempty"`
	Value  string              `json:"value,omitempty"` // of a set, "" means nothing, or nothing else
	Day    string              `json:"day,omitempty"`
	Month  bool                `json:"month,omitempty"` // only the month of the day is known
	Number int                 `json:"number,omitempty"`
	Values map[string][]string `json:"values,omitempty"` // only if Do is tell
}

// answers are a person's answers so far, in the form in which the page remembers them.
type answers struct {
	visit int32
	told  map[int][]int // input → values that the person told without a question
	given map[int]int32 // input → raw value
	added map[int]int32 // input → raw value that was added at the result
	named []int         // papers held, in the order in which they were named
	all   bool          // the person holds no papers that are not in named
}

// follow replays the answers: it asks the rules for the next question until the answers have no reply to it, or no question remains. It
// returns the raw answers at that point, and the question.
func (w *walker) follow(a *answers) (raw []int32, q table.Question) {
	raw = slices.Clone(w.start)
	raw[w.p.Visit] = a.visit
	open := make([]int32, len(raw))
	for input, values := range a.told {
		w.put(raw, input, values)
	}
	for input, value := range a.added {
		raw[w.p.Slot(input)] = value
	}
	held, first := &w.p.Inputs[w.held], w.p.Slot(w.held)
	hold := func(named []int, all bool) {
		for k := range held.Slots {
			raw[first+k], open[first+k] = max(raw[first+k], 0), 0
		}
		w.put(raw, w.held, named)
		for k := range held.Slots {
			if !all {
				open[first+k] = held.All(k) &^ held.Told[k] &^ raw[first+k]
			}
		}
	}
	if a.told[w.held] != nil {
		hold(nil, false)
	}
	for named, done := 0, false; ; {
		q = w.p.Next(raw, open)
		value, given := a.given[q.Input]
		switch {
		case q.Input == w.held && (named < len(a.named) || a.all && !done):
			named = min(named+1, len(a.named))
			done = a.all && named == len(a.named)
			hold(a.named[:named], done)
		case given:
			raw[w.p.Slot(q.Input)] = value
		case q.Input < 0 && named < len(a.named): // papers that the rules did not ask for count too
			named, done = len(a.named), a.all
			hold(a.named, done)
		default:
			return raw, q
		}
	}
}

// put sets values of an input in raw. If the input is a set, the values are added to those that it already has.
func (w *walker) put(raw []int32, input int, values []int) {
	first := w.p.Slot(input)
	for _, value := range values {
		if w.p.Inputs[input].Kind != table.Several {
			raw[first] = int32(value)
			continue
		}
		for k := range w.p.Inputs[input].Slots {
			raw[first+k] = max(raw[first+k], 0)
		}
		raw[first+value/31] |= 1 << (value % 31)
	}
}

// walker leads one person through the interview and records the steps.
type walker struct {
	*drawer
	person person
	start  []int32 // raw answers of a person of whom only the site is known
	answers
	steps []step
}

// walk leads the person through the interview, and returns the raw answers at its end.
func (w *walker) walk() []int32 {
	if w.person.visit != w.today {
		w.do(step{Do: "visit", Day: table.DayText(w.person.visit)})
	}
	w.answers = answers{visit: w.person.visit, told: map[int][]int{}, given: map[int]int32{}, added: map[int]int32{}}
	if w.person.secret {
		for input, names := range w.p.Names.Inputs {
			if len(names.Secret) > 0 {
				w.told[input] = names.Secret
			}
		}
		w.do(step{Do: "secret"})
	}
	for asked := 0; ; asked++ {
		if asked == w.person.tellAt {
			w.tell()
		}
		raw, q := w.follow(&w.answers)
		if q.Input < 0 {
			if asked < w.person.tellAt {
				w.tell()
				w.person.tellAt = asked
				raw, q = w.follow(&w.answers)
			}
			if q.Input < 0 {
				return w.add(raw)
			}
		}
		w.answer(q)
	}
}

func (w *walker) do(s step) { w.steps = append(w.steps, s) }

// tell tells the person's circumstances, if there are any.
func (w *walker) tell() {
	if len(w.person.told) == 0 {
		return
	}
	values := map[string][]string{}
	for input, list := range w.person.told {
		names := w.p.Names.Inputs[input]
		w.told[input] = append(slices.Clone(w.told[input]), list...)
		for _, value := range list {
			values[names.ID] = append(values[names.ID], names.Values[value])
		}
	}
	w.do(step{Do: "tell", Values: values})
}

// answer answers a question truthfully. If the question does not offer the true value, it gives the default.
func (w *walker) answer(q table.Question) {
	in, names := &w.p.Inputs[q.Input], w.p.Names.Inputs[q.Input]
	s := step{Do: "answer", Ask: names.ID, Again: q.Again}
	matters := func(value int) bool { return q.Values[value/31]>>(value%31)&1 != 0 }
	truth := w.person.truth[q.Input]
	switch in.Kind {
	case table.Several:
		at := slices.IndexFunc(w.person.held, func(value int) bool { return matters(value) && !slices.Contains(w.named, value) })
		if w.all = at < 0; !w.all {
			w.named = append(w.named, w.person.held[at])
			s.Value = names.Values[w.person.held[at]]
		}
		w.do(s)
		return
	case table.Choice:
		if !matters(int(truth)) {
			truth = in.Default
		}
		s.Value = names.Values[truth]
	case table.Date:
		if truth < 0 {
			s.Value = names.Values[truth-table.Missing-1]
		} else {
			s.Day, s.Month = table.DayText(truth), w.person.months && table.DayText(truth)[8:] == "01"
		}
	}
	w.given[q.Input] = truth
	w.do(s)
}

// add answers the questions that the page offers at the result, and returns all raw answers.
func (w *walker) add(raw []int32) []int32 {
	for input, value := range w.person.added {
		names := w.p.Names.Inputs[input]
		if paper := offeredWith[names.ID]; paper != "" && !w.holds(raw, paper) {
			continue
		}
		w.answers.added[input] = value
		s := step{Do: "add", Ask: names.ID}
		if w.p.Inputs[input].Kind == table.Number {
			s.Number = int(value)
		} else {
			s.Value = names.Values[value]
		}
		w.do(s)
	}
	raw, _ = w.follow(&w.answers)
	return raw
}

// holds reports whether the raw answers contain a paper.
func (w *walker) holds(raw []int32, paper string) bool {
	value := slices.Index(w.p.Names.Inputs[w.held].Values, paper)
	bits := raw[w.p.Slot(w.held)+value/31]
	return bits != table.Missing && bits>>(value%31)&1 != 0
}
