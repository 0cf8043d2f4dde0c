package rules

import "sitegen/wasm"

// About describes the tables for the custom section of their module.
func (p *Program) About(version, source string) wasm.About {
	n := &p.Names
	about := wasm.About{
		Version: version, Source: source,
		Outcomes: n.Outcomes, Documents: n.Documents, Notes: n.Notes, Rows: n.Rows, Sources: n.RowSources,
	}
	slot := 0
	for i, in := range p.Inputs {
		ids := n.Inputs[i]
		described := wasm.Input{
			ID: ids.ID, Kind: kindNames[in.Kind], Slot: slot,
			Required: in.Default == Missing, Policy: ids.Policy,
		}
		switch in.Kind {
		case Date, Number:
			described.Min, described.Max, described.Special = &p.Inputs[i].Lo, &p.Inputs[i].Hi, ids.Values
		default:
			described.Values = ids.Values
		}
		about.Inputs = append(about.Inputs, described)
		slot += in.Slots
	}
	for signal := len(p.Atoms); signal < len(n.Signals); signal++ {
		outcome := signal - len(p.Atoms) - len(p.Gates)
		if id := n.Signals[signal]; id != "" && (outcome < 0 || outcome >= p.Outcomes) {
			about.Conditions = append(about.Conditions, wasm.Condition{ID: id, Signal: signal})
		}
	}
	tests := map[int]bool{}
	for i := range p.Rows {
		because := p.because([]int{}, &p.Rows[i].List)
		for _, signal := range because {
			if signal = max(signal, ^signal); signal < len(p.Atoms) && signal < len(n.Signals) && !tests[signal] {
				tests[signal] = true
				about.Tests = append(about.Tests, wasm.Test{Test: n.Signals[signal], Signal: signal})
			}
		}
		about.Because = append(about.Because, because)
	}
	return about
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
