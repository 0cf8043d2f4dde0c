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

// mostBeside is the greatest number of mutants that are compared with one interview. With more, the diagrams grow too large.
const mostBeside = 15

// besideAll judges the mutants that differ from the correct interview only in what Next considers. It writes the results into `ends`.
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

// beside interviews everybody with the correct rules. At each step it compares whom each mutant would ask, and with which
// values. As long as these are the same for a visitor, the visitor gives the same answers and comes to the same steps. So if a
// mutant would ask nobody anything different at any step, it asks everybody the same. Otherwise, the function tries the mutant
// with the visitors for whom the mutant differs.
func (j *askJudge) beside(list []*askMutant) (ends []string) {
	t := talkOf(j.s, j.s.Checked)
	part := make([]bdd.Func, len(list)) // by mutant: the visitors for whom its interview differs
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
	rest := make([]bdd.Func, len(list)) // the visitors whom each mutant asks the same
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

// proveOf proves whether a mutant leads the visitors in `otherwise` to decisions as good as those from all answers. The
// visitors in `rest` are asked the same as by the correct interview. If the diagrams grow too large, it makes a separate proof
// for each value that visitors name first, as inParts does.
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

// hear records in h what an interview offers the visitors in `who`. It reports whether any of them gets a worse decision than
// with all answers. If `first` is not -1, the interview is only for the visitors who name that value first. `who` is a
// function of `diagram`.
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

// copied copies a function f of the diagram `other` into d. Both diagrams have the same variables.
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

// those draws a hundred visitors for whom a function of a symbolic interview holds, with the value that they name first.
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

// otherwise returns the visitors at a step whom program p would ask something different there. Both programs have the same
// conditions, so what is known about these is computed only once.
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

// tellConditions copies what is known about the conditions to `other`.
func (f *threeValued) tellConditions(other *threeValued) {
	conditions := f.p.FirstOutcome()
	copy(other.ready, f.ready[:conditions])
	copy(other.may, f.may[:conditions])
	copy(other.mayNot, f.mayNot[:conditions])
}

// TestBesideEqualsProof: beside judges mutants in one interview as a separate proof of each does.
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
