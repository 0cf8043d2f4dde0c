package space

import (
	"slices"

	"sitegen/internal/bdd"
	"sitegen/internal/civil"
	"sitegen/internal/table"
)

// Witnesses returns somebody for every row that decides and every effect that adds something. It panics as [New] says.
func Witnesses(until func() error, p *table.Program) [][]int32 {
	return New(until, p).Model(0).RowWitnesses()
}

// RowWitnesses returns somebody for every row that decides and every effect that adds something.
func (m *Model) RowWitnesses() [][]int32 {
	var list [][]int32
	for _, functions := range append([][]bdd.Func{m.Reach}, m.Fires...) {
		for _, f := range functions {
			if f != bdd.Never {
				list = append(list, m.Witness(f))
			}
		}
	}
	return list
}

// Probe is a visitor about whom a build asks the module, in raw answers.
type Probe struct {
	Raw  []int32
	Open []int32 // for sets that were answered in part: the values still open; nil if there are none
}

// Probes returns the visitors about whom every build asks the module:
//
//   - somebody for every row and every effect
//   - copies of these visitors on both sides of every comparison of days or numbers
//   - copies of these visitors at every step of the interview; in further copies they name the members of sets one at a time
//   - somebody for every edge of the diagrams of the rows
//   - for every supplement, somebody for each alternative to which it is not added
//
// It panics as [New] says.
func Probes(until func() error, p *table.Program) []Probe {
	m := New(until, p).Model(0)
	witnesses := m.RowWitnesses()
	known := questions{}
	whole := Unrepeated(witnesses, m.EdgeWitnesses(m.Reach), m.passedOver(), Around(p, witnesses), halfway(p, witnesses, known))
	var list []Probe
	for _, raw := range whole {
		list = append(list, Probe{Raw: raw})
	}
	return append(list, inPart(p, witnesses, known)...)
}

// passedOver returns, for every supplement and every alternative to which it is not added, somebody who is offered that
// alternative and to whom the supplement's row applies.
func (m *Model) passedOver() [][]int32 {
	var list [][]int32
	m.EachEffect(func(e table.Effect, who bdd.Func) {
		if e.Kind != table.With {
			return
		}
		for _, set := range m.Sets {
			if to := m.Program.Sets[e.B]; to != 0 && set&to == 0 {
				if f := m.And(who, m.Has[set]); f != bdd.Never {
					list = append(list, m.Witness(f))
				}
			}
		}
	})
	return list
}

// questions caches what is asked next, by the answers so far: many visitors give the same answers at first.
type questions map[string]table.Question

// next returns the question that a program asks next, and whether it came from the cache.
func (known questions) next(p *table.Program, raw, open []int32) (q table.Question, again bool) {
	key := string(append(rawKey(raw), rawKey(open)...))
	if q, again = known[key]; !again {
		q = p.Next(raw, open)
		known[key] = q
	}
	return q, again
}

// halfway returns the answers that visitors have given at every step of their interview. It leaves out the steps that are
// already in `known`, and adds the others to `known`.
func halfway(p *table.Program, visitors [][]int32, known questions) [][]int32 {
	var list [][]int32
	for _, visitor := range visitors {
		w := p.Walk(visitor)
		for {
			q, again := known.next(p, w.Raw, w.Open)
			if !again {
				list = append(list, slices.Clone(w.Raw))
			}
			if q.Input < 0 {
				break
			}
			w.Answer(q)
		}
	}
	return list
}

// inPart returns visitors at every step of an interview in which they name the values of a set one at a time.
func inPart(p *table.Program, visitors [][]int32, known questions) []Probe {
	var list []Probe
	seen := map[string]bool{}
	for _, visitor := range visitors {
		raw, open := p.Unanswered(), make([]int32, p.Slots())
		for slot := range raw {
			if !p.IsAsked(p.InputOf(slot)) {
				raw[slot] = visitor[slot]
			}
		}
		for {
			if key := string(rawKey(raw)) + string(rawKey(open)); !seen[key] {
				seen[key] = true
				list = append(list, Probe{slices.Clone(raw), slices.Clone(open)})
			}
			q, _ := known.next(p, raw, open)
			if q.Input < 0 {
				break
			}
			answerInPart(p, q, visitor, raw, open)
		}
	}
	return list
}

// answerInPart writes the visitor's answer to a question into `raw`. Of a set it adds only the next value that the visitor
// has, and leaves the other values open. If no such value is left, it closes all values of the set.
func answerInPart(p *table.Program, q table.Question, visitor, raw, open []int32) {
	in, first := &p.Inputs[q.Input], p.Slot(q.Input)
	named := false
	for slot := first; slot < first+in.Slots; slot++ {
		answer := visitor[slot]
		if answer == table.Missing {
			answer = in.Default
		}
		if in.Kind != table.Several {
			raw[slot] = answer
			continue
		}
		if raw[slot] == table.Missing {
			raw[slot], open[slot] = 0, in.All(slot-first)
		}
		if left := answer &^ raw[slot]; left != 0 && !named {
			raw[slot] |= left & -left
			named = true
		}
		open[slot] &^= raw[slot]
	}
	if !named {
		clear(open[first : first+in.Slots])
	}
}

// Around returns copies of the given visitors on both sides of every comparison of days or numbers. If the visit is compared
// with a different date, that date is set to each day that DaysFor returns.
func Around(p *table.Program, witnesses [][]int32) [][]int32 {
	var list [][]int32
	for _, witness := range witnesses {
		list = append(list, boundaries(p, witness)...)
		list = append(list, thresholds(p, witness)...)
	}
	return list
}

// thresholds returns copies of a visitor. In each, one number is at one of its thresholds or just below it.
func thresholds(p *table.Program, witness []int32) [][]int32 {
	var list [][]int32
	for _, a := range p.Atoms {
		for number := a.N - 1; a.Op == table.AtLeast && number <= a.N; number++ {
			if number >= table.LowestNumber {
				raw := slices.Clone(witness)
				raw[a.A] = number
				list = append(list, raw)
			}
		}
	}
	return list
}

// Unrepeated joins lists of visitors and drops duplicates.
func Unrepeated(lists ...[][]int32) [][]int32 {
	var joined [][]int32
	seen := map[string]bool{}
	for _, list := range lists {
		for _, raw := range list {
			if key := string(rawKey(raw)); !seen[key] {
				seen[key] = true
				joined = append(joined, raw)
			}
		}
	}
	return joined
}

func rawKey(raw []int32) []byte {
	key := make([]byte, 0, 4*len(raw))
	for _, value := range raw {
		key = append(key, byte(value), byte(value>>8), byte(value>>16), byte(value>>24))
	}
	return key
}

// boundaries returns copies of a visitor on both sides of every comparison of days. For each side, the day of the visit moves:
// once alone, and once together with the other dates.
func boundaries(p *table.Program, witness []int32) [][]int32 {
	m := table.NewMachine(p)
	var list [][]int32
	around := func(raw []int32, a *table.Atom) {
		if m.Load(raw) >= 0 {
			return
		}
		m.Terms()
		turn := m.Turn(a)
		if turn == table.NoDay || turn <= table.LowestDay || turn > table.HighestDay {
			return
		}
		for day := turn - 1; day <= turn; day++ {
			list = append(list, MovedTo(p, raw, day, false), MovedTo(p, raw, day, true))
		}
	}
	for i := range p.Atoms {
		a := &p.Atoms[i]
		if a.Op != table.NotAfter {
			continue
		}
		slot := max(p.OtherSlot(a.A), p.OtherSlot(a.B))
		if slot < 0 {
			around(witness, a)
			continue
		}
		for _, value := range DaysFor(p, a) {
			raw := slices.Clone(witness)
			raw[slot] = value
			around(raw, a)
		}
	}
	return list
}

// MovedTo returns the same answers for a different day of the visit. If `along` is true, the other dates move by the same
// number of days, but stay within their ranges.
func MovedTo(p *table.Program, raw []int32, day int32, along bool) []int32 {
	copied := slices.Clone(raw)
	shift := day - raw[p.Visit]
	slot := 0
	for _, in := range p.Inputs {
		if in.Kind == table.Date && copied[slot] >= table.FirstDay && (along || slot == p.Visit) {
			copied[slot] = min(max(copied[slot]+shift, in.Lo), in.Hi)
		}
		slot += in.Slots
	}
	return copied
}

// awkwardDays are the days on which calendar arithmetic is most likely to go wrong: ends of long, short and leap months, the
// end of a year, and an ordinary day.
var awkwardDays = []int32{
	int32(civil.Of(2025, 11, 30)), int32(civil.Of(2025, 12, 31)), int32(civil.Of(2026, 5, 31)), int32(civil.Of(2027, 2, 28)),
	int32(civil.Of(2027, 11, 30)), int32(civil.Of(2028, 2, 29)), int32(civil.Of(2028, 5, 31)), int32(civil.Of(2026, 8, 15)),
}

// DaysFor returns the days on which a comparison is tried: all awkward days if it calculates with months or birthdays, otherwise
// two of them.
func DaysFor(p *table.Program, a *table.Atom) []int32 {
	if calculates(p, a.A) || calculates(p, a.B) {
		return awkwardDays
	}
	return awkwardDays[:2]
}

// calculates reports whether a term needs the calendar (months or birthdays) and not only day numbers.
func calculates(p *table.Program, term int) bool {
	switch t := &p.Terms[term]; t.Op {
	case table.InputDay, table.ConstDay:
		return false
	case table.Earlier, table.Later:
		return calculates(p, t.A) || calculates(p, int(t.N))
	case table.Shift:
		return calculates(p, t.A)
	}
	return true
}
