package change

import (
	"cmp"
	"slices"

	"sitegen/internal/bdd"
	"sitegen/internal/diag"
	"sitegen/internal/explain"
	"sitegen/internal/rules"
	"sitegen/internal/space"
)

// Change is a group of visitors whose answer changes in the same way, with one of them as an example.
type Change struct {
	Share     float64       // of all people, as the newer rule set weighs them
	OfOutcome float64       // of the people who had the old outcome
	Old, New  rules.Result  // the answers of the example
	Person    rules.Words   // who the example is
	Answers   rules.Answers // of the example, for the new rule set
	// OutcomeChange, EnoughChange and BringChange say what changes. Where the outcome does, the group has nothing in common but the
	// old and the new outcome; otherwise everything that changes is the same for all of the group.
	OutcomeChange bool
	EnoughChange  bool
	BringChange   bool
}

// Comparison is what changes from one rule set to another.
type Comparison struct {
	Asked   []AskedChange // changes of questions: they concern people who do not answer every question
	Changes []Change      // changed answers: first where the outcome changes, then Enough, then what to bring; the largest groups first
	More    float64       // the share of those who are in none of Changes
	Same    bool          // for people who answer every question as before, no answer changes
	Order   bool          // somebody gets the same notes in a new order
}

// maxChanges is how many groups there are at most: a reader cannot judge more.
const maxChanges = 60

// OtherKinds reports the questions that are of a different kind in two rule sets: these sets cannot be compared.
func OtherKinds(old, now *rules.Set) []diag.Diagnostic {
	var found []diag.Diagnostic
	for _, in := range now.Inputs {
		if before := old.InputByID(in.ID); before != nil && before.Kind != in.Kind {
			found = append(found, in.Place.At("rule-kind-changed", in.ID, before.Kind.String(), in.Kind.String()))
		}
	}
	return found
}

// Diff says whose answer changes from one rule set to another. Each must decide about everybody, and every question must be of
// the same kind in both ([OtherKinds]); nothing is true of other rule sets. If the two cannot be compared, diagnostics say why.
func Diff(old, now *rules.Set) (Comparison, []diag.Diagnostic) {
	c, err := diff(old, now)
	if err != nil {
		return Comparison{}, []diag.Diagnostic{now.Layers[0].Place.At("rule-too-large", "BDD")}
	}
	return c, nil
}

func diff(old, now *rules.Set) (c Comparison, err error) {
	defer tooLarge(&err)
	d := differ{differences: between(now.Ended, old.Program, now.Program), oldSet: old, nowSet: now}
	d.weigher = newWeigher(d.Space, now.Weights)
	d.find(d.Possible, weights)
	d.shared = d.sharedParts()
	c.Asked = d.asked()
	left := d.differsIn(weights...)
	c.Same, c.Order = left == bdd.Never, d.differences.order != bdd.Never
	all := d.count(d.Possible)
	for _, kind := range weights {
		concerned := d.differsIn(kind)
		for here := d.And(left, concerned); here != bdd.Never && len(c.Changes) < maxChanges; here = d.And(left, concerned) {
			change, group := d.group(here)
			change.Share = d.count(group) / all
			change.OfOutcome = d.count(group) / d.count(d.outcomeOf(d.old, change.Old.Outcome))
			c.Changes = append(c.Changes, change)
			left = d.Without(left, group)
		}
	}
	c.More = d.count(left) / all
	slices.SortStableFunc(c.Changes, func(x, y Change) int {
		return cmp.Or(cmp.Compare(x.weight(), y.weight()), cmp.Compare(y.Share, x.Share))
	})
	return c, nil
}

// differ words differences for people, and makes groups of them.
type differ struct {
	*differences
	*weigher
	oldSet, nowSet *rules.Set
	shared         []part // what the answers of a group have to have in common
}

// differsIn returns whose answer differs in a part of the given kinds.
func (d *differ) differsIn(kinds ...partKind) bdd.Func {
	f := bdd.Never
	for _, p := range d.parts {
		if slices.Contains(kinds, p.kind) {
			f = d.Or(f, p.differs)
		}
	}
	return f
}

// group chooses somebody whose answer changes, and finds all whose answer changes in the same way: between the same outcomes, or
// else in the same parts.
func (d *differ) group(left bdd.Func) (Change, bdd.Func) {
	chosen := d.Pick(left)
	here := left
	for v, class := range chosen {
		here = d.And(here, d.Is(v, class))
	}
	before, after := d.old.Visitor(chosen), d.now.Visitor(chosen)
	c := d.change(before, after)
	group := d.And(left, d.And(d.outcomeOf(d.old, c.Old.Outcome), d.outcomeOf(d.now, c.New.Outcome)))
	if c.OutcomeChange {
		return c, group
	}
	for _, p := range d.shared {
		switch {
		case d.And(here, p.differs) == bdd.Never:
			group = d.Without(group, p.differs)
		case d.And(here, p.old) != bdd.Never: // only the old answer has it
			group = d.And(group, d.And(p.differs, p.old))
		default:
			group = d.And(group, d.Without(p.differs, p.old))
		}
	}
	return c, group
}

// change compares the answers to somebody: before are their raw answers for the old rule set, after those for the new one.
func (d *differ) change(before, after []int32) Change {
	c := Change{Person: rules.Words{Ja: explain.Describe(d.nowSet, after, "ja"), En: explain.Describe(d.nowSet, after, "en")}, Answers: d.nowSet.Answers(after)}
	c.Old, c.New = d.oldSet.Result(d.oldSet.Program.Run(before)), d.nowSet.Result(d.nowSet.Program.Run(after))
	c.compare()
	return c
}

func (c *Change) compare() {
	c.OutcomeChange = c.Old.Outcome != c.New.Outcome
	c.EnoughChange = c.Old.Enough != c.New.Enough
	c.BringChange = !slices.EqualFunc(c.Old.Bring, c.New.Bring, slices.Equal)
}

// weights are the kinds of parts by which answers differ, the weightiest first. The order of notes is reported by itself.
var weights = []partKind{outcomePart, enoughPart, bringPart, tellPart}

// weight returns the weightiest kind of what changes.
func (c *Change) weight() partKind {
	switch {
	case c.OutcomeChange:
		return outcomePart
	case c.EnoughChange:
		return enoughPart
	case c.BringChange:
		return bringPart
	}
	return tellPart
}

// outcomeOf returns who gets an outcome; nobody where the rule set does not know it.
func (d *differ) outcomeOf(m *space.Model, id string) bdd.Func {
	if i := slices.Index(m.Program.Names.Outcomes, id); i >= 0 {
		return m.Outcome[i]
	}
	return bdd.Never
}
