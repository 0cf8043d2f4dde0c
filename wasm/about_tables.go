package wasm

import (
	"sitegen/internal/schema"
	"sitegen/internal/table"
)

// AboutTables makes the description for the custom section of a module from a program. `version` is the version of the rules,
// and `source` the hash of the files from which they were compiled.
func AboutTables(p *table.Program, version, source string) About {
	n := &p.Names
	about := About{
		Version: version, Source: source,
		Outcomes: n.Outcomes, Documents: n.Documents, Notes: n.Notes, Rows: n.Rows, Sources: n.RowSources,
	}
	if len(p.Enough) > 0 {
		about.Enough = schema.Levels.Words
	}
	for i := range p.Inputs {
		about.Inputs = append(about.Inputs, aboutInput(p, i))
	}
	for signal := len(p.Atoms); signal < len(n.Signals); signal++ {
		outcome := signal - p.FirstOutcome()
		if id := n.Signals[signal]; id != "" && (outcome < 0 || outcome >= p.Outcomes) {
			about.Conditions = append(about.Conditions, Condition{ID: id, Signal: signal})
		}
	}
	for i := range n.Remedies {
		about.Remedies = append(about.Remedies, aboutRemedy(p, &n.Remedies[i]))
	}
	tests := map[int]bool{}
	because := func(l *table.List) []int {
		signals := signalsBehind(p, []int{}, l)
		for _, signal := range signals {
			if signal = max(signal, ^signal); signal < len(p.Atoms) && signal < len(n.Signals) && !tests[signal] {
				tests[signal] = true
				about.Tests = append(about.Tests, Test{Test: n.Signals[signal], Signal: signal})
			}
		}
		return signals
	}
	for i := range p.Rows {
		about.Because = append(about.Because, because(&p.Rows[i].List))
	}
	for i := range p.Asks {
		ask := &p.Asks[i]
		about.Asks = append(about.Asks, Ask{Input: n.Inputs[ask.Input].ID, Again: ask.Again, When: because(&ask.Guard)})
	}
	return about
}

func aboutInput(p *table.Program, i int) Input {
	in, names := &p.Inputs[i], &p.Names.Inputs[i]
	about := Input{
		ID: names.ID, Kind: in.Kind.String(), Slot: p.Slot(i), Policy: names.Policy,
		Required: in.Default == table.Missing, Default: plainAnswer(p, i, in.Default), Secret: pick(names.Values, names.Secret),
	}
	if names.Unknown >= 0 {
		about.Unknown = names.Values[names.Unknown]
	}
	switch about.Slot {
	case p.Visit:
		about.Role = RoleVisit
	case p.Held:
		about.Role = RoleHeld
	}
	if in.Kind == table.Date || in.Kind == table.Number {
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

func aboutRemedy(p *table.Program, r *table.Remedy) Remedy {
	choices := func(list []table.Among) (described []Choices) {
		for _, among := range list {
			names := &p.Names.Inputs[among.Input]
			described = append(described, Choices{Input: names.ID, Values: pick(names.Values, among.Values)})
		}
		return described
	}
	about := Remedy{ID: r.ID, For: choices(r.For), NotFor: choices(r.NotFor)}
	for _, given := range r.Answers {
		names, answer := &p.Names.Inputs[given.Input], Given{}
		if answer.Input = names.ID; p.Inputs[given.Input].Kind != table.Date {
			answer.Value = names.Values[given.Value]
		}
		about.Answers = append(about.Answers, answer)
	}
	return about
}

// plainAnswer writes the default of an input as an answer. It returns nil if there is no default.
func plainAnswer(p *table.Program, input int, raw int32) any {
	switch in := &p.Inputs[input]; {
	case raw == table.Missing:
		return nil
	case in.Kind == table.Several:
		return []string{} // a set is empty by default
	case in.Kind == table.Number && raw >= table.FirstDay:
		return raw
	}
	return p.ValueID(input, raw)
}

// pick returns the items with the given indices.
func pick(list []string, numbers []int) []string {
	var picked []string
	for _, i := range numbers {
		picked = append(picked, list[i])
	}
	return picked
}

// signalsBehind appends to `list` the signals that make the signal list `l` hold; a signal that must not hold is appended as
// ^signal. A gate that only splits a long list has no name, and is replaced by its parts.
func signalsBehind(p *table.Program, list []int, l *table.List) []int {
	split := func(signal int, inverted bool) *table.List {
		gate := signal - p.FirstGate()
		if gate < 0 || gate >= len(p.Gates) || signal < len(p.Names.Signals) && p.Names.Signals[signal] != "" || p.Gates[gate].Invert != inverted {
			return nil
		}
		return &p.Gates[gate].List
	}
	for _, signal := range l.Yes {
		if parts := split(signal, false); parts != nil {
			list = signalsBehind(p, list, parts)
		} else {
			list = append(list, signal)
		}
	}
	for _, signal := range l.No {
		if parts := split(signal, true); parts != nil { // the gate means "not all parts hold" and must be false, so all parts must hold
			list = signalsBehind(p, list, parts)
		} else {
			list = append(list, ^signal)
		}
	}
	return list
}
