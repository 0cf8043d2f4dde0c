package render

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"sitegen/internal/rules"
	"sitegen/internal/site"
)

// The words for the script are compact: ruby as {base|reading}, links to questions as [text](id), telephone links as
// their number alone, slots as {name}. The script writes them out again.

var (
	rubyForm = regexp.MustCompile(`<ruby>([^<]*)<rp>\(</rp><rt>([^<]*)</rt><rp>\)</rp></ruby>`)
	faqForm  = regexp.MustCompile(`<a href="` + site.RootMarker + `faq/([a-z0-9-]+)\.html">(.*?)</a>`)
	telForm  = regexp.MustCompile(`<a href="tel:[0-9]+">([0-9-]+)</a>`)
	slotMark = regexp.MustCompile("\x01([a-z_]+)\x02")
)

// compact returns a phrase as the script reads it.
func compact(p site.Phrase) string {
	text := rubyForm.ReplaceAllString(string(p.HTML), "{$1|$2}")
	text = faqForm.ReplaceAllString(text, "[$2]($1)")
	text = telForm.ReplaceAllString(text, "$1")
	text = slotMark.ReplaceAllString(text, "{$1}")
	return strings.ReplaceAll(text, site.RootMarker, "")
}

// list numbers texts, each once.
type list struct {
	items []string
	at    map[string]int
}

func newList() *list { return &list{items: []string{}, at: map[string]int{}} }

func (l *list) index(item string) int {
	i, known := l.at[item]
	if !known {
		i = len(l.items)
		l.items = append(l.items, item)
		l.at[item] = i
	}
	return i
}

// indices are the places of ids in a list.
func indices(list, ids []string) []int {
	found := []int{}
	for _, id := range ids {
		if i := slices.Index(list, id); i >= 0 {
			found = append(found, i)
		}
	}
	return found
}

func indexOf(list []string, id string) int { return slices.Index(list, id) }

func sortedKeys[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }

// RuleIDs are the ids of a program for which there must be words.
func RuleIDs(p *rules.Program) site.RuleIDs {
	ids := site.RuleIDs{Inputs: map[string][]string{}, Documents: p.Names.Documents, Outcomes: p.Names.Outcomes, Notes: p.Names.Notes}
	for i, names := range p.Names.Inputs {
		if names.Policy {
			continue
		}
		ids.Inputs[names.ID] = slices.DeleteFunc(slices.Clone(p.Names.Inputs[i].Values), unknownValue)
	}
	return ids
}
