package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/site"
)

// runProfiles lists the insurers: the policies that each has chosen, and where its site differs from the general site.
func runProfiles(c *console, o *options) int {
	source, closeSource, code := c.open(o)
	if code != exitFine {
		return code
	}
	defer closeSource()
	loaded, found, err := site.Load(source.Content, source.ContentName, source.Today)
	if err := errors.Join(c.print(o, found), err); err != nil {
		return c.fail(err)
	}
	if diag.HasErrors(found) {
		return exitContent
	}
	for _, insurer := range loaded.Insurers {
		c.printProfile(insurer)
	}
	if len(loaded.Insurers) == 0 {
		c.say(c.out, phrase{"保険者がありません: %s/profiles", "there are no insurers: %s/profiles"}, source.ContentName)
	}
	return exitFine
}

// printProfile prints the policies and overrides of one insurer.
func (c *console) printProfile(insurer *site.Site) {
	p := insurer.Profile
	c.say(c.out, phrase{"%s（%s）", "%s (%s)"}, p.ID, insurer.Default.Profile.Name.Plain)
	names := make([]string, len(insurer.Languages))
	for i, language := range insurer.Languages {
		names[i] = language.ID
	}
	c.say(c.out, phrase{"  言語: %s", "  languages: %s"}, strings.Join(names, ", "))
	if p.Document != nil {
		c.say(c.out, phrase{"  見本のもと: %s", "  a sample made from: %s"}, p.Document.ID)
	}
	for _, parameter := range slices.Sorted(maps.Keys(p.Policies)) {
		fmt.Fprintf(c.out, "  %s: %s\n", parameter, p.Policies[parameter])
	}
	for _, override := range p.Overrides {
		c.printOverride(override)
	}
}

// overrideWords has the words for each kind of override.
var overrideWords = map[site.OverrideKind]phrase{
	site.Replaced: {"置き換え", "replaces"},
	site.Added:    {"追加", "adds"},
	site.Hidden:   {"省略", "leaves out"},
}

func (c *console) printOverride(o site.Override) {
	place := o.Question
	if o.Anchor != "" {
		place += "#" + o.Anchor
	}
	state := ""
	switch {
	case o.Base == "":
	case o.Written == "":
		state = c.words(phrase{"（base がありません: %s）", " (without base: %s)"}, o.Base)
	case o.Written != o.Base:
		state = c.words(phrase{"（元の文が変わりました: %s → %s）", " (the general text has changed: %s → %s)"}, o.Written, o.Base)
	}
	fmt.Fprintf(c.out, "  %s: %s%s\n", c.words(overrideWords[o.Kind]), place, state)
}
