// Package parity compares translations: whether each says what the text of the default language says, and whether that has changed since.
//
// In go the units of a text in two languages ([Unit]): a question, an answer, a section, a word of the interface. Out comes what one of them
// mentions and the other does not. What is kept of files that are read at different times is a [FileSum] (sum.go); what is kept between
// builds is a [Record] for each unit (record.go). Which files are compared is up to package site. Begin with unit.go and
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

// Language is what a comparison has to know of a language.
type Language struct {
	ID          string
	Lang        string // its tag
	Ruby        bool   // its texts carry readings
	Growing     bool   // it may lack texts
	NumberWords func(number string) []string
}

// Unit is a part of a text that is translated as one: a question, an answer, a section, a word of the interface.
type Unit struct {
	Name     string // question, answer, answers.2, #anchor, opening, ui.home: what differs: and the records of translations call it
	Offset   int    // of its first character, where findings about it point
	Raw      string // as it is written
	Mentions []markdown.Mention
	Runs     []markdown.Run
}

// Sum is what is kept of a unit while other languages are still being read.
type Sum struct {
	Name      string
	said, raw uint64
	odd       bool // it is empty, or in the letters of some other language
}

// seed makes the sums of one run of the program comparable with each other.
var seed = maphash.MakeSeed()

// Sum sums the unit up, as a text of a language.
func (u *Unit) Sum(language Language) Sum {
	s := Sum{Name: u.Name, said: maphash.String(seed, strings.Join(u.Says(), "\n")), odd: u.IsEmpty() || u.IsForeign(language)}
	if u.letters(nil) > 0 {
		s.raw = maphash.String(seed, strings.Join(strings.Fields(u.Raw), " "))
	}
	return s
}

// ownKinds are mentions that each language has as it needs them: terms, which some languages mark and others find, and words
// of the default language.
var ownKinds = []markdown.MentionKind{markdown.TermMention, markdown.NativeMention, markdown.SayMention}

// Says lists what the unit mentions, each once and in order of the alphabet.
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

// sayingOf returns what a mention says, apart from its place in the file.
func sayingOf(m markdown.Mention) string { return string(m.Kind) + " " + m.Within + m.What }

// IsEmpty reports whether the unit says nothing at all. A section does not say anything by its heading.
func (u *Unit) IsEmpty() bool {
	text := u.Raw
	if strings.HasPrefix(u.Name, "#") {
		_, text, _ = strings.Cut(u.Raw, "\n")
	}
	return strings.TrimSpace(text) == ""
}

// foreignLetters is how many letters a unit must have before its script is judged: names and abbreviations are short.
const foreignLetters = 8

// IsForeign reports whether most letters of the unit are not of the language's script.
func (u *Unit) IsForeign(language Language) bool {
	all := u.letters(nil)
	return all >= foreignLetters && 2*u.letters(Script(language.Lang)) < all
}

// letters counts the letters of the unit's own text: those of a script, or all. Digits count as letters of any script.
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

// scripts are those of languages that are not written in Latin letters, by the first part of their tag.
var scripts = map[string][]*unicode.RangeTable{
	"ja": {unicode.Hiragana, unicode.Katakana, unicode.Han}, "zh": {unicode.Han, unicode.Bopomofo}, "ko": {unicode.Hangul},
	"ru": {unicode.Cyrillic}, "uk": {unicode.Cyrillic}, "mn": {unicode.Cyrillic, unicode.Mongolian},
	"ne": {unicode.Devanagari}, "hi": {unicode.Devanagari}, "bn": {unicode.Bengali}, "si": {unicode.Sinhala}, "ta": {unicode.Tamil},
	"my": {unicode.Myanmar}, "th": {unicode.Thai}, "km": {unicode.Khmer}, "lo": {unicode.Lao},
	"ar": {unicode.Arabic}, "fa": {unicode.Arabic}, "ur": {unicode.Arabic}, "he": {unicode.Hebrew},
}

var latin = []*unicode.RangeTable{unicode.Latin}

// Script returns the letters that a language is written in, by its tag.
func Script(lang string) []*unicode.RangeTable {
	tag, _, _ := strings.Cut(lang, "-")
	if script, ok := scripts[tag]; ok {
		return script
	}
	return latin
}

// IsLatin reports whether a language is written in Latin letters, by its tag.
func IsLatin(lang string) bool { return SameScript(lang, "en") }

// SameScript reports whether two languages are written in the same letters, by their tags.
func SameScript(a, b string) bool { return &Script(a)[0] == &Script(b)[0] }

// Inline makes a unit of a text without blocks. What is wrong in it is told where it is typeset.
func Inline(f *diag.File, name string, text strictyaml.Text) Unit {
	inline, _ := markdown.ParseInline(f, text.Value, text.Offset)
	return Unit{Name: name, Offset: text.Offset, Raw: text.Value, Mentions: inline.Mentions(), Runs: inline.Runs()}
}

// Sections returns the units of a body or a passage: its sections.
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
