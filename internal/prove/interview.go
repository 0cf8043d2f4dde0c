package prove

import (
	"cmp"
	"slices"

	"sitegen/internal/bdd"
	"sitegen/internal/diag"
	"sitegen/internal/explain"
	"sitegen/internal/rules"
	"sitegen/internal/table"
)

// InterviewReport says for how many situations it is proven that the interview asks enough: visitors who answer only what they
// are asked are told as much as if they answered everything.
type InterviewReport struct {
	None      bool    // the rules do not say what is enough, so there is nothing to prove
	Accepted  bool    // the interview was proven when these rules were accepted, so it was not proven again
	Proven    float64 // the share of all situations that the proof covers; findings report the visitors for whom it fails
	Witnesses int     // how many visitors were interviewed one by one, because one proof for everybody grew too large
	Rounds    int     // rounds of the interview: one, and one more each time that answers lead back to an earlier question
	Offers    bool    // whether it is proven that every value is offered to somebody to whom it makes a difference
}

// Ran returns the checks that were made, and how completely.
func (r *InterviewReport) Ran() rules.Ran {
	ran := rules.Ran{}
	if !r.None && !r.Accepted {
		ran[rules.ByInterview] = rules.Evidence{Share: r.Proven, Witnesses: r.Witnesses}
	}
	if r.Offers {
		ran.Proven(rules.ByOffers)
	}
	return ran
}

// VerifyInterview proves two things. First, visitors who answer only what they are asked are told as much as if they answered
// everything: they get the same Enough, and their first alternative is among those that they would then be offered. Second,
// each value is offered to somebody to whom it makes a difference.
func VerifyInterview(s *rules.Set) (InterviewReport, []diag.Diagnostic) {
	if len(s.Enough) == 0 || len(s.Asks) == 0 {
		return InterviewReport{None: true}, nil
	}
	return verifyInterview(s, mostMade)
}

// Holds reports whether one proof covers everybody, or nothing needs to be proven. It does not say whether the proof found a
// mistake.
func (r *InterviewReport) Holds() bool { return r.None || r.Proven == 1 && r.Witnesses == 0 }

// mostMade is the number of nodes after which a proof is given up. It takes some seconds to make that many.
const mostMade = 32 << 20

func verifyInterview(s *rules.Set, most int) (InterviewReport, []diag.Diagnostic) {
	h := &hearing{s: s, most: most, offered: map[*rules.Word]bool{}}
	if h.prove(most, -1, 0) {
		h.unoffered()
	} else {
		h.inParts()
		h.interviewMany()
	}
	diag.Sort(h.found)
	return h.report, h.found
}

// hearing collects the results of a proof of the interview.
type hearing struct {
	s       *rules.Set
	most    int
	report  InterviewReport
	found   []diag.Diagnostic
	offered map[*rules.Word]bool // the values that are offered to somebody to whom they make a difference
}

// prove proves the interview for everybody. If `input` is not -1, it is a set that is asked again. The proof is then only
// for the people who name a certain value of the set first: those in the class `first` of papers[input]. prove returns false
// if the diagrams grow too large.
func (h *hearing) prove(most, input, first int) bool {
	return bdd.Fits(func() {
		t := talkOf(h.s, h.s.Checked)
		t.Limit(most)
		all := t.Share(t.people)
		if input >= 0 {
			t.people = t.And(t.people, t.Is(t.papers[input], first))
		}
		h.report.Proven += t.Share(t.people) / all
		t.run()
		b := t.compare()
		h.tellBreaks(b)
		h.offers(b)
		h.report.Rounds = max(h.report.Rounds, t.rounds)
	})
}

// talkOf returns the interview of everybody whose answers do not contradict each other. `asks` is the program that chooses
// the questions.
func talkOf(s *rules.Set, asks *table.Program) *symbolicInterview {
	t := newSymbolicInterview(s.Ended, s.Checked, asks)
	m := t.Conditions(0, t.own)
	for _, c := range s.Contradictions {
		t.people = t.Without(t.people, allHold(m, s, c.When))
	}
	return t
}

// tellBreaks reports visitors who are not told what they should be told: one from each of a few groups, and the share of the
// people in no reported group. The people of a group have two rows in common: the row that decides from the answers asked for,
// and the row that decides from all their answers.
func (h *hearing) tellBreaks(b *twice) {
	left := b.broken
	for left != bdd.Never && len(h.found) < explain.MostTold {
		chosen := b.Pick(left)
		w := h.s.Program.Walk(b.all.Visitor(chosen))
		w.Names = func(input, value int) bool { return b.papers[input] == nil || chosen[b.papers[input]] == value+1 }
		told := toTheEnd(w, h.s)
		h.found = append(h.found, told.diagnostic(h.s))
		left = b.Without(left, b.And(b.some.Reach[told.some.Row], b.all.Reach[told.all.Row]))
	}
	if left != bdd.Never {
		h.found = append(h.found, h.s.Asks[0].Place.At("rule-interview-more", explain.Percent(b.Share(left)/b.Share(b.people))))
	}
}

// offers records the values of questions that are offered to somebody to whom they make a difference.
func (h *hearing) offers(b *twice) {
	parts := b.all.SeenUnordered()
	slices.Sort(parts)
	parts = slices.Compact(parts)
	for i, in := range h.s.Inputs {
		for _, x := range b.ByInput[in.ID] {
			for c, class := range x.Classes {
				w := rules.WordNamed(append(slices.Clone(in.Values), in.Specials...), cmp.Or(class.Name, x.Member))
				if w == nil || h.offered[w] || !h.mustOffer(in, w) || x.Kind == table.Several && class.Value == 0 {
					continue
				}
				who := b.And(b.people, b.And(b.Is(x, c), b.offeredTo(i, w.Index)))
				h.offered[w] = b.matters(x, c, who, parts)
			}
		}
	}
}

// mustOffer reports whether it must be proven that a value is offered. A value that visitors tell unasked need not be
// offered, and the default of a choice is always offered.
func (h *hearing) mustOffer(in *rules.Input, w *rules.Word) bool {
	return in.Asked && !slices.Contains(in.Told, w) && (in.Kind != table.Choice || int(in.Default) != w.Index)
}

// unoffered reports the values that are offered to nobody to whom they make a difference.
func (h *hearing) unoffered() {
	for _, in := range h.s.Inputs {
		for _, w := range append(slices.Clone(in.Values), in.Specials...) {
			if h.mustOffer(in, w) && !h.offered[w] {
				h.found = append(h.found, w.Place.At("rule-value-unoffered", in.ID, w.ID))
			}
		}
	}
	h.report.Offers = true
}
