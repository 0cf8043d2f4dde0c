package parity

import (
	"slices"
	"strconv"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/markdown"
	"sitegen/internal/schema"
	"sitegen/internal/strictyaml"
)

// Differs is the map `differs` of a translation: for each unit and kind of difference, the author's reason for the difference.
type Differs = strictyaml.Map[strictyaml.Map[strictyaml.Text]]

// The kinds of difference that a differs map can allow, besides the kinds of mentions.
const (
	MissingUnit = "missing" // only the source or only the translation has the unit
	OtherPapers = "paper"   // a section, or question and answer together, names papers that the source does not, or the reverse
	OtherShape  = "shape"   // a section has different blocks, or a list or table has more or fewer entries
	SameWords   = "same"    // the words are the same as those in a different language
	OtherScript = "script"  // the letters are those of a different script
)

// Comparison compares a translation with its source, and collects the findings in Found.
type Comparison struct {
	Source, File   *diag.File
	From, Language Language
	Differs        Differs
	End            int                            // offset of the translation's end, where findings about missing units are placed if no unit of the translation follows
	Words          bool                           // the files contain words of the interface, not a question
	Allow          func(unit, kind string) string // returns the line that an author can write to allow a difference; nil if an entry in the file's differs map allows it
	needed         map[string]bool
	Found          diag.Findings
	units          []Unit         // the units of the translation
	at             map[string]int // the index of each unit in `units`, by name
}

// Compare compares units that have the same name. It reports differences between their mentions, papers and shapes. It also reports units of the
// translation that are missing, additional, empty or in the wrong script.
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
		if (u.IsForeign(c.Language) || u.isForeignWord(c.Language)) && !c.Allowed(u.Name, OtherScript) {
			c.Found.Add(c.File.At(u.Offset, "unit-script", u.Name, c.Language.ID, c.howToAllow(u.Name, OtherScript)))
		}
	}
}

// ForeignSource returns the findings about units of the default language that are in the wrong script. A translation is not compared with the
// words of such a unit ([Comparison.Same]), so this is the place to tell. Words that should stay as they are can be literals, which are not
// counted.
func ForeignSource(f *diag.File, language Language, units []Unit) []diag.Diagnostic {
	var found []diag.Diagnostic
	for i := range units {
		if units[i].isForeignSource(language) || units[i].isForeignWord(language) {
			found = append(found, f.At(units[i].Offset, "source-script", units[i].Name, language.ID))
		}
	}
	return found
}

// ByName returns a map from the name of each unit to its index. If several units have the same name, the map has the index of the first.
func ByName(units []Unit) map[string]int {
	at := make(map[string]int, len(units))
	for i := range units {
		if _, twice := at[units[i].Name]; !twice {
			at[units[i].Name] = i
		}
	}
	return at
}

// IsAnswer reports whether a unit with this name is an answer.
func IsAnswer(name string) bool { return name == "answer" || strings.HasPrefix(name, "answers.") }

// expects reports whether a unit that `units` lacks must be reported as missing. `name` is the name of the unit. In a question every unit
// is expected, except answers: package questions compares their days. Among words, the texts about changes on a day and the texts of the
// home page are expected. So is an optional word of an entry, such as a hint, if `units` has other words of that entry. Other missing words
// are reported where the program needs them. In a growing language, no words are expected.
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

// placesOf returns, for each unit of the source, the offset at which the unit belongs in the translation. It is the offset of the next unit
// that the translation has, or End.
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

// unit compares two units with the same name.
func (c *Comparison) unit(source, translation *Unit) {
	if translation.IsEmpty() && !source.IsEmpty() {
		c.Found.Add(c.File.At(translation.Offset, "unit-empty", translation.Name, c.Source.Place(source.Offset)))
		return
	}
	c.papersOf(source, translation)
	c.mentionsOf(source, translation)
	c.countsOf(source, translation)
	c.shapeOf(source, translation)
}

// mentionsOf reports mentions that only one of two units has.
func (c *Comparison) mentionsOf(source, translation *Unit) {
	theirs, ours := source.Says(), translation.Says()
	if slices.Equal(theirs, ours) {
		return
	}
	for _, m := range missingFrom(source.Mentions, ours) {
		if !c.excused(m, source, c.From, translation, c.Language) {
			c.lacks(source, translation, writtenAs(m), m.Offset, c.howToAllow(source.Name, string(m.Kind)))
		}
	}
	for _, m := range missingFrom(translation.Mentions, theirs) {
		if !c.excused(m, translation, c.Language, source, c.From) {
			c.adds(source, translation, writtenAs(m), m.Offset, c.howToAllow(source.Name, string(m.Kind)))
		}
	}
}

// papersOf reports papers that only the translation of a section names, and papers that the translation seems to have confused. It reports
// nothing about a unit in the wrong script (IsForeign): papers cannot be found there, and a different finding covers the unit.
func (c *Comparison) papersOf(source, translation *Unit) {
	adds, more, fewer := otherPapers(source.Papers, translation.Papers)
	if len(adds)+len(more) == 0 || translation.IsForeign(c.Language) || c.Allowed(source.Name, OtherPapers) {
		return
	}
	allow := c.howToAllow(source.Name, OtherPapers)
	for _, id := range adds {
		at := translation.Offset
		for _, m := range translation.Mentions {
			if m.Kind == markdown.TermMention && m.What == id {
				at = m.Offset
				break
			}
		}
		c.adds(source, translation, termToken(id), at, allow)
	}
	if len(more) > 0 {
		c.Found.Add(c.File.At(translation.Offset, "parity-papers", termToken(more[0]), c.Source.Place(source.Offset), allow, termToken(fewer[0])))
	}
}

// termToken returns the token of a term as authors write it.
func termToken(id string) string { return "{term:" + id + "}" }

// otherPapers compares the papers that a section names in the source (`theirs`) and in the translation (`ours`). Both lists are as in
// [Unit.Papers]. `adds` has the papers that only the translation names. A translation may name a paper less often than the source, because
// some languages write "it" or "the card" where others repeat the name. But if it also names a different paper more often, it may have
// confused the two. Then `more` and `fewer` have these papers; otherwise both are nil.
func otherPapers(theirs, ours []string) (adds, more, fewer []string) {
	if slices.Equal(theirs, ours) {
		return nil, nil, nil
	}
	for _, id := range slices.Compact(slices.Sorted(slices.Values(slices.Concat(theirs, ours)))) {
		switch before, now := timesIn(theirs, id), timesIn(ours, id); {
		case before == 0:
			adds = append(adds, id)
		case now > before:
			more = append(more, id)
		case now < before:
			fewer = append(fewer, id)
		}
	}
	if len(more) == 0 || len(fewer) == 0 {
		more, fewer = nil, nil
	}
	return adds, more, fewer
}

// timesIn returns how often a sorted list contains an id.
func timesIn(list []string, id string) int {
	from, there := slices.BinarySearch(list, id)
	if !there {
		return 0
	}
	to := from
	for to < len(list) && list[to] == id {
		to++
	}
	return to - from
}

// missingFrom returns the mentions that `sayings` does not contain. `sayings` is sorted and has the form of [Unit.Says]. Each mention is
// returned once. Mentions of ownKinds are left out.
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

// excused reports whether the unit `to` may lack the mention m of the unit `from`: the differs map allows that, or m is a number that `to`
// writes in words.
func (c *Comparison) excused(m markdown.Mention, from *Unit, fromLanguage Language, to *Unit, toLanguage Language) bool {
	return m.Kind == markdown.NumberMention && to.counts(m.What, toLanguage, from, fromLanguage, m.Offset) || c.Allowed(to.Name, string(m.Kind))
}

// Allowed reports whether the differs map of the translation allows a kind of difference for a unit. If so, it records that the entry of
// the map is needed, so that Unneeded does not report it.
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

// offsetOf returns the offset of the unit with this name, or of its first variant, such as answers.1 for answer. If `units` has neither, it
// returns the offset of the first unit.
func offsetOf(units []Unit, name string) int {
	at := slices.IndexFunc(units, func(u Unit) bool { return u.Name == name || strings.HasPrefix(u.Name, name+"s.") })
	return units[max(0, at)].Offset
}

// Papers reports the differences between the papers that question and answer name in the source (`theirs`) and in the translation (`ours`).
// Both are sorted lists of ids. `source` has the units of the source.
func (c *Comparison) Papers(source []Unit, theirs, ours []string) {
	if slices.Equal(theirs, ours) || c.Allowed("answer", OtherPapers) {
		return
	}
	here, there := offsetOf(c.units, "answer"), c.Source.Place(offsetOf(source, "answer"))
	tell := func(code diag.Code, of, others []string) {
		for _, id := range of {
			if !slices.Contains(others, id) {
				c.Found.Add(c.File.At(here, code, termToken(id), there, c.howToAllow("answer", OtherPapers)))
			}
		}
	}
	tell("parity-lacks", theirs, ours)
	tell("parity-adds", ours, theirs)
}

// Same reports the unit with this name as untranslated. Call it for a unit that has the same words in the language `other`. Same reports
// nothing if the words can be the same in both languages, or if the differs map allows that.
func (c *Comparison) Same(name string, other Language) {
	at, there := c.at[name]
	if there && !c.units[at].IsForeign(c.Language) && mustDiffer(c.Language, &c.units[at], other) && !c.Allowed(name, SameWords) {
		c.Found.Add(c.File.At(c.units[at].Offset, "unit-same", name, other.ID, c.howToAllow(name, SameWords)))
	}
}

// mustDiffer reports whether a unit in the language l must have different words in the language `other`. A short text of one word can be the
// same, and so can a text in a script that `other` does not use: ForeignSource reports it. If the languages differ only in their readings,
// only texts without kanji can be the same.
func mustDiffer(l Language, u *Unit, other Language) bool {
	if l.Lang == other.Lang && l.Ruby != other.Ruby {
		return u.letters(scripts["zh"]) > 0
	}
	return (u.letters(nil) >= foreignLetters || u.words() > 1 && !isOfProgram(u.Name)) && !u.IsForeign(other)
}

// isOfProgram reports whether a unit is a word whose place on the page is fixed by the program: those of the interface and of the checker's
// page. Some of them are only names or marks.
func isOfProgram(name string) bool {
	return strings.HasPrefix(name, "ui.") || strings.HasPrefix(name, "page.")
}

// Unneeded reports entries of the differs map that have an unknown kind, or that no difference needed. Call it last.
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

// howToAllow returns the lines that an author can write to allow a difference of a unit.
func (c *Comparison) howToAllow(unit, kind string) diag.Lines {
	if c.Allow != nil {
		return diag.Lines(c.Allow(unit, kind))
	}
	return diag.Lines("differs:\n  \"" + diag.OneLine(unit) + "\": {" + kind + ": …}")
}

// writtenAs returns a mention in the form in which authors write it.
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
