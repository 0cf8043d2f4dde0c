package report

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"sitegen/internal/build"
	"sitegen/internal/diag"
	"sitegen/internal/explain"
	"sitegen/internal/prove"
	"sitegen/internal/rules"
	"sitegen/internal/terminal"
	"sitegen/internal/worked"
)

// Acceptance writes the groups of people whose answer changes when the rules are accepted, the questions that change, and the files that
// were written to record the acceptance.
func Acceptance(t *terminal.Terminal, a *build.Acceptance) {
	in := func(w diag.Wording) string { return t.Words(phrase{"%[1]s", "%[2]s"}, w.JA, w.EN) }
	if !a.Compared {
		t.Say(t.Out, phrase{"前に認めた規則がないので、比べられません。sitegen rules diff で、gitの版と比べられます", "There are no accepted rules to compare with. sitegen rules diff compares with a git revision"})
	}
	for i, group := range a.Groups {
		t.Say(t.Out, phrase{"%d. 行「%s」で決まっていた人の%sで、答えが変わります（行: %s）", "%d. Of those about whom the row %s decided, %s get another answer (rows: %s)"}, i+1, group.Row, explain.Percent(group.Share), strings.Join(group.Rows, ", "))
		t.Say(t.Out, phrase{"   例: %s", "   for example: %s"}, in(group.Who))
		t.Say(t.Out, phrase{"   前: %s", "   old: %s"}, in(group.Was))
		t.Say(t.Out, phrase{"   後: %s", "   new: %s"}, in(group.Is))
	}
	if a.More > 0 {
		t.Say(t.Out, phrase{"ほかに、状況の%sで答えが変わります", "In another %s of the situations the answer changes"}, explain.Percent(a.More))
	}
	for _, q := range a.Questions {
		t.Say(t.Out, phrase{"質問「%s」を聞く人か、順か、答えないときの値が変わります", "Who is asked %s, when, or what stands for no answer changes"}, q.ID)
		if q.Who.EN != "" {
			t.Say(t.Out, phrase{"   例: %s", "   for example: %s"}, in(q.Who))
		}
	}
	if len(a.Files) == 0 {
		t.Say(t.Out, phrase{"規則は、認めたときのままです", "The rules are as they were accepted"})
		return
	}
	if a.Compared && len(a.Groups)+len(a.Questions) == 0 {
		t.Say(t.Out, phrase{"答えが変わる人はいません", "Nobody's answer changes"})
	}
	var names []string
	for name := range a.Files {
		names = append(names, name)
	}
	slices.Sort(names)
	fmt.Fprintln(t.Out, t.Words(phrase{"認めました。書いたもの: %s", "Accepted. Written: %s"}, strings.Join(names, ", ")))
}

// Verified writes the size of the rules, the time that the proof took, the coverage of the worked cases, and how each law is enforced.
// It writes to `out`.
func Verified(t *terminal.Terminal, out io.Writer, checked *build.Verified, took time.Duration) {
	r := checked.Report
	mean, most := prove.Questions(checked.Set)
	for _, line := range []struct {
		phrase
		value any
	}{
		{phrase{"決める行", "rows that decide"}, r.Rows},
		{phrase{"足す行", "rows that add"}, r.Adds},
		{phrase{"条件", "conditions"}, r.Conditions},
		{phrase{"決定図の節", "nodes of the diagram"}, r.Nodes},
		{phrase{"確かめの例", "worked cases"}, len(checked.Set.Cases)},
		{phrase{"質問の数（平均）", "questions, mean"}, strconv.FormatFloat(mean, 'f', 1, 64)},
		{phrase{"質問の数（最多）", "questions, most"}, most},
		{phrase{"モジュール（バイト）", "module, bytes"}, len(checked.Module)},
		{phrase{"モジュールと比べた人", "people asked of both"}, checked.Probes},
		{phrase{"時間（ミリ秒）", "time, ms"}, took.Milliseconds()},
	} {
		fmt.Fprintf(out, "%s: %v\n", t.Words(line.phrase), line.value)
	}
	printCoverage(t, out, &checked.Coverage)
	for _, law := range checked.Laws {
		printLaw(t, out, law)
	}
}

// printCoverage prints how much of the rules the worked cases try, and which laws and comparisons they do not try.
func printCoverage(t *terminal.Terminal, out io.Writer, coverage *worked.Coverage) {
	of := func(tally worked.Tally) string {
		return t.Words(phrase{"%[2]dのうち%[1]d", "%d of %d"}, tally.Tried, tally.Of)
	}
	values := make([]string, len(coverage.Values))
	for i, input := range coverage.Values {
		values[i] = input.ID + " " + of(input.Tally)
	}
	for _, line := range []struct {
		phrase
		value   string
		untried []worked.Untried
	}{
		{phrase{"例がある、決める行", "rows that decide, in a case"}, of(coverage.Rows), nil},
		{phrase{"例がある、足りるかを決める行", "rows that say whether it is enough, in a case"}, of(coverage.Fits), nil},
		{phrase{"例がある、足す行", "rows that add, in a case"}, of(coverage.Adds), nil},
		{phrase{"例がある、答えの値", "values of answers, in a case"}, strings.Join(values, ", "), nil},
		{phrase{"例で試した、守るべきこと", "laws that a case puts to the test"}, of(coverage.Laws), coverage.Lax},
		{phrase{"例がある、日と数の比べの両側", "sides of comparisons of days and numbers, in a case"}, of(coverage.Sides), coverage.OneSided},
		{phrase{"出典が契約だけの例", "cases that have no source but the contract"}, listed(coverage.Unproven), nil},
	} {
		if line.value == of(worked.Tally{}) {
			continue // the rules have nothing that this line counts
		}
		fmt.Fprintf(out, "%s: %s\n", t.Words(line.phrase), line.value)
		for _, u := range line.untried {
			fmt.Fprintf(out, "  %s: %s\n", u.Place, u.Text)
		}
	}
}

// listed returns the number of ids, followed by the ids in brackets.
func listed(ids []string) string {
	if len(ids) == 0 {
		return "0"
	}
	return fmt.Sprintf("%d (%s)", len(ids), strings.Join(ids, ", "))
}

// printLaw prints which checks enforce a law, and how far each went in this run.
func printLaw(t *terminal.Terminal, out io.Writer, law rules.Law) {
	parts := make([]string, len(law.Holdings))
	for i, h := range law.Holdings {
		name := t.Words(checkWords[h.Check])
		if len(h.IDs) > 0 {
			name = strings.Join(h.IDs, ", ")
		}
		parts[i] = howHeld(t, h) + ": " + name
	}
	name := t.Words(phrase{"決まり %d", "law %d"}, law.Number)
	if law.Number == 0 {
		name = t.Words(phrase{"そのほかの決まり", "further laws"})
	}
	fmt.Fprintf(out, "%s: %s\n", name, strings.Join(parts, "; "))
}

// howHeld returns words that say how one check enforces a law.
func howHeld(t *terminal.Terminal, h rules.Holding) string {
	switch {
	case !h.Made:
		return t.Words(phrase{"ここでは確かめていない", "not checked here"})
	case h.Passages > 0:
		return t.Words(phrase{"文の決まりによる（すべての文、%d箇所）", "by a rule on texts (all of them, %d passages)"}, h.Passages)
	case len(h.Files) > 0:
		return t.Words(phrase{"文の決まりによる（%s）", "by a rule on texts (%s)"}, strings.Join(h.Files, ", "))
	case h.Share < 1:
		return t.Words(phrase{"例になる%[2]d人について。証明は状況の%[1]s", "over %[2]d witnesses, and proven for %[1]s of the situations"}, explain.Percent(h.Share), h.Witnesses)
	}
	return t.Words(phrase{"すべての人について証明", "proven for everybody"})
}

// checkWords are the names of the checks.
var checkWords = map[rules.Check]phrase{
	rules.ByStatements: {"laws.yaml に書いた決まり", "what laws.yaml states"},
	rules.BySayings:    {"どの文も、言ってはいけないことを言わない", "no text says what none may say"},
	rules.ByOneOutcome: {"決める行は一つだけ", "exactly one row decides"},
	rules.ByReachable:  {"どの結果にもなりうる", "every outcome is reached"},
	rules.ByEffective:  {"どの行と答えも、何かを変える", "every row and answer changes something"},
	rules.ByUnknowns:   {"知っている人が損をしない", "nobody gets a worse answer by knowing more"},
	rules.ByInterview:  {"聞かれたことに答えれば足りる", "answering what is asked suffices"},
	rules.ByOffers:     {"どの答えも、関わる人に示される", "every answer is offered where it matters"},
	rules.ByWords:      {"どの言語にも、同じidの言葉がある", "the same ids have words in every language"},
	rules.ByGroups:     {"どの答えも、ページの一か所で選べる", "every answer has its place on the page"},
	rules.ByReasons:    {"どの行にも理由の言葉がある", "every row has its reason in words"},
	rules.ByFacts:      {"事実を書き写していない", "no fact is typed out"},
}
