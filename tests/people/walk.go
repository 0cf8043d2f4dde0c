package main

import (
	"fmt"
	"maps"
	"slices"

	"sitegen/internal/interview"
	"sitegen/internal/table"
)

// step is one action of a person on the page, in ids.
type step struct {
	Do     string              `json:"do"` // answer, change, visit, tell, secret or add
	Ask    string              `json:"ask,omitempty"`
	Again  bool                `json:"again,omitempty"`
	Value  string              `json:"value,omitempty"` // the id of the value; for a set, "" means "nothing", or "nothing else" after a value
	Day    string              `json:"day,omitempty"`
	Month  bool                `json:"month,omitempty"` // only the month of Day is known
	Number int                 `json:"number,omitempty"`
	Values map[string][]string `json:"values,omitempty"` // only if Do is tell; Ask is then the question whose button leads to the circumstances, or ""
}

// answers are a person's answers so far, in the form in which the page remembers them.
type answers struct {
	visit int32
	told  map[int][]int // by input: the values that the person told unasked
	given map[int]int32 // by input: the raw value that the person gave as the answer
	added map[int]int32 // by input that the interview does not ask for: the raw value that the person entered on the page with the result
	named []int         // papers held, in the order in which they were named
	all   bool          // the person holds no papers other than those in `named`
}

// follow replays the person's answers. It takes one step of the interview after another, until it reaches a question that they do not
// answer, or the result. It returns the state of the interview at that point, and the step.
func (w *walker) follow() (interview.Answers, interview.Step) {
	a := w.asked.Start(w.answers.visit)
	for input, values := range w.told {
		for _, value := range values {
			a = w.asked.Tell(a, interview.Value{Input: input, Value: value})
		}
	}
	for input, value := range w.answers.added {
		a = w.asked.Give(a, input, value)
	}
	named, done := 0, false
	name := func(s interview.Step) {
		a = w.asked.Take(a, s, interview.Option{Kind: interview.IsValue, Value: w.named[named]})
		named++
	}
	for {
		s := w.asked.Next(a)
		value, given := w.given[s.Input]
		switch {
		case s.Input == w.held && named < len(w.named):
			name(s)
		case s.Input == w.held && w.all && !done:
			a, done = w.asked.Take(a, s, interview.Option{Kind: interview.None}), true
		case given:
			a = w.asked.Give(a, s.Input, value) // like the page, keeps an answer that is no longer offered
		case s.Kind == interview.Result && named < len(w.named): // papers that the rules did not ask for count too
			for named < len(w.named) {
				name(interview.Step{Kind: interview.Another, Input: w.held})
			}
		default:
			return a, s
		}
	}
}

// reaches reports whether an answer can be given from the step `s` on: at once, after opening a group, or by a further question.
func (w *walker) reaches(a interview.Answers, s interview.Step, value int32) bool {
	if w.p.Inputs[s.Input].Kind == table.Date && value > table.FirstDay {
		return true
	}
	slot := w.p.Slot(s.Input)
	for input := s.Input; s.Input == input && a.Raw()[slot] == table.Missing; s = w.asked.Next(a) {
		option, ok := w.option(s, value)
		if !ok {
			return false
		}
		a = w.asked.Take(a, s, option)
	}
	return a.Raw()[slot] == value
}

// option returns the option of a step that gives the answer or, if there is no such option, the option that leads to it. It returns false
// if there is neither.
func (w *walker) option(s interview.Step, value int32) (interview.Option, bool) {
	in, number := &w.asked.Inputs[s.Input], int(value)
	if w.p.Inputs[s.Input].Kind == table.Date {
		number = int(value - table.Missing - 1)
	}
	has := func(fits func(o interview.Option) bool) (interview.Option, bool) {
		at := slices.IndexFunc(s.Options, fits)
		if at < 0 {
			return interview.Option{}, false
		}
		return s.Options[at], true
	}
	is := func(kind interview.OptionKind) func(o interview.Option) bool {
		return func(o interview.Option) bool { return o.Kind == kind }
	}
	leads := func(from int) bool { // whether a further question after the value `from` leads to the answer
		return slices.ContainsFunc(in.Further, func(f interview.Further) bool { return f.Yes == number && slices.Contains(f.Of, from) })
	}
	switch {
	case number == in.Unknown:
		return has(is(interview.Unknown))
	case s.Kind == interview.AskFurther && s.Further.Yes == number, s.Kind == interview.Expect && s.Value == number:
		return has(is(interview.Yes))
	case s.Kind == interview.AskFurther:
		return has(is(interview.No))
	}
	if o, ok := has(func(o interview.Option) bool {
		return o.Kind == interview.IsValue && (o.Value == number || leads(o.Value))
	}); ok {
		return o, true
	}
	return has(is(interview.Opens))
}

// isOffered reports whether a step offers a value of a set, at once or after opening a group.
func (w *walker) isOffered(a interview.Answers, s interview.Step, value int32) bool {
	for input := s.Input; s.Input == input; s = w.asked.Next(a) {
		option, ok := w.option(s, value)
		if !ok || option.Kind != interview.Opens {
			return ok
		}
		a = w.asked.Take(a, s, option)
	}
	return false
}

// walker leads one person through the interview and records the steps.
type walker struct {
	*drawer
	person person
	asked  *interview.Interview // the interview of the person's site
	answers
	hasTold bool // true when the person has told the circumstances
	steps   []step
}

// walk leads the person through the interview, and returns the answers at its end.
func (w *walker) walk() interview.Answers {
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
			w.tell("")
		}
		a, s := w.follow()
		if s.Kind == interview.Result {
			if asked < w.person.tellAt {
				w.tell("")
				w.person.tellAt = asked
				a, s = w.follow()
			}
			if s.Kind == interview.Result {
				if w.correct() {
					continue
				}
				return w.add()
			}
		}
		w.answer(a, s)
	}
}

// correct takes back a mistaken answer at the result, and gives the true one. It reports whether the person has done so. Answers that
// followed from the mistake stay: the page remembers them, but they must not count.
func (w *walker) correct() bool {
	for _, input := range slices.Sorted(maps.Keys(w.person.mistakes)) {
		mistake := w.person.mistakes[input]
		if given, ok := w.given[input]; !ok || given != mistake {
			continue
		}
		delete(w.person.mistakes, input)
		delete(w.given, input)
		if a, s := w.follow(); s.Kind == interview.Question || s.Kind == interview.Expect {
			if s.Input == input && w.reaches(a, s, w.person.truth[input]) {
				w.answer(a, s)
				w.steps[len(w.steps)-1].Do = "change"
				return true
			}
		}
		w.given[input] = mistake // the result with the mistake stays
	}
	return false
}

func (w *walker) do(s step) { w.steps = append(w.steps, s) }

// tell tells the person's circumstances, unless they are already told or no circumstance applies. `ask` is the question whose button led
// there, or "".
func (w *walker) tell(ask string) {
	if len(w.person.told) == 0 || w.hasTold {
		return
	}
	w.hasTold = true
	values := map[string][]string{}
	for input, list := range w.person.told {
		names := w.p.Names.Inputs[input]
		w.told[input] = append(slices.Clone(w.told[input]), list...)
		for _, value := range list {
			values[names.ID] = append(values[names.ID], names.Values[value])
		}
	}
	w.do(step{Do: "tell", Ask: ask, Values: values})
}

// answer answers a question truthfully. If the true answer is a circumstance, and the step has a button that leads to the circumstances,
// the person tells it there. If the true answer is not offered, the person gives the default or, if that is not offered either, "I don't
// know".
func (w *walker) answer(a interview.Answers, s interview.Step) {
	in, names := &w.p.Inputs[s.Input], w.p.Names.Inputs[s.Input]
	done := step{Do: "answer", Ask: names.ID, Again: s.Kind == interview.Another}
	truth := w.person.truth[s.Input]
	switch in.Kind {
	case table.Several:
		at := slices.IndexFunc(w.person.held, func(value int) bool { return !slices.Contains(w.named, value) && w.isOffered(a, s, int32(value)) })
		if w.all = at < 0; !w.all {
			w.named = append(w.named, w.person.held[at])
			done.Value = names.Values[w.person.held[at]]
		}
		w.do(done)
		return
	case table.Choice:
		if w.person.told[s.Input] != nil && !w.hasTold && slices.ContainsFunc(s.Options, func(o interview.Option) bool { return o.Kind == interview.Elsewhere }) {
			w.tell(names.ID)
			return
		}
		if mistake, ok := w.person.mistakes[s.Input]; ok && w.reaches(a, s, mistake) {
			truth = mistake
		}
		for _, other := range []int32{in.Default, int32(names.Unknown)} {
			if !w.reaches(a, s, truth) {
				truth = other
			}
		}
		done.Value = names.Values[truth]
	case table.Date:
		if truth < 0 {
			done.Value = names.Values[truth-table.Missing-1]
		} else {
			done.Day, done.Month = table.DayText(truth), w.person.months && table.DayText(truth)[8:] == "01"
		}
	}
	if !w.reaches(a, s, truth) {
		panic(fmt.Sprintf("BUG: the interview asks for %s and does not take %d", names.ID, truth))
	}
	w.given[s.Input] = truth
	w.do(done)
}

// add gives the answers that the person adds at the result, and returns all answers.
func (w *walker) add() interview.Answers {
	for _, input := range slices.Sorted(maps.Keys(w.person.added)) {
		value, names := w.person.added[input], w.p.Names.Inputs[input]
		if a, _ := w.follow(); !slices.Contains(w.asked.Offers(a), input) {
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
	a, _ := w.follow()
	return a
}
