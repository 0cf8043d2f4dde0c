package rules

import (
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"sitegen/internal/bdd"
	"sitegen/internal/table"
)

// differences is what two rule sets say otherwise, over the space of both: for every possible visitor, and of the whole
// answer.
type differences struct {
	*space
	old, now *model
	left     bdd.Func // visitors whom both sets know
	parts    []differing
	order    bdd.Func // visitors who are told the same in another order
}

// differing is one part of an answer, or a question, and for whom it is another.
type differing struct {
	what string
	who  bdd.Func
}

// errIncomparable says that two rule sets have too little in common, or too much of everything, to be compared.
var errIncomparable = errors.New("the rules cannot be compared")

// tooLarge, deferred, makes an error of work that was given up because a diagram grew too large.
func tooLarge(err *error) {
	if problem := recover(); problem == bdd.ErrTooLarge {
		*err = errIncomparable
	} else if problem != nil {
		panic(problem)
	}
}

// compare finds what the rules of a program say otherwise than those of an older one.
func compare(until func() error, old, now *table.Program) (d *differences, err error) {
	defer tooLarge(&err)
	if !alike(old, now) {
		return nil, errIncomparable
	}
	d = &differences{space: newSpace(until, old, now)}
	d.old, d.now = d.model(0, nil), d.model(1, nil)
	d.left = d.known()
	a, b := d.old.whole(), d.now.whole()
	changed := bdd.Never
	for _, what := range sortedKeys(merged(a, b)) {
		if who := d.And(d.left, d.Xor(a[what], b[what])); who != bdd.Never {
			d.parts = append(d.parts, differing{what, who})
			changed = d.Or(changed, who)
		}
	}
	d.order = d.reordered(d.Without(d.left, changed))
	return d, nil
}

// alike reports whether one space can hold both programs: the visit has the same name, and what has the same name is of
// the same kind.
func alike(old, now *table.Program) bool {
	for i, in := range now.Inputs {
		if j := old.InputNamed(now.Names.Inputs[i].ID); j >= 0 && old.Inputs[j].Kind != in.Kind {
			return false
		}
	}
	visit := func(p *table.Program) string { return p.Names.Inputs[p.InputOf(p.Visit)].ID }
	return visit(old) == visit(now)
}

// merged returns everything in two maps.
func merged[K comparable, V any](a, b map[K]V) map[K]V {
	both := maps.Clone(a)
	maps.Copy(both, b)
	return both
}

// known returns the visitors whose answers the newer program knows: nobody can give others any more. What was asked and
// is not is left at its default.
func (d *differences) known() bdd.Func {
	f := d.possible
	for _, v := range d.variables {
		i := d.now.p.InputNamed(v.input)
		switch {
		case i >= 0 && v.kind == table.Several:
			if !slices.Contains(d.now.p.Names.Inputs[i].Values, v.member) {
				f = d.And(f, d.is(v, 0))
			}
		case i >= 0:
			f = d.And(f, d.in(v, func(c int) bool {
				return v.classes[c].name == "" || slices.Contains(d.now.p.Names.Inputs[i].Values, v.classes[c].name)
			}))
		case v.kind == table.Several:
			f = d.And(f, d.is(v, 0))
		default:
			usual := defaultAnswer(d.old.p, d.old.p.InputNamed(v.input))
			if named := d.in(v, func(c int) bool { return v.classes[c].name == usual }); named != bdd.Never {
				f = d.And(f, named)
			}
		}
	}
	return f
}

// whole returns the functions that make up the whole answer, by what they are about: visitors for whom all of them are
// the same get the same, but for the order of notes. They are named by ids, so that those of two programs can be compared.
func (m *model) whole() map[string]bdd.Func {
	n := &m.p.Names
	parts := map[string]bdd.Func{}
	add := func(kind, id string, f bdd.Func) {
		if f != bdd.Never {
			parts[kind+" "+id] = m.Or(parts[kind+" "+id], f)
		}
	}
	for i, f := range m.reach {
		add("row", n.Rows[i], f)
	}
	for i, f := range m.outcome {
		add("outcome", n.Outcomes[i], f)
	}
	for i, f := range m.tell {
		add("tell", n.Notes[i], f)
	}
	for i, id := range n.Documents {
		add("also", id, m.also[i])
		add("not_alone", id, m.refused[i])
	}
	for _, o := range m.lineup() {
		add("bring", strconv.Itoa(o.at)+" "+strings.Join(n.DocumentsIn(o.set), "+"), o.who)
	}
	return parts
}

// placed is an alternative, supplements included, at a place in the list of alternatives, and who is offered it there.
type placed struct {
	at  int
	set int32
	who bdd.Func
}

// lineup returns what is offered at each place.
func (m *model) lineup() []placed {
	var list []placed
	counts := []bdd.Func{m.possible} // who has been offered so many
	offer := func(set int32, who bdd.Func) {
		for at := 0; who != bdd.Never; at++ {
			here := m.And(who, counts[at])
			if here == bdd.Never {
				continue
			}
			if at+1 == len(counts) {
				counts = append(counts, bdd.Never)
			}
			counts[at], counts[at+1] = m.Without(counts[at], here), m.Or(counts[at+1], here)
			list = append(list, placed{at, set, here})
			who = m.Without(who, here)
		}
	}
	for i := range m.p.Rows {
		for _, set := range m.p.Offers[m.p.Rows[i].Offer] {
			offer(m.p.Sets[set], m.reach[i])
		}
	}
	m.eachEffect(func(e table.Effect, who bdd.Func) {
		if e.Kind == table.Or {
			offer(m.p.Sets[e.A], who)
		}
	})
	m.eachEffect(func(e table.Effect, who bdd.Func) {
		if e.Kind == table.With {
			list = m.supplement(list, m.p.Sets[e.A], m.p.Sets[e.B], who)
		}
	})
	return list
}

// supplement adds documents to the alternatives that share one with to; to every one where that is empty.
func (m *model) supplement(list []placed, with, to int32, who bdd.Func) []placed {
	var after []placed
	for _, o := range list {
		if added := m.And(o.who, who); added != bdd.Never && (to == 0 || o.set&to != 0) {
			after = append(after, placed{o.at, o.set | with, added})
			o.who = m.Without(o.who, who)
		}
		if o.who != bdd.Never {
			after = append(after, o)
		}
	}
	return after
}

// eachEffect calls f for each effect of the additive stage, in order, with those for whom it changes something.
func (m *model) eachEffect(f func(e table.Effect, who bdd.Func)) {
	for i := range m.p.Adds {
		for j, e := range m.p.Adds[i].Effects {
			f(e, m.fires[i][j])
		}
	}
}

// told is a note that is told, or a question that is asked, and to whom at this place.
type told struct {
	note string
	who  bdd.Func
}

// telling lists what is told, in order, to those in who.
func (m *model) telling(who bdd.Func) []told {
	var list []told
	m.eachEffect(func(e table.Effect, fires bdd.Func) {
		if e.Kind == table.Tell {
			if here := m.And(fires, who); here != bdd.Never {
				list = append(list, told{m.p.Names.Notes[e.A], here})
			}
		}
	})
	return list
}

// reordered returns those among who, who are all told the same, that are told it in another order.
func (d *differences) reordered(who bdd.Func) bdd.Func {
	a, b := d.old.telling(who), d.now.telling(who)
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	pairs := d.pairs(a)
	differ := bdd.Never
	for pair, f := range d.pairs(b) {
		differ = d.Or(differ, d.Without(f, pairs[pair]))
	}
	return differ
}

// pairs returns, of each two notes, who is told the first before the second.
func (d *differences) pairs(list []told) map[[2]string]bdd.Func {
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

// differing returns all whose answer is another.
func (d *differences) differing() bdd.Func {
	f := d.order
	for _, p := range d.parts {
		f = d.Or(f, p.who)
	}
	return f
}

// example chooses somebody in f, as both programs see them.
func (d *differences) example(f bdd.Func) (chosen map[*variable]int, before, after []int32) {
	chosen = d.pick(f)
	return chosen, d.old.visitor(chosen), d.now.visitor(chosen)
}

// like returns those in left whose answer changes as that of somebody does: from the same row to the same other row or
// outcome, or, where these stay, by the same rows of the additive stage.
func (d *differences) like(left bdd.Func, chosen map[*variable]int) bdd.Func {
	here := bdd.Always
	for _, v := range d.variables {
		here = d.And(here, d.is(v, chosen[v]))
	}
	decides := func(m *model) (row, outcome string, who bdd.Func) {
		for i, f := range m.reach {
			if d.And(here, f) != bdd.Never {
				return m.p.Names.Rows[i], m.p.Names.Outcomes[m.p.Rows[i].Outcome], f
			}
		}
		return "", "", m.left
	}
	before, was, old := decides(d.old)
	after, is, now := decides(d.now)
	group := d.And(left, d.And(old, now))
	if before != after || was != is {
		return group
	}
	a, b := doing(d.old.p), doing(d.now.p)
	adds := merged(a, b)
	for _, id := range sortedKeys(adds) {
		otherwise := d.Xor(d.old.holds(id), d.now.holds(id))
		if a[id] != b[id] {
			otherwise = d.Or(d.old.holds(id), d.now.holds(id))
		}
		if d.And(here, otherwise) == bdd.Never {
			otherwise = d.Not(otherwise)
		}
		group = d.And(group, otherwise)
	}
	return group
}

// decidedBy returns whom a row decides about.
func (m *model) decidedBy(id string) bdd.Func { return m.reach[slices.Index(m.p.Names.Rows, id)] }

// holds returns for whom a row of the additive stage holds.
func (m *model) holds(id string) bdd.Func {
	if i := slices.Index(m.p.Names.Adds, id); i >= 0 {
		return m.list(&m.p.Adds[i].List)
	}
	return bdd.Never
}

// doing writes what each row of the additive stage does, by its id.
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

// holding returns what the rows of the additive stage do that hold for somebody.
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

// questions returns what is otherwise about asking: inputs by id, and who may be asked that was not, or the other way
// round. A question that has another place, another default, or is new, concerns everybody.
func (d *differences) questions() []differing {
	old, now := d.old.p, d.now.p
	var list []differing
	for _, id := range sequence(old, now) {
		i, j := old.InputNamed(id), now.InputNamed(id)
		switch {
		case i < 0 || j < 0 || defaultAnswer(old, i) != defaultAnswer(now, j):
			list = append(list, differing{id, d.possible})
		default:
			if who := d.And(d.left, d.Xor(d.old.asked(i), d.now.asked(j))); who != bdd.Never {
				list = append(list, differing{id, who})
			}
		}
	}
	a, b := sequence(old, now), sequence(now, old)
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] && len(list) == 0 {
			list = append(list, differing{b[i], d.possible})
		}
	}
	if len(list) == 0 {
		list = d.stepsMoved()
	}
	return list
}

// stepsMoved returns the question that comes before another it came behind, or the other way round, for those who may be
// asked both. It looks at one and the same steps in another order: whom a question is asked has not changed.
func (d *differences) stepsMoved() []differing {
	before, after := d.pairs(d.old.steps()), d.pairs(d.now.steps())
	for _, pair := range sortedPairs(merged(before, after)) {
		if who := d.And(d.left, d.Xor(before[pair], after[pair])); who != bdd.Never {
			id, _, _ := strings.Cut(pair[1], " ")
			return []differing{{id, who}}
		}
	}
	return nil
}

// steps lists the steps of the interview in order, with those who may be asked there.
func (m *model) steps() []told {
	var list []told
	for _, ask := range m.p.Asks {
		name := m.p.Names.Inputs[ask.Input].ID
		if ask.Again {
			name += " again"
		}
		list = append(list, told{name, m.And(m.possible, m.list(&ask.Guard))})
	}
	return list
}

func sortedPairs(m map[[2]string]bdd.Func) [][2]string {
	return slices.SortedFunc(maps.Keys(m), func(a, b [2]string) int { return slices.Compare(a[:], b[:]) })
}

// sequence lists the inputs of p in their order, and those that only the other program has.
func sequence(p, other *table.Program) []string {
	var list []string
	for _, names := range slices.Concat(p.Names.Inputs, other.Names.Inputs) {
		if !slices.Contains(list, names.ID) {
			list = append(list, names.ID)
		}
	}
	return list
}

// defaultAnswer names what stands for an input that was not answered.
func defaultAnswer(p *table.Program, input int) string {
	in, values := &p.Inputs[input], p.Names.Inputs[input].Values
	switch value := in.Default; {
	case value == table.Missing:
		return ""
	case value < table.FirstDay:
		return values[value-table.Missing-1]
	case in.Kind == table.Choice:
		return values[value]
	case in.Kind == table.Date:
		return table.DayText(value)
	default:
		return itoa(value)
	}
}

// asked returns who may be asked an input.
func (m *model) asked(input int) bdd.Func {
	f := bdd.Never
	for _, ask := range m.p.Asks {
		if ask.Input == input {
			f = m.Or(f, m.list(&ask.Guard))
		}
	}
	return m.And(m.possible, f)
}
