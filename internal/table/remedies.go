package table

import "slices"

// A Remedy is something that somebody could still get, do or find out before the visit: a row of rules/remedies.yaml. Its
// Answers would replace the answers that they have given.
type Remedy struct {
	ID      string
	Answers []Given
	// A remedy is for people who have given one of the answers in For (for everybody, if For is empty) and none of those in
	// NotFor.
	For, NotFor []Among
}

// Given is an answer of a remedy. Value is the number of a value; a set gets it in addition to the values that it has. For a
// date, Value is unused: the date becomes the day of the visit, unless it is already later.
type Given struct{ Input, Value int }

// Among lists values of an input. For a date or number, these are its special values.
type Among struct {
	Input  int
	Values []int
}

// Remedied says what a remedy would do for somebody.
type Remedied struct {
	Remedy  int
	Answers []Given // those that make the difference, in the order of the remedy
	Output          // the decision with these answers, without Until
}

// Remedied returns the remedies that are meant for somebody with these answers and would give a different outcome or level of
// Enough, in the order of Names.Remedies. It returns nil if an answer is refused. It leaves out the answers of a remedy that
// change nothing: those that somebody has given already, and those without which the outcome and level are the same and no
// question is open.
// themes/default/script/checker/remedies.ts transcribes this function.
func (p *Program) Remedied(raw []int32) []Remedied {
	now := p.Decide(raw)
	if now.Bad >= 0 {
		return nil
	}
	return p.remedied(raw, now)
}

// remedied is Remedied for somebody about whom `now` was decided.
func (p *Program) remedied(raw []int32, now Output) (list []Remedied) {
	for i := range p.Names.Remedies {
		if p.Helps(i, raw, now) {
			given, then := p.try(&p.Names.Remedies[i], raw)
			list = append(list, Remedied{i, given, then})
		}
	}
	return list
}

// Helps reports whether a remedy is meant for somebody with these answers, and leads to a different outcome or level of Enough
// than the answer `now`.
func (p *Program) Helps(remedy int, raw []int32, now Output) bool {
	r := &p.Names.Remedies[remedy]
	if len(r.For) > 0 && !p.anyOf(r.For, raw) || p.anyOf(r.NotFor, raw) {
		return false
	}
	return !SameVerdict(now, p.Decide(p.With(raw, r.Answers)))
}

// Best returns the remedies in `list` that lead to the highest level. It returns no remedies if that level is not above `now`.
func Best(list []Remedied, now Level) []Remedied {
	best := now
	for _, r := range list {
		best = max(best, r.Enough)
	}
	return slices.DeleteFunc(slices.Clone(list), func(r Remedied) bool { return best == now || r.Enough != best })
}

// Better returns the remedies that readers see: those that lead to the highest level. It returns no remedies if none leads
// to a higher level than the present answers, or if an answer is refused.
func (p *Program) Better(raw []int32) []Remedied { return p.BetterThan(p.Decide(raw), raw) }

// BetterThan is Better for callers who know what was decided about these answers: `now`.
func (p *Program) BetterThan(now Output, raw []int32) []Remedied {
	if now.Bad >= 0 || now.Enough == Yes {
		return nil
	}
	return Best(p.remedied(raw, now), now.Enough)
}

// try decides with the answers of a remedy. It returns the answers that make the difference, and the decision.
func (p *Program) try(r *Remedy, raw []int32) (given []Given, then Output) {
	with := slices.Clone(raw)
	for _, g := range r.Answers {
		if p.give(with, g) {
			given = append(given, g)
		}
	}
	then = p.Decide(with)
	for i := len(given) - 1; i >= 0; i-- {
		without, slot := slices.Clone(with), p.SlotOf(given[i])
		without[slot] = raw[slot]
		if out := p.Decide(without); SameVerdict(out, then) && p.Next(without, nil).Input < 0 {
			with, then, given = without, out, slices.Delete(given, i, i+1)
		}
	}
	return given, then
}

// With returns a copy of `raw` to which the answers in `given` are applied.
func (p *Program) With(raw []int32, given []Given) []int32 {
	raw = slices.Clone(raw)
	for _, g := range given {
		p.give(raw, g)
	}
	return raw
}

// give applies an answer to `raw`, and reports whether `raw` changed.
func (p *Program) give(raw []int32, g Given) bool {
	slot, value := p.SlotOf(g), int32(g.Value)
	switch p.Inputs[g.Input].Kind {
	case Several:
		value = max(raw[slot], 0) | 1<<(g.Value%31)
	case Date:
		value = max(raw[slot], raw[p.Visit])
	}
	changes := raw[slot] != value
	raw[slot] = value
	return changes
}

// SlotOf returns the slot that an answer changes.
func (p *Program) SlotOf(g Given) int {
	if p.Inputs[g.Input].Kind == Several {
		return p.Slot(g.Input) + g.Value/31
	}
	return p.Slot(g.Input)
}

func (p *Program) anyOf(list []Among, raw []int32) bool {
	return slices.ContainsFunc(list, func(among Among) bool { return p.Answers(raw, among) })
}

// Answers reports whether `raw` has one of the values in `among`. An input that was not answered has its default.
func (p *Program) Answers(raw []int32, among Among) bool {
	return p.Inputs[among.Input].answers(raw[p.Slot(among.Input):], among.Values)
}

// answers reports whether the answer that begins at the first of the slots is, or contains, one of the values.
func (in *Input) answers(slots []int32, values []int) bool {
	answer := in.Or(slots[0])
	return slices.ContainsFunc(values, func(value int) bool {
		switch in.Kind {
		case Several:
			return HasValue(slots, value)
		case Choice:
			return answer == int32(value)
		}
		return answer == Missing+1+int32(value)
	})
}
