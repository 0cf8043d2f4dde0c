package prove

import (
	"slices"
	"strings"
	"testing"

	"sitegen/internal/explain"
	"sitegen/internal/rules"
	"sitegen/internal/ruletest"
	"sitegen/internal/space"
)

// slipsOfInterview are mistakes in the interview of a small rule set. A finding must have the code `code` and name the id
// `about`. If there must be no finding, both are empty.
var slipsOfInterview = []struct{ name, old, with, code, about string }{
	{"a question that is not asked", "  - {ask: change}\n", "", "rule-interview", "change"},
	{"a question asked of too few", "{ask: change}", "{ask: change, when: [have.paper]}", "rule-interview", "change"},
	{"no second paper", "  - {ask: have, again: true}\n", "  - {ask: have, again: true, when: [have.ticket]}\n", "rule-interview", "have"},
	{"the date of a second paper", "  - {ask: have, again: true}\n  - {ask: paper_expiry, when: [have.paper]}\n", "  - {ask: paper_expiry, when: [have.paper]}\n  - {ask: have, again: true, when: [paper_expiry is unknown]}\n", "rule-interview", "have"},
	{"a circumstance that nobody can tell", "  needs: [all]\n", "  needs: [subsidy]\n", "rule-interview", "needs"},
	{"a place that nobody can tell", "  place: [trip]\n", "", "", ""},
	{"a value that nobody is offered", "{ask: card_is, when: [not have.card]}", "{ask: card_is, when: [have.ticket]}", "rule-value-unoffered", "lost"},
	{"nobody contradicts himself", "  - {id: card_twice,", "  - {id: card_thrice, means: {ja: x, en: x}, when: [have.ticket, have.letter, have.card, have.old_card]}\n  - {id: card_twice,", "", ""},
}

func TestSlipsOfInterview(t *testing.T) {
	for _, c := range slipsOfInterview {
		t.Run(c.name, func(t *testing.T) {
			files := ruletest.OfficeFiles(t)
			ruletest.ReplaceIn(t, files, rules.InterviewFile, c.old, c.with)
			s := ruletest.LoadOf(t, files)
			report, found := VerifyInterview(s)
			text := ruletest.TextOf(found)
			if report.Proven != 1 || (c.code == "") != (len(found) == 0) || !strings.Contains(text, c.code) || !strings.Contains(text, `"`+c.about+`"`) && c.about != "" {
				t.Errorf("%+v\n%s", report, text)
			}
		})
	}
}

// TestInterviewOfMany: if the proof grows too large, the parts that fit are proven, and single visitors are interviewed as
// well.
func TestInterviewOfMany(t *testing.T) {
	files := ruletest.OfficeFiles(t)
	if r, found := verifyInterview(ruletest.LoadOf(t, files), 10_000); len(found) > 0 || r.Witnesses < 100 || r.Proven >= 1 {
		t.Errorf("%+v\n%s", r, ruletest.TextOf(found))
	}
	if r, found := verifyInterview(ruletest.LoadOf(t, files), 1000); len(found) > 0 || r.Witnesses < 100 || r.Proven != 0 {
		t.Errorf("%+v\n%s", r, ruletest.TextOf(found))
	}
	ruletest.ReplaceIn(t, files, rules.InterviewFile, "  - {ask: change}\n", "")
	if r, found := verifyInterview(ruletest.LoadOf(t, files), 1000); !strings.Contains(ruletest.TextOf(found), "change") {
		t.Errorf("%+v\n%s", r, ruletest.TextOf(found))
	}
}

// TestMissingInput: if an interview leads to a worse decision, missing returns an input that should have been asked. With
// its answer, alone or together with others, the decision is as good as that from all answers.
func TestMissingInput(t *testing.T) {
	s := ruletest.LoadOf(t, ruletest.OfficeFiles(t))
	p := clone(s.Program)
	p.Asks = p.Asks[:1] // the interview then asks only for one document that is held
	sample := space.NewSampler(p, 3)
	alone, several := 0, 0
	for range 3000 {
		told := toTheEnd(p.Walk(sample.Visitor()), s)
		if told.all.Bad >= 0 || asGood(p, told.some, told.all) {
			continue
		}
		input, open := told.missing(), told.unknown()
		if !slices.Contains(open, input) {
			t.Fatalf("%s is known: %s", s.Inputs[input].ID, explain.Describe(s, told.Visitor, "en"))
		}
		if told.wouldDo([]int{input}) {
			alone++
			continue
		}
		several++
		helps := false // whether the input is needed together with some others
		for others := range 1 << len(open) {
			var list []int
			for i, o := range open {
				if o != input && others>>i&1 != 0 {
					list = append(list, o)
				}
			}
			helps = helps || told.wouldDo(append(list, input)) && !told.wouldDo(list)
		}
		if !helps {
			t.Fatalf("%s makes no difference: %s", s.Inputs[input].ID, explain.Describe(s, told.Visitor, "en"))
		}
	}
	if alone == 0 || several == 0 {
		t.Error(alone, several)
	}
}
