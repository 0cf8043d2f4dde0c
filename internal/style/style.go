// Package style warns about sentences that are true but hard to read: sentences that are too long, that mix endings, or that contain words
// unknown to the readers of a language. It checks only rules of content/STYLE.md that punctuation, spaces, readings and endings are
// enough to judge, so it does not need to parse the text.
//
// Begin with style.go, which runs the checks of a language over the passages of a text. sentence.go finds and measures sentences.
// japanese.go and phrases.go contain facts about languages, and words.go the words that need no explanation. [Unfinished] finds what an
// author meant to fill in later.
package style

import (
	"maps"
	"unicode/utf8"

	"sitegen/internal/diag"
	"sitegen/internal/markdown"
)

// Check is the name of a check, as in site.yaml.
type Check string

// The checks, with their names in site.yaml.
const (
	Sentences       Check = "sentences"        // a sentence is not longer than Rules.Longest
	Endings         Check = "endings"          // no sentence ends in plain form: for example, ます and not る
	Spelling        Check = "spelling"         // a word has its preferred spelling
	Spaces          Check = "spaces"           // in やさしい日本語, spaces separate phrases
	Passive         Check = "passive"          // no verb has a passive form with れる
	HardWords       Check = "hard_words"       // a word is easy or explained
	DoubleNegatives Check = "double_negatives" // ないわけではない, not … without
	Pointing        Check = "pointing"         // no phrase points to a place on the page: こちら, above
	Leads           Check = "leads"            // bold words at the beginning of a list item are a sentence or have a colon after them: not **薬** …
	RelativeDays    Check = "relative_days"    // no word depends on the day of reading: 来月, last year
)

// Checks has all checks, in the order of site.yaml.
var Checks = []Check{Sentences, Endings, Spelling, Spaces, Passive, HardWords, DoubleNegatives, Pointing, Leads, RelativeDays}

// Variant has the spelling of a word to use in a language, and the spellings to avoid.
type Variant struct {
	Write string
	Not   []Avoided
}

// Avoided is a spelling to avoid, with the place in words.yaml that says so.
type Avoided struct {
	Spelling string
	Said     diag.Place
}

// Rules are the checks for texts in one language. The zero value checks nothing.
type Rules struct {
	// Language is the two-letter code of the language. It selects the words and endings to check.
	Language string
	// Longest is the maximum length of a sentence: in words if the language has spaces between words, otherwise in letters and digits. 0
	// means no limit.
	Longest int
	// NamesApart says that names, facts and words of the default language that a token shows do not count towards Longest. It has no effect
	// in languages with spaces between words.
	NamesApart bool
	On         map[Check]bool
	// Easy has the words that need no explanation, for the check HardWords.
	Easy *Words
	// PassiveVerbs are verbs that may be in the passive, such as 盗まれる, because nobody knows who did it.
	PassiveVerbs []string

	variants []Variant
	avoided  map[rune][]string // by first character: the spellings to avoid
}

// Avoid adds words with spellings to avoid, for the check Spelling.
func (r *Rules) Avoid(variants ...Variant) {
	if r.avoided == nil {
		r.avoided = map[rune][]string{}
	}
	for _, variant := range variants {
		for _, not := range variant.Not {
			first, _ := utf8.DecodeRuneInString(not.Spelling)
			r.avoided[first] = append(r.avoided[first], not.Spelling)
		}
	}
	r.variants = append(r.variants, variants...)
}

// Knows reports whether a check exists for a language, given by its two-letter code.
func Knows(check Check, language string) bool {
	switch check {
	case Sentences, Spelling:
		return true
	case DoubleNegatives, Pointing, Leads, RelativeDays:
		return language == "ja" || language == "en"
	}
	return language == "ja"
}

// OfLabels returns the rules for buttons and headings: a copy of r without some of the checks. Labels may lack a verb and may say 今日. They
// may have hard words too, because the page behind a label explains them.
func (r *Rules) OfLabels() *Rules {
	labels := *r
	labels.On = maps.Clone(r.On)
	for _, check := range []Check{Endings, HardWords, RelativeDays} {
		delete(labels.On, check)
	}
	return &labels
}

// Find returns the warnings about a text. It skips literal passages, because they are somebody else's words.
func (r *Rules) Find(f *diag.File, text []markdown.Passage) []diag.Diagnostic {
	var found diag.Findings
	for i := range text {
		if p := &text[i]; !p.Literal {
			found.Add(r.passage(f, p)...)
		}
	}
	if r.On[HardWords] {
		found.Add(r.hardWords(f, text)...)
	}
	return found.List
}

func (r *Rules) passage(f *diag.File, p *markdown.Passage) []diag.Diagnostic {
	found := r.sentences(f, p)
	if r.On[Spelling] {
		found = append(found, r.spelling(f, p)...)
	}
	if r.On[Spaces] {
		found = append(found, spaces(f, p)...)
	}
	if r.On[Leads] {
		found = append(found, r.leads(f, p)...)
	}
	if r.On[Passive] {
		found = append(found, r.passive(f, p)...)
	}
	known := phrases[r.Language]
	for _, check := range []struct {
		on    Check
		code  diag.Code
		words []string
	}{{DoubleNegatives, "style-negatives", known.negatives}, {Pointing, "style-pointing", known.pointing}, {RelativeDays, "style-relative", known.relative}} {
		if r.On[check.on] {
			found = append(found, anyOf(f, p, check.code, check.words, known.apart)...)
		}
	}
	return found
}
