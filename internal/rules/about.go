package rules

import "sitegen/wasm"

// About describes the rules for the custom section of their module. What the site says about them is left out.
func (s *Set) About(version, source string) wasm.About {
	about := s.Program.About(version, source)
	about.Sources = nil
	for _, r := range s.rows {
		about.Sources = append(about.Sources, s.sourceNames(r.sources))
	}
	return about
}

// About describes the tables for the custom section of their module.
func (p *Program) About(version, source string) wasm.About {
	n := &p.Names
	about := wasm.About{
		Version: version, Source: source,
		Outcomes: n.Outcomes, Documents: n.Documents, Notes: n.Notes, Rows: n.Rows, Sources: n.RowSources,
	}
	if len(p.Enough) > 0 {
		about.Enough = ids(levelWords)
	}
	for i := range p.Inputs {
		about.Inputs = append(about.Inputs, p.aboutInput(i))
	}
	for signal := len(p.Atoms); signal < len(n.Signals); signal++ {
		outcome := signal - p.firstOutcome()
		if id := n.Signals[signal]; id != "" && (outcome < 0 || outcome >= p.Outcomes) {
			about.Conditions = append(about.Conditions, wasm.Condition{ID: id, Signal: signal})
		}
	}
	for i := range n.Remedies {
		about.Remedies = append(about.Remedies, p.aboutRemedy(&n.Remedies[i]))
	}
	tests := map[int]bool{}
	because := func(l *List) []int {
		signals := p.because([]int{}, l)
		for _, signal := range signals {
			if signal = max(signal, ^signal); signal < len(p.Atoms) && signal < len(n.Signals) && !tests[signal] {
				tests[signal] = true
				about.Tests = append(about.Tests, wasm.Test{Test: n.Signals[signal], Signal: signal})
			}
		}
		return signals
	}
	for i := range p.Rows {
		about.Because = append(about.Because, because(&p.Rows[i].List))
	}
	for i := range p.Asks {
		ask := &p.Asks[i]
		about.Asks = append(about.Asks, wasm.Ask{Input: n.Inputs[ask.Input].ID, Again: ask.Again, When: because(&ask.Guard)})
	}
	return about
}

func (p *Program) aboutInput(i int) wasm.Input {
	in, names := &p.Inputs[i], &p.Names.Inputs[i]
	about := wasm.Input{
		ID: names.ID, Kind: kindNames[in.Kind], Slot: p.Slot(i), Policy: names.Policy,
		Required: in.Default == Missing, Default: in.plain(in.Default, names.Values), Secret: pick(names.Values, names.Secret),
	}
	if names.Unknown >= 0 {
		about.Unknown = names.Values[names.Unknown]
	}
	switch about.Slot {
	case p.Visit:
		about.Role = wasm.RoleVisit
	case p.Held:
		about.Role = wasm.RoleHeld
	}
	if in.Kind == Date || in.Kind == Number {
		about.Min, about.Max, about.Special = &in.Lo, &in.Hi, names.Values
		return about
	}
	about.Values = names.Values
	for value, id := range names.Values {
		if in.Told[value/31]>>(value%31)&1 != 0 {
			about.Told = append(about.Told, id)
		}
	}
	return about
}

func (p *Program) aboutRemedy(r *Remedy) wasm.Remedy {
	choices := func(list []Among) (described []wasm.Choices) {
		for _, among := range list {
			names := &p.Names.Inputs[among.Input]
			described = append(described, wasm.Choices{Input: names.ID, Values: pick(names.Values, among.Values)})
		}
		return described
	}
	about := wasm.Remedy{ID: r.ID, For: choices(r.For), NotFor: choices(r.NotFor)}
	for _, given := range r.Answers {
		names, answer := &p.Names.Inputs[given.Input], wasm.Given{}
		if answer.Input = names.ID; p.Inputs[given.Input].Kind != Date {
			answer.Value = names.Values[given.Value]
		}
		about.Answers = append(about.Answers, answer)
	}
	return about
}

// plain writes a raw default as an answer; nil where there is none. values are the names of the input's values, or of its
// special ones.
func (in *Input) plain(raw int32, values []string) any {
	switch {
	case raw == Missing:
		return nil
	case in.Kind == Several:
		list := []string{}
		for value, id := range values {
			if value < 31 && raw>>value&1 != 0 {
				list = append(list, id)
			}
		}
		return list
	case in.Kind == Choice:
		return values[raw]
	case raw < firstDay:
		return values[raw-Missing-1]
	case in.Kind == Date:
		return dayText(raw)
	}
	return raw
}

// pick returns the items of some numbers.
func pick(list []string, numbers []int) []string {
	var picked []string
	for _, i := range numbers {
		picked = append(picked, list[i])
	}
	return picked
}

// because adds what makes a list hold: its signals, those that must not hold as ^signal. A part that only splits a long
// list has no name, and what it consists of takes its place.
func (p *Program) because(list []int, l *List) []int {
	split := func(signal int, inverted bool) *List {
		gate := signal - p.firstGate()
		if gate < 0 || gate >= len(p.Gates) || signal < len(p.Names.Signals) && p.Names.Signals[signal] != "" || p.Gates[gate].Invert != inverted {
			return nil
		}
		return &p.Gates[gate].List
	}
	for _, signal := range l.Yes {
		if parts := split(signal, false); parts != nil {
			list = p.because(list, parts)
		} else {
			list = append(list, signal)
		}
	}
	for _, signal := range l.No {
		if parts := split(signal, true); parts != nil { // the opposite of "not all of them"
			list = p.because(list, parts)
		} else {
			list = append(list, ^signal)
		}
	}
	return list
}

var kindNames = map[Kind]string{Choice: "choice", Several: "set", Date: "date", Number: "number"}
