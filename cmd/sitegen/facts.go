package main

import (
	"sitegen/internal/civil"
	"sitegen/internal/report"
)

var factsCommand = command{
	name: "facts", options: []string{"content", "by", "until", "format", "lang"}, run: runFacts,
	own: option{"until", "YYYY-MM-DD", phrase{"その日までに見直す事実だけを、資料のアドレスと一緒に並べる", "only the facts to be reviewed by that day, with the addresses of their sources"}},
	help: helpText{
		phrase{"事実を並べる: 値、確かめた日、出典、使う所", "list the facts: value, day checked, sources, where used"},
		phrase{`facts.yaml と保険者の事実ごとに、値、確かめた日と見直す日、出典、それを使うファイルを並べます。
--by source は sources.yaml の資料ごとに、出た日、確かめた日、どう見たか、それをもとにしたものを並べます。`,
			`For each fact of facts.yaml and of insurers its value, when it was checked and is to be reviewed,
its sources, and the files that use it. With --by source, for each source of sources.yaml when it was
published and read, how it was seen, and what rests on it.`},
		phrase{`  sitegen facts
  sitegen facts --until 2027-03-31         その日までに見直すものと、見比べる資料
  sitegen facts --by source                資料ごとに、何がそれによっているか
  sitegen facts --format json              一行に一件、ほかの道具に渡す`,
			`  sitegen facts
  sitegen facts --until 2027-03-31         what to review by that day, and the sources to compare it with
  sitegen facts --by source                what rests on each source
  sitegen facts --format json              one a line, for other programs`},
	},
}

// runFacts lists every fact and its uses or, with --by source, every source and its uses.
func runFacts(c *console, o *options) int {
	if o.by != "" && o.until != civil.Unset {
		return c.misuse(phrase{"--by と --until は一緒に使えません: %s", "--by and --until do not go together: %s"}, o.by)
	}
	source, closeSource, code := c.open(o)
	if code != exitFine {
		return code
	}
	defer closeSource()
	loaded, code := c.load(o, source)
	if code != exitFine {
		return code
	}
	var inRules, sourcesInRules map[string][]string
	if loaded.Checker != nil {
		compiled, code := c.compileRules(o, source)
		if code != exitFine {
			return code
		}
		inRules, sourcesInRules = compiled.Set.Uses(), compiled.Set.SourceUses()
	}
	var err error
	if o.by == "source" {
		err = report.Sources(c.Terminal, loaded, sourcesInRules, o.json())
	} else {
		err = report.Facts(c.Terminal, loaded, inRules, o.until, o.json())
	}
	if err != nil {
		return c.fail(err)
	}
	return exitFine
}
