package rules

import (
	"math"
	"slices"
)

// Change is a group of visitors whose answer another rule set changes in the same way, with one of them.
type Change struct {
	Share         float64  // of all situations that the two rule sets tell apart
	OfOutcome     float64  // of those of them that had the old outcome
	Old, New      Result   // the answers of the example
	Person        Words    // who the example is
	Answers       Answers  // of the example, for the new rule set
	Added, Gone   []string // notes told now and not before, and the other way round
	OutcomeChange bool
	BringChange   bool
}

// Comparison is what changes from one rule set to another.
type Comparison struct {
	Changes []Change // the largest first
	More    float64  // the share of those who are in none of Changes
	Same    bool     // nobody's answer changes
	Order   bool     // notes are told in another order
}

// maxChanges bounds the groups: a reader cannot judge more.
const maxChanges = 60

// Diff says whose answer changes from one rule set to another.
func Diff(old, now *Set) Comparison {
	d := differ{old: old, now: now}
	d.space = newSpace(old.Program, now.Program)
	d.a, d.b = d.space.model(0, nil), d.space.model(1, nil)
	d.pairs()
	c := Comparison{Order: !slices.Equal(d.noteOrder(old, now), d.noteOrder(now, old))}
	left := never
	for _, p := range d.parts {
		left = d.or(left, p.differs)
	}
	all := d.count(d.possible)
	c.Same = left == never
	for left != never && len(c.Changes) < maxChanges {
		change, group := d.group(left)
		change.Share = d.count(group) / all
		change.OfOutcome = d.count(group) / d.count(d.outcomeOf(d.a, change.Old.Outcome))
		c.Changes = append(c.Changes, change)
		left = d.without(left, group)
	}
	c.More = d.count(left) / all
	slices.SortStableFunc(c.Changes, func(x, y Change) int {
		switch {
		case x.Share > y.Share:
			return -1
		case x.Share < y.Share:
			return 1
		}
		return 0
	})
	return c
}

type differ struct {
	*space
	old, now *Set
	a, b     *model
	parts    []part
}

// part is one part of the answer in both rule sets.
type part struct {
	note    string // "" for other parts
	differs bdd
}

// pairs makes the parts that both answers consist of, matched by their ids.
func (d *differ) pairs() {
	named := func(ids []string, functions []bdd, id string) bdd {
		if i := slices.Index(ids, id); i >= 0 && i < len(functions) {
			return functions[i]
		}
		return never
	}
	add := func(note string, a, b bdd) {
		if differs := d.and(d.xor(a, b), d.possible); differs != never {
			d.parts = append(d.parts, part{note, differs})
		}
	}
	x, y := &d.old.Program.Names, &d.now.Program.Names
	for _, id := range union(x.Outcomes, y.Outcomes) {
		add("", named(x.Outcomes, d.a.outcome, id), named(y.Outcomes, d.b.outcome, id))
	}
	for _, id := range union(x.Notes, y.Notes) {
		add(id, named(x.Notes, d.a.tell, id), named(y.Notes, d.b.tell, id))
	}
	for _, id := range union(x.Documents, y.Documents) {
		for _, f := range [][2][]bdd{{d.a.bring, d.b.bring}, {d.a.first, d.b.first}, {d.a.also, d.b.also}, {d.a.refused, d.b.refused}} {
			add("", named(x.Documents, f[0], id), named(y.Documents, f[1], id))
		}
	}
	d.pairSets(add)
}

// pairSets matches the alternatives of both by the names of their documents.
func (d *differ) pairSets(add func(note string, a, b bdd)) {
	x, y := &d.old.Program.Names, &d.now.Program.Names
	matched := map[int32]bool{}
	for _, set := range d.a.sets {
		other := int32(-1)
		for _, candidate := range d.b.sets {
			if sameSet(x.set(set))(y.set(candidate)) {
				other = candidate
				matched[candidate] = true
			}
		}
		if other >= 0 {
			add("", d.a.has[set], d.b.has[other])
			add("", d.a.firstIs[set], d.b.firstIs[other])
		} else {
			add("", d.a.has[set], never)
		}
	}
	for _, set := range d.b.sets {
		if !matched[set] {
			add("", never, d.b.has[set])
		}
	}
}

// group takes somebody whose answer changes, and all whose answer changes in the same parts between the same outcomes.
func (d *differ) group(left bdd) (Change, bdd) {
	chosen := d.pick(left)
	here := left
	for v, class := range chosen {
		here = d.and(here, d.is(v, class))
	}
	before, after := d.a.visitor(chosen), d.b.visitor(chosen)
	c := Change{Person: Words{d.now.Describe(after, "ja"), d.now.Describe(after, "en")}, Answers: d.now.Answers(after)}
	c.Old, c.New = d.old.Result(d.old.Program.Run(before)), d.now.Result(d.now.Program.Run(after))
	c.OutcomeChange = c.Old.Outcome != c.New.Outcome
	c.BringChange = !slices.EqualFunc(c.Old.Bring, c.New.Bring, func(a, b []string) bool { return sameSet(a)(b) })
	c.Added, c.Gone = missingFrom(c.Old.Tell, c.New.Tell), missingFrom(c.New.Tell, c.Old.Tell)
	group := d.and(left, d.and(d.outcomeOf(d.a, c.Old.Outcome), d.outcomeOf(d.b, c.New.Outcome)))
	for _, p := range d.parts {
		switch concerned := d.and(here, p.differs) != never; {
		case c.OutcomeChange: // grouped by the outcomes alone
		case concerned:
			group = d.and(group, p.differs)
		default:
			group = d.without(group, p.differs)
		}
	}
	return c, group
}

func (d *differ) outcomeOf(m *model, id string) bdd {
	return m.outcome[slices.Index(m.p.Names.Outcomes, id)]
}

// count returns how many situations f holds for: every combination of classes is one.
func (d *differ) count(f bdd) float64 {
	memo := map[bdd]float64{never: 0, always: 1}
	level := func(f bdd) int { return min(int(d.nodes[f].level), d.levels) }
	var walk func(f bdd) float64
	walk = func(f bdd) float64 {
		if known, ok := memo[f]; ok {
			return known
		}
		n := d.nodes[f]
		sum := 0.0
		for _, next := range []bdd{n.low, n.top} {
			sum += walk(next) * math.Exp2(float64(level(next)-int(n.level)-1))
		}
		memo[f] = sum
		return sum
	}
	return walk(f) * math.Exp2(float64(level(f)))
}

// noteOrder lists the notes of a rule set in the order of being told, those that the other one has too.
func (d *differ) noteOrder(s, other *Set) []string {
	var list []string
	for _, r := range s.adds {
		for _, e := range r.effects {
			if e.kind == Tell && slices.Contains(other.Program.Names.Notes, e.note.id) {
				list = appendNew(list, e.note.id)
			}
		}
	}
	return list
}

func union(a, b []string) []string { return append(slices.Clone(a), missingFrom(a, b)...) }

// missingFrom returns the items of b that are not in a.
func missingFrom(a, b []string) []string {
	var list []string
	for _, item := range b {
		if !slices.Contains(a, item) {
			list = append(list, item)
		}
	}
	return list
}
