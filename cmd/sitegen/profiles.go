package main

import (
	"errors"

	"sitegen/internal/diag"
	"sitegen/internal/load"
	"sitegen/internal/report"
)

var profilesCommand = command{
	name: "profiles", options: []string{"content", "date", "lang"}, run: runProfiles,
	help: helpText{
		phrase{"保険者と、それぞれが変えていることを並べる", "list the insurers and what each says otherwise"},
		phrase{`profiles/ の保険者ごとに、決まりと、共通の文を置き換え、足し、省いた所を並べます。
置き換えたあとに元の文が変わった所には、印が付きます。`,
			`For each insurer of profiles/ its policy, and where it replaces, adds or leaves out text. What
replaces a text that has changed since is marked.`},
		phrase{`  sitegen profiles`, `  sitegen profiles`},
	},
}

// runProfiles lists the insurers: the policies that each has chosen, and where its site differs from the general site.
func runProfiles(c *console, o *options) int {
	source, closeSource, code := c.open(o)
	if code != exitFine {
		return code
	}
	defer closeSource()
	loaded, found, err := load.Site(source.Content, source.ContentName, source.Today)
	if err := errors.Join(c.print(o, found), err); err != nil {
		return c.fail(err)
	}
	if diag.HasErrors(found) {
		return exitContent
	}
	for _, insurer := range loaded.Insurers {
		report.Insurer(c.Terminal, insurer)
	}
	if len(loaded.Insurers) == 0 {
		c.Say(c.Out, phrase{"保険者がありません: %s/profiles", "there are no insurers: %s/profiles"}, source.ContentName)
	}
	return exitFine
}
