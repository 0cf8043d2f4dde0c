package interview

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"sitegen/internal/civil"
	"sitegen/internal/load"
	"sitegen/internal/rulefacts"
	"sitegen/internal/rulefile"
	"sitegen/internal/table"
	"sitegen/internal/testcontent"
)

var today = civil.Of(2026, 11, 28)

// realInterview returns the interview of the real content. It is loaded once, because many tests need it and none changes it.
func realInterview(t testing.TB) *Interview {
	t.Helper()
	once.Do(func() { loaded = interviewOf(t, testcontent.Real(t)) })
	if loaded == nil {
		t.Fatal("the real content has no interview")
	}
	return loaded
}

var (
	once   sync.Once
	loaded *Interview
)

// interviewOf returns the interview of a content folder.
func interviewOf(t testing.TB, content fstest.MapFS) *Interview {
	t.Helper()
	s, found, err := load.Site(content, "content", today)
	if err != nil || s == nil || s.Checker == nil {
		t.Fatal("no checker", err, found)
	}
	facts, err := rulefacts.Read(content)
	if err != nil {
		t.Fatal(err)
	}
	set, found, err := rulefile.Load(content, "content", facts)
	if err != nil || set == nil {
		t.Fatal("no rules", err, found)
	}
	return New(set.Program, s)
}

var kindWords = map[Kind]string{Question: "", More: "more: ", AskFurther: "further: ", Expect: "expect: ", Another: "another: "}

// ids returns a step as a text: what the step asks, and its options. An option is the id of a value, "yes", "no", "+" for the
// groups or the other values, "-" for nothing (else), or "?" for "I don't know" and for Elsewhere.
func (i *Interview) ids(s Step) string {
	if s.Kind == Result {
		return "result"
	}
	names := i.Program.Names.Inputs[s.Input]
	var options []string
	for _, o := range s.Options {
		options = append(options, i.id(s, o))
	}
	text := kindWords[s.Kind] + names.ID
	if s.Kind == AskFurther || s.Kind == Expect {
		text += " " + names.Values[s.Value]
	}
	return text + ": " + strings.Join(options, " ")
}

func (i *Interview) id(s Step, o Option) string {
	switch o.Kind {
	case IsValue:
		return i.Program.Names.Inputs[s.Input].Values[o.Value]
	case Opens:
		return "+"
	case None:
		return "-"
	case Yes:
		return "yes"
	case No:
		return "no"
	}
	return "?"
}

// converse answers one step after another. `answers` has an option as ids writes it, or a day, for each step. converse returns
// the answers and the texts of the steps, including the step after the last answer.
func (i *Interview) converse(t *testing.T, a Answers, answers string) (Answers, []string) {
	t.Helper()
	var asked []string
	for _, answer := range strings.Fields(answers) {
		step := i.Next(a)
		asked = append(asked, i.ids(step))
		if day, err := civil.Parse(answer); err == nil {
			a = i.Number(a, step.Input, int32(day))
			continue
		}
		k := slices.IndexFunc(step.Options, func(o Option) bool { return i.id(step, o) == answer })
		if k < 0 {
			t.Fatalf("%s is not offered: %s", answer, i.ids(step))
		}
		a = i.Take(a, step, step.Options[k])
	}
	return a, append(asked, i.ids(i.Next(a)))
}

func TestSteps(t *testing.T) {
	i := interviewOf(t, testcontent.Permit(t))
	for _, c := range []struct{ answers, asked, held string }{
		{"id_card 2027-01-31 settled",
			"papers: id_card lease + - ?; id_until: gone ?; move: settled + ?; result", "id_card"},
		// A card that can be fetched counts as held, and its date is asked.
		{"- can_fetch ? ?", "papers: id_card lease + - ?; lost_it: can_fetch is_lost nothing ?; id_until: gone ?; move: settled + ?; result", ""},
		// Grouped answers come after "more". A value with a further question is followed by a yes/no question.
		{"id_card 2027-01-31 + came yes", "papers: id_card lease + - ?; id_until: gone ?; move: settled + ?; more: move: came within ?; further: move came: yes no ?; result", "id_card"},
		{"+ old_permit nothing + within no", "papers: id_card lease + - ?; more: papers: old_permit a_copy - ?; lost_it: can_fetch is_lost nothing ?; move: settled + ?; more: move: came within ?; further: move within: yes no ?; result", "old_permit"},
	} {
		a, asked := i.converse(t, i.Start(int32(today)), c.answers)
		if got := strings.Join(asked, "; "); got != c.asked {
			t.Errorf("%s:\n got %s\nwant %s", c.answers, got, c.asked)
		}
		if held := fmt.Sprint(i.InIDs(a.Raw())["papers"]); held != "["+c.held+"]" {
			t.Errorf("%s: held %s", c.answers, held)
		}
	}
}

// If the answers of a question are not in groups, all are offered, so that everybody finds the true one, even if it changes
// nothing.
func TestEveryAnswer(t *testing.T) {
	i := interviewOf(t, testcontent.Permit(t))
	for id, want := range map[string]string{"lost_it": "can_fetch is_lost nothing", "move": "settled"} {
		input := i.input(id)
		usual := table.Question{Input: input, Values: []int32{1 << i.Program.Inputs[input].Default}} // only the default can still matter
		var offered []string
		for _, o := range i.ungrouped(usual) {
			offered = append(offered, i.Program.Names.Inputs[input].Values[o.Value])
		}
		if got := strings.Join(offered, " "); got != want {
			t.Errorf("%s: %s", id, got)
		}
	}
}

// A value that the answer to a different question covers is not offered, even if it could change the result.
func TestCovered(t *testing.T) {
	i := realInterview(t)
	card, covered := i.input("card"), []int{0}
	if id := i.Program.Names.Inputs[card].Values[0]; id != "owned" || !slices.Equal(i.Inputs[card].Covered, covered) {
		t.Fatal(id, i.Inputs[card].Covered)
	}
	q := table.Question{Input: card, Values: []int32{math.MaxInt32}}
	isCovered := func(o Option) bool { return o.Value == covered[0] }
	if offered := i.ungrouped(q); len(offered) == 0 || slices.ContainsFunc(offered, isCovered) {
		t.Error(offered)
	}
	i.Inputs[card].Groups = []Group{{"more", []Value{{card, 0}, {card, 1}}}}
	if offered := i.grouped(q); len(offered) != 1 || isCovered(offered[0]) {
		t.Error("in a group: ", offered)
	}
}

// If the site expects a value, the question first asks for this value. If that is refused, the value is still offered, because a different
// insurer can be of the same kind. Only who says "yes" is insured with the site's insurer.
func TestExpected(t *testing.T) {
	i := interviewOf(t, testcontent.Permit(t))
	move := i.input("move")
	i.Expected[move] = slices.Index(i.Program.Names.Inputs[move].Values, "settled")
	for answers, want := range map[string]string{
		"id_card 2027-01-31 yes": "settled",
		"id_card 2027-01-31 ?":   "no_idea",
	} {
		a, asked := i.converse(t, i.Start(int32(today)), answers)
		if value := i.InIDs(a.Raw())["move"]; value != want || asked[2] != "expect: move settled: yes + ?" || i.IsElsewhere(a) != (want != "settled") {
			t.Error(answers, value, asked)
		}
	}
	if _, asked := i.converse(t, i.Start(int32(today)), "id_card 2027-01-31 + +"); asked[3] != "move: settled + ?" || asked[4] != "more: move: came within ?" {
		t.Error(asked)
	}
	if a, asked := i.converse(t, i.Start(int32(today)), "id_card 2027-01-31 + settled"); i.InIDs(a.Raw())["move"] != "settled" || !i.IsElsewhere(a) {
		t.Error(asked)
	}
}

// Circumstances can be stated at any time and are then not asked again. Secret ones are in no list.
func TestCircumstances(t *testing.T) {
	i := interviewOf(t, testcontent.Permit(t))
	var told []string
	for _, group := range i.Circumstances {
		for _, v := range group.Values {
			told = append(told, group.Title+" "+i.Program.Names.Inputs[v.Input].Values[v.Value])
		}
	}
	if got := strings.Join(told, ", "); got != "group_person student, group_person guardian, group_way by_post" {
		t.Error(got)
	}
	if len(i.Secret) != 1 || i.Program.Names.Inputs[i.Secret[0].Input].Values[i.Secret[0].Value] != "shelter" {
		t.Error(i.Secret)
	}
	for _, c := range []struct {
		input, value string
		want         bool
	}{{"situation", "student", true}, {"counter", "by_post", true}, {"situation", "shelter", true}, {"move", "settled", false}} {
		input := i.input(c.input)
		if got := i.IsTold(Value{input, slices.Index(i.Program.Names.Inputs[input].Values, c.value)}); got != c.want {
			t.Error(c, got)
		}
	}
	before := i.Start(int32(today))
	a := i.Tell(before, i.Circumstances[0].Values[0], i.Circumstances[1].Values[0], i.Secret[0])
	ids := i.InIDs(a.Raw())
	if got := fmt.Sprint(ids["situation"], " ", ids["counter"]); got != "[shelter student] by_post" {
		t.Error(got)
	}
	if got := fmt.Sprint(i.InIDs(before.Raw())["situation"]); got != "[]" {
		t.Error("the answers before were changed: ", got)
	}
}

// If some true answers to a question are circumstances, the question has an option that leads to them. The option itself answers
// nothing.
func TestElsewhere(t *testing.T) {
	i := realInterview(t)
	a := i.Start(int32(today))
	held, _ := i.converse(t, a, "my_number_card")
	a = held
	for range 12 {
		step := i.Next(a)
		k := slices.IndexFunc(step.Options, func(o Option) bool { return o.Kind == Elsewhere })
		if k < 0 {
			a = i.Take(a, step, step.Options[len(step.Options)-1])
			continue
		}
		if after := i.Take(a, step, step.Options[k]); !slices.Equal(after.raw, a.raw) || i.Next(after).Input != step.Input {
			t.Error("the option has answered something")
		}
		groups := i.CircumstancesOf(step.Input)
		if len(groups) != 1 || len(groups[0].Values) < 5 {
			t.Fatal(groups)
		}
		if next := i.Next(i.Tell(a, groups[0].Values[0])); next.Input == step.Input {
			t.Error("what was told is asked again")
		}
		return
	}
	t.Error("no question has the option")
}

// After the first document, the interview asks whether there are more, and offers those that can still change the result.
func TestAnother(t *testing.T) {
	i := realInterview(t)
	a, asked := i.converse(t, i.Start(int32(today)), "eligibility_notice")
	last := asked[len(asked)-1]
	if !strings.HasPrefix(last, "another: have: ") || strings.Contains(last, "eligibility_notice ") || !strings.Contains(last, "my_number_card") || strings.Contains(last, "welfare_ticket") {
		t.Error(last)
	}
	a, asked = i.converse(t, a, "my_number_card")
	if held := fmt.Sprint(i.InIDs(a.Raw())["have"]); held != "[my_number_card eligibility_notice]" {
		t.Error(held, asked)
	}
	// A valid certificate ends the questions.
	if _, asked := i.converse(t, i.Start(int32(today)), "eligibility_certificate 2027-07-31 none"); len(asked) != 4 || asked[3] != "result" {
		t.Error(asked)
	}
}
