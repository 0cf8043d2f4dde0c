package render

import (
	"slices"
	"strings"
	"sync"

	"sitegen/internal/bundle"
	"sitegen/internal/civil"
	"sitegen/internal/site"
)

// A page can hold passages that begin or end on a day. It carries those days in an attribute of <html>, where the head
// script finds them: for each that has come it sets a class there. A small style element, made here, tells which
// passages a class closes or opens. The head script itself is the same on every page, and so is its hash.

// pageDays is what a page with certain boundary days carries.
type pageDays struct {
	attribute string // of <html>
	style     string // a style element
	source    string // what allows it in the page's policy
}

// dayCache keeps what was made for lists of days: few differ.
type dayCache struct{ known sync.Map }

// of returns what a page with the given days carries; the days are in any order.
func (c *dayCache) of(days []civil.Date) *pageDays {
	if len(days) == 0 {
		return &pageDays{}
	}
	days = slices.Clone(days)
	slices.Sort(days)
	days = slices.Compact(days)
	names := make([]string, len(days))
	for i, d := range days {
		names[i] = compactDay(d)
	}
	list := strings.Join(names, " ")
	if known, ok := c.known.Load(list); ok {
		return known.(*pageDays)
	}
	var css strings.Builder
	for _, name := range names {
		ended, later := ".d"+name+" .u"+name, ".js:not(.d"+name+") .f"+name
		css.WriteString(ended + "{--ended:inline}" + later + "{--later:inline}")
		css.WriteString(ended + ":not([data-seen])," + later + ":not([data-seen]){--body:none;--turn:45deg}")
	}
	style := bundle.NewInline(css.String())
	made := &pageDays{attribute: ` data-days="` + list + `"`, style: "<style>" + style.Text + "</style>", source: " '" + style.Hash + "'"}
	c.known.Store(list, made)
	return made
}

// compactDay writes a day the way classes name it: 20260801.
func compactDay(d civil.Date) string { return strings.ReplaceAll(d.String(), "-", "") }

// periodClasses names the boundary days of a period: f with its first day, u with the first day after it.
func periodClasses(from, until civil.Date) string {
	var names []string
	if from != civil.Unset {
		names = append(names, "f"+compactDay(from))
	}
	if until != civil.Unset {
		names = append(names, "u"+compactDay(until+1))
	}
	return strings.Join(names, " ")
}

// boundaries returns the days on which something on a question's page begins, ends or is overdue.
func boundaries(t *site.Translation) []civil.Date {
	days := t.Boundaries
	if from := t.Question.From; from != civil.Unset {
		days = append(days[:len(days):len(days)], from)
	}
	if until := t.Question.Until; until != civil.Unset {
		days = append(days[:len(days):len(days)], until+1)
	}
	return slices.Concat(days, reviewDays(t.Facts))
}
