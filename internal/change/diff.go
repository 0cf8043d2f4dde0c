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

// Change is a group of visitors whose answer changes in the same way, with one visitor as an example.
type Change struct {
	Share     float64       // the group's share of all people, with the weights of the newer rule set
	OfOutcome float64       // the group's share of the people who had the old outcome
	Old, New  rules.Result  // what each rule set decides about the example
	Person    rules.Words   // describes the example
	Answers   rules.Answers // the example's answers, for the newer rule set
	// OutcomeChange, EnoughChange and BringChange say what changes for the example. If the outcome changes, the people of
	// the group share only the old and the new outcome. Otherwise they share all changes.
	OutcomeChange bool
	EnoughChange  bool
	BringChange   bool
}

// Comparison is what changes from one rule set to another.
type Comparison struct {
	Asked   []AskedChange // changes of questions: they affect people who do not answer every question
	Changes []Change      // ordered by what changes: the outcome, Enough, what to bring, anything else; of these, larger groups first
	More    float64       // the people whose answer changes and who are in none of Changes, as a share of all people
	Same    bool          // whether no answer changes for people who answer every question as before
	Order   bool          // whether somebody gets the same notes in a different order
}

// maxChanges is the greatest number of groups. More would be too many to review.
const maxChanges = 60

// OtherKinds reports questions whose kind differs between two rule sets. Such sets cannot be compared.
func OtherKinds(old, now *rules.Set) []diag.Diagnostic {
	var found []diag.Diagnostic
	for _, in := range now.Inputs {
		if before := old.InputByID(in.ID); before != nil && before.Kind != in.Kind {
			found = append(found, in.Place.At("rule-kind-changed", in.ID, before.Kind.String(), in.Kind.String()))
		}
	}
	return found
}

// Diff says whose answer changes from one rule set to another. Each rule set must decide about everybody, and every question
// must have the same kind in both ([OtherKinds]); otherwise the result means nothing. If the rule sets are too large to be
// compared, a diagnostic says so.
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

// differ makes groups of differences, and describes them for people.
type differ struct {
	*differences
	*weigher
	oldSet, nowSet *rules.Set
	shared         []part // the parts in which the answers of a group must change in the same way
}

// differsIn returns the people whose answer differs in a part of the given kinds.
func (d *differ) differsIn(kinds ...partKind) bdd.Func {
	f := bdd.Never
	for _, p := range d.parts {
		if slices.Contains(kinds, p.kind) {
			f = d.Or(f, p.differs)
		}
	}
	return f
}

// group chooses somebody whose answer changes, and finds everybody whose answer changes in the same way: between the same two
// outcomes or, if the outcome stays the same, in the same parts.
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
		case d.And(here, p.old) != bdd.Never: // only the old answer has the part
			group = d.And(group, d.And(p.differs, p.old))
		default:
			group = d.And(group, d.Without(p.differs, p.old))
		}
	}
	return c, group
}

// change compares the two answers that one person gets. `before` are the person's raw answers for the old rule set, `after`
// those for the new one.
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

// weights are the kinds of parts in which answers are compared, the most important first. The order of notes is reported
// separately.
var weights = []partKind{outcomePart, enoughPart, bringPart, tellPart}

// weight returns the kind of the most important part that changes.
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

// outcomeOf returns who gets an outcome, or nobody if the rule set does not have it.
func (d *differ) outcomeOf(m *space.Model, id string) bdd.Func {
	if i := slices.Index(m.Program.Names.Outcomes, id); i >= 0 {
		return m.Outcome[i]
	}
	return bdd.Never
}
