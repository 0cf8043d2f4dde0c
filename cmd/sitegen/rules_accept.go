package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"sitegen/internal/build"
	"sitegen/internal/diag"
	"sitegen/internal/explain"
)

// mostAccepted is the maximum number of groups that rules accept shows.
const mostAccepted = 20

// runRulesAccept shows whose answer changes, and records that the present rules are accepted.
func runRulesAccept(c *console, o *options) int {
	source, closeSource, code := c.openWithRules(o)
	if code != exitFine {
		return code
	}
	defer closeSource()
	ctx, stop := interruptible()
	defer stop()
	accepted, found, err := build.AcceptRules(ctx, source.Content, source.ContentName, mostAccepted)
	if err := errors.Join(c.print(o, found), err); err != nil {
		return c.fail(err)
	}
	if accepted == nil || diag.HasErrors(found) {
		c.say(c.err, phrase{"間違いのある規則は認められません。直してから、もう一度実行してください", "Rules with mistakes are not accepted. Correct them, and run it again"})
		return exitContent
	}
	c.printAcceptance(accepted)
	if err := accepted.Write(o.content); err != nil {
		return c.fail(err)
	}
	return exitFine
}

// printAcceptance prints the groups of people whose answer changes, the questions that change, and the files that the command
// writes.
func (c *console) printAcceptance(a *build.Acceptance) {
	in := func(w diag.Wording) string { return c.words(phrase{"%[1]s", "%[2]s"}, w.JA, w.EN) }
	if !a.Compared {
		c.say(c.out, phrase{"前に認めた規則がないので、比べられません。sitegen rules diff で、gitの版と比べられます", "There are no accepted rules to compare with. sitegen rules diff compares with a git revision"})
	}
	for i, group := range a.Groups {
		c.say(c.out, phrase{"%d. 行「%s」で決まっていた人の%sで、答えが変わります（行: %s）", "%d. Of those about whom the row %s decided, %s get another answer (rows: %s)"}, i+1, group.Row, explain.Percent(group.Share), strings.Join(group.Rows, ", "))
		c.say(c.out, phrase{"   例: %s", "   for example: %s"}, in(group.Who))
		c.say(c.out, phrase{"   前: %s", "   old: %s"}, in(group.Was))
		c.say(c.out, phrase{"   後: %s", "   new: %s"}, in(group.Is))
	}
	if a.More > 0 {
		c.say(c.out, phrase{"ほかに、状況の%sで答えが変わります", "In another %s of the situations the answer changes"}, explain.Percent(a.More))
	}
	for _, q := range a.Questions {
		c.say(c.out, phrase{"質問「%s」を聞く人か、順か、答えないときの値が変わります", "Who is asked %s, when, or what stands for no answer changes"}, q.ID)
		if q.Who.EN != "" {
			c.say(c.out, phrase{"   例: %s", "   for example: %s"}, in(q.Who))
		}
	}
	if len(a.Files) == 0 {
		c.say(c.out, phrase{"規則は、認めたときのままです", "The rules are as they were accepted"})
		return
	}
	if a.Compared && len(a.Groups)+len(a.Questions) == 0 {
		c.say(c.out, phrase{"答えが変わる人はいません", "Nobody's answer changes"})
	}
	var names []string
	for name := range a.Files {
		names = append(names, name)
	}
	slices.Sort(names)
	fmt.Fprintln(c.out, c.words(phrase{"認めました。書いたもの: %s", "Accepted. Written: %s"}, strings.Join(names, ", ")))
}
