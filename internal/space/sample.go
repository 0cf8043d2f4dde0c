package space

import "sitegen/internal/table"

// Sampler draws visitors from a fixed sequence of numbers, so that every run draws the same visitors.
type Sampler struct {
	p     *table.Program
	state uint64
}

// NewSampler begins the sequence of numbers that `seed` determines. Without a program (nil) only Below may be called.
func NewSampler(p *table.Program, seed uint64) *Sampler { return &Sampler{p: p, state: seed} }

// Below returns a number from 0 to n-1 (the high bits of a linear congruential generator).
func (s *Sampler) Below(n int32) int32 {
	s.state = s.state*6364136223846793005 + 1442695040888963407
	return int32(s.state >> 33 % uint64(n))
}

// Visitor draws the raw answers of one visitor: a day of the visit from FirstDay to LastDay, other dates at most 200 days
// before or after it, and at most three values of each slot of a set.
func (s *Sampler) Visitor() []int32 {
	raw := s.p.Unanswered()
	visit := FirstDay + s.Below(LastDay-FirstDay+1)
	if s.Below(2) == 0 {
		visit = FirstDay + s.Below(900)
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

func (s *Sampler) value(in *table.Input, visit int32, values int) int32 {
	switch in.Kind {
	case table.Several:
		members := int32(0)
		for range s.Below(4) {
			members |= 1 << s.Below(int32(min(31, values)))
		}
		return members
	case table.Choice:
		if s.Below(3) == 0 {
			return in.Default
		}
		return s.Below(in.Hi + 1)
	}
	if pick := s.Below(6); pick <= int32(in.Specials) && pick > 0 {
		return table.Missing + pick
	}
	if in.Kind == table.Number {
		return s.Below(in.Hi + 1)
	}
	return visit - 200 + s.Below(400)
}
