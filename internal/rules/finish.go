package rules

// finish lowers the checked set and refuses what does not fit the tables.
func (l *loader) finish() {
	s := l.set
	s.papers = mask(l.held().values) &^ mask(l.noPapers)
	s.Program = s.lower(false).p
	s.checked = s.lower(true)
	p := s.Program
	var tooLarge string
	switch {
	case len(p.Terms) > 255:
		tooLarge = "terms"
	case len(p.Sets) > 255 || len(p.Offers) > 255:
		tooLarge = "bring"
	case p.mostComparisons() > 30:
		tooLarge = "dates"
	case p.signals() > 4096 || len(p.Rows) > 1000 || len(p.Adds) > 1000:
		tooLarge = "rows"
	}
	if tooLarge != "" {
		l.report(s.layers[0].place.at("rule-too-large", tooLarge))
	}
	l.unused()
}

// mostComparisons returns how often the most compared date (or the constants together) is compared with the visit.
func (p *Program) mostComparisons() int {
	counts, most := map[int]int{}, 0
	for _, a := range p.Atoms {
		if a.Op == NotAfter {
			slot := max(p.otherSlot(a.A), p.otherSlot(a.B))
			counts[slot]++
			most = max(most, counts[slot])
		}
	}
	return most
}

// unused reports conditions and notes that nothing speaks of.
func (l *loader) unused() {
	s := l.set
	used := map[any]bool{}
	mark := func(list []literal) {
		for _, lit := range list {
			used[lit.test.condition] = true
		}
	}
	for _, c := range s.conditions {
		mark(c.parts)
	}
	for _, in := range s.inputs {
		mark(in.guard)
		for _, u := range in.unknowns {
			mark(u.when)
		}
	}
	for _, rows := range [][]*row{s.rows, s.adds, s.laws} {
		for _, r := range rows {
			mark(r.when)
			mark(r.require)
			for _, e := range r.effects {
				used[e.note] = true
			}
		}
	}
	for _, c := range s.conditions {
		if !used[c] {
			l.report(c.place.at("rule-dead-name", c.id))
		}
	}
	for _, n := range s.notes {
		if !used[n] {
			l.report(n.place.at("rule-dead-name", n.id))
		}
	}
}
