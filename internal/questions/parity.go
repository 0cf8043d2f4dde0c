package questions

import (
	"maps"
	"path"
	"slices"
	"strconv"

	"sitegen/internal/dialect"
	"sitegen/internal/markdown"
	"sitegen/internal/parity"
	"sitegen/internal/site"
	"sitegen/internal/translations"
)

// sumUp sets q.parity, the summary of the file that is compared with those of the other languages.
func (l *Loader) sumUp(q *File, body *markdown.Body) {
	q.parity = &parity.FileSum{Differs: len(q.front.Differs) > 0}
	papers := map[string]bool{}
	for _, u := range q.units(body) {
		named := l.Papers(&u, q.language)
		if isSection(&u) {
			u.Papers = named
		}
		q.parity.Units = append(q.parity.Units, u.Sum(q.language.Compared()))
		if l.translations.Recorded() && q.language.Base == l.Site.Default.Base {
			q.parity.Prints = append(q.parity.Prints, u.Print(slices.Compact(slices.Clone(named))))
		}
		if !isSection(&u) {
			for _, id := range named {
				papers[id] = true
			}
		}
	}
	q.parity.Papers = slices.Sorted(maps.Keys(papers))
}

// isSection reports whether a unit of a question's file is a section of its body.
func isSection(u *parity.Unit) bool { return u.Name != "question" && !parity.IsAnswer(u.Name) }

// compareTranslations reports, for each translation, the units whose records are missing or out of date (see followFile). It then
// compares the translation with the file of the default language. It does so unit by unit only if their summaries differ, the
// translation has a differs map, or one of its units has the same words in a different language. It also reports a differs map in the
// file of the default language, and units of that file in the wrong script.
func (l *Loader) compareTranslations(files []*File) {
	byID := map[string][]*File{}
	for _, q := range files {
		if q.parity != nil {
			byID[q.id] = append(byID[q.id], q)
		}
	}
	for _, q := range files {
		group := byID[q.id]
		at := slices.IndexFunc(group, func(other *File) bool { return other.language.Base == l.Site.Default.Base })
		if at < 0 || q.parity == nil {
			continue
		}
		if q == group[at] {
			if q.parity.Differs {
				l.Report(q.file.At(q.front.Differs[0].Key.Offset, "differs-source"))
			}
			if q.parity.IsForeign() {
				l.tellForeign(q)
			}
			continue
		}
		l.followFile(group[at], q)
		if q.parity.Differs || q.parity.DiffersFrom(group[at].parity) || copies(q, group) {
			l.compareFiles(group[at], q, group)
		}
	}
}

// tellForeign reports the units of a file of the default language that are in the wrong script. It reads the file again, because its text
// may have been released.
func (l *Loader) tellForeign(q *File) {
	if again := q.readAgain(l); again != nil {
		l.Report(parity.ForeignSource(again.file, q.language.Compared(), again.reread(l))...)
	}
}

// copies reports whether a unit of the file q has the same words in the file of a different language. `group` has all files of the
// question.
func copies(q *File, group []*File) bool {
	return slices.ContainsFunc(group, func(other *File) bool {
		return other != q && len(q.parity.SameWords(other.parity)) > 0
	})
}

// compareFiles compares the translation q with `source`, the file of the default language, unit by unit. `group` has all files of the
// question. It reads both files again, because their texts may have been released.
func (l *Loader) compareFiles(source, q *File, group []*File) {
	a, b := source.readAgain(l), q.readAgain(l)
	if a == nil || b == nil {
		return
	}
	c := &parity.Comparison{Source: a.file, File: b.file, From: source.language.Compared(), Language: q.language.Compared(), Differs: b.front.Differs, End: len(b.file.Data)}
	units := a.reread(l)
	translation := b.reread(l)
	c.Compare(units, translation)
	for _, other := range group {
		if other == q || !l.Site.Before(other.language, q.language) {
			continue
		}
		for _, name := range q.parity.SameWords(other.parity) {
			c.Same(name, other.language.Compared())
		}
	}
	if slices.Contains(l.Lost, "glossary.yaml") { // without the glossary, the papers are unknown
		for _, entry := range c.Differs {
			c.Allowed(entry.Key.Value, parity.OtherPapers)
		}
	}
	untranslated := slices.ContainsFunc(translation, func(u parity.Unit) bool {
		return !isSection(&u) && u.IsForeign(q.language.Compared())
	})
	if !untranslated { // papers cannot be found in a unit that is not translated, and such a unit is already reported
		c.Papers(units, source.parity.Papers, q.parity.Papers)
	}
	c.Unneeded()
	l.ReportDifferences(c.Found.List)
}

// readAgain reads the file again. It returns nil if the file now has errors or cannot be read.
func (q *File) readAgain(l *Loader) *File {
	file := &File{folder: q.folder, topic: q.topic, id: q.id, language: q.language}
	if file.read(l.Content, l.Name); file.err != nil || file.faulty {
		return nil
	}
	return file
}

// reread returns the units of a file that readAgain returned.
func (q *File) reread(l *Loader) []parity.Unit {
	body, _ := dialect.ParseBody(q.file, q.body, len(q.file.Data))
	units := q.units(body)
	for i := range units {
		if isSection(&units[i]) {
			units[i].Papers = l.Papers(&units[i], q.language)
		}
	}
	return units
}

// units returns the units of a question's file, in order.
func (q *File) units(body *markdown.Body) []parity.Unit {
	list := []parity.Unit{parity.Inline(q.file, "question", q.front.Question)}
	if q.front.Answer != nil {
		list = append(list, parity.Inline(q.file, "answer", *q.front.Answer))
	}
	for i, y := range q.front.Answers {
		list = append(list, parity.Inline(q.file, "answers."+strconv.Itoa(i+1), y.Text))
	}
	return append(list, parity.Sections(q.file, body)...)
}

// followFile compares the units of the translation q with their records, and reports the units that are not complete (see
// [site.Complete]). If one of them is stale, it marks the translation as stale. `source` is the file of the default language. If the
// content has no records, followFile does nothing.
func (l *Loader) followFile(source, q *File) {
	if !l.translations.Recorded() || source.parity.Prints == nil {
		return
	}
	var open []*site.Unit
	for i, s := range source.parity.Units {
		if !slices.ContainsFunc(q.parity.Units, func(other parity.Sum) bool { return other.Name == s.Name }) {
			continue // the unit is already reported as missing
		}
		u := l.translations.Follow(site.Unit{Language: q.language, Path: source.path(), Name: s.Name, File: source.path() + "/" + q.language.ID + ".md",
			Question: l.Site.Question(q.id), Print: source.parity.Prints[i]})
		if u.State != site.Complete {
			open = append(open, u)
		}
	}
	if len(open) == 0 {
		return
	}
	a, b := source.readAgain(l), q.readAgain(l)
	if a == nil || b == nil {
		return
	}
	translation := l.Site.Question(q.id).In(q.language)
	translation.Stale = slices.ContainsFunc(open, func(u *site.Unit) bool { return u.State == site.Stale })
	l.translations.TellOpen(open, translations.Words{Language: source.language, File: a.file, Units: a.reread(l), Differs: nil, Allow: nil}, translations.Words{Language: q.language, File: b.file, Units: b.reread(l), Differs: nil, Allow: nil})
}

// path returns the path of a question's folder, which all its languages share.
func (q *File) path() string { return path.Join(q.folder, q.topic.ID, q.id) }
