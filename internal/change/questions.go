package change

import (
	"maps"
	"slices"
	"strings"

	"sitegen/internal/bdd"
	"sitegen/internal/space"
	"sitegen/internal/table"
)

// questions returns the questions that change, by the ids of their inputs, and the people whom each change affects: those
// who are newly asked, or no longer asked. A question that is new or gone, or whose default or place among the inputs
// changes, affects everybody. If only the order of steps changes, the list has one question that changed places with an
// earlier one, and the people who may be asked both.
func (d *differences) questions() []changedQuestion {
	old, now := d.old.Program, d.now.Program
	var list []changedQuestion
	for _, id := range sequence(old, now) {
		i, j := old.InputNamed(id), now.InputNamed(id)
		switch {
		case i < 0 || j < 0 || old.ValueID(i, old.Inputs[i].Default) != now.ValueID(j, now.Inputs[j].Default):
			list = append(list, changedQuestion{id, d.Possible})
		default:
			if who := d.And(d.left, d.Xor(askedOf(d.old, i), askedOf(d.now, j))); who != bdd.Never {
				list = append(list, changedQuestion{id, who})
			}
		}
	}
	a, b := sequence(old, now), sequence(now, old)
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] && len(list) == 0 {
			list = append(list, changedQuestion{b[i], d.Possible})
		}
	}
	if m := d.stepMoved(); m != nil && len(list) == 0 {
		list = append(list, changedQuestion{m.second, m.who})
	}
	return list
}

// move is a change of the order in which two questions are asked.
type move struct {
	first, second string   // in the order of the older rule set, or of the newer one if `now` is true
	now           bool     // whether the newer rule set asks `first` before `second`
	who           bdd.Func // who may be asked both, in a different order
}

// stepMoved returns the first two questions that change places, or nil. Use it only if both programs may ask the same people
// at each step.
func (d *differences) stepMoved() *move {
	before, after := d.sequences(stepsOf(d.old)), d.sequences(stepsOf(d.now))
	for _, pair := range sortedPairs(merged(before, after)) {
		if who := d.And(d.left, d.Xor(before[pair], after[pair])); who != bdd.Never {
			first, _, _ := strings.Cut(pair[0], " ")
			second, _, _ := strings.Cut(pair[1], " ")
			return &move{first, second, d.Without(after[pair], before[pair]) != bdd.Never, who}
		}
	}
	return nil
}

// stepsOf lists the steps of the interview in order, with those who may be asked there.
func stepsOf(m *space.Model) []placed {
	var list []placed
	for _, ask := range m.Program.Asks {
		name := m.Program.Names.Inputs[ask.Input].ID
		if ask.Again {
			name += " again"
		}
		list = append(list, placed{name, m.And(m.Possible, m.List(&ask.Guard))})
	}
	return list
}

func sortedPairs(m map[[2]string]bdd.Func) [][2]string {
	return slices.SortedFunc(maps.Keys(m), func(a, b [2]string) int { return slices.Compare(a[:], b[:]) })
}

// sequence lists the ids of the inputs of p in their order, then the ids of the inputs that only the other program has.
func sequence(p, other *table.Program) []string {
	var list []string
	for _, names := range slices.Concat(p.Names.Inputs, other.Names.Inputs) {
		if !slices.Contains(list, names.ID) {
			list = append(list, names.ID)
		}
	}
	return list
}

// askedOf returns the people who may be asked for an input.
func askedOf(m *space.Model, input int) bdd.Func {
	f := bdd.Never
	for _, ask := range m.Program.Asks {
		if ask.Input == input {
			f = m.Or(f, m.List(&ask.Guard))
		}
	}
	return m.And(m.Possible, f)
}
