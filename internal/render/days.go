package render

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"sitegen/internal/civil"
	"sitegen/internal/markup"
	"sitegen/internal/site"
)

// A page can hold passages that begin or end on a day. These days are in an attribute of <html>, where the head script finds
// them and sets a class for each day that has come. A few style rules, made here, say which passages a class closes or opens.
// The head script itself is the same on every page, and so is its hash.

// pageDays holds the attribute and the style rules for a page's boundary days.
type pageDays struct {
	attribute markup.Attributes // the attribute data-days of <html>
	css       string            // style rules in addition to the page's style sheet
}

// dayCache keeps the pageDays of each list of days, because many pages have the same list.
type dayCache struct{ known sync.Map }

// of returns the attribute and rules for a page. `days` are the days on which its passages begin or end. From each day in `reviews` on, the
// page says that facts were not reviewed. Neither list need be sorted.
func (c *dayCache) of(days, reviews []civil.Date) *pageDays {
	all := slices.Concat(days, reviews)
	if len(all) == 0 {
		return &pageDays{}
	}
	slices.Sort(all)
	all = slices.Compact(all)
	names := make([]string, len(all))
	key := ""
	for i, d := range all {
		names[i] = d.Compact()
		key += " " + names[i]
		if !slices.Contains(days, d) {
			key += "!" // the day is only the end of a review
		}
	}
	if known, ok := c.known.Load(key); ok {
		return known.(*pageDays)
	}
	made := &pageDays{attribute: markup.Attr("data-days", strings.Join(names, " ")), css: dayStyle(names, func(i int) bool { return slices.Contains(days, all[i]) })}
	c.known.Store(key, made)
	return made
}

// dayStyle returns the style rules for some days. isBoundary reports whether a passage begins or ends on day i. If no passage
// does, the day is only the end of a review. Its only rule then shows the sentence that facts were not reviewed.
func dayStyle(names []string, isBoundary func(i int) bool) string {
	var css, screen, paper strings.Builder
	for i, name := range names {
		ended, later := ".d"+name+" .u"+name, ".js:not(.d"+name+") .f"+name
		if !isBoundary(i) {
			css.WriteString(ended + "{--ended:inline}")
			continue
		}
		css.WriteString(ended + "{--ended:inline;--paper:none}" + later + "{--later:inline;--ahead:none}")
		css.WriteString(".d" + name + " .variant.u" + name + "{display:none}")
		css.WriteString(ended + ":not([data-seen])," + later + ":not([data-seen]){--body:none;--turn:45deg}")
		// On paper, future variants are below the current one, in the order of their days.
		screen.WriteString(later + ".variant{display:none}")
		paper.WriteString(later + ".variant{order:" + strconv.Itoa(i+1) + "}")
	}
	if screen.Len() > 0 {
		css.WriteString("@media screen{" + screen.String() + "}@media print{" + paper.String() + "}")
	}
	return css.String()
}

// on returns the attribute data-days and the style rules for a page of this edition. `told` lists the facts that the page states, and `days` its boundary days.
// The result also covers the words that are on every page, with their days and facts.
func (e *edition) on(told []*site.Fact, days ...civil.Date) *pageDays {
	return e.r.days.of(slices.Concat(days, e.Boundaries), slices.Concat(overdue(told), overdue(e.HelpFacts)))
}

// bannerDays is the number of days for which a page says that something on it has changed.
const bannerDays = 60

// withBanners returns boundary days together with the days on which their banners end.
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

// limits returns the days on which questions begin or cease to hold.
func limits(questions ...*site.Question) []civil.Date {
	var days []civil.Date
	for _, q := range questions {
		days = append(days, civil.Boundaries(q.From, q.Until)...)
	}
	return days
}
