// Package parity compares translations with their source, which is the text in the default language. It finds whether a translation says
// the same as its source, and whether the source has changed since the translation was made.
//
// The input is the units of a text in two languages ([Unit]): questions, answers, sections or words of the interface, for example. The
// output is findings about what only one of the texts has. The files of the languages are read at different times. A [FileSum] (sum.go)
// therefore stands for each file in the first comparison. A [Record] of each unit is kept between builds (record.go). The packages
// questions and translations decide which files are compared. Begin with unit.go, and with [Comparison.Compare] in compare.go. words.go
// finds the units of a file of words.
package parity

import (
	"hash/maphash"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"sitegen/internal/diag"
	"sitegen/internal/dialect"
	"sitegen/internal/markdown"
	"sitegen/internal/strictyaml"
	"sitegen/internal/values"
)

// Language is what a comparison needs to know about a language.
type Language struct {
	ID      string
	Lang    string                             // BCP 47 tag
	Ruby    bool                               // whether its texts have readings
	Growing bool                               // whether texts may be missing
	Counted func(text string) []values.Counted // returns the numbers in a text
}

// Unit is a part of a text that is translated as a whole, such as a question, an answer, a section or a word of the interface.
type Unit struct {
	Name     string // the name in a differs map and in records, such as question, answer, answers.2, #anchor, opening or ui.home
	Offset   int    // offset of the first character
	Raw      string // the text as it is in the file
	Mentions []markdown.Mention
	Runs     []markdown.Passage
	Shape    []markdown.Block // the blocks of a section; nil for other units
	Papers   []string         // the sorted ids of the papers that a section names, each as often as it is named; nil for other units; package questions sets it
}

// Sum is a summary of a unit. It is kept until the files of all languages have been read. `said` is a hash of the unit's mentions and
// blocks, and `raw` is a hash of its words. `raw` is 0 if the unit has no letters or digits.
type Sum struct {
	Name      string
	said, raw uint64
	papers    []string
	counted   []values.Counted
	digits    []string
	odd       bool // whether the unit is empty, or foreign to its language (see IsForeign)
	foreign   bool // see isForeignSource
}

// seed is the seed of all hashes. The hashes are therefore comparable only within one run of the program.
var seed = maphash.MakeSeed()

// Sum returns the summary of the unit. `language` is the language that the unit should be in.
func (u *Unit) Sum(language Language) Sum {
	said := strings.Join(u.Says(), "\n") + "\n"
	for _, block := range u.Shape {
		said += "\n" + block.Mark + " " + strconv.Itoa(block.Count)
	}
	s := Sum{Name: u.Name, papers: u.Papers, said: maphash.String(seed, said), odd: u.IsEmpty() || u.IsForeign(language), foreign: u.isForeignSource(language)}
	if u.letters(nil) > 0 {
		s.raw = maphash.String(seed, strings.Join(strings.Fields(u.Raw), " "))
	}
	for _, n := range u.countedIn(language) {
		s.counted = append(s.counted, n.Counted)
	}
	for _, m := range u.Mentions {
		if m.Kind == markdown.NumberMention {
			s.digits = append(s.digits, m.What)
		}
	}
	return s
}

// ownKinds are the kinds of mentions that may differ between languages. Terms need no token in the default language. Words and sentences of
// the default language are marked only in other languages.
var ownKinds = []markdown.MentionKind{markdown.TermMention, markdown.NativeMention, markdown.SayMention}

// Says returns the mentions of the unit as texts, in alphabetical order and without duplicates. Mentions of ownKinds are left out.
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

// sayingOf returns a mention as a text: its kind, the opening lines of the blocks around it, and what is mentioned.
func sayingOf(m markdown.Mention) string { return string(m.Kind) + " " + m.Within + m.What }

// IsEmpty reports whether the unit has no text. The heading of a section does not count as text.
func (u *Unit) IsEmpty() bool {
	text := u.Raw
	if strings.HasPrefix(u.Name, "#") {
		_, text, _ = strings.Cut(u.Raw, "\n")
	}
	return strings.TrimSpace(text) == ""
}

// foreignLetters is the minimum number of letters and digits for which the script of a unit is checked. Shorter units may be names or
// abbreviations in a different script.
const foreignLetters = 8

// IsForeign reports whether more than half of the unit's letters and digits are not letters of the language's script. It returns false for
// a unit with fewer than foreignLetters letters and digits.
func (u *Unit) IsForeign(language Language) bool {
	all := u.letters(nil)
	return all >= foreignLetters && 2*u.letters(Script(language.Lang)) < all
}

// isForeignSource reports whether ForeignSource has a finding about the unit: less than a fifth of its letters are of the language's script.
// Digits do not count, because a source may consist of a phone number. A name in Latin letters may be longer than the Japanese around it.
func (u *Unit) isForeignSource(language Language) bool {
	if isOfProgram(u.Name) {
		return false // see isForeignWord
	}
	all := u.letters(anyLetter)
	return all >= foreignLetters && 5*u.letters(Script(language.Lang)) < all
}

// fewestOfWord is the minimum number of letters for which the script of a word of the interface is checked.
const fewestOfWord = 2

// isForeignWord reports whether a word of the program has no letter of the language's script. Such words are short, so the share of their
// letters says nothing. It returns false for languages in Latin letters, in whose texts package typeset finds every word of another script.
func (u *Unit) isForeignWord(language Language) bool {
	return isOfProgram(u.Name) && !IsLatin(language.Lang) && u.letters(anyLetter) >= fewestOfWord && u.letters(Script(language.Lang)) == 0
}

// anyLetter has the letters of all scripts.
var anyLetter = []*unicode.RangeTable{unicode.Letter}

// words returns the number of words with at least two letters in the unit's runs. It counts words between spaces, so a text of a language
// without spaces is one word.
func (u *Unit) words() int {
	count := 0
	for _, run := range u.Runs {
		for _, word := range strings.Fields(run.Text) {
			if strings.IndexFunc(word, unicode.IsLetter) != strings.LastIndexFunc(word, unicode.IsLetter) {
				count++
			}
		}
	}
	return count
}

// letters returns the number of letters of a script in the unit's runs. If `script` is nil, it counts all letters and digits.
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

// scripts has the scripts of languages that do not use Latin letters. The key is the first part of the language's tag.
var scripts = map[string][]*unicode.RangeTable{
	"ja": {unicode.Hiragana, unicode.Katakana, unicode.Han}, "zh": {unicode.Han, unicode.Bopomofo}, "ko": {unicode.Hangul},
	"ru": {unicode.Cyrillic}, "uk": {unicode.Cyrillic}, "mn": {unicode.Cyrillic, unicode.Mongolian},
	"ne": {unicode.Devanagari}, "hi": {unicode.Devanagari}, "bn": {unicode.Bengali}, "si": {unicode.Sinhala}, "ta": {unicode.Tamil},
	"my": {unicode.Myanmar}, "th": {unicode.Thai}, "km": {unicode.Khmer}, "lo": {unicode.Lao},
	"ar": {unicode.Arabic}, "fa": {unicode.Arabic}, "ur": {unicode.Arabic}, "he": {unicode.Hebrew},
}

var latin = []*unicode.RangeTable{unicode.Latin}

// Script returns the scripts of the language with this tag, or Latin if the language is not in the map `scripts`.
func Script(lang string) []*unicode.RangeTable {
	tag, _, _ := strings.Cut(lang, "-")
	if script, ok := scripts[tag]; ok {
		return script
	}
	return latin
}

// IsLatin reports whether the language with this tag uses Latin letters.
func IsLatin(lang string) bool { return SameScript(lang, "en") }

// SameScript reports whether the languages with these tags use the same scripts.
func SameScript(a, b string) bool { return slices.Equal(Script(a), Script(b)) }

// Inline returns a text without blocks as a unit. It ignores errors in the text, because typesetting reports them.
func Inline(f *diag.File, name string, text strictyaml.Text) Unit {
	inline, _ := dialect.ParseInline(f, text.Value, text.Offset)
	return Unit{Name: name, Offset: text.Offset, Raw: text.Value, Mentions: inline.Mentions(), Runs: inline.Runs()}
}

// Sections returns the sections of a body or a passage as units. It leaves out the opening, the text before the first heading, if it is
// empty.
func Sections(f *diag.File, body *markdown.Body) []Unit {
	var list []Unit
	for _, section := range body.Sections() {
		u := Unit{Name: "opening", Offset: section.Start, Raw: string(f.Data[section.Start:section.End]), Mentions: section.Mentions(), Runs: section.Runs(), Shape: section.Shape()}
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
