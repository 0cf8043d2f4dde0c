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
	return about
}

var kindNames = map[Kind]string{Choice: "choice", Several: "set", Date: "date", Number: "number"}
