package change

import (
	"maps"
	"slices"
	"strings"

	"sitegen/internal/bdd"
	"sitegen/internal/explain"
	"sitegen/internal/space"
	"sitegen/internal/table"
)

// pairs makes the parts of both answers. Rows are left out: who gets the same answer by a different
// row is told nothing new.
func (d *differ) pairs() {
	differs := bdd.Never
	for _, p := range partsOf(d.a, d.b) {
		switch p.kind {
		case rowPart:
		case bringPart:
			d.bring = append(d.bring, p)
			differs = d.Or(differs, p.differs)
		default:
			d.parts = append(d.parts, p)
		}
	}
	d.bringParts(differs)
	d.noteOrders()
}

// add adds a part: old and now are who gets it by either rule set, and a difference counts only for those in who.
func (d *differ) add(kind partKind, old, now, who bdd.Func) {
	d.parts = append(d.parts, part{kind, old, now, d.And(d.Xor(old, now), who)})
}

// bringParts adds small parts of what to bring: that an alternative is offered, the order of two, what is added to one. They make
// groups in which everybody has the same change. They may lead to the same alternatives in the end, so they count only for those
// for whom these differ.
func (d *differ) bringParts(differs bdd.Func) {
	a, b := offered(d.a), offered(d.b)
	for _, set := range union(slices.Sorted(maps.Keys(a.has)), slices.Sorted(maps.Keys(b.has))) {
		d.add(bringPart, a.has[set], b.has[set], differs)
	}
	for _, key := range union(slices.Sorted(maps.Keys(a.added)), slices.Sorted(maps.Keys(b.added))) {
		set, _, _ := strings.Cut(key, addedSign)
		d.add(bringPart, a.added[key], b.added[key], d.And(differs, d.And(a.has[set], b.has[set])))
	}
	for _, key := range union(slices.Sorted(maps.Keys(a.order)), slices.Sorted(maps.Keys(b.order))) {
		first, second, _ := strings.Cut(key, orderSign)
		both := d.And(d.And(a.has[first], a.has[second]), d.And(b.has[first], b.has[second]))
		d.add(bringPart, a.order[key], b.order[key], d.And(differs, both))
	}
}

func named(ids []string, functions []bdd.Func, id string) bdd.Func {
	if i := slices.Index(ids, id); i >= 0 && i < len(functions) {
		return functions[i]
	}
	return bdd.Never
}

// offering holds the alternatives, named by their documents, and who is offered each.
type offering struct {
	has   map[string]bdd.Func // before anything is added to it
	order map[string]bdd.Func // that one stands before another
	added map[string]bdd.Func // that a document is added to it
}

// orderSign stands between two alternatives in a key, and addedSign before what is added to one.
const orderSign, addedSign = " < ", " + "

// offered follows what is offered as Program.Run does: in which order, and with what is added.
func offered(m *space.Model) offering {
	o := offering{map[string]bdd.Func{}, map[string]bdd.Func{}, map[string]bdd.Func{}}
	note := func(of map[string]bdd.Func, key string, who bdd.Func) {
		if who != bdd.Never {
			of[key] = m.Or(of[key], who)
		}
	}
	name := func(set int32) string { return strings.Join(m.Program.Names.DocumentsIn(set), ",") }
	has, before := precedence(m)
	for _, set := range m.Sets {
		note(o.has, name(set), has[set])
		for _, one := range m.Supplements(set, has[set]) {
			for _, document := range m.Program.Names.DocumentsIn(one.Set &^ set) {
				note(o.added, name(set)+addedSign+document, one.Who)
			}
		}
	}
	for two, who := range before {
		note(o.order, name(two[0])+orderSign+name(two[1]), who)
	}
	return o
}

// precedence returns who is offered each alternative, and for each two who is offered the first before the second.
func precedence(m *space.Model) (has map[int32]bdd.Func, before map[[2]int32]bdd.Func) {
	has, before = map[int32]bdd.Func{}, map[[2]int32]bdd.Func{}
	offer := func(f bdd.Func, set int32) {
		fresh := m.Without(f, has[set])
		for _, other := range m.Sets {
			if both := m.And(fresh, has[other]); both != bdd.Never {
				before[[2]int32{other, set}] = m.Or(before[[2]int32{other, set}], both)
			}
		}
		has[set] = m.Or(has[set], fresh)
	}
	for i := range m.Program.Rows {
		for _, set := range m.Program.Offers[m.Program.Rows[i].Offer] {
			offer(m.Reach[i], m.Program.Sets[set])
		}
	}
	for i := range m.Program.Adds {
		for _, e := range m.Program.Adds[i].Effects {
			if e.Kind == table.Or {
				offer(m.And(m.Possible, m.List(&m.Program.Adds[i].List)), m.Program.Sets[e.A])
			}
		}
	}
	return has, before
}

// noteOrders adds parts for which of two notes is told first. It looks only at notes that the two rule sets list in a different
// order, or more than once.
func (d *differ) noteOrders() {
	a, b := tellers(d.a), tellers(d.b)
	notes := d.old.Program.Names.Notes
	for i, first := range notes {
		for _, second := range notes[i+1:] {
			old, now := interleaved(a, first, second), interleaved(b, first, second)
			if slices.Equal(old, now) && len(old) == 2 || !slices.Contains(now, first) || !slices.Contains(now, second) {
				continue
			}
			both := d.And(d.And(named(notes, d.a.Tell, first), named(notes, d.a.Tell, second)),
				d.And(named(d.now.Program.Names.Notes, d.b.Tell, first), named(d.now.Program.Names.Notes, d.b.Tell, second)))
			if both != bdd.Never {
				d.add(orderPart, toldBefore(d.a, a, first, second), toldBefore(d.b, b, first, second), both)
			}
		}
	}
}

// teller is an effect that tells a note.
type teller struct {
	note string
	add  int
}

func tellers(m *space.Model) []teller {
	var list []teller
	for i := range m.Program.Adds {
		for _, e := range m.Program.Adds[i].Effects {
			if e.Kind == table.Tell {
				list = append(list, teller{m.Program.Names.Notes[e.A], i})
			}
		}
	}
	return list
}

// interleaved returns in which order effects tell two notes.
func interleaved(tellers []teller, first, second string) []string {
	var list []string
	for _, t := range tellers {
		if t.note == first || t.note == second {
			list = append(list, t.note)
		}
	}
	return list
}

// toldBefore returns who is told the first of two notes before the second.
func toldBefore(m *space.Model, tellers []teller, first, second string) bdd.Func {
	told, before := map[string]bdd.Func{}, bdd.Never
	for _, t := range tellers {
		if t.note != first && t.note != second {
			continue
		}
		fresh := m.Without(m.And(m.Possible, m.List(&m.Program.Adds[t.add].List)), told[t.note])
		if t.note == second {
			before = m.Or(before, m.And(fresh, told[first]))
		}
		told[t.note] = m.Or(told[t.note], fresh)
	}
	return before
}

func union(a, b []string) []string { return append(slices.Clone(a), explain.MissingFrom(a, b)...) }
