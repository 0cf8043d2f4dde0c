// Package schema defines what authors may write in places that are not free text. It has the lists of allowed words, the ranges of
// numbers and days, and the structure of the files that both the site and the rules read. The packages that load them use the same
// definitions, so that they accept the same words. Begin with words.go, which has the lists of words, and with [Fact] in facts.go.
// [Resolve] follows the references between facts, [Completeness] finds the words that a file lacks, and destination.go knows the form of
// ids and of what links lead to.
package schema

import (
	"slices"
	"strings"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/plaintext"
	"sitegen/internal/strictyaml"
)

// Words that the site and the rules share.
const (
	// General is the site, and the profile, for people whose insurer is not listed. It sets no policy.
	General = "general"
	// Unset is the value of a policy that an insurer has not set.
	Unset = "unset"
)

// List is a list of allowed words.
type List struct {
	// Name is the name of the list in docs/values.md.
	Name string
	// Where names the files and keys, or the places in texts, that take these words.
	Where string
	Words []string
}

// Has reports whether the list has a word.
func (l *List) Has(word string) bool { return slices.Contains(l.Words, word) }

// Check returns a finding about a word that is not in the list, and nil otherwise. The finding names the words of the list. Check
// accepts "", because the decoder has already reported an empty value.
func (l *List) Check(f *diag.File, word strictyaml.Text) []diag.Diagnostic {
	return CheckWord(f, word, l.Words)
}

// CheckWord does the same as [List.Check] for a list that the content defines.
func CheckWord(f *diag.File, word strictyaml.Text, known []string) []diag.Diagnostic {
	if word.Value == "" || slices.Contains(known, word.Value) {
		return nil
	}
	return []diag.Diagnostic{f.At(word.Offset, "value-unknown", word.Value, strings.Join(known, ", "), diag.Nearest(word.Value, known))}
}

// Range is the lowest and the highest value that a number may have.
type Range struct{ Min, Max int }

// Has reports whether a number is within the range.
func (r Range) Has(n int) bool { return n >= r.Min && n <= r.Max }

// Check returns a finding about a number outside the range, and nil otherwise.
func (r Range) Check(f *diag.File, n strictyaml.Number) []diag.Diagnostic {
	if r.Has(n.Value) || n.Offset == 0 { // at 0 there is no number, which is already reported
		return nil
	}
	return []diag.Diagnostic{f.At(n.Offset, "value-range", n.Value, r.Min, r.Max)}
}

// Ranges of the numbers that authors write. Package rules has the ranges for rules.
var (
	Numbers   = Range{0, 1_000_000}
	Fees      = Range{0, 10_000_000} // yen
	Durations = Range{1, 1_000}
	Orders    = Range{1, 10_000}
	// SentenceLengths are in characters, or in words for languages with spaces between words.
	SentenceLengths = Range{5, 200}

	FileSizes = Range{1, plaintext.MostFile} // MB
	AllSizes  = Range{1, plaintext.MostAll}  // MB
)

// FirstDay and LastDay are the earliest and the latest day that the content may name. FirstDay is the first day of the oldest era that
// package civil knows. LastDay is later than the last day of any certificate.
var FirstDay, LastDay = civil.Of(1926, 12, 25), civil.Of(2099, 12, 31)

// AlwaysOpen is the value of the key `days` of opening hours if the place never closes.
const AlwaysOpen = "always"

// The lists of allowed words. docs/values.md is generated from them.
var (
	Units         = list("units of time", "facts: duration: unit; formats: duration", "hours", "days", "weeks", "months", "years")
	Bounds        = list("bounds of a duration", "facts: duration: bound; formats: bounds", "about", "at_least", "at_most")
	FactKinds     = list("kinds of fact", "policies.yaml: kind", "date", "month", "hours", "phone", "duration", "number", "fee", "link")
	PolicyKinds   = list("kinds of parameter", "policies.yaml: kind", append([]string{"choice"}, FactKinds.Words...)...)
	InputKinds    = list("kinds of answer", "rules/inputs.yaml: kind", "choice", "set", "date", "number")
	Roles         = list("roles of an answer", "rules/inputs.yaml: role", "visit", "held")
	Levels        = list("levels of enough", "rules/enough.yaml: enough; conditions: enough = …", "no", "unsure", "yes")
	SourcesSeen   = list("ways a source was seen", "sources.yaml: seen", "original", "quoted", "announced")
	AddressesSeen = list("where an address was seen, beside ids of sources", "address_seen: in", "page", "note")
	Eras          = list("eras", "formats: eras", string(civil.Reiwa), string(civil.Heisei), string(civil.Showa))
	Pages         = list("pages", "links page:…; coverage.yaml: page", "home", "all", "glossary", "changes", "updates", "about", "sources", "accessibility")
	InsurerWords  = list("words of the insurer", "{insurer:…}", "name", "contact", "ask")
	DateFormats   = list("ways to write a day", "{fact:…:…} of a date", "both", "era", "month_day")
	MonthFormats  = list("ways to write a month", "{fact:…:…} of a month", "both")
	PhoneFormats  = list("ways to write a phone number", "{fact:…:…} of a phone number", "number")
	ShortPhones   = list("phone numbers of three digits", "facts.yaml: phone", "104", "110", "113", "114", "115", "116", "117", "118", "119", "136", "141", "142", "144", "147", "148", "171", "177", "184", "186", "188", "189")
	Tokens        = list("tokens", "texts: {…:…}", "fact", "term", "policy", "insurer", "picture", "literal", "ja", "say")
	LinkSchemes   = list("what a link leads to, beside #anchor", "texts: [words](…:…)", "faq", "page", "fact", "https", "mailto", "tel")
	BlockWords    = list("blocks", "texts: ::: …", "note", "important", "steps", "example", "timeline", "from", "until", "if")
	Tags          = list("HTML", "texts: <…>", "br", "sub", "sup")
	Differences   = list("what a translation may differ in", "differs: <unit>", "fact", "policy", "insurer", "picture", "link", "number", "period", "condition", "table", "anchor", "heading", "slot", "missing", "paper", "shape", "same", "script")
	PictureParts  = list("elements of a drawing", "pictures/<name>.svg", "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text")
	PictureRoles  = list("what a shape of a drawing is", "pictures/<name>.svg: class", "sheet", "line", "solid", "date", "gone")
	DateOperators = list("days counted from days", "rules/conditions.yaml", "end_of_month", "months_before", "months_after", "day_after", "day_before", "earlier", "later", "reaches_age")
	HeldBy        = list("checks that hold a law", "rules/laws.yaml: held_by", "one_outcome", "reachable", "effective", "unknowns", "interview", "offers", "words", "groups", "reasons", "facts")
	PluralClasses = list("plural categories (CLDR)", "formats: duration: <unit>", "zero", "one", "two", "few", "many", "other")
)

// Lists has all lists of allowed words, in the order of docs/values.md.
var Lists []*List

// list returns a new list and adds it to Lists.
func list(name, where string, words ...string) *List {
	l := &List{name, where, words}
	Lists = append(Lists, l)
	return l
}
