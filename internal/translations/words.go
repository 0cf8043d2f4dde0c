package translations

import (
	"slices"

	"sitegen/internal/diag"
	"sitegen/internal/parity"
	"sitegen/internal/site"
)

// Words has the texts of one language in a file of words (such as text/en.yaml), as units.
type Words struct {
	Language *site.Language
	File     *diag.File
	Units    []parity.Unit
	Differs  parity.Differs
	Allow    func(unit, kind string) string // see parity.Comparison.Allow
}

// CompareWords compares each file of words with the first file, and finds the state of its units (see Follow). It does nothing unless the
// first file is that of the default language. It also reports a unit with the same words as that unit in an earlier file. `path` is the
// name of the files in the records.
func (l *Follower) CompareWords(path string, files []Words) {
	if len(files) == 0 || files[0].Language.Base != l.Site.Default.Base {
		return
	}
	source := files[0]
	for i := range source.Differs {
		l.Report(source.File.At(source.Differs[i].Key.Offset, "differs-source"))
	}
	l.Report(parity.ForeignSource(source.File, source.Language.Compared(), source.Units)...)
	words := make([]map[parity.Said]bool, len(files))
	for i, w := range files {
		words[i] = parity.SaidIn(w.Units)
	}
	for i, w := range files[1:] {
		c := &parity.Comparison{Source: source.File, File: w.File, From: source.Language.Compared(), Language: w.Language.Compared(), Differs: w.Differs, End: len(w.File.Data), Words: true, Allow: w.Allow}
		c.Compare(source.Units, w.Units)
		for j, other := range files[:i+1] {
			for k := range w.Units {
				if u := &w.Units[k]; words[j][parity.Said{Name: u.Name, Raw: u.Raw}] {
					c.Same(u.Name, other.Language.Compared())
				}
			}
		}
		c.Unneeded()
		l.ReportDifferences(c.Found.List)
		l.followWords(path, source, w)
	}
}

// CompareShared is CompareWords for the texts of all languages in one file. `write` returns the units of a language and its differs map.
// `allow` returns the line that allows a difference. `path` is the name of the file in the records.
func (l *Follower) CompareShared(path string, f *diag.File, write func(*site.Language) ([]parity.Unit, parity.Differs), allow func(l *site.Language, unit, kind string) string) {
	var files []Words
	for _, language := range l.Site.DefaultFirst() {
		units, differs := write(language)
		files = append(files, Words{language, f, units, differs, func(unit, kind string) string { return allow(language, unit, kind) }})
	}
	l.CompareWords(path, files)
}

// printOf returns the fingerprint of a unit of the default language, see [parity.Unit.Print].
func (l *Follower) printOf(u *parity.Unit) string {
	return u.Print(slices.Compact(l.Papers(u, l.Site.Default)))
}
