// Package values is facts and how languages write them: days, months, telephone numbers, hours, durations, fees, links.
//
// In go what facts.yaml says ([Fact] is made by package site, which reads the file) and the map formats of text/<lang>.yaml ([Formats]). Out
// come phrases, and what is wrong with formats or with values that somebody typed into a text. Begin with writer.go: a [Writer] writes
// facts as one language does, by formats.go. formats_check.go checks formats, ruby.go and slots.go the braces in such texts; literal.go finds values that should be
// tokens; fact.go is the model.
package values

import (
	"slices"

	"sitegen/internal/civil"
	"sitegen/internal/markup"
	"sitegen/internal/schema"
)

// Fact is one date, phone number, opening hour, duration, number, fee or link.
type Fact struct {
	ID string
	schema.Value
	Sources     []*Source
	AsOf        civil.Date
	From, Until civil.Date // the days it holds, inclusive; civil.Unset where open
	ReviewBy    civil.Date // the last day before somebody must look at it again; civil.Unset where it does not age
	Note        string     // for editors: why this reading
	Follows     *Fact      // the one whose value it takes, or the day beside it; nil for a value of its own

	// Variants are the values of a fact that changes on some day, each with its From and Until, ascending; nil where it has
	// one value. The fact itself then has the value of the day the site is built for.
	Variants []*Fact

	HoursOf *Fact  // opening hours of a phone
	Closed  string // days on which it is closed all the same, a key of formats.hours.closed in text/<lang>.yaml; "" for none

	Files []string // that refer to it, sorted; rules are not among them

	Offset int   // of its id in the file that has it
	Now    *Fact // of several variants, the one of the day the site is built for
}

// Source is where something is written.
type Source struct {
	ID        string
	Publisher string // in the publisher's language
	Title     string
	Address   string // https; "" where it has none
	Published string // YYYY-MM-DD, YYYY-MM or YYYY; "" where unknown
	Document  string // file name of a source document; "" otherwise
	Seen      string // one of [schema.SourcesSeen]: the original, quoted by others, or announced before it happened
	Read      civil.Date
	Labels    map[string]markup.Phrase // by the id of the language
	Offset    int                      // of its id in sources.yaml
}

// Newest returns when the newest of sources was published, as [Source.Published]; "" where it is known of none.
func Newest(sources []*Source) string {
	newest := ""
	for _, s := range sources {
		newest = max(newest, s.Published)
	}
	return newest
}

// Label returns what readers see as the name of the source, in the language of an id.
func (s *Source) Label(language string) markup.Phrase { return s.Labels[language] }

// Review says by when facts are to be checked again, and when they were checked last.
type Review struct{ By, AsOf civil.Date }

// ReviewOf returns the first review that is due among facts and what they rest on; ok is false where none ages. Of
// several due on one day it is the one checked the longest ago.
func ReviewOf(facts []*Fact) (first Review, ok bool) {
	for _, fact := range facts {
		for _, part := range fact.RestsOn() {
			if part.ReviewBy == civil.Unset {
				continue
			}
			review := Review{part.ReviewBy, part.AsOf}
			if !ok || review.By < first.By || review.By == first.By && review.AsOf < first.AsOf {
				first, ok = review, true
			}
		}
	}
	return first, ok
}

// RestsOn returns the fact with every other that must be right for it: whose value it takes, and the hours that are
// told with a phone number.
func (f *Fact) RestsOn() []*Fact {
	var parts []*Fact
	for part := f; part != nil; part = part.Follows {
		parts = append(parts, part)
	}
	if f.HoursOf != nil {
		parts = append(parts, f.HoursOf)
	}
	return parts
}

// Root returns the fact that others follow from.
func (f *Fact) Root() *Fact {
	for f.Follows != nil {
		f = f.Follows
	}
	return f
}

// Varies reports whether the fact, or what is told with it, has another value from some day on.
func (f *Fact) Varies() bool {
	return slices.ContainsFunc(f.RestsOn(), func(part *Fact) bool { return part.Variants != nil })
}
