package table

// Tellable returns, for each note, whether an answer may contain it if the choices in some slots have the given values (slot to
// raw value). It looks only at the tests of these slots in the list of each row, not at tests inside gates. So a note for which
// it returns true may still be in no answer, but a note for which it returns false is in no answer.
func (p *Program) Tellable(values map[int]int32) []bool {
	known := func(signal int) (holds, ok bool) {
		if signal >= len(p.Atoms) || p.Atoms[signal].Op != In {
			return false, false
		}
		value, ok := values[p.Atoms[signal].A]
		return ok && p.Atoms[signal].N>>value&1 != 0, ok
	}
	return p.toldBy(func(add *Add) bool {
		for _, signal := range add.Yes {
			if holds, ok := known(signal); ok && !holds {
				return false
			}
		}
		for _, signal := range add.No {
			if holds, _ := known(signal); holds {
				return false
			}
		}
		return true
	})
}

// Untold returns what an answer may contain if the visitor tells no circumstance (see [Input.Told]) and gives no answer in
// `without`, which has values as bits, by slot. `notes` and `outcomes` say, for each note and each outcome, whether the answer
// may contain it. `documents` has, as bits, the documents that may be under Bring, Also or NotAlone. No such answer contains
// anything else. Some of what they allow may be in no such answer.
func (p *Program) Untold(without map[int]int32) (notes, outcomes []bool, documents int32) {
	m := borrow(p)
	defer giveBack(m)
	raw := p.Unanswered()
	raw[p.Visit] = p.Inputs[p.InputOf(p.Visit)].Lo // the visit has no default; it is marked open below
	if bad := m.Load(raw); bad >= 0 {
		panic("BUG: an input has no default")
	}
	slot := 0
	for i := range p.Inputs {
		for k := range p.Inputs[i].Slots {
			m.open[slot] = p.Inputs[i].Untold(k) &^ without[slot]
			slot++
		}
	}
	m.follow()
	outcomes = make([]bool, p.Outcomes)
	for _, i := range m.rows {
		outcomes[p.Rows[i].Outcome] = true
		for _, set := range p.Offers[p.Rows[i].Offer] {
			documents |= p.Sets[set]
		}
	}
	possible := func(add *Add) bool { return m.List(&add.List) != False }
	if p.Held != p.Visit {
		documents |= p.Papers & m.open[p.Held]
		if m.Signal[p.HeldIf] != False {
			documents |= p.Papers & p.HeldAs
		}
	}
	return p.toldBy(possible), outcomes, documents | p.offeredBy(possible)
}

// toldBy returns, for each note, whether a possible row of the additive stage tells it.
func (p *Program) toldBy(possible func(add *Add) bool) []bool {
	told := make([]bool, p.Notes)
	for i := range p.Adds {
		if !possible(&p.Adds[i]) {
			continue
		}
		for _, effect := range p.Adds[i].Effects {
			if effect.Kind == Tell {
				told[effect.A] = true
			}
		}
	}
	return told
}

// Offerable returns, as bits, the documents that rows name for Bring or Also. No answer has other documents there.
func (p *Program) Offerable() int32 {
	var documents int32
	for _, offer := range p.Offers {
		for _, set := range offer {
			documents |= p.Sets[set]
		}
	}
	return documents | p.offeredBy(func(*Add) bool { return true })
}

// offeredBy returns, as bits, the documents that a possible row of the additive stage names for Bring or Also.
func (p *Program) offeredBy(possible func(add *Add) bool) (documents int32) {
	for i := range p.Adds {
		if !possible(&p.Adds[i]) {
			continue
		}
		for _, effect := range p.Adds[i].Effects {
			if effect.Kind == Or || effect.Kind == Also || effect.Kind == With {
				documents |= p.Sets[effect.A]
			}
		}
	}
	return documents
}
