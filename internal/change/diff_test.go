package change

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/explain"
	"sitegen/internal/rulefile"
	"sitegen/internal/rules"
	"sitegen/internal/ruletest"
	"sitegen/internal/space"
	"sitegen/internal/sweep"
)

// swapped returns an edit that swaps two lines of a file.
func swapped(t *testing.T, file, first, second string) [3]string {
	t.Helper()
	text := string(ruletest.RuleFiles(t)[file].Data)
	from, to := strings.Index(text, first), strings.Index(text, second)
	end := to + strings.Index(text[to:], "\n")
	if from < 0 || to < from {
		t.Fatalf("%s: no %q before %q", file, first, second)
	}
	middle := from + strings.Index(text[from:], "\n") + 1
	return [3]string{file, text[from:end], text[to:end] + "\n" + text[middle:to] + text[from:middle-1]}
}

const placeQuestion = "  name: {ja: 行くところ, en: place}\n  default: reader\n"

// edits are changes of the real rules, one of each sort.
func edits(t *testing.T) map[string][][3]string {
	place := func(with string) [][3]string {
		return [][3]string{{rules.InputsFile, placeQuestion, "  name: {ja: 行くところ, en: place}\n" + with}}
	}
	return map[string][][3]string{
		"default of a choice":   place("  default: unknown\n"),
		"ask removed":           {{rules.InterviewFile, "  - {ask: place}\n", ""}},
		"set no longer asked":   {{rules.InterviewFile, "  - {ask: have}", ""}, {rules.InterviewFile, "  - {ask: have, again: true, when: [not cert_dated_or_not, not have.my_number_card]}\n", ""}, {rules.InterviewFile, "  - {ask: have, again: true, when: [not have.my_number_card]}\n", ""}, {rules.InterviewFile, "  - {ask: have, again: true, when: [not card_settles]}\n", "  - {ask: place, when: [not card_settles]}\n"}},
		"asked of more":         {{rules.InterviewFile, "{ask: cert_issuer, when: [have.eligibility_certificate, not papers_current]}", "{ask: cert_issuer, when: [have.eligibility_certificate]}"}},
		"asked of fewer":        {{rules.InterviewFile, "{ask: place}", "{ask: place, when: [registered = yes]}"}},
		"default of a date":     {{rules.InputsFile, "default: fact:old_card_last_day", "default: fact:nhi_old_card_usual_end"}},
		"default of a number":   {{rules.InputsFile, "  default: neutral\n", "  default: 80\n"}},
		"held when":             {{rules.InputsFile, "when: card = owned or at_home}", "when: card = owned or at_home or left_at_home}"}},
		"policy of an insurer":  {{"profiles/sk/profile.yaml", "cert_delivery: employer", "cert_delivery: home"}},
		"condition":             {{rules.ConditionsFile, "place = no_reader or reader_down or unknown", "place = no_reader or reader_down"}},
		"outcome":               {{rules.DecideFile, "outcome: cert_expired_contact", "outcome: no_valid_doc"}},
		"order of alternatives": {swapped(t, rules.AddFile, "- {id: backup_pdf_current", "- {id: backup_screen_current")},
		"what is added":         {{rules.AddFile, "needs.welfare_plus_insurance], with: [welfare_ticket]", "needs.welfare_plus_insurance], with: [welfare_ticket, old_card]"}},
		"to what it is added":   {{rules.AddFile, "with_to: [my_number_card]", "with_to: [smartphone]"}},
		"order of notes":        {swapped(t, rules.AddFile, "- {id: tell_care", "- {id: tell_pay,")},
		"enough":                {{rules.EnoughFile, "{id: no_public_insurance, when: [outcome = not_insured], enough: no}", "{id: no_public_insurance, when: [outcome = not_insured], enough: unsure}"}},
		"note":                  {{rules.AddFile, "when: [card_offered, ecert_grace]", "when: [card_offered, ecert_grace, not needs.assist]"}},
	}
}

// change is an edited rule set and the result of comparing the real rules with it.
type change struct {
	now   *rules.Set
	diff  Comparison
	found []diag.Diagnostic
}

var changes = map[string]*change{}

// changed makes an edit and compares the real rules with the result, once for all tests.
func changed(t *testing.T, name string) (now *rules.Set, diff Comparison, found []diag.Diagnostic) {
	t.Helper()
	if changes[name] == nil {
		old := ruletest.Load(t)
		now := ruletest.Edited(t, ruletest.RealFacts(t), edits(t)[name]...)
		diff, found := Diff(old, now)
		changes[name] = &change{now, diff, found}
	}
	c := changes[name]
	return c.now, c.diff, c.found
}

// If one of many random visitors gets a different answer, the comparison has a group or a changed question. Each visitor
// is tried with all answers given at once, and in an interview. The two answers of each group's example differ.
func TestDiffMissesNobody(t *testing.T) {
	old := ruletest.Load(t)
	for _, name := range slices.Sorted(maps.Keys(edits(t))) {
		t.Run(name, func(t *testing.T) {
			now, c, found := changed(t, name)
			if len(found) > 0 {
				t.Fatal(found)
			}
			if c.Same && len(c.Asked) == 0 && !c.Order {
				t.Error("nobody's answer changes")
			}
			sample := space.NewSampler(old.Program, 3)
			for range sweep.Of(3000, 100) {
				raw := sample.Visitor()
				a, b := old.Result(old.Program.Run(raw)), now.Result(now.Program.Run(raw))
				if c.Same && !a.Same(b) {
					t.Fatalf("%+v\n%+v\nfor %s", a, b, explain.Describe(now, raw, "en"))
				}
				if !c.Order && a.Same(b) && !slices.Equal(a.Tell, b.Tell) {
					t.Fatalf("%v, %v for %s", a.Tell, b.Tell, explain.Describe(now, raw, "en"))
				}
				x, _ := old.Program.Interview(raw, -1)
				y, _ := now.Program.Interview(raw, -1)
				if a, b := old.Result(old.Program.Run(x)), now.Result(now.Program.Run(y)); c.Same && len(c.Asked) == 0 && !a.Same(b) {
					t.Fatalf("%+v\n%+v\nin the interview of %s", a, b, explain.Describe(now, raw, "en"))
				}
			}
			checkChanges(t, old, now, c)
		})
	}
}

// checkChanges decides about the examples with both rule sets, and checks the shares and the order of the groups.
func checkChanges(t *testing.T, old, now *rules.Set, c Comparison) {
	t.Helper()
	share := c.More
	for i, change := range c.Changes {
		share += change.Share
		raw, err := old.Raw(change.Answers, civil.Unset)
		if err != nil {
			t.Fatal(err)
		}
		a, b := old.Result(old.Program.Run(raw)), now.Result(now.Program.Run(raw))
		if !a.Same(change.Old) || !b.Same(change.New) || a.Same(b) || change.Share <= 0 || change.OfOutcome <= 0 || change.OfOutcome > 1+1e-9 {
			t.Errorf("%+v, but %+v and %+v", change, a, b)
		}
		if i > 0 {
			if before := c.Changes[i-1]; before.weight() > change.weight() || before.weight() == change.weight() && before.Share < change.Share {
				t.Errorf("group %d stands before %d", i, i+1)
			}
		}
	}
	if share > 1 || c.Same != (share == 0) {
		t.Errorf("%v of all", share)
	}
	for _, change := range c.Asked {
		if e := change.Example; e != nil && (e.Old.Same(e.New) || e.Person.Ja == "" || change.Share <= 0) {
			t.Errorf("%+v", change)
		}
	}
}

// A change of a question is reported, with an example, even if both rule sets treat the same answers alike.
func TestDiffOfQuestions(t *testing.T) {
	for _, c := range []struct {
		name        string
		kind        AskedKind
		id          string
		was, is     string // a part of Old.Ja and of New.Ja
		interviewed bool   // whether the example is an interview
	}{
		{"default of a choice", DefaultChange, "place", "カードを読む機械がある（reader）", "わからない（unknown）", false},
		{"ask removed", AskChange, "place", "全員に聞く", "誰にも聞かない", true},
		{"set no longer asked", AskChange, "have", "全員に聞く", "誰にも聞かない", true},
		{"asked of more", AskChange, "cert_issuer", "「手元の紙はいまの保険のもの」ではない", "または: 資格確認書", true},
		{"asked of fewer", AskChange, "place", "全員に聞く", "保険証の利用登録: ある", true},
		{"default of a date", DefaultChange, "old_card_expiry", "2025-12-01", "2025-07-31", true},
		{"default of a number", DefaultChange, "age", "聞いていない（neutral）", "80", true},
		{"held when", HeldChange, "have", "「マイナンバーカード: 持っている / 家などにある。持っていける」は、マイナンバーカード（my_number_card）を", "出先で手元にない", false},
		{"policy of an insurer", PolicyChange, "sk", "勤め先", "自宅", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, compared, found := changed(t, c.name)
			if len(found) > 0 || len(compared.Asked) != 1 {
				t.Fatalf("%+v %v", compared.Asked, found)
			}
			got := compared.Asked[0]
			if got.Kind != c.kind || got.ID != c.id || !strings.Contains(got.Old.Ja, c.was) || !strings.Contains(got.New.Ja, c.is) || got.Old == got.New {
				t.Errorf("%+v", got)
			}
			if (got.Example == nil) != (c.kind == HeldChange) {
				t.Errorf("example %+v", got.Example)
			}
			if c.interviewed && (got.Example.AskedOld == nil || got.Example.AskedNew == nil) {
				t.Errorf("no interview: %+v", got.Example)
			}
			if c.kind == AskChange && (got.Fewer > 0) == (got.More > 0) {
				t.Errorf("asked of fewer: %v, of more: %v", got.Fewer, got.More)
			}
		})
	}
	t.Run("in the same words", func(t *testing.T) {
		files := ruletest.OfficeFiles(t)
		ruletest.ReplaceIn(t, files, rules.InterviewFile, "{ask: change}", "{ask: change, when: [asks_change]}")
		define := func(text string) *rules.Set {
			changed := maps.Clone(files)
			changed[rules.ConditionsFile] = &fstest.MapFile{Data: append(slices.Clone(files[rules.ConditionsFile].Data), "asks_inner: {means: {ja: 中, en: inner}, "+text+"}\nasks_change: {means: {ja: 外, en: outer}, all: [asks_inner]}\n"...)}
			return ruletest.LoadOf(t, changed)
		}
		c, found := Diff(define("any: [have.paper]"), define("any: [have.paper, have.card]"))
		i := slices.IndexFunc(c.Asked, func(a AskedChange) bool { return a.ID == "change" })
		if len(found) > 0 || i < 0 {
			t.Fatal(found, c.Asked)
		}
		got := c.Asked[i]
		if d := got.Defined; got.Old != got.New || d == nil || d.ID != "asks_inner" || d.Old != "any: [have.paper]" || d.New != "any: [have.paper, have.card]" || !strings.Contains(d.Place, rules.ConditionsFile+":") {
			t.Errorf("%+v %+v", got, got.Defined)
		}
	})
	large := func(name string) *rules.Set {
		files := ruletest.LargeRules()
		for file := range files {
			files[file] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(string(files[file].Data), "c14", name))}
		}
		set, found, err := rulefile.Load(files, "content", ruletest.RealFacts(t))
		if set == nil {
			t.Fatal(found, err)
		}
		return set
	}
	c, found := Diff(large("c14"), large("q14"))
	if len(found) > 0 || len(c.Asked) != 2 || c.Asked[0].Kind != NewQuestion || c.Asked[0].ID != "q14" || c.Asked[1].Kind != GoneQuestion || c.Asked[1].ID != "c14" || c.Asked[1].Old.En != "x (v0)" {
		t.Errorf("%v, %d changes of questions", found, len(c.Asked))
	}
}

// A question whose kind differs between two rule sets is reported.
func TestOtherKinds(t *testing.T) {
	files := fstest.MapFS{}
	maps.Copy(files, ruletest.LargeRules())
	number := fstest.MapFS{}
	maps.Copy(number, files)
	text := string(files[rules.InputsFile].Data)
	number[rules.InputsFile] = &fstest.MapFile{Data: []byte(strings.Replace(text, "years: {kind: number,", "years: {kind: date,", 1))}
	a, _, err := rulefile.Load(files, "old", ruletest.RealFacts(t))
	b, found, errB := rulefile.Load(number, "new", ruletest.RealFacts(t))
	if a == nil || b == nil {
		t.Fatal(err, errB, found)
	}
	if found := OtherKinds(a, b); len(found) != 1 || found[0].Code != "rule-kind-changed" || !strings.HasPrefix(found[0].String(), "new/") {
		t.Errorf("%v", found)
	}
}

func TestDiffOfTheSame(t *testing.T) {
	if c, found := Diff(ruletest.Load(t), ruletest.Read(t)); len(found) > 0 || !c.Same || c.Order || len(c.Changes) > 0 {
		t.Errorf("%+v", c)
	}
}
