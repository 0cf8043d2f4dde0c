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

// sharedParts returns the parts by which groups are made. What to bring is divided into small parts: that an alternative is
// offered, the order of two alternatives, and that a document is added to an alternative. So the people of a group share a
// change, whatever else they bring. Two rule sets can differ in small parts and still offer somebody the same alternatives.
// So a difference in a small part counts only for people whose alternatives differ between the two sets.
func (d *differ) sharedParts() (list []part) {
	for _, p := range d.parts {
		if p.kind != bringPart {
			list = append(list, p)
		}
	}
	differs := d.differsIn(bringPart)
	add := func(old, now, who bdd.Func) {
		list = append(list, part{bringPart, old, now, d.And(d.Xor(old, now), who)})
	}
	a, b := offered(d.old), offered(d.now)
	for _, set := range union(slices.Sorted(maps.Keys(a.has)), slices.Sorted(maps.Keys(b.has))) {
		add(a.has[set], b.has[set], differs)
	}
	for _, key := range union(slices.Sorted(maps.Keys(a.added)), slices.Sorted(maps.Keys(b.added))) {
		set, _, _ := strings.Cut(key, addedSign)
		add(a.added[key], b.added[key], d.And(differs, d.And(a.has[set], b.has[set])))
	}
	for _, key := range union(slices.Sorted(maps.Keys(a.order)), slices.Sorted(maps.Keys(b.order))) {
		first, second, _ := strings.Cut(key, orderSign)
		both := d.And(d.And(a.has[first], a.has[second]), d.And(b.has[first], b.has[second]))
		add(a.order[key], b.order[key], d.And(differs, both))
	}
	return list
}

// offering says who is offered what. The keys name alternatives by their documents.
type offering struct {
	has   map[string]bdd.Func // by alternative: who is offered it, with or without additions
	order map[string]bdd.Func // by two alternatives, with orderSign between them: who is offered the first before the second
	added map[string]bdd.Func // by alternative and document, with addedSign between them: for whom the document is added to the alternative
}

// orderSign separates two alternatives in a key; addedSign separates an alternative and what is added to it.
const orderSign, addedSign = " < ", " + "

// offered finds out who is offered what, in which order and with which additions, as Program.Run does for one visitor.
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

// precedence returns who is offered each alternative and, for each pair, who is offered the first before the second.
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

func union(a, b []string) []string { return append(slices.Clone(a), explain.MissingFrom(a, b)...) }
