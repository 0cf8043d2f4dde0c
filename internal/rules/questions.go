package rules

import "sitegen/internal/table"

// Questions returns how many questions the worked cases are asked on average, and the most that any of them or of a
// sample of visitors is asked.
func (s *Set) Questions() (mean float64, most int) {
	total, count := 0, 0
	for _, c := range s.cases {
		_, asked := s.Program.Interview(c.raw, -1)
		total, count, most = total+len(asked), count+1, max(most, len(asked))
	}
	sample := &sampler{p: s.Program, state: 1}
	for range 200 {
		_, asked := s.Program.Interview(sample.visitor(), -1)
		most = max(most, len(asked))
	}
	return float64(total) / float64(max(1, count)), most
}

// sampler makes visitors out of a fixed sequence of numbers, so that every run makes the same ones.
type sampler struct {
	p     *table.Program
	state uint64
}

// below returns a number from 0 to n-1 (a multiplicative congruential generator, its high bits).
func (s *sampler) below(n int32) int32 {
	s.state = s.state*6364136223846793005 + 1442695040888963407
	return int32(s.state >> 33 % uint64(n))
}

// visitor makes one set of answers: a day of the verified span, dates around it, few members of sets.
func (s *sampler) visitor() []int32 {
	raw := s.p.Unanswered()
	visit := spaceFirst + s.below(spaceLast-spaceFirst+1)
	if s.below(2) == 0 {
		visit = spaceFirst + s.below(900)
	}
	slot := 0
	for i := range s.p.Inputs {
		in := &s.p.Inputs[i]
		for k := range in.Slots {
			raw[slot+k] = s.value(in, visit, len(s.p.Names.Inputs[i].Values)-31*k)
		}
		slot += in.Slots
	}
	raw[s.p.Visit] = visit
	return raw
}

func (s *sampler) value(in *table.Input, visit int32, values int) int32 {
	switch in.Kind {
	case table.Several:
		members := int32(0)
		for range s.below(4) {
			members |= 1 << s.below(int32(min(31, values)))
		}
		return members
	case table.Choice:
		if s.below(3) == 0 {
			return in.Default
		}
		return s.below(in.Hi + 1)
	}
	if pick := s.below(6); pick <= int32(in.Specials) && pick > 0 {
		return table.Missing + pick
	}
	if in.Kind == table.Number {
		return s.below(in.Hi + 1)
	}
	return visit - 200 + s.below(400)
}
