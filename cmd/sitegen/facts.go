package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/schema"
	"sitegen/internal/site"
)

// listedFact is a fact as sitegen facts lists it. With --format json it is one line of the output.
type listedFact struct {
	ID       string          `json:"id"`
	Profile  string          `json:"profile,omitempty"` // the insurer that defines the fact; "" for a common fact
	Kind     schema.FactKind `json:"kind"`
	Name     string          `json:"name"`
	Value    string          `json:"value"`
	AsOf     string          `json:"as_of"`
	ReviewBy string          `json:"review_by,omitempty"`
	Sources  []string        `json:"sources"`
	Facts    []string        `json:"facts"` // ids of the facts that take their value from this fact, or show its hours with their own value
	Files    []string        `json:"files"` // files that refer to this fact
}

// runFacts lists every fact and its uses or, with --by source, every source and its uses.
func runFacts(c *console, o *options) int {
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
	if o.by == "source" {
		return printAll(c, o, listSources(loaded, sourcesInRules), c.sourceLines)
	}
	return printAll(c, o, c.listFacts(loaded, inRules), c.factLines)
}

// printAll prints a list: with --format json one entry per line, and otherwise the lines that the function lines returns for each
// entry.
func printAll[T any](c *console, o *options, list []T, lines func(T) []string) int {
	for _, entry := range list {
		if err := c.printEntry(o, entry, func() []string { return lines(entry) }); err != nil {
			return c.fail(err)
		}
	}
	return exitFine
}

func (c *console) printEntry(o *options, entry any, lines func() []string) error {
	if o.format == "json" {
		encoder := json.NewEncoder(c.out)
		encoder.SetEscapeHTML(false)
		return encoder.Encode(entry)
	}
	_, err := fmt.Fprintln(c.out, strings.ReplaceAll(strings.Join(lines(), "\n"), ": \n", ":\n"))
	return err
}

// listFacts lists the common facts, and then the facts of each insurer.
func (c *console) listFacts(general *site.Site, inRules map[string][]string) []listedFact {
	var list []listedFact
	users := usersOf(general)
	for _, s := range append([]*site.Site{general}, general.Insurers...) {
		language := c.siteLanguage(s)
		for _, fact := range s.Facts {
			if s != general && general.Fact(fact.ID) == fact {
				continue
			}
			listed := listedFact{
				ID: fact.ID, Kind: fact.Kind, Name: language.FactName(fact).Plain, Value: language.FactValue(fact).Plain,
				AsOf: fact.AsOf.String(), ReviewBy: fact.ReviewBy.String(), Sources: []string{},
				Facts: append([]string{}, users[fact]...), Files: append([]string{}, fact.Files...),
			}
			if fact.Kind == schema.LinkFact {
				listed.Value = fact.Address
			}
			for _, source := range fact.Sources {
				listed.Sources = append(listed.Sources, source.ID)
			}
			if s == general {
				listed.Files = append(listed.Files, inRules[fact.ID]...)
				slices.Sort(listed.Files)
			} else {
				listed.Profile = s.Profile.ID
			}
			list = append(list, listed)
		}
	}
	return list
}

// usersOf returns, for each fact, the ids of the facts that take a value or hours from it. An insurer's fact has the insurer's id
// and a slash in front of its own id.
func usersOf(general *site.Site) map[*site.Fact][]string {
	users := map[*site.Fact][]string{}
	note := func(facts []*site.Fact, prefix string) {
		for _, fact := range facts {
			for _, used := range []*site.Fact{fact.Follows, fact.HoursOf} {
				if used != nil {
					users[used] = append(users[used], prefix+fact.ID)
				}
			}
		}
	}
	note(general.Facts, "")
	for _, insurer := range general.Insurers {
		own := slices.DeleteFunc(slices.Clone(insurer.Facts), func(f *site.Fact) bool { return general.Fact(f.ID) == f })
		note(own, insurer.Profile.ID+"/")
	}
	return users
}

// siteLanguage returns the language of the messages if the site has it, and otherwise the site's default language.
func (c *console) siteLanguage(s *site.Site) *site.Language {
	i := slices.IndexFunc(s.Languages, func(l *site.Language) bool { return l.ID == c.language })
	if i < 0 {
		return s.Default
	}
	return s.Languages[i]
}

// factLines returns the lines that describe a fact to people.
func (c *console) factLines(f listedFact) []string {
	none := c.words(phrase{"なし", "none"})
	id := f.ID
	if f.Profile != "" {
		id = f.Profile + "/" + id
	}
	lines := []string{
		c.words(phrase{"%s（%s）", "%s (%s)"}, id, f.Name),
		fmt.Sprintf("  %s: %s", f.Kind, f.Value),
		c.words(phrase{"  確かめた日: %s", "  checked on: %s"}, f.AsOf),
		c.words(phrase{"  見直す日: %s", "  review by: %s"}, cmp.Or(f.ReviewBy, none)),
		c.words(phrase{"  出典: %s", "  sources: %s"}, strings.Join(f.Sources, ", ")),
	}
	if len(f.Facts) > 0 {
		lines = append(lines, c.words(phrase{"  使う事実: %s", "  used by the facts: %s"}, strings.Join(f.Facts, ", ")))
	}
	used := none
	if len(f.Files) > 0 {
		used = "\n    " + strings.Join(f.Files, "\n    ")
	}
	return append(lines, strings.TrimRight(c.words(phrase{"  使う所: %s", "  used in: %s"}, diag.Lines(used)), " "))
}
