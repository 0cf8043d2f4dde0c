package sample

import (
	"math/rand/v2"

	"sitegen/internal/table"
)

// Slots returns the number of raw answers of a rule set.
func Slots(p *table.Program) int {
	slots := 0
	for _, in := range p.Inputs {
		slots += in.Slots
	}
	return slots
}

// Answers draws the raw answers of one visitor. Half of the visitors answer as people do: their dates are within about three
// years, they have few values of a set, and they leave some or most questions open. One in twenty has a value that most inputs
// refuse.
func Answers(r *rand.Rand, p *table.Program) []int32 {
	raw := make([]int32, 0, 31)
	realistic, open := r.IntN(2) == 0, 1+r.IntN(3)
	for i := range p.Inputs {
		in := &p.Inputs[i]
		for range in.Slots {
			if realistic && r.IntN(4) < open {
				raw = append(raw, table.Missing)
			} else {
				raw = append(raw, answer(r, in, realistic))
			}
		}
	}
	if r.IntN(20) == 0 {
		slot := r.IntN(len(raw))
		raw[slot] = malformed[r.IntN(len(malformed))]
	}
	if raw[p.Visit] == table.Missing && r.IntN(4) > 0 {
		raw[p.Visit] = 20000 + r.Int32N(1000)
	}
	return raw
}

// Open draws, for each slot, the open values of a set that was answered in part: half of the slots get no open value, the
// others get one value or any bits, even beyond the last value.
func Open(r *rand.Rand, p *table.Program) []int32 {
	open := make([]int32, Slots(p))
	for slot := range open {
		switch r.IntN(4) {
		case 0:
			open[slot] = int32(r.Uint32())
		case 1:
			open[slot] = 1 << r.IntN(18)
		}
	}
	return open
}

// malformed are values that most inputs refuse.
var malformed = []int32{-1, 1<<31 - 1, table.Missing, table.Missing + 1, table.Missing + 2, table.Missing + 3, -1 << 30, -1<<30 - 1, 32, 84371, -25568}

func answer(r *rand.Rand, in *table.Input, realistic bool) int32 {
	switch in.Kind {
	case table.Date:
		if in.Specials > 0 && r.IntN(4) == 0 {
			return table.Missing + 1 + r.Int32N(int32(in.Specials))
		}
		if realistic {
			return 20000 + r.Int32N(1200)
		}
	case table.Several:
		if realistic {
			return (1<<r.IntN(18) | 1<<r.IntN(18)) & in.Hi
		}
	}
	return in.Lo + int32(r.Int64N(int64(in.Hi)-int64(in.Lo)+1))
}

// Boundaries returns copies of one visitor's answers for each later change of the decision that the reference interpreter
// finds. In the copies, the visit is on the last day before the change, and on the two days after that day. It stops after
// about 60 copies.
func Boundaries(p *table.Program, raw []int32) [][]int32 {
	var all [][]int32
	days := map[int32]bool{}
	for visit := raw[p.Visit]; len(all) < 60; {
		moved := append([]int32(nil), raw...)
		moved[p.Visit] = visit
		out := p.Run(moved)
		if out.Bad >= 0 || out.Until == table.NoDay {
			break
		}
		for _, day := range []int32{out.Until, out.Until + 1, out.Until + 2} {
			if !days[day] {
				days[day] = true
				beside := append([]int32(nil), raw...)
				beside[p.Visit] = day
				all = append(all, beside)
			}
		}
		visit = out.Until + 1
	}
	return all
}
