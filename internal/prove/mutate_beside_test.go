package prove

import (
	"math/rand/v2"
	"slices"
	"testing"

	"sitegen/internal/bdd"
	"sitegen/internal/rules"
	"sitegen/internal/ruletest"
	"sitegen/internal/space"
	"sitegen/internal/table"
)

// mostBeside are as many mutants as one interview has beside it: the diagrams of more grow too large.
const mostBeside = 15

// besideAll judges those mutants that differ from the interview as it is in what Next looks at alone.
func (j *askJudge) besideAll(left []*askMutant, ends map[*askMutant]string) {
	list := slices.DeleteFunc(slices.Clone(left), func(mu *askMutant) bool { return mu.group < 0 })
	parts := slices.Collect(slices.Chunk(list, mostBeside))
	judged := make([][]string, len(parts))
	sideBySide(len(parts), func(i int) {
		judged[i] = j.beside(parts[i])
	})
	for i, part := range parts {
		for k, mu := range part {
			ends[mu] = judged[i][k]
		}
	}
}

// beside interviews everybody by the rules as they are, and looks at each step what mutants would ask there of those who
// come to it. Of whom they would ask the same at every step, they ask the same: at the first step everybody is where they are in
// the interview as it is, and whom a step asks the same goes on with the same answers. So a mutant that would ask nobody
// otherwise asks the same of everybody, and those whom it would ask otherwise are the people to try it with.
func (j *askJudge) beside(list []*askMutant) (ends []string) {
	t := talkOf(j.s, j.s.Checked)
	part := make([]bdd.Func, len(list)) // from whom each mutant's interview parts
	for i := range part {
		t.kept = append(t.kept, &part[i])
	}
	t.beside = func(f *threeValued, asked bdd.Func, shown []bdd.Func) {
		for i, mu := range list {
			part[i] = f.Or(part[i], f.otherwise(mu.asks, asked, shown))
		}
	}
	t.run()
	b := t.compare()
	rest := make([]bdd.Func, len(list)) // whom each mutant asks the same
	for i := range list {
		rest[i] = b.Without(b.people, part[i])
	}
	random := rand.New(rand.NewPCG(3, 4))
	for i, mu := range list {
		switch {
		case part[i] == bdd.Never:
			ends = append(ends, asksSame)
		case j.tells(mu, j.those(t, b.all, part[i], random)):
			ends = append(ends, byPeople)
		default:
			ends = append(ends, j.proveOf(mu, b, part[i], rest[i]))
		}
	}
	return ends
}

// proveOf proves of those whom a mutant asks otherwise whether it tells them the same. To the rest it offers what the interview as
// it is does. If the diagrams grow too large, it takes those who name the same value first at a time, as inParts does.
func (j *askJudge) proveOf(mu *askMutant, is *twice, otherwise, rest bdd.Func) string {
	h := &hearing{s: j.s, offered: map[*rules.Word]bool{}}
	broken := false
	if !fits(func() {
		others := *is
		alike := *is.symbolicInterview
		others.symbolicInterview, alike.people = &alike, rest
		h.offers(&others)
		broken = j.hear(h, mu.asks, is.Diagram, otherwise, -1)
	}) {
		h, broken = &hearing{s: j.s, offered: map[*rules.Word]bool{}}, false
		for first := range j.s.Program.Inputs[askedAgain(j.s.Program)].Values + 1 {
			broken = j.hear(h, mu.asks, is.Diagram, otherwise, first) || broken
			j.hear(h, j.s.Checked, is.Diagram, rest, first)
		}
	}
	h.unoffered()
	if broken || len(h.found) > 0 {
		return byProof
	}
	return tellsSame
}

// hear adds what is offered to some people, and reports whether the interview breaks for one of them. If first is not -1, they
// are only those who name that value first. who is a function of a different diagram.
func (j *askJudge) hear(h *hearing, asks *table.Program, diagram *bdd.Diagram, who bdd.Func, first int) bool {
	t := talkOf(j.s, asks)
	t.people = t.And(t.people, copied(t.Diagram, diagram, who))
	if first >= 0 {
		for _, paper := range t.papers {
			t.people = t.And(t.people, t.Is(paper, first))
		}
	}
	t.run()
	b := t.compare()
	h.offers(b)
	return b.broken != bdd.Never
}

// from returns a function of a diagram of the same variables.
func copied(d *bdd.Diagram, other *bdd.Diagram, f bdd.Func) bdd.Func {
	memo := map[bdd.Func]bdd.Func{bdd.Never: bdd.Never, bdd.Always: bdd.Always}
	var taken func(f bdd.Func) bdd.Func
	taken = func(f bdd.Func) bdd.Func {
		known, ok := memo[f]
		if !ok {
			n := other.At(f)
			known = d.Make(n.Level, taken(n.Low), taken(n.Top))
			memo[f] = known
		}
		return known
	}
	return taken(f)
}

// those gathers people for whom a function of a symbolic interview holds, with what they name first.
func (j *askJudge) those(t *symbolicInterview, all *space.Model, f bdd.Func, random *rand.Rand) (list []askPerson) {
	for range 100 {
		chosen := somebodyLikely(t.Space, f, random)
		person := askPerson{visitor: all.Visitor(chosen), first: -1}
		for _, v := range t.papers {
			person.first = chosen[v] - 1
		}
		person.all = j.s.Checked.Decide(person.visitor)
		list = append(list, person)
	}
	return list
}

// otherwise returns of whom among those at a step another program asks something else there. The conditions of both are
// the same, so that what is known of them need be worked out once.
func (f *threeValued) otherwise(p *table.Program, asked bdd.Func, shown []bdd.Func) bdd.Func {
	t := *f.symbolicInterview
	t.p = p
	g := t.stateAt(f.step, f.who)
	g.answers = f.answers
	f.tellConditions(g)
	others, values := g.concerned()
	g.tellConditions(f)
	differs := f.Xor(asked, others)
	if both := f.And(asked, others); both != bdd.Never {
		for value := range shown {
			differs = f.Or(differs, f.And(both, f.Xor(shown[value], values[value])))
		}
	}
	return f.And(f.who, differs)
}

// tellConditions tells another what is known of the conditions.
func (f *threeValued) tellConditions(other *threeValued) {
	conditions := f.p.FirstOutcome()
	copy(other.ready, f.ready[:conditions])
	copy(other.may, f.may[:conditions])
	copy(other.mayNot, f.mayNot[:conditions])
}

// TestBesideEqualsProof: what one interview of everybody says of mutants is what a proof of each says.
func TestBesideEqualsProof(t *testing.T) {
	j := newAskJudge(ruletest.LoadOf(t, ruletest.OfficeFiles(t)), nil)
	j.as, _ = j.signatures(j.s.Checked)
	var list []*askMutant
	for _, mu := range askMutants(j.s.Checked) {
		if mu.group >= 0 {
			list = append(list, &mu)
		}
	}
	same := 0
	for i, end := range j.beside(list) {
		proof := j.prove(list[i])
		if end == byPeople {
			end = byProof
		}
		if end != proof {
			t.Errorf("%s, %s: %s, and by its proof %s", list[i].kind, list[i].what, end, proof)
		}
		same += table.BoolInt(end == asksSame)
	}
	if t.Logf("%d of %d ask the same", same, len(list)); same == 0 || same == len(list) {
		t.Error("the mutants are all alike")
	}
}
