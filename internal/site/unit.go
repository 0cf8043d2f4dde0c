package site

import (
	"hash/maphash"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"sitegen/internal/diag"
	"sitegen/internal/markdown"
	"sitegen/internal/strictyaml"
)

// unit is a part of a text that is translated as one: a question, an answer, a section, a word of the interface.
type unit struct {
	name     string // question, answer, answers.2, #anchor, opening, ui.home: what differs: and the records of translations call it
	offset   int    // of its first character, where findings about it point
	raw      string // as it is written
	mentions []markdown.Mention
	runs     []markdown.Run
}

// unitSum is what is kept of a unit while other languages are still being read.
type unitSum struct {
	name      string
	said, raw uint64
	odd       bool // it is empty, or in the letters of some other language
}

// seed makes the sums of one run of the program comparable with each other.
var seed = maphash.MakeSeed()

// sum sums the unit up, as a text of a language.
func (u *unit) sum(language *Language) unitSum {
	s := unitSum{name: u.name, said: maphash.String(seed, strings.Join(u.says(), "\n")), odd: u.isEmpty() || u.isForeign(language)}
	if u.letters(nil) > 0 {
		s.raw = maphash.String(seed, strings.Join(strings.Fields(u.raw), " "))
	}
	return s
}

// ownKinds are mentions that each language has as it needs them: terms, which some languages mark and others find, and words
// of the default language.
var ownKinds = []markdown.MentionKind{markdown.TermMention, markdown.NativeMention, markdown.SayMention}

// says lists what the unit mentions, each once and in order of the alphabet.
func (u *unit) says() []string {
	var list []string
	for _, m := range u.mentions {
		if !slices.Contains(ownKinds, m.Kind) {
			list = append(list, sayingOf(m))
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// sayingOf returns what a mention says, apart from its place in the file.
func sayingOf(m markdown.Mention) string { return string(m.Kind) + " " + m.Within + m.What }

// isEmpty reports whether the unit says nothing at all. A section does not say anything by its heading.
func (u *unit) isEmpty() bool {
	text := u.raw
	if strings.HasPrefix(u.name, "#") {
		_, text, _ = strings.Cut(u.raw, "\n")
	}
	return strings.TrimSpace(text) == ""
}

// foreignLetters is how many letters a unit must have before its script is judged: names and abbreviations are short.
const foreignLetters = 8

// isForeign reports whether most letters of the unit are not of the language's script.
func (u *unit) isForeign(language *Language) bool {
	all := u.letters(nil)
	return all >= foreignLetters && 2*u.letters(language.script()) < all
}

// letters counts the letters of the unit's own text: those of a script, or all. Digits count as letters of any script.
func (u *unit) letters(script []*unicode.RangeTable) int {
	count := 0
	for _, run := range u.runs {
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

// script returns the letters that the language is written in.
func (l *Language) script() []*unicode.RangeTable {
	tag, _, _ := strings.Cut(l.Lang, "-")
	if script, ok := scripts[tag]; ok {
		return script
	}
	return latin
}

// inlineUnit makes a unit of a text without blocks. What is wrong in it is told where it is typeset.
func inlineUnit(f *diag.File, name string, text strictyaml.Text) unit {
	inline, _ := markdown.ParseInline(f, text.Value, text.Offset)
	return unit{name: name, offset: text.Offset, raw: text.Value, mentions: inline.Mentions(), runs: inline.Runs()}
}

// units returns the units of a question's file, in order.
func (q *questionFile) units(body *markdown.Body) []unit {
	list := []unit{inlineUnit(q.file, "question", q.front.Question)}
	if q.front.Answer != nil {
		list = append(list, inlineUnit(q.file, "answer", *q.front.Answer))
	}
	for i, y := range q.front.Answers {
		list = append(list, inlineUnit(q.file, "answers."+strconv.Itoa(i+1), y.Text))
	}
	return append(list, sectionUnits(q.file, body)...)
}

// sectionUnits returns the units of a body or a passage: its sections.
func sectionUnits(f *diag.File, body *markdown.Body) []unit {
	var list []unit
	for _, section := range body.Sections() {
		u := unit{name: "opening", offset: section.Start, raw: string(f.Data[section.Start:section.End]), mentions: section.Mentions(), runs: section.Runs()}
		if section.ID != "" {
			u.name = "#" + section.ID
		} else if u.isEmpty() {
			continue
		}
		u.offset += len(u.raw) - len(strings.TrimLeft(u.raw, "\n "))
		list = append(list, u)
	}
	return list
}
