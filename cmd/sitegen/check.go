package main

import (
	"slices"

	"sitegen/internal/build"
	"sitegen/internal/civil"
	"sitegen/internal/report"
)

var checkCommand = command{
	name: "check", options: append(slices.Clone(siteOptions), "strict", "until"), run: runCheck,
	help: helpText{
		phrase{"作るときと同じことを確かめる（何も書かない）", "check what build checks, and write nothing"},
		phrase{`原稿、リンク、公開済みの住所が残っているかを確かめます。ファイルは何も変わりません。
--until を付けると、その日までに本当でなくなる所（質問、囲み、事実、規則の条件）と、見直す事実を並べます。`,
			`Checks the content, every link, and that no published address vanishes. No file changes.
With --until it lists what becomes false by that day (questions, blocks, facts, conditions of the
rules) and the facts to be reviewed.`},
		phrase{`  sitegen check
  sitegen check --strict                   注意も間違いに数える
  sitegen check --until 2027-03-31         その日までに直すことを知る
  sitegen check --format json              ほかの道具に渡す`,
			`  sitegen check
  sitegen check --strict                   warnings count as mistakes
  sitegen check --until 2027-03-31         what has to be corrected by that day
  sitegen check --format json              for other programs`},
	},
}

func runCheck(c *console, o *options) int {
	summary, code := c.make(o, build.Check)
	if code != exitFine {
		return code
	}
	c.Say(c.notes(o), phrase{"間違いはありません: %s", "In order: %s"}, report.Counts(c.Terminal, summary))
	if o.until != civil.Unset {
		return c.listPeriods(o)
	}
	return exitFine
}

// listPeriods prints everything that holds only for a time and whose last day is between today and
// the day of --until.
func (c *console) listPeriods(o *options) int {
	source, closeSource, code := c.open(o)
	if code != exitFine {
		return code
	}
	defer closeSource()
	periods, err := build.Periods(source)
	if err != nil {
		return c.fail(err)
	}
	listed, err := report.Periods(c.Terminal, periods, source.Today, o.until, o.json())
	if err != nil {
		return c.fail(err)
	}
	if listed == 0 {
		c.Say(c.notes(o), phrase{"%s までに終わるものはありません", "Nothing ends by %s"}, o.until)
	}
	return exitFine
}
