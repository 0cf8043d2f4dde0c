// Package style warns about sentences that are true and hard to read: too long, in mixed endings, in words that the
// readers of a language do not know. What is counted here is what content/STYLE.md asks for; it is found by marks,
// spaces, readings and endings, so that nothing has to be analysed.
//
// Begin with style.go, which runs the checks of a language over the passages of a text, sentence.go finds and measures sentences, japanese.go
// and phrases.go hold what is known of languages, words.go the words that need no explanation. [Unfinished] finds what an author meant to fill in later.
package style

import (
	"maps"

	"sitegen/internal/diag"
	"sitegen/internal/markdown"
)

// Check names one check, as site.yaml does.
type Check string

// The checks by the names that site.yaml gives them.
const (
	Sentences       Check = "sentences"        // their length
	Endings         Check = "endings"          // です・ます throughout
	Spelling        Check = "spelling"         // one of several
	Spaces          Check = "spaces"           // between phrases, in やさしい日本語
	Passive         Check = "passive"          // forms with れる
	HardWords       Check = "hard_words"       // neither easy nor explained
	DoubleNegatives Check = "double_negatives" // ないわけではない, not … without
	Pointing        Check = "pointing"         // こちら, above
	RelativeDays    Check = "relative_days"    // 来月, last year
)

// Checks are all checks, in the order of site.yaml.
var Checks = []Check{Sentences, Endings, Spelling, Spaces, Passive, HardWords, DoubleNegatives, Pointing, RelativeDays}

// Variant is a spelling of a language, and those that are not to be used beside it.
type Variant struct {
	Write string
	Not   []Avoided
}

// Avoided is a spelling that is not to be used, and where that is said.
type Avoided struct {
	Spelling string
	Said     diag.Place
}

// Rules are what is checked in the texts of one language. The zero value checks nothing.
type Rules struct {
	// Language is the two letters of the language, by which its words and endings are known.
	Language string
	// Longest is how many characters a sentence may have, or words where the language has spaces between them; 0 means any.
	Longest int
	// NamesApart says that the names of papers, bodies and days do not count.
	NamesApart bool
	On         map[Check]bool
	Variants   []Variant
	// Easy are the words that need no explanation, for HardWords.
	Easy *Words
	// PassiveVerbs are those that may stand in the passive, as 盗まれる: nobody knows who did it.
	PassiveVerbs []string
}

// Knows reports whether a check can be made in a language of two letters.
func Knows(check Check, language string) bool {
	switch check {
	case Sentences, Spelling:
		return true
	case DoubleNegatives, Pointing, RelativeDays:
		return language == "ja" || language == "en"
	}
	return language == "ja"
}

// OfLabels returns those of the rules that hold for a button or a heading, too: it may end without a verb and choose a day by
// 今日, and what is hard in it is explained on the page that it leads to.
func (r *Rules) OfLabels() *Rules {
	labels := *r
	labels.On = maps.Clone(r.On)
	for _, check := range []Check{Endings, HardWords, RelativeDays} {
		delete(labels.On, check)
	}
	return &labels
}

// Find returns what the rules warn about in a text. What is literal is somebody else's words.
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
