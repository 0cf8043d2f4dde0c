package main

import (
	"errors"

	"sitegen/internal/build"
	"sitegen/internal/diag"
	"sitegen/internal/report"
)

// mostAccepted is the maximum number of groups of changed answers that the command `rules accept`
// shows.
const mostAccepted = 20

var rulesAcceptCommand = command{
	name: "rules accept", options: []string{"content", "lang"}, run: runRulesAccept,
	help: helpText{
		phrase{"規則を今のままで認める", "accept the rules as they are"},
		phrase{`check と build は、ありうるすべての人について、規則を前に認めたものと比べ、誰かの答えが変われば止まります。
変えるつもりで変えたときに、これを実行してください。誰の答えが変わるかを組に分けて出し、rules/accepted.yaml と
rules/boundaries.json を書き直します。書き直された行も読んでください。間違いのある規則は認めません。`,
			`check and build compare the rules with those accepted last, for every possible visitor, and stop if
anybody's answer changes. Run this when you meant that: it tells in groups whose answer changes and
writes rules/accepted.yaml and rules/boundaries.json anew. Read the lines that change in them, too. Rules
with mistakes are not accepted.`},
		phrase{`  sitegen rules accept`, `  sitegen rules accept`},
	},
}

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
		c.Say(c.Err, phrase{"間違いのある規則は認められません。直してから、もう一度実行してください", "Rules with mistakes are not accepted. Correct them, and run it again"})
		return exitContent
	}
	if err := accepted.Write(o.content); err != nil {
		return c.fail(err)
	}
	report.Acceptance(c.Terminal, accepted)
	return exitFine
}
