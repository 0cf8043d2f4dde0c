package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/schema"
	"sitegen/internal/site"
	"sitegen/internal/terminal"
)

// listedFact is a fact as `sitegen facts` lists it. With --format json it is one line of the output.
type listedFact struct {
	ID       string          `json:"id"`
	Profile  string          `json:"profile,omitempty"` // the insurer that defines the fact; "" for a common fact
	Kind     schema.FactKind `json:"kind"`
	Name     string          `json:"name"`
	Value    string          `json:"value"`
	AsOf     string          `json:"as_of"`
	ReviewBy string          `json:"review_by,omitempty"`
	Sources  []string        `json:"sources"`
	// Addresses has the address of each source in Sources, or "" for a source without an address. It is nil if only the ids are to be
	// shown.
	Addresses []string `json:"addresses,omitempty"`
	Facts     []string `json:"facts"` // ids of the facts that take their value from this fact, or show its hours with their own value
	Files     []string `json:"files"` // files that refer to this fact
	reviewBy  civil.Date
}

// Facts writes every fact of a site and of its insurers, with its uses. inRules has the rule files that use each fact, by id. If `json`
// is true, each fact is a line of JSON. If `until` is set, Facts writes only the facts whose review is due on that day or earlier, each
// with the addresses of its sources.
func Facts(t *terminal.Terminal, general *site.Site, inRules map[string][]string, until civil.Date, json bool) error {
	facts := listFacts(t, general, inRules)
	if until != civil.Unset {
		facts = slices.DeleteFunc(facts, func(f listedFact) bool { return f.reviewBy == civil.Unset || f.reviewBy > until })
		for i := range facts {
			for _, id := range facts[i].Sources {
				facts[i].Addresses = append(facts[i].Addresses, general.Source(id).Address)
			}
		}
	}
	return list(t, json, facts, factLines)
}

// listFacts lists the common facts, and then the facts of each insurer.
func listFacts(t *terminal.Terminal, general *site.Site, inRules map[string][]string) []listedFact {
	var facts []listedFact
	users := usersOf(general)
	for _, s := range append([]*site.Site{general}, general.Insurers...) {
		language := siteLanguage(t, s)
		for _, fact := range s.Facts {
			if s != general && general.Fact(fact.ID) == fact {
				continue
			}
			listed := listedFact{
				reviewBy: fact.ReviewBy,
				ID:       fact.ID, Kind: fact.Kind, Name: language.FactName(fact).Plain, Value: language.FactValue(fact).Plain,
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
			facts = append(facts, listed)
		}
	}
	return facts
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

// factLines returns the lines that describe a fact to people.
func factLines(t *terminal.Terminal, f listedFact) []string {
	none := t.Words(phrase{"なし", "none"})
	id := f.ID
	if f.Profile != "" {
		id = f.Profile + "/" + id
	}
	sources := slices.Clone(f.Sources)
	for i, address := range f.Addresses {
		sources[i] = strings.TrimSuffix(sources[i]+" "+address, " ")
	}
	lines := []string{
		t.Words(phrase{"%s（%s）", "%s (%s)"}, id, f.Name),
		fmt.Sprintf("  %s: %s", f.Kind, f.Value),
		t.Words(phrase{"  確かめた日: %s", "  checked on: %s"}, f.AsOf),
		t.Words(phrase{"  見直す日: %s", "  review by: %s"}, cmp.Or(f.ReviewBy, none)),
		t.Words(phrase{"  出典: %s", "  sources: %s"}, strings.Join(sources, ", ")),
	}
	if len(f.Facts) > 0 {
		lines = append(lines, t.Words(phrase{"  使う事実: %s", "  used by the facts: %s"}, strings.Join(f.Facts, ", ")))
	}
	used := none
	if len(f.Files) > 0 {
		used = "\n    " + strings.Join(f.Files, "\n    ")
	}
	return append(lines, strings.TrimRight(t.Words(phrase{"  使う所: %s", "  used in: %s"}, diag.Lines(used)), " "))
}
