package site

import (
	"slices"
	"strconv"

	"sitegen/internal/diag"
	"sitegen/internal/dialect"
	"sitegen/internal/markdown"
	"sitegen/internal/parity"
)

// sumUp sets q.parity, the summary of the file that is compared with those of the other languages.
func (l *loader) sumUp(q *questionFile, body *markdown.Body) {
	q.parity = &parity.FileSum{Differs: len(q.front.Differs) > 0}
	papers := map[string]bool{}
	for _, u := range q.units(body) {
		named := l.papersOf(&u, q.language)
		if isSection(&u) {
			u.Papers = named
		}
		q.parity.Units = append(q.parity.Units, u.Sum(q.language.compared()))
		if l.records != nil && q.language.base == l.site.Default.base {
			q.parity.Prints = append(q.parity.Prints, u.Print(slices.Compact(slices.Clone(named))))
		}
		if !isSection(&u) {
			for _, id := range named {
				papers[id] = true
			}
		}
	}
	q.parity.Papers = sortedKeys(papers)
}

// isSection reports whether a unit of a question's file is a section of its body.
func isSection(u *parity.Unit) bool { return u.Name != "question" && !parity.IsAnswer(u.Name) }

// papersOf returns the ids of the papers that a unit names, either with a token or in ordinary words. The list is sorted, and has each
// paper as often as the unit names it.
func (l *loader) papersOf(u *parity.Unit, language *Language) (papers []string) {
	for _, m := range u.Mentions {
		if m.Kind == markdown.TermMention && l.site.term[m.What] != nil && l.site.term[m.What].paper {
			papers = append(papers, m.What)
		}
	}
	matcher := l.matchers[language.base]
	for _, run := range u.Runs {
		for text := run.Text; ; {
			term, _, end := matcher.first(text, nil)
			if term == nil {
				break
			}
			if term.paper {
				papers = append(papers, term.ID)
			}
			text = text[end:]
		}
	}
	slices.Sort(papers)
	return papers
}

// compareTranslations compares the files of each question with the file of the default language. It compares them unit by unit only if
// the summaries differ, the file has a differs map, or a unit has the same words in a different language.
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
			if q.parity.Differs {
				l.report(q.file.At(q.front.Differs[0].Key.Offset, "differs-source"))
			}
			continue
		}
		l.followFile(group[at], q)
		if q.parity.Differs || q.parity.DiffersFrom(group[at].parity) || copies(q, group) {
			l.compareFiles(group[at], q, group)
		}
	}
}

// copies reports whether a unit of the file q has the same words in the file of a different language. group has the files of one
// question.
func copies(q *questionFile, group []*questionFile) bool {
	return slices.ContainsFunc(group, func(other *questionFile) bool {
		return other != q && len(q.parity.SameWords(other.parity)) > 0
	})
}

// compareFiles compares the files source and q of a question unit by unit. It reads both files again, because their texts may have been
// released.
func (l *loader) compareFiles(source, q *questionFile, group []*questionFile) {
	a, b := source.readAgain(l), q.readAgain(l)
	if a == nil || b == nil {
		return
	}
	c := &parity.Comparison{Source: a.file, File: b.file, From: source.language.compared(), Language: q.language.compared(), Differs: b.front.Differs, End: len(b.file.Data)}
	units := a.reread(l)
	translation := b.reread(l)
	c.Compare(units, translation)
	for _, other := range group {
		if other == q || !l.site.before(other.language, q.language) {
			continue
		}
		for _, name := range q.parity.SameWords(other.parity) {
			c.Same(name, other.language.compared())
		}
	}
	if slices.Contains(l.lost, "glossary.yaml") { // without the glossary, the papers are unknown
		for _, entry := range c.Differs {
			c.Allowed(entry.Key.Value, parity.OtherPapers)
		}
	}
	untranslated := slices.ContainsFunc(translation, func(u parity.Unit) bool {
		return !isSection(&u) && u.IsForeign(q.language.compared())
	})
	if !untranslated { // papers cannot be found in a unit that is not translated, and such a unit is already reported
		c.Papers(units, source.parity.Papers, q.parity.Papers)
	}
	c.Unneeded()
	l.reportParity(c.Found.List)
}

// before reports whether language a comes before b, in the order of defaultFirst.
func (s *Site) before(a, b *Language) bool {
	order := s.defaultFirst()
	place := func(l *Language) int {
		return slices.IndexFunc(order, func(other *Language) bool { return other.base == l.base })
	}
	return place(a) < place(b)
}

// readAgain returns the file as read again, or nil if the file now has errors.
func (q *questionFile) readAgain(l *loader) *questionFile {
	file := &questionFile{folder: q.folder, topic: q.topic, id: q.id, language: q.language}
	if file.read(l.content, l.name); file.err != nil || file.faulty {
		return nil
	}
	return file
}

// reread returns the units of a file that readAgain returned.
func (q *questionFile) reread(l *loader) []parity.Unit {
	body, _ := dialect.ParseBody(q.file, q.body, len(q.file.Data))
	units := q.units(body)
	for i := range units {
		if isSection(&units[i]) {
			units[i].Papers = l.papersOf(&units[i], q.language)
		}
	}
	return units
}

// units returns the units of a question's file, in order.
func (q *questionFile) units(body *markdown.Body) []parity.Unit {
	list := []parity.Unit{parity.Inline(q.file, "question", q.front.Question)}
	if q.front.Answer != nil {
		list = append(list, parity.Inline(q.file, "answer", *q.front.Answer))
	}
	for i, y := range q.front.Answers {
		list = append(list, parity.Inline(q.file, "answers."+strconv.Itoa(i+1), y.Text))
	}
	return append(list, parity.Sections(q.file, body)...)
}

// compared returns the language in the form that package parity needs.
func (l *Language) compared() parity.Language {
	return parity.Language{ID: l.ID, Lang: l.Lang, Ruby: l.Ruby, Growing: l.base.growing, NumberWords: l.NumberWords}
}

// printOf returns the fingerprint of a unit of the default language, see [parity.Unit.Print].
func (l *loader) printOf(u *parity.Unit) string {
	return u.Print(slices.Compact(l.papersOf(u, l.site.Default)))
}

// reportParity reports differences between translations and their source. It does nothing in the preview, because authors want to see a
// page in one language before they write the other languages.
func (l *loader) reportParity(found []diag.Diagnostic) {
	if !l.preview {
		l.report(found...)
	}
}
