package report

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"sitegen/internal/site"
	"sitegen/internal/terminal"
)

// Insurer writes what is set for one insurer: its id, name and languages, the document that a sample was made from, its policies
// and its overrides.
func Insurer(t *terminal.Terminal, insurer *site.Site) {
	p := insurer.Profile
	t.Say(t.Out, phrase{"%s（%s）", "%s (%s)"}, p.ID, insurer.Default.Profile.Name.Plain)
	names := make([]string, len(insurer.Languages))
	for i, language := range insurer.Languages {
		names[i] = language.ID
	}
	t.Say(t.Out, phrase{"  言語: %s", "  languages: %s"}, strings.Join(names, ", "))
	if p.Document != nil {
		t.Say(t.Out, phrase{"  見本のもと: %s", "  a sample made from: %s"}, p.Document.ID)
	}
	for _, parameter := range slices.Sorted(maps.Keys(p.Policies)) {
		fmt.Fprintf(t.Out, "  %s: %s\n", parameter, p.Policies[parameter])
	}
	for _, override := range p.Overrides {
		printOverride(t, override)
	}
}

// overrideWords has the words for each kind of override.
var overrideWords = map[site.OverrideKind]phrase{
	site.Replaced: {"置き換え", "replaces"},
	site.Added:    {"追加", "adds"},
	site.Hidden:   {"省略", "leaves out"},
}

func printOverride(t *terminal.Terminal, o site.Override) {
	place := o.Question
	if o.Anchor != "" {
		place += "#" + o.Anchor
	}
	state := ""
	switch {
	case o.Base == "":
	case o.Written == "":
		state = t.Words(phrase{"（base がありません: %s）", " (without base: %s)"}, o.Base)
	case o.Written != o.Base:
		state = t.Words(phrase{"（元の文が変わりました: %s → %s）", " (the general text has changed: %s → %s)"}, o.Written, o.Base)
	}
	fmt.Fprintf(t.Out, "  %s: %s%s\n", t.Words(overrideWords[o.Kind]), place, state)
}
