package render

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"sitegen/internal/civil"
	"sitegen/internal/site"
)

// A page can hold passages that begin or end on a day. It carries those days in an attribute of <html>, where the head
// script finds them: for each that has come it sets a class there. A few rules of style, made here, tell which
// passages a class closes or opens. The head script itself is the same on every page, and so is its hash.

// pageDays is what a page with certain boundary days carries.
type pageDays struct {
	attribute string // of <html>
	css       string // what its style sheet says besides
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
		names[i] = d.Compact()
	}
	list := strings.Join(names, " ")
	if known, ok := c.known.Load(list); ok {
		return known.(*pageDays)
	}
	var css, screen, paper strings.Builder
	for i, name := range names {
		ended, later := ".d"+name+" .u"+name, ".js:not(.d"+name+") .f"+name
		css.WriteString(ended + "{--ended:inline;--paper:none}" + later + "{--later:inline;--first:-1}")
		css.WriteString(".d" + name + " .variant.u" + name + "{display:none}")
		css.WriteString(ended + ":not([data-seen])," + later + ":not([data-seen]){--body:none;--turn:45deg}")
		// On paper what comes stands below what holds, in the order of its days.
		screen.WriteString(later + ".variant{display:none}")
		paper.WriteString(later + ".variant{order:" + strconv.Itoa(i+1) + "}")
	}
	css.WriteString("@media screen{" + screen.String() + "}@media print{" + paper.String() + "}")
	made := &pageDays{attribute: ` data-days="` + list + `"`, css: css.String()}
	c.known.Store(list, made)
	return made
}

// on returns what a page of the language carries whose own boundary days are given: words that stand on every page may
// change on some day too.
func (e *edition) on(days ...civil.Date) *pageDays {
	return e.r.days.of(slices.Concat(days, e.Boundaries, overdue(e.HelpFacts)))
}

// bannerDays is for how many days a page says that it has changed.
const bannerDays = 60

// withBanners adds to boundary days those on which their banners go.
func withBanners(days []civil.Date) []civil.Date {
	all := slices.Clone(days)
	for _, day := range days {
		all = append(all, day+bannerDays)
	}
	return all
}

// boundaries returns the days on which something on a question's page begins or ends.
func boundaries(t *site.Translation) []civil.Date {
	days := t.Boundaries
	return append(days[:len(days):len(days)], limits(t.Question)...)
}

// limits returns the days on which questions begin to hold, or no longer do.
func limits(questions ...*site.Question) []civil.Date {
	var days []civil.Date
	for _, q := range questions {
		days = append(days, civil.Boundaries(q.From, q.Until)...)
	}
	return days
}
