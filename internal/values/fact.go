// Package values has the facts, and writes their values in each language: days, months, telephone numbers, hours, durations, fees and
// links.
//
// The input is the facts, which package declare makes from facts.yaml ([Fact]), and the map `formats` of text/<lang>.yaml ([Formats]).
// The output is phrases, and findings about formats and about values that an author typed into a text. Begin with writer.go: a [Writer]
// writes facts in one language, with the formats in formats.go. formats_check.go checks formats; ruby.go and slots.go handle the braces
// in them; literal.go finds values that should be tokens; fact.go has the model.
package values

import (
	"slices"

	"sitegen/internal/civil"
	"sitegen/internal/markup"
	"sitegen/internal/schema"
)

// Fact is a date, a month, a phone number, opening hours, a duration, a number, a fee or a link.
type Fact struct {
	ID string
	schema.Value
	Sources     []*Source
	AsOf        civil.Date
	From, Until civil.Date // the first and the last day on which the fact holds; civil.Unset if open
	ReviewBy    civil.Date // the last day for checking the fact again; civil.Unset if it needs no review
	Note        string     // for editors, for example why the fact has this value
	Follows     *Fact      // the fact from which this fact takes its phone number, or its date (the day after or before); nil if there is no such fact

	// Variants has the values of a fact that changes on some day, each with its From and Until, in ascending order. The fact itself then
	// has the value for the day of the build. Variants is nil if the fact has only one value.
	Variants []*Fact

	HoursOf *Fact  // for a phone number: the fact with its opening hours, or nil
	Closed  string // for opening hours: the days without them, as a key of formats.hours.closed in text/<lang>.yaml; "" for no days

	Files []string // the names of the files that refer to the fact, sorted; rule files are not included

	Offset int   // the offset of the fact's id in its file
	Now    *Fact // the one of Variants for the day of the build; nil if there are no variants
}

// Source is a publication on which facts, questions and terms are based.
type Source struct {
	ID        string
	Publisher string // in the publisher's language
	Title     string
	Address   string                   // an https address; "" if the source has none
	Names     []string                 // addresses that stand in the source, and for which facts or other sources cite it
	Published string                   // YYYY-MM-DD, YYYY-MM or YYYY; "" if unknown
	From      civil.Date               // the first day of Published; civil.Unset if that is unknown
	Document  string                   // the file name of a source document; "" for other sources
	Seen      string                   // how the source was seen: a word of [schema.SourcesSeen]
	Read      civil.Date               // the day on which somebody last read the source
	Labels    map[string]markup.Phrase // the names that readers see, by the id of the language
	Offset    int                      // the offset of the source's id in sources.yaml
}

// HasAddress reports whether an address is the source's own, or stands in it.
func (s *Source) HasAddress(address string) bool {
	return s.Address == address || slices.Contains(s.Names, address)
}

// Newest returns when the newest of `sources` was published, in the form of [Source.Published]. It ignores sources whose publication day
// is unknown, and returns "" if there are no others.
func Newest(sources []*Source) string {
	newest := ""
	for _, s := range sources {
		newest = max(newest, s.Published)
	}
	return newest
}

// Label returns the name of the source that readers see, in the language with this id.
func (s *Source) Label(language string) markup.Phrase { return s.Labels[language] }

// Review is the last day for checking a fact again (By), and the day of the last check (AsOf).
type Review struct{ By, AsOf civil.Date }

// ReviewOf returns the review with the earliest day By, among those of the facts and of all facts that they rest on. If several have
// this day, it returns the one whose last check was earliest. `ok` is false if no fact has a review.
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

// RestsOn returns the fact and all facts that must be right for it to be right: the chain of facts that it follows, and its HoursOf.
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

// Root returns the last fact of the chain of Follows. It returns f if f follows no fact.
func (f *Fact) Root() *Fact {
	for f.Follows != nil {
		f = f.Follows
	}
	return f
}

// Varies reports whether the fact, or a fact that it rests on, changes its value on some day.
func (f *Fact) Varies() bool {
	return slices.ContainsFunc(f.RestsOn(), func(part *Fact) bool { return part.Variants != nil })
}
