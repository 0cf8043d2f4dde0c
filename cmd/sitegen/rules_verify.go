package main

import (
	"fmt"
	"io"
	"strings"

	"sitegen/internal/explain"
	"sitegen/internal/prove"
	"sitegen/internal/rules"
)

// printCoverage prints how much of the rules the worked cases try, and which laws and comparisons they do not try.
func (c *console) printCoverage(out io.Writer, coverage *prove.Coverage) {
	of := func(t prove.Tally) string { return c.words(phrase{"%[2]dのうち%[1]d", "%d of %d"}, t.Tried, t.Of) }
	values := make([]string, len(coverage.Values))
	for i, input := range coverage.Values {
		values[i] = input.ID + " " + of(input.Tally)
	}
	for _, line := range []struct {
		phrase
		value   string
		untried []prove.Untried
	}{
		{phrase{"例がある、決める行", "rows that decide, in a case"}, of(coverage.Rows), nil},
		{phrase{"例がある、足りるかを決める行", "rows that say whether it is enough, in a case"}, of(coverage.Fits), nil},
		{phrase{"例がある、足す行", "rows that add, in a case"}, of(coverage.Adds), nil},
		{phrase{"例がある、答えの値", "values of answers, in a case"}, strings.Join(values, ", "), nil},
		{phrase{"例で試した、守るべきこと", "laws that a case puts to the test"}, of(coverage.Laws), coverage.Lax},
		{phrase{"例がある、日と数の比べの両側", "sides of comparisons of days and numbers, in a case"}, of(coverage.Sides), coverage.OneSided},
		{phrase{"出典が契約だけの例", "cases that have no source but the contract"}, listed(coverage.Unproven), nil},
	} {
		if line.value == of(prove.Tally{}) {
			continue // the rules have nothing of this kind
		}
		fmt.Fprintf(out, "%s: %s\n", c.words(line.phrase), line.value)
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
func (c *console) printLaw(out io.Writer, law rules.Law) {
	parts := make([]string, len(law.Holdings))
	for i, h := range law.Holdings {
		name := c.words(checkWords[h.Check])
		if len(h.IDs) > 0 {
			name = strings.Join(h.IDs, ", ")
		}
		parts[i] = c.howHeld(h) + ": " + name
	}
	name := c.words(phrase{"決まり %d", "law %d"}, law.Number)
	if law.Number == 0 {
		name = c.words(phrase{"そのほかの決まり", "further laws"})
	}
	fmt.Fprintf(out, "%s: %s\n", name, strings.Join(parts, "; "))
}

// howHeld returns words that say how one check enforces a law.
func (c *console) howHeld(h rules.Holding) string {
	switch {
	case !h.Made:
		return c.words(phrase{"ここでは確かめていない", "not checked here"})
	case h.Passages > 0:
		return c.words(phrase{"文の決まりによる（すべての文、%d箇所）", "by a rule on texts (all of them, %d passages)"}, h.Passages)
	case len(h.Files) > 0:
		return c.words(phrase{"文の決まりによる（%s）", "by a rule on texts (%s)"}, strings.Join(h.Files, ", "))
	case h.Share < 1:
		return c.words(phrase{"例になる%[2]d人について。証明は状況の%[1]s", "over %[2]d witnesses, and proven for %[1]s of the situations"}, explain.Percent(h.Share), h.Witnesses)
	}
	return c.words(phrase{"すべての人について証明", "proven for everybody"})
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
