package schema

import (
	"slices"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// Language has the data of Unicode's CLDR about a language.
type Language struct {
	tag language.Tag
	// Dir is the direction of the language's script: "rtl", or "" for left to right.
	Dir string
	// Plurals are the language's plural categories for whole numbers below 1,000, in the order of [PluralClasses].
	Plurals []string
}

// rightToLeft has the ISO 15924 codes of the scripts that are written from right to left.
var rightToLeft = []string{"Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"}

// ParseLanguage returns the data for a BCP 47 tag. `ok` is false if the tag is malformed, not in its canonical form, or names no
// language.
func ParseLanguage(tag string) (l Language, ok bool) {
	parsed, err := language.Parse(tag)
	if err != nil || parsed.String() != tag || parsed.IsRoot() {
		return Language{}, false
	}
	l.tag = parsed
	if script, _ := parsed.Script(); slices.Contains(rightToLeft, script.String()) {
		l.Dir = "rtl"
	}
	used := map[string]bool{}
	for n := range 1_000 {
		used[l.Plural(n)] = true
	}
	l.Plurals = slices.DeleteFunc(slices.Clone(PluralClasses.Words), func(class string) bool { return !used[class] })
	return l, true
}

var pluralNames = map[plural.Form]string{
	plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many", plural.Other: "other",
}

// Plural returns the plural category of a whole number, which must not be negative.
func (l Language) Plural(n int) string {
	return pluralNames[plural.Cardinal.MatchPlural(l.tag, n, 0, 0, 0, 0)]
}

// SameLanguage reports whether two tags have the same first part. They then mean the same language, perhaps in different scripts or
// regions.
func SameLanguage(a, b string) bool {
	first := func(tag string) string { base, _, _ := strings.Cut(tag, "-"); return base }
	return first(a) == first(b)
}
