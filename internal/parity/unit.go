// Package parity compares translations: whether each says the same as the text in the default language, and whether that text has
// changed since.
//
// In go the units of a text in two languages ([Unit]): a question, an answer, a section, a word of the interface. Out come the
// mentions that only one of them has. Files are read at different times, so a [FileSum] (sum.go) of each is kept for the comparison.
// A [Record] of each unit is kept between builds (record.go). Package site decides which files are compared. Begin with unit.go and
// [Comparison.Compare] in compare.go; words.go finds the units of a file of words.
package parity

import (
	"hash/maphash"
	"slices"
	"strings"
	"unicode"

	"sitegen/internal/diag"
	"sitegen/internal/markdown"
	"sitegen/internal/strictyaml"
)

// Language is what a comparison needs to know about a language.
type Language struct {
	ID          string
	Lang        string // its tag
	Ruby        bool   // its texts carry readings
	Growing     bool   // it may lack texts
	NumberWords func(number string) []string
}

// Unit is a part of a text that is translated as a whole: a question, an answer, a section, a word of the interface.
type Unit struct {
	Name     string // as in a differs map and in records of translations: question, answer, answers.2, #anchor, opening, ui.home
	Offset   int    // of its first character, for findings about it
	Raw      string // the text as the file has it
	Mentions []markdown.Mention
	Runs     []markdown.Run
}

// Sum is what is kept of a unit until the other languages have been read: hashes of what it says and of its words.
type Sum struct {
	Name      string
	said, raw uint64
	odd       bool // it is empty, or most of its letters are not of its language's script
}

// seed makes sums comparable within one run of the program.
var seed = maphash.MakeSeed()

// Sum returns the sum of the unit. language is the language that the unit should be in.
func (u *Unit) Sum(language Language) Sum {
	s := Sum{Name: u.Name, said: maphash.String(seed, strings.Join(u.Says(), "\n")), odd: u.IsEmpty() || u.IsForeign(language)}
	if u.letters(nil) > 0 {
		s.raw = maphash.String(seed, strings.Join(strings.Fields(u.Raw), " "))
	}
	return s
}

// ownKinds are the kinds of mentions that may differ between languages: terms, which need no token in the default language, and
// words and sentences of the default language, which only other languages mark.
var ownKinds = []markdown.MentionKind{markdown.TermMention, markdown.NativeMention, markdown.SayMention}

// Says lists what the unit mentions, except ownKinds, in alphabetical order and without repetitions.
func (u *Unit) Says() []string {
	var list []string
	for _, m := range u.Mentions {
		if !slices.Contains(ownKinds, m.Kind) {
			list = append(list, sayingOf(m))
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// sayingOf returns what a mention says, without its place in the file.
func sayingOf(m markdown.Mention) string { return string(m.Kind) + " " + m.Within + m.What }

// IsEmpty reports whether the unit says nothing. The heading of a section does not count.
func (u *Unit) IsEmpty() bool {
	text := u.Raw
	if strings.HasPrefix(u.Name, "#") {
		_, text, _ = strings.Cut(u.Raw, "\n")
	}
	return strings.TrimSpace(text) == ""
}

// foreignLetters is how many letters a unit must have before its script is checked, because names and abbreviations in a different
// script are short.
const foreignLetters = 8

// IsForeign reports whether most letters of the unit are not of the language's script.
func (u *Unit) IsForeign(language Language) bool {
	all := u.letters(nil)
	return all >= foreignLetters && 2*u.letters(Script(language.Lang)) < all
}

// letters counts the letters of the unit's own text that are of a script. If script is nil, it counts all letters and digits.
func (u *Unit) letters(script []*unicode.RangeTable) int {
	count := 0
	for _, run := range u.Runs {
		for _, r := range run.Text {
			if unicode.IsLetter(r) && (script == nil || unicode.In(r, script...)) || script == nil && unicode.IsDigit(r) {
				count++
			}
		}
	}
	return count
}

// scripts are the scripts of languages that do not use Latin letters, by the first part of the language's tag.
var scripts = map[string][]*unicode.RangeTable{
	"ja": {unicode.Hiragana, unicode.Katakana, unicode.Han}, "zh": {unicode.Han, unicode.Bopomofo}, "ko": {unicode.Hangul},
	"ru": {unicode.Cyrillic}, "uk": {unicode.Cyrillic}, "mn": {unicode.Cyrillic, unicode.Mongolian},
	"ne": {unicode.Devanagari}, "hi": {unicode.Devanagari}, "bn": {unicode.Bengali}, "si": {unicode.Sinhala}, "ta": {unicode.Tamil},
	"my": {unicode.Myanmar}, "th": {unicode.Thai}, "km": {unicode.Khmer}, "lo": {unicode.Lao},
	"ar": {unicode.Arabic}, "fa": {unicode.Arabic}, "ur": {unicode.Arabic}, "he": {unicode.Hebrew},
}

var latin = []*unicode.RangeTable{unicode.Latin}

// Script returns the letters that the language with a tag uses.
func Script(lang string) []*unicode.RangeTable {
	tag, _, _ := strings.Cut(lang, "-")
	if script, ok := scripts[tag]; ok {
		return script
	}
	return latin
}

// IsLatin reports whether the language with a tag uses Latin letters.
func IsLatin(lang string) bool { return SameScript(lang, "en") }

// SameScript reports whether the languages with these tags use the same letters.
func SameScript(a, b string) bool { return &Script(a)[0] == &Script(b)[0] }

// Inline returns a text without blocks as a unit. It does not report errors in the text: typesetting does.
func Inline(f *diag.File, name string, text strictyaml.Text) Unit {
	inline, _ := markdown.ParseInline(f, text.Value, text.Offset)
	return Unit{Name: name, Offset: text.Offset, Raw: text.Value, Mentions: inline.Mentions(), Runs: inline.Runs()}
}

// Sections returns the sections of a body or a passage as units. It leaves out an empty opening.
func Sections(f *diag.File, body *markdown.Body) []Unit {
	var list []Unit
	for _, section := range body.Sections() {
		u := Unit{Name: "opening", Offset: section.Start, Raw: string(f.Data[section.Start:section.End]), Mentions: section.Mentions(), Runs: section.Runs()}
		if section.ID != "" {
			u.Name = "#" + section.ID
		} else if u.IsEmpty() {
			continue
		}
		u.Offset += len(u.Raw) - len(strings.TrimLeft(u.Raw, "\n "))
		list = append(list, u)
	}
	return list
}
