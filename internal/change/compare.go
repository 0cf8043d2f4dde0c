package change

import (
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"sitegen/internal/bdd"
	"sitegen/internal/space"
	"sitegen/internal/table"
)

// differences are the differences between two rule sets, for every possible visitor and in every part of the answer. Check and
// Diff both begin with them.
type differences struct {
	*space.Space
	old, now *space.Model
	left     bdd.Func // the visitors who are compared
	parts    []part   // the parts of the kinds that are compared
	order    bdd.Func // the visitors for whom only the order of notes differs
}

// changedQuestion says which question changes, by the id of its input, and for whom.
type changedQuestion struct {
	id  string
	who bdd.Func
}

// errIncomparable says that two rule sets have too little in common, or are too large, to be compared.
var errIncomparable = errors.New("the rules cannot be compared")

// tooLarge turns the panic about a diagram that grew too large into an error. Call it with defer.
func tooLarge(err *error) {
	if problem := recover(); problem == bdd.ErrTooLarge {
		*err = errIncomparable
	} else if problem != nil {
		panic(problem)
	}
}

// compare finds what differs between an older and a newer program, including the deciding row. It compares only visitors all of
// whose answers the newer program knows. An answer that the older program does not know counts as the default there. compare
// returns errIncomparable if the programs have too little in common or are too large.
func compare(until func() error, old, now *table.Program) (d *differences, err error) {
	defer tooLarge(&err)
	if !alike(old, now) {
		return nil, errIncomparable
	}
	d = between(until, old, now)
	d.find(d.known(), append([]partKind{rowPart}, weights...))
	return d, nil
}

// between puts two programs into one space.
func between(until func() error, old, now *table.Program) *differences {
	d := &differences{Space: space.New(until, old, now)}
	d.old, d.now = d.Model(0), d.Model(1)
	return d
}

// find compares the parts of the given kinds, and the order of notes, for the visitors in `left`.
func (d *differences) find(left bdd.Func, kinds []partKind) {
	d.left, d.order = left, bdd.Never
	for _, p := range partsOf(d.old, d.now) {
		if slices.Contains(kinds, p.kind) {
			p.differs = d.And(left, p.differs)
			d.parts = append(d.parts, p)
		}
	}
	d.order = d.reordered(d.Without(left, d.differing()))
}

// alike reports whether one space can hold both programs: the input of the visit has the same id in both, and inputs with the
// same id have the same kind.
func alike(old, now *table.Program) bool {
	for i, in := range now.Inputs {
		if j := old.InputNamed(now.Names.Inputs[i].ID); j >= 0 && old.Inputs[j].Kind != in.Kind {
			return false
		}
	}
	visit := func(p *table.Program) string { return p.Names.Inputs[p.InputOf(p.Visit)].ID }
	return visit(old) == visit(now)
}

// merged returns the union of two maps. If both have a key, the value of b counts.
func merged[K comparable, V any](a, b map[K]V) map[K]V {
	both := maps.Clone(a)
	maps.Copy(both, b)
	return both
}

// known returns the visitors all of whose answers the newer program knows. The others do not matter, because nobody can give
// the answers that the newer program dropped. For inputs that it dropped altogether, these visitors have the default.
func (d *differences) known() bdd.Func {
	f := d.Possible
	for _, v := range d.Variables {
		i := d.now.Program.InputNamed(v.Input)
		switch {
		case i >= 0 && v.Kind == table.Several:
			if !slices.Contains(d.now.Program.Names.Inputs[i].Values, v.Member) {
				f = d.And(f, d.Is(v, 0))
			}
		case i >= 0:
			f = d.And(f, d.In(v, func(c int) bool {
				return v.Classes[c].Name == "" || slices.Contains(d.now.Program.Names.Inputs[i].Values, v.Classes[c].Name)
			}))
		case v.Kind == table.Several:
			f = d.And(f, d.Is(v, 0))
		default:
			input := d.old.Program.InputNamed(v.Input)
			id := d.old.Program.ValueID(input, d.old.Program.Inputs[input].Default)
			if named := d.In(v, func(c int) bool { return v.Classes[c].Name == id }); named != bdd.Never {
				f = d.And(f, named)
			}
		}
	}
	return f
}

// placed is a note or a question at its place in a sequence, and the people who are told the note or asked the question there.
type placed struct {
	note string
	who  bdd.Func
}

// notesInOrder lists the notes that people in `who` are told, in the order of telling, each with the people who are told it.
func notesInOrder(m *space.Model, who bdd.Func) []placed {
	var list []placed
	m.EachEffect(func(e table.Effect, fires bdd.Func) {
		if e.Kind == table.Tell {
			if here := m.And(fires, who); here != bdd.Never {
				list = append(list, placed{m.Program.Names.Notes[e.A], here})
			}
		}
	})
	return list
}

// reordered narrows `who` to the people whose notes are in a different order. Both rule sets must tell everybody in `who` the same
// notes.
func (d *differences) reordered(who bdd.Func) bdd.Func {
	a, b := notesInOrder(d.old, who), notesInOrder(d.now, who)
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	pairs := d.sequences(a)
	differ := bdd.Never
	for pair, f := range d.sequences(b) {
		differ = d.Or(differ, d.Without(f, pairs[pair]))
	}
	return differ
}

// sequences returns, for each pair of notes, who is told the first before the second.
func (d *differences) sequences(list []placed) map[[2]string]bdd.Func {
	pairs := map[[2]string]bdd.Func{}
	for i, first := range list {
		for _, second := range list[i+1:] {
			if both := d.And(first.who, second.who); both != bdd.Never {
				pair := [2]string{first.note, second.note}
				pairs[pair] = d.Or(pairs[pair], both)
			}
		}
	}
	return pairs
}

// differing returns everybody whose answer changes, even if only in the order of notes.
func (d *differences) differing() bdd.Func {
	f := d.order
	for _, p := range d.parts {
		f = d.Or(f, p.differs)
	}
	return f
}

// example chooses somebody for whom f holds, and returns their answers for both programs.
func (d *differences) example(f bdd.Func) (chosen map[*space.Variable]int, before, after []int32) {
	chosen = d.Pick(f)
	return chosen, d.old.Visitor(chosen), d.now.Visitor(chosen)
}

// like returns the people in `left` whose answer changes in the same way as that of the chosen visitor: they have the visitor's
// old row and outcome, and also the visitor's new row and outcome. If row and outcome stay the same, the change must be between
// the same levels of Enough and by the same additive rows.
func (d *differences) like(left bdd.Func, chosen map[*space.Variable]int) bdd.Func {
	here := bdd.Always
	for _, v := range d.Variables {
		here = d.And(here, d.Is(v, chosen[v]))
	}
	decides := func(m *space.Model) (row, outcome string, who bdd.Func) {
		for i, f := range m.Reach {
			if d.And(here, f) != bdd.Never {
				return m.Program.Names.Rows[i], m.Program.Names.Outcomes[m.Program.Rows[i].Outcome], f
			}
		}
		return "", "", m.Left
	}
	before, was, old := decides(d.old)
	after, is, now := decides(d.now)
	group := d.And(left, d.And(old, now))
	if before != after || was != is {
		return group
	}
	group = d.And(group, d.sameStep(here))
	a, b := doing(d.old.Program), doing(d.now.Program)
	adds := merged(a, b)
	for _, id := range slices.Sorted(maps.Keys(adds)) {
		otherwise := d.Xor(holdsFor(d.old, id), holdsFor(d.now, id))
		if a[id] != b[id] {
			otherwise = d.Or(holdsFor(d.old, id), holdsFor(d.now, id))
		}
		if d.And(here, otherwise) == bdd.Never {
			otherwise = d.Not(otherwise)
		}
		group = d.And(group, otherwise)
	}
	return group
}

// sameStep returns the people whose level of Enough changes in the same way as that of one visitor. If that visitor's level
// stays the same, theirs does too. `here` holds only for this visitor.
func (d *differences) sameStep(here bdd.Func) bdd.Func {
	step := bdd.Always
	for _, p := range d.parts {
		switch {
		case p.kind != enoughPart:
		case d.And(here, p.differs) == bdd.Never:
			step = d.Without(step, p.differs)
		case d.And(here, p.old) != bdd.Never:
			step = d.And(step, d.And(p.differs, p.old))
		default:
			step = d.And(step, d.Without(p.differs, p.old))
		}
	}
	return step
}

// decidedBy returns the people about whom a row decides.
func decidedBy(m *space.Model, id string) bdd.Func {
	return m.Reach[slices.Index(m.Program.Names.Rows, id)]
}

// holdsFor returns who meets the conditions of an additive row.
func holdsFor(m *space.Model, id string) bdd.Func {
	if i := slices.Index(m.Program.Names.Adds, id); i >= 0 {
		return m.List(&m.Program.Adds[i].List)
	}
	return bdd.Never
}

// doing returns the effects of each additive row as a text, by the id of the row.
func doing(p *table.Program) map[string]string {
	does := map[string]string{}
	for i := range p.Adds {
		text := ""
		for _, e := range p.Adds[i].Effects {
			text += " " + strconv.Itoa(int(e.Kind)) + " "
			if e.Kind == table.Tell {
				text += p.Names.Notes[e.A]
				continue
			}
			text += strings.Join(p.Names.DocumentsIn(p.Sets[e.A]), "+")
			if e.Kind == table.With {
				text += " to " + strings.Join(p.Names.DocumentsIn(p.Sets[e.B]), "+")
			}
		}
		does[p.Names.Adds[i]] = text
	}
	return does
}

// holding returns the effects of the additive rows that hold for somebody, as doing does.
func holding(p *table.Program, raw []int32) map[string]string {
	m := table.NewMachine(p)
	m.Load(raw)
	m.Decide()
	does := doing(p)
	for i, id := range p.Names.Adds {
		if m.List(&p.Adds[i].List) != table.True {
			delete(does, id)
		}
	}
	return does
}
