package parity

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"sitegen/internal/diag"
	"sitegen/internal/markdown"
	"sitegen/internal/schema"
	"sitegen/internal/strictyaml"
)

// Differs says of units of a translation in what they differ from the source, and why: by unit and kind.
type Differs = strictyaml.Map[strictyaml.Map[strictyaml.Text]]

// The kinds of difference that a unit may explain, besides those of mentions.
const (
	MissingUnit = "missing" // the source has no such unit, or the translation has none
	OtherPapers = "paper"   // of a question and its answer together
	SameWords   = "same"    // the same words as in some other language
	OtherScript = "script"  // words in the letters of some other language
)

// Comparison compares a translation with its source.
type Comparison struct {
	Source, File   *diag.File
	From, Language Language
	Differs        Differs
	End            int                            // where a unit that is missing at the end would stand
	Words          bool                           // a file of words is compared, not a question
	Allow          func(unit, kind string) string // how a unit says why it differs, where that is not in its file's differs
	needed         map[string]bool
	Found          diag.Findings
	units          []Unit         // of the translation
	at             map[string]int // which of them has a name
}

// Compare compares units by their names.
func (c *Comparison) Compare(source, translation []Unit) {
	c.units, c.at = translation, ByName(translation)
	places := c.placesOf(source)
	for i := range source {
		at, there := c.at[source[i].Name]
		if there {
			c.unit(&source[i], &translation[at])
		} else if c.expects(source[i].Name, translation) && !c.Allowed(source[i].Name, MissingUnit) {
			c.Found.Add(c.File.At(places[i], "parity-missing", source[i].Name, c.Source.Place(source[i].Offset), c.howToAllow(source[i].Name, MissingUnit)))
		}
	}
	inSource := ByName(source)
	for i := range translation {
		u := &translation[i]
		if _, there := inSource[u.Name]; !there && c.expects(u.Name, source) && !c.Allowed(u.Name, MissingUnit) {
			c.Found.Add(c.File.At(u.Offset, "parity-extra", u.Name, c.Source.Name, c.howToAllow(u.Name, MissingUnit)))
		}
		if u.IsForeign(c.Language) && !c.Allowed(u.Name, OtherScript) {
			c.Found.Add(c.File.At(u.Offset, "unit-script", u.Name, c.Language.ID, c.howToAllow(u.Name, OtherScript)))
		}
	}
}

// ByName returns the place of the first unit of each name.
func ByName(units []Unit) map[string]int {
	at := make(map[string]int, len(units))
	for i := range units {
		if _, twice := at[units[i].Name]; !twice {
			at[units[i].Name] = i
		}
	}
	return at
}

// IsAnswer reports whether a unit is an answer.
func IsAnswer(name string) bool { return name == "answer" || strings.HasPrefix(name, "answers.") }

// expects reports whether it is to be told here that units do not have one of that name. Answers that do not match are
// told by their days. Most words are told where they are asked for. Left are what changed on some day, what the home page
// says, and what an entry of the rules may do without, such as a hint.
func (c *Comparison) expects(name string, units []Unit) bool {
	if !c.Words {
		return !IsAnswer(name)
	}
	if c.Language.Growing {
		return false
	}
	kind, rest, _ := strings.Cut(name, ".")
	if kind == "changed" || kind == "home" {
		return true
	}
	entry := name[:strings.LastIndexByte(name, '.')+1]
	return kind != "policies" && strings.Contains(rest, ".") && slices.ContainsFunc(units, func(u Unit) bool { return strings.HasPrefix(u.Name, entry) })
}

// placesOf returns for each unit of the source where it would stand in the translation: where the next one stands that is
// there, or else at the end.
func (c *Comparison) placesOf(source []Unit) []int {
	places, next := make([]int, len(source)), c.End
	for i := len(source) - 1; i >= 0; i-- {
		places[i] = next
		if at, there := c.at[source[i].Name]; there {
			next = c.units[at].Offset
		}
	}
	return places
}

// unit compares two units of the same name.
func (c *Comparison) unit(source, translation *Unit) {
	if translation.IsEmpty() && !source.IsEmpty() {
		c.Found.Add(c.File.At(translation.Offset, "unit-empty", translation.Name, c.Source.Place(source.Offset)))
		return
	}
	theirs, ours := source.Says(), translation.Says()
	if slices.Equal(theirs, ours) {
		return
	}
	for _, m := range missingFrom(source.Mentions, ours) {
		if !c.excused(m, translation, c.Language) {
			c.Found.Add(c.File.At(translation.Offset, "parity-lacks", writtenAs(m), c.Source.Place(m.Offset), c.howToAllow(source.Name, string(m.Kind))))
		}
	}
	for _, m := range missingFrom(translation.Mentions, theirs) {
		if !c.excused(m, source, c.From) {
			c.Found.Add(c.File.At(m.Offset, "parity-adds", writtenAs(m), c.Source.Place(source.Offset), c.howToAllow(source.Name, string(m.Kind))))
		}
	}
}

// missingFrom returns the mentions that are not among the sayings, each once.
func missingFrom(mentions []markdown.Mention, sayings []string) []markdown.Mention {
	var list []markdown.Mention
	done := map[string]bool{}
	for _, m := range mentions {
		saying := sayingOf(m)
		if _, said := slices.BinarySearch(sayings, saying); !said && !slices.Contains(ownKinds, m.Kind) && !done[saying] {
			list, done[saying] = append(list, m), true
		}
	}
	return list
}

// excused reports whether a unit need not have a mention: it says why, or it says the number in words.
func (c *Comparison) excused(m markdown.Mention, u *Unit, language Language) bool {
	return m.Kind == markdown.NumberMention && u.saysInWords(m.What, language) || c.Allowed(u.Name, string(m.Kind))
}

// Allowed reports whether the translation says why a unit differs in this kind.
func (c *Comparison) Allowed(unit, kind string) bool {
	kinds, _ := c.Differs.Get(unit)
	if _, ok := kinds.Get(kind); !ok {
		return false
	}
	if c.needed == nil {
		c.needed = map[string]bool{}
	}
	c.needed[unit+" "+kind] = true
	return true
}

// offsetOf returns where the first unit of a name begins, of which there may be several variants.
func offsetOf(units []Unit, name string) int {
	at := slices.IndexFunc(units, func(u Unit) bool { return u.Name == name || strings.HasPrefix(u.Name, name+"s.") })
	return units[max(0, at)].Offset
}

// Papers compares the papers that two questions and their answers name.
func (c *Comparison) Papers(source []Unit, theirs, ours []string) {
	if slices.Equal(theirs, ours) || c.Allowed("answer", OtherPapers) {
		return
	}
	here, there := offsetOf(c.units, "answer"), c.Source.Place(offsetOf(source, "answer"))
	tell := func(code diag.Code, of, others []string) {
		for _, id := range of {
			if !slices.Contains(others, id) {
				c.Found.Add(c.File.At(here, code, "{term:"+id+"}", there, c.howToAllow("answer", OtherPapers)))
			}
		}
	}
	tell("parity-lacks", theirs, ours)
	tell("parity-adds", ours, theirs)
}

// Same reports a unit with the words of some other language.
func (c *Comparison) Same(name string, other Language) {
	at, there := c.at[name]
	if there && !c.units[at].IsForeign(c.Language) && mustDiffer(c.Language, &c.units[at], other) && !c.Allowed(name, SameWords) {
		c.Found.Add(c.File.At(c.units[at].Offset, "unit-same", name, other.ID, c.howToAllow(name, SameWords)))
	}
}

// mustDiffer reports whether a text of the language can hardly be the same as in another one. Names in the letters of
// neither may be, and so may what is plain Japanese and needs no reading.
func mustDiffer(l Language, u *Unit, other Language) bool {
	if l.Lang == other.Lang && l.Ruby != other.Ruby {
		return u.letters(scripts["zh"]) > 0
	}
	return u.letters(nil) >= foreignLetters && !u.IsForeign(other)
}

// Unneeded reports what differs: says of units that do not differ, or that there are not.
func (c *Comparison) Unneeded() {
	for _, entry := range c.Differs {
		for _, kind := range entry.Value {
			switch {
			case !schema.Differences.Has(kind.Key.Value):
				c.Found.Add(schema.Differences.Check(c.File, kind.Key)...)
			case !c.needed[entry.Key.Value+" "+kind.Key.Value]:
				c.Found.Add(c.File.At(kind.Key.Offset, "differs-unneeded", entry.Key.Value, kind.Key.Value))
			}
		}
	}
}

// howToAllow returns the lines with which a unit says why it differs.
func (c *Comparison) howToAllow(unit, kind string) diag.Lines {
	if c.Allow != nil {
		return diag.Lines(c.Allow(unit, kind))
	}
	return diag.Lines("differs:\n  \"" + diag.OneLine(unit) + "\": {" + kind + ": …}")
}

// writtenAs writes a mention as authors do.
func writtenAs(m markdown.Mention) string {
	switch m.Kind {
	case markdown.LinkMention:
		return "(" + m.What + ")"
	case markdown.NumberMention, markdown.HeadingMention:
		return m.What
	case markdown.PeriodMention, markdown.ConditionMention:
		return "::: " + m.What
	case markdown.AnchorMention:
		return "{#" + m.What + "}"
	case markdown.TableMention:
		columns, _ := strconv.Atoi(m.What)
		return strings.Repeat("|---", columns) + "|"
	case slotMention:
		return "{" + m.What + "}"
	}
	return "{" + string(m.Kind) + ":" + m.What + "}"
}

// saysInWords reports whether the unit writes a number in words of a language: "two", 二, or the month it is.
func (u *Unit) saysInWords(number string, language Language) bool {
	words := language.NumberWords(number)
	for _, run := range u.Runs {
		text := strings.ToLower(run.Text)
		if slices.ContainsFunc(words, func(word string) bool { return containsWord(text, word) }) {
			return true
		}
	}
	return false
}

// containsWord reports whether a text has a word that is not part of a longer one in Latin letters.
func containsWord(text, word string) bool {
	for from := 0; ; {
		at := strings.Index(text[from:], word)
		if at < 0 {
			return false
		}
		start, end := from+at, from+at+len(word)
		before, _ := utf8.DecodeLastRuneInString(text[:start])
		after, _ := utf8.DecodeRuneInString(text[end:])
		if word[0] >= utf8.RuneSelf || !unicode.Is(unicode.Latin, before) && !unicode.Is(unicode.Latin, after) {
			return true
		}
		from = end
	}
}
