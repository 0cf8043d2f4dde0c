package site

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

// differsYAML says of units of a translation in what they differ from the source, and why: by unit and kind.
type differsYAML = strictyaml.Map[strictyaml.Map[strictyaml.Text]]

// The kinds of difference that a unit may explain, besides those of mentions.
const (
	unitMissing = "missing" // the source has no such unit, or the translation has none
	unitPapers  = "paper"   // of a question and its answer together
	unitSame    = "same"    // the same words as in some other language
	unitScript  = "script"  // words in the letters of some other language
)

// parityMark is what is kept of a question's file for comparing it with other languages.
type parityMark struct {
	sums    []unitSum
	papers  []string // the ids of papers that question and answer name, sorted
	differs bool     // it says in what it differs
	prints  []string // of the source: the fingerprint of each unit; nil where translations are not followed
}

// mark sums a file up.
func (l *loader) mark(q *questionFile, body *markdown.Body) {
	q.parity = &parityMark{differs: len(q.front.Differs) > 0}
	papers := map[string]bool{}
	for _, u := range q.units(body) {
		q.parity.sums = append(q.parity.sums, u.sum(q.language))
		if l.records != nil && q.language.base == l.site.Default.base {
			q.parity.prints = append(q.parity.prints, l.printOf(&u))
		}
		if u.name == "question" || isAnswer(u.name) {
			l.papersOf(&u, q.language, papers)
		}
	}
	q.parity.papers = sortedKeys(papers)
}

// papersOf adds the ids of the papers that a unit names, by a token or in plain words.
func (l *loader) papersOf(u *unit, language *Language, papers map[string]bool) {
	for _, m := range u.mentions {
		if m.Kind == markdown.TermMention && l.site.term[m.What] != nil && l.site.term[m.What].paper {
			papers[m.What] = true
		}
	}
	matcher := l.matchers[language.base]
	for _, run := range u.runs {
		for text := run.Text; ; {
			term, _, end := matcher.first(text, nil)
			if term == nil {
				break
			}
			if term.paper {
				papers[term.ID] = true
			}
			text = text[end:]
		}
	}
}

// compareTranslations compares each question's files with that of the default language. Files whose sums are equal are
// not looked at again.
func (l *loader) compareTranslations(files []*questionFile) {
	byID := map[string][]*questionFile{}
	for _, q := range files {
		if q.parity != nil {
			byID[q.id] = append(byID[q.id], q)
		}
	}
	for _, q := range files {
		group := byID[q.id]
		at := slices.IndexFunc(group, func(other *questionFile) bool { return other.language.base == l.site.Default.base })
		if at < 0 || q.parity == nil {
			continue
		}
		if q == group[at] {
			if q.parity.differs {
				l.report(q.file.At(q.front.Differs[0].Key.Offset, "differs-source"))
			}
			continue
		}
		l.followFile(group[at], q)
		if q.parity.differs || q.parity.differsFrom(group[at].parity) || q.parity.copies(group) {
			l.compareFiles(group[at], q, group)
		}
	}
}

// differsFrom reports whether some unit must be looked at: it is missing, says something else, or is odd in itself.
func (m *parityMark) differsFrom(source *parityMark) bool {
	return !slices.Equal(m.papers, source.papers) || !slices.EqualFunc(m.sums, source.sums, func(a, b unitSum) bool {
		return a.name == b.name && a.said == b.said && !a.odd
	})
}

// copies reports whether some unit has the words of a file in some other language.
func (m *parityMark) copies(group []*questionFile) bool {
	return slices.ContainsFunc(group, func(other *questionFile) bool {
		return other.parity != m && len(m.sameWords(other.parity)) > 0
	})
}

// sameWords returns the names of the units that have the same words in both files.
func (m *parityMark) sameWords(other *parityMark) (names []string) {
	type words struct {
		name string
		raw  uint64
	}
	theirs := make(map[words]bool, len(other.sums))
	for _, s := range other.sums {
		theirs[words{s.name, s.raw}] = true
	}
	for _, s := range m.sums {
		if s.raw != 0 && theirs[words{s.name, s.raw}] {
			names = append(names, s.name)
		}
	}
	return names
}

// compareFiles compares two files unit by unit. Their texts may have been let go and are read again.
func (l *loader) compareFiles(source, q *questionFile, group []*questionFile) {
	a, b := source.readAgain(l), q.readAgain(l)
	if a == nil || b == nil {
		return
	}
	c := &comparison{source: a.file, file: b.file, from: source.language, language: q.language, differs: b.front.Differs, end: len(b.file.Data)}
	units := a.reread()
	c.compare(units, b.reread())
	for _, other := range group {
		if other == q || !l.site.before(other.language, q.language) {
			continue
		}
		for _, name := range q.parity.sameWords(other.parity) {
			c.same(name, other.language)
		}
	}
	if slices.Contains(l.lost, "glossary.yaml") { // then nobody knows what a paper is
		c.allowed("answer", unitPapers)
	}
	untranslated := slices.ContainsFunc(c.units, func(u unit) bool { return (u.name == "question" || isAnswer(u.name)) && u.isForeign(q.language) })
	if !untranslated { // else that is told, and no paper could be found
		c.papers(units, source.parity.papers, q.parity.papers)
	}
	c.unneeded()
	l.reportParity(c.found.List)
}

// before reports whether a language is the default one, or stands before another in the readers' order.
func (s *Site) before(a, b *Language) bool {
	order := s.defaultFirst()
	place := func(l *Language) int {
		return slices.IndexFunc(order, func(other *Language) bool { return other.base == l.base })
	}
	return place(a) < place(b)
}

// readAgain reads the file again; nil where it has faults now.
func (q *questionFile) readAgain(l *loader) *questionFile {
	file := &questionFile{folder: q.folder, topic: q.topic, id: q.id, language: q.language}
	if file.read(l.content, l.name); file.err != nil || file.faulty {
		return nil
	}
	return file
}

// reread returns the units of a file that is held.
func (q *questionFile) reread() []unit {
	body, _ := markdown.ParseBody(q.file, q.body, len(q.file.Data))
	return q.units(body)
}

// comparison compares a translation with its source.
type comparison struct {
	source, file   *diag.File
	from, language *Language
	differs        differsYAML
	end            int                            // where a unit that is missing at the end would stand
	words          bool                           // a file of words is compared, not a question
	allow          func(unit, kind string) string // how a unit says why it differs, where that is not in its file's differs
	needed         map[string]bool
	found          diag.Findings
	units          []unit         // of the translation
	at             map[string]int // which of them has a name
}

// compare compares units by their names.
func (c *comparison) compare(source, translation []unit) {
	c.units, c.at = translation, byName(translation)
	places := c.placesOf(source)
	for i := range source {
		at, there := c.at[source[i].name]
		if there {
			c.unit(&source[i], &translation[at])
		} else if c.expects(source[i].name, translation) && !c.allowed(source[i].name, unitMissing) {
			c.found.Add(c.file.At(places[i], "parity-missing", source[i].name, c.source.Place(source[i].offset), c.howToAllow(source[i].name, unitMissing)))
		}
	}
	inSource := byName(source)
	for i := range translation {
		u := &translation[i]
		if _, there := inSource[u.name]; !there && c.expects(u.name, source) && !c.allowed(u.name, unitMissing) {
			c.found.Add(c.file.At(u.offset, "parity-extra", u.name, c.source.Name, c.howToAllow(u.name, unitMissing)))
		}
		if u.isForeign(c.language) && !c.allowed(u.name, unitScript) {
			c.found.Add(c.file.At(u.offset, "unit-script", u.name, c.language.ID, c.howToAllow(u.name, unitScript)))
		}
	}
}

// byName returns the place of the first unit of each name.
func byName(units []unit) map[string]int {
	at := make(map[string]int, len(units))
	for i := range units {
		if _, twice := at[units[i].name]; !twice {
			at[units[i].name] = i
		}
	}
	return at
}

// isAnswer reports whether a unit is an answer.
func isAnswer(name string) bool { return name == "answer" || strings.HasPrefix(name, "answers.") }

// expects reports whether it is to be told here that units do not have one of that name. Answers that do not match are
// told by their days. Most words are told where they are asked for. Left are what changed on some day, what the home page
// says, and what an entry of the rules may do without, such as a hint.
func (c *comparison) expects(name string, units []unit) bool {
	if !c.words {
		return !isAnswer(name)
	}
	if c.language.base.growing {
		return false
	}
	kind, rest, _ := strings.Cut(name, ".")
	if kind == "changed" || kind == "home" {
		return true
	}
	entry := name[:strings.LastIndexByte(name, '.')+1]
	return kind != "policies" && strings.Contains(rest, ".") && slices.ContainsFunc(units, func(u unit) bool { return strings.HasPrefix(u.name, entry) })
}

// placesOf returns for each unit of the source where it would stand in the translation: where the next one stands that is
// there, or else at the end.
func (c *comparison) placesOf(source []unit) []int {
	places, next := make([]int, len(source)), c.end
	for i := len(source) - 1; i >= 0; i-- {
		places[i] = next
		if at, there := c.at[source[i].name]; there {
			next = c.units[at].offset
		}
	}
	return places
}

// unit compares two units of the same name.
func (c *comparison) unit(source, translation *unit) {
	if translation.isEmpty() && !source.isEmpty() {
		c.found.Add(c.file.At(translation.offset, "unit-empty", translation.name, c.source.Place(source.offset)))
		return
	}
	theirs, ours := source.says(), translation.says()
	if slices.Equal(theirs, ours) {
		return
	}
	for _, m := range missingFrom(source.mentions, ours) {
		if !c.excused(m, translation, c.language) {
			c.found.Add(c.file.At(translation.offset, "parity-lacks", writtenAs(m), c.source.Place(m.Offset), c.howToAllow(source.name, string(m.Kind))))
		}
	}
	for _, m := range missingFrom(translation.mentions, theirs) {
		if !c.excused(m, source, c.from) {
			c.found.Add(c.file.At(m.Offset, "parity-adds", writtenAs(m), c.source.Place(source.offset), c.howToAllow(source.name, string(m.Kind))))
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
func (c *comparison) excused(m markdown.Mention, u *unit, language *Language) bool {
	return m.Kind == markdown.NumberMention && u.saysInWords(m.What, language) || c.allowed(u.name, string(m.Kind))
}

// allowed reports whether the translation says why a unit differs in this kind.
func (c *comparison) allowed(unit, kind string) bool {
	kinds, _ := c.differs.Get(unit)
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
func offsetOf(units []unit, name string) int {
	at := slices.IndexFunc(units, func(u unit) bool { return u.name == name || strings.HasPrefix(u.name, name+"s.") })
	return units[max(0, at)].offset
}

// papers compares the papers that two questions and their answers name.
func (c *comparison) papers(source []unit, theirs, ours []string) {
	if slices.Equal(theirs, ours) || c.allowed("answer", unitPapers) {
		return
	}
	here, there := offsetOf(c.units, "answer"), c.source.Place(offsetOf(source, "answer"))
	tell := func(code diag.Code, of, others []string) {
		for _, id := range of {
			if !slices.Contains(others, id) {
				c.found.Add(c.file.At(here, code, "{term:"+id+"}", there, c.howToAllow("answer", unitPapers)))
			}
		}
	}
	tell("parity-lacks", theirs, ours)
	tell("parity-adds", ours, theirs)
}

// same reports a unit with the words of some other language.
func (c *comparison) same(name string, other *Language) {
	at, there := c.at[name]
	if there && !c.units[at].isForeign(c.language) && c.language.mustDiffer(&c.units[at], other) && !c.allowed(name, unitSame) {
		c.found.Add(c.file.At(c.units[at].offset, "unit-same", name, other.ID, c.howToAllow(name, unitSame)))
	}
}

// mustDiffer reports whether a text of the language can hardly be the same as in another one. Names in the letters of
// neither may be, and so may what is plain Japanese and needs no reading.
func (l *Language) mustDiffer(u *unit, other *Language) bool {
	if l.Lang == other.Lang && l.Ruby != other.Ruby {
		return u.letters(scripts["zh"]) > 0
	}
	return u.letters(nil) >= foreignLetters && !u.isForeign(other)
}

// unneeded reports what differs: says of units that do not differ, or that there are not.
func (c *comparison) unneeded() {
	for _, entry := range c.differs {
		for _, kind := range entry.Value {
			switch {
			case !schema.Differences.Has(kind.Key.Value):
				c.found.Add(schema.Differences.Check(c.file, kind.Key)...)
			case !c.needed[entry.Key.Value+" "+kind.Key.Value]:
				c.found.Add(c.file.At(kind.Key.Offset, "differs-unneeded", entry.Key.Value, kind.Key.Value))
			}
		}
	}
}

// howToAllow returns the lines with which a unit says why it differs.
func (c *comparison) howToAllow(unit, kind string) diag.Lines {
	if c.allow != nil {
		return diag.Lines(c.allow(unit, kind))
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
func (u *unit) saysInWords(number string, language *Language) bool {
	words := language.NumberWords(number)
	for _, run := range u.runs {
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

// reportParity reports in what translations differ from their source. The preview does not: who writes in one language
// wants to see the page before the others follow.
func (l *loader) reportParity(found []diag.Diagnostic) {
	if !l.preview {
		l.report(found...)
	}
}
