// Package values is facts and how languages write them: days, months, telephone numbers, hours, durations, fees, links.
//
// In go what facts.yaml says (package site reads the file and makes each [Fact]) and the map formats of text/<lang>.yaml
// ([Formats]). Out come phrases, and errors in formats or in values that somebody typed into a text. Begin with writer.go: a
// [Writer] writes facts as one language does, with the formats in formats.go. formats_check.go checks formats; ruby.go and
// slots.go handle the braces in them; literal.go finds values that should be tokens; fact.go is the model.
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
	From, Until civil.Date // the days on which it holds, inclusive; civil.Unset if open
	ReviewBy    civil.Date // the last day for somebody to check it again; civil.Unset if it does not age
	Note        string     // for editors, for example why the fact has this value
	Follows     *Fact      // the fact whose value it takes, or whose date it is the day after or before; nil if it has its own value

	// Variants are the values of a fact that changes on some day, each with its From and Until, ascending; nil if it has only one
	// value. The fact itself then has the value for the day the site is built for.
	Variants []*Fact

	HoursOf *Fact  // of a phone number: the fact with its opening hours
	Closed  string // of opening hours: on which days they do not apply, a key of formats.hours.closed in text/<lang>.yaml; "" for no days

	Files []string // the names of files that refer to it, sorted, without those of the rules

	Offset int   // of its id in the file that has it
	Now    *Fact // the one of Variants for the day the site is built for; nil if there are none
}

// Source is a publication on which facts, questions and terms are based.
type Source struct {
	ID        string
	Publisher string // in the publisher's language
	Title     string
	Address   string // https; "" if it has none
	Published string // YYYY-MM-DD, YYYY-MM or YYYY; "" if unknown
	Document  string // file name of a source document; "" otherwise
	Seen      string // one of [schema.SourcesSeen]: the original, quoted by others, or announced before it happened
	Read      civil.Date
	Labels    map[string]markup.Phrase // by the id of the language
	Offset    int                      // of its id in sources.yaml
}

// Newest returns when the newest of sources was published, in the form of [Source.Published], or "" if this is known of none of them.
func Newest(sources []*Source) string {
	newest := ""
	for _, s := range sources {
		newest = max(newest, s.Published)
	}
	return newest
}

// Label returns what readers see as the name of the source, in the language with this id.
func (s *Source) Label(language string) markup.Phrase { return s.Labels[language] }

// Review is the last day for checking facts again, and the day of the last check.
type Review struct{ By, AsOf civil.Date }

// ReviewOf returns the review that is due first among facts and the facts they rest on. If several are due on the same day, it returns
// the one whose last check is the oldest. ok is false if no fact has a review.
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

// RestsOn returns the fact and all facts that must be right for it: the facts that it follows, and the opening hours that are
// shown with a phone number.
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

// Root returns the fact at the end of the Follows chain, or the fact itself.
func (f *Fact) Root() *Fact {
	for f.Follows != nil {
		f = f.Follows
	}
	return f
}

// Varies reports whether the fact, or one it rests on, changes its value on some day.
func (f *Fact) Varies() bool {
	return slices.ContainsFunc(f.RestsOn(), func(part *Fact) bool { return part.Variants != nil })
}
