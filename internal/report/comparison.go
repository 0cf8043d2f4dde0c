package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sitegen/internal/change"
	"sitegen/internal/rules"
	"sitegen/internal/terminal"
)

// comparison writes what changes from one rule set to another.
type comparison struct {
	*terminal.Terminal
	old, now *rules.Set
}

// say writes a line of the output.
func (c *comparison) say(p phrase, args ...any) { c.Say(c.Out, p, args...) }

// Comparison writes whose answer changes from one rule set to another: first the changed questions, then the groups of people whose
// answer changes.
func Comparison(t *terminal.Terminal, old, now *rules.Set, d change.Comparison) {
	c := &comparison{t, old, now}
	for _, g := range d.Asked {
		c.asked(g)
		fmt.Fprintln(c.Out)
	}
	switch {
	case d.Same && len(d.Asked) == 0 && !d.Order:
		c.say(phrase{"答えが変わる人はいません", "Nobody's answer changes"})
	case d.Same && len(d.Asked) > 0:
		c.say(phrase{"すべての質問に同じように答える人では、結果は変わりません", "Those who answer every question, and as before, get the same answer"})
	}
	for i, g := range d.Changes {
		c.group(i+1, g)
		fmt.Fprintln(c.Out)
	}
	if d.More > 0 {
		c.say(phrase{"ほかに、状況の%sで答えが変わります", "In another %s of the situations the answer changes"}, c.share(d.More))
	}
	if d.Order {
		c.say(phrase{"答えは同じで、知らせる順だけが変わる人がいます", "Some get the same answer, but its notes in another order"})
	}
	if len(d.Changes)+len(d.Asked) > 0 {
		c.weights()
	}
}

// weights lists the answers that count by their real share (see rules/weights.yaml), and the sources of each share.
func (c *comparison) weights() {
	weights := c.now.Weights
	if len(weights) == 0 {
		return
	}
	c.say(phrase{"数え方（rules/weights.yaml）: 次の答えは、実際の割合で数えています。ほかの答えは、どれも同じに数えています", "How this was counted (rules/weights.yaml): these answers as often as people give them, all others alike"})
	for _, w := range weights {
		percent := strconv.FormatFloat(w.Percent, 'f', -1, 64) + "%"
		c.say(phrase{"   %s「%s」%s: %s", "   %s, \"%s\", %s: %s"}, c.withID(w.Name, w.Input), w.Answer.In(c.Language), percent, w.Means.In(c.Language))
		for _, id := range w.Sources {
			c.say(phrase{"   出典: %s", "   source: %s"}, c.withID(c.now.SourceName(id), id))
		}
	}
}

// group writes a group of people whose answer changes. `number` is the number of the group in the output, from 1.
func (c *comparison) group(number int, g change.Change) {
	was, is := c.outcome(c.old, g.Old), c.outcome(c.now, g.New)
	all, of := c.share(g.Share), c.share(g.OfOutcome)
	switch {
	case g.OutcomeChange:
		c.say(phrase{"%d. %sから%sへ: 状況の%s（前の結果だった人の%s）", "%d. From %s to %s: %s of the situations, %s of those who had the old outcome"}, number, was, is, all, of)
	case g.EnoughChange:
		c.say(phrase{"%d. 足りるか（結果は%s）: 状況の%s（その結果の人の%s）", "%d. Whether it is enough, with %s: %s of the situations, %s of those who have that outcome"}, number, is, all, of)
	case g.BringChange:
		c.say(phrase{"%d. 持っていくもの（結果は%s）: 状況の%s（その結果の人の%s）", "%d. What to bring, with %s: %s of the situations, %s of those who have that outcome"}, number, is, all, of)
	default:
		c.say(phrase{"%d. 知らせること（結果は%s）: 状況の%s（その結果の人の%s）", "%d. What is told, with %s: %s of the situations, %s of those who have that outcome"}, number, is, all, of)
	}
	c.say(phrase{"   例: %s", "   for example: %s"}, g.Person.In(c.Language))
	c.answers(g)
}

// answers writes the old and the new answer of a group's example.
func (c *comparison) answers(g change.Change) {
	if g.OutcomeChange || g.EnoughChange || g.BringChange {
		old, now := c.inWords(c.old, g.Old), c.inWords(c.now, g.New)
		if g.EnoughChange {
			old, now = old+" — "+c.level(g.Old.Enough), now+" — "+c.level(g.New.Enough)
		}
		c.say(phrase{"   前: %s", "   old: %s"}, old)
		c.say(phrase{"   後: %s", "   new: %s"}, now)
	}
	indent, rest := "   ", c.rest(g)
	if g.OutcomeChange && len(rest) > 0 {
		c.say(phrase{"   そのほかに、この人では（ほかの人では違うことがあります）:", "   besides, for this person (for others it may be something else):"})
		indent += "  "
	}
	for _, line := range rest {
		fmt.Fprintln(c.Out, indent+line)
	}
}

// level returns the name of a level of Enough. The id "" means that the rules do not decide whether the documents are enough.
func (c *comparison) level(id string) string {
	if id == "" {
		return c.Words(phrase{"足りるかは決めない", "enough is not decided"})
	}
	return c.withID(rules.WordsOf(rules.LevelWords, id), id)
}

// rest returns a line for each change besides those of the outcome, of Enough and of what to bring.
func (c *comparison) rest(g change.Change) []string {
	var lines []string
	note, document := (*rules.Set).NoteName, (*rules.Set).DocumentName
	for _, list := range []struct {
		phrase
		in   *rules.Set
		name func(*rules.Set, string) rules.Words
		all  []string
		but  []string
	}{
		{phrase{"もう知らせない: %s", "no longer told: %s"}, c.old, note, g.Old.Tell, g.New.Tell},
		{phrase{"新しく知らせる: %s", "newly told: %s"}, c.now, note, g.New.Tell, g.Old.Tell},
		{phrase{"もう勧めない: %s", "no longer worth taking along: %s"}, c.old, document, g.Old.Also, g.New.Also},
		{phrase{"新しく勧める: %s", "newly worth taking along: %s"}, c.now, document, g.New.Also, g.Old.Also},
		{phrase{"もう「それだけでは使えない」と言わない: %s", "no longer called not accepted alone: %s"}, c.old, document, g.Old.NotAlone, g.New.NotAlone},
		{phrase{"新しく「それだけでは使えない」と言う: %s", "newly called not accepted alone: %s"}, c.now, document, g.New.NotAlone, g.Old.NotAlone},
	} {
		var names []string
		for _, id := range without(list.all, list.but) {
			names = append(names, c.withID(list.name(list.in, id), id))
		}
		if len(names) > 0 {
			lines = append(lines, c.Words(list.phrase, strings.Join(names, " / ")))
		}
	}
	return lines
}

// asked writes a change of a question, or of the policies that an insurer has chosen.
func (c *comparison) asked(g change.AskedChange) {
	name := c.withID(g.Name, g.ID)
	both := true
	switch g.Kind {
	case change.DefaultChange:
		c.say(phrase{"質問 %s: 答えない人の扱い", "Question %s: what counts for those who do not answer it"}, name)
	case change.AskChange:
		c.say(phrase{"質問 %s: 聞く相手", "Question %s: whom it is asked"}, name)
	case change.HeldChange:
		c.say(phrase{"質問 %s: 持っていることになる答え", "Question %s: the answer that counts as holding something"}, name)
	case change.MovedQuestion:
		c.say(phrase{"質問 %s: 聞く順番", "Question %s: when it is asked"}, name)
	case change.PolicyChange:
		c.say(phrase{"保険者 %s: 決まり", "Insurer %s: what it has decided"}, g.ID)
	case change.NewQuestion:
		c.say(phrase{"新しい質問 %s。答えない人の扱い: %s", "A new question, %s. What counts for those who do not answer it: %s"}, name, g.New.In(c.Language))
		both = false
	case change.GoneQuestion:
		c.say(phrase{"なくなった質問 %s。答えない人の扱い: %s", "A question that is gone, %s. What counted for those who did not answer it: %s"}, name, g.Old.In(c.Language))
		both = false
	}
	if defined := g.Defined; defined != nil {
		c.say(phrase{"   言葉は同じです: %s", "   in the same words: %s"}, g.New.In(c.Language))
		c.say(phrase{"   変わったのは条件 %s（%s）です", "   what changes is the condition %s (%s)"}, c.withID(defined.Name, defined.ID), defined.Place)
		c.say(phrase{"   前: %s", "   old: %s"}, defined.Old)
		c.say(phrase{"   後: %s", "   new: %s"}, defined.New)
	} else if both {
		c.say(phrase{"   前: %s", "   old: %s"}, g.Old.In(c.Language))
		c.say(phrase{"   後: %s", "   new: %s"}, g.New.In(c.Language))
	}
	if g.Fewer > 0 {
		c.say(phrase{"   もう聞かない人: 状況の%s", "   no longer asked in %s of the situations"}, c.share(g.Fewer))
	}
	if g.More > 0 {
		c.say(phrase{"   新しく聞く人: 状況の%s", "   newly asked in %s of the situations"}, c.share(g.More))
	}
	c.concerned(g)
}

// concerned writes an example of a person whose answer changes because of a change of a question or of an insurer's policy. It also writes
// in what share of the situations the answer changes. If nobody's answer changes, it says so for the kinds of change where a reader might
// expect a different answer.
func (c *comparison) concerned(g change.AskedChange) {
	e := g.Example
	if e == nil {
		if g.Kind == change.DefaultChange && !g.Refused || g.Kind == change.AskChange || g.Kind == change.PolicyChange {
			c.say(phrase{"   これで答えが変わる人はいません", "   that changes nobody's answer"})
		}
		return
	}
	whose := phrase{"   状況の%sで、これで答えが変わります", "   by that, the answer changes in %s of the situations"}
	switch g.Kind {
	case change.DefaultChange:
		whose = phrase{"   答えない人のうち、状況の%sで、これで答えが変わります", "   for those who do not answer it, the answer changes in %s of the situations"}
	case change.PolicyChange:
		whose = phrase{"   入っている人のうち、状況の%sで、これで答えが変わります", "   for those insured there, the answer changes in %s of the situations"}
	}
	c.say(whose, c.share(g.Share))
	c.say(phrase{"   例: %s", "   for example: %s"}, e.Person.In(c.Language))
	before, after := c.names(e.AskedOld), c.names(e.AskedNew)
	if e.Silent {
		after += c.Words(phrase{"（%sには答えない）", " (and does not answer: %s)"}, g.Name.In(c.Language))
		before = after
	}
	switch {
	case g.Kind == change.PolicyChange:
	case e.AskedOld == nil:
		c.say(phrase{"   答えないこと: %s", "   who does not answer: %s"}, g.Name.In(c.Language))
	case before == after:
		c.say(phrase{"   聞くこと: %s", "   who is asked: %s"}, before)
	default:
		c.say(phrase{"   前に聞いたこと: %s", "   who was asked: %s"}, before)
		c.say(phrase{"   今聞くこと: %s", "   and is asked now: %s"}, after)
	}
	c.answers(e.Change)
}

func (c *comparison) names(list []rules.Words) string {
	var names []string
	for _, words := range list {
		names = append(names, words.In(c.Language))
	}
	if len(names) == 0 {
		return c.Words(phrase{"何も聞かない", "nothing"})
	}
	return strings.Join(names, c.Words(phrase{"、", ", "}))
}

// withID returns words followed by their id in brackets.
func (c *comparison) withID(words rules.Words, id string) string {
	return c.Words(phrase{"%s（%s）", "%s (%s)"}, words.In(c.Language), id)
}

func (c *comparison) outcome(s *rules.Set, r rules.Result) string {
	return c.Words(phrase{"「%s」（%s）", `"%s" (%s)`}, s.OutcomeName(r.Outcome).In(c.Language), r.Outcome)
}

// inWords returns an answer in one line: the outcome and what to bring.
func (c *comparison) inWords(s *rules.Set, r rules.Result) string {
	var offers []string
	for _, set := range r.Bring {
		var names []string
		for _, id := range set {
			names = append(names, c.withID(s.DocumentName(id), id))
		}
		if len(names) == 0 {
			names = []string{c.Words(phrase{"何も要らない", "nothing needed"})}
		}
		offers = append(offers, strings.Join(names, c.Words(phrase{"と", " and "})))
	}
	if len(offers) == 0 {
		offers = []string{c.Words(phrase{"示せるものがわからない", "nothing known"})}
	}
	return c.outcome(s, r) + " — " + strings.Join(offers, c.Words(phrase{"または", " or "}))
}

// share returns a share, from 0 to 1, as a percentage: one decimal from 1% on, and two decimals below. Near 0% and 100% it returns words,
// such as "all" or "less than 0.01%".
func (c *comparison) share(share float64) string {
	const nearly = 1e-9 // tolerance for rounding errors
	percent := func(digits int) string { return strconv.FormatFloat(share*100, 'f', digits, 64) + "%" }
	switch {
	case share >= 1-nearly:
		return c.Words(phrase{"すべて", "all"})
	case share > 0.999:
		return c.Words(phrase{"99.9%%以上", "more than 99.9%%"})
	case share >= 0.01:
		return percent(1)
	case share >= 0.0001:
		return percent(2)
	}
	return c.Words(phrase{"0.01%%未満", "less than 0.01%%"})
}

// without returns the items of `a` that are not in `b`.
func without(a, b []string) []string {
	var list []string
	for _, item := range a {
		if !slices.Contains(b, item) {
			list = append(list, item)
		}
	}
	return list
}
