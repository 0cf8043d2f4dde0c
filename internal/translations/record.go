// Package translations follows translations: it finds the units whose source has changed since they were translated. The input is the
// units of a text in two languages, and the records of earlier translations. The output is findings: where the texts say different
// things (by package parity), and which units are stale. Begin with [Follower]: words.go compares files of words, and follow.go finds
// the state of each unit.
package translations

import (
	"maps"
	"path"
	"slices"

	"sitegen/internal/declare"
	"sitegen/internal/diag"
	"sitegen/internal/parity"
	"sitegen/internal/plaintext"
	"sitegen/internal/site"
)

// Follower compares the texts of languages, and says which units of a translation are stale.
type Follower struct {
	*declare.Reading
	following bool                                        // whether translations are followed even without records
	records   map[*site.Language]*parity.Records          // records of translations; nil if translations are not followed
	Papers    func(*parity.Unit, *site.Language) []string // returns the papers that a unit names
}

// New returns a follower for the general site. It follows translations if the content has records of them, or if `following` is true.
func New(r *declare.Reading, following bool) *Follower {
	return &Follower{Reading: r, following: following}
}

// Recorded reports whether translations are followed.
func (l *Follower) Recorded() bool { return l.records != nil }

// On returns the follower for the site of an insurer. It has the same records.
func (l *Follower) On(r *declare.Reading) *Follower {
	t := *l
	t.Reading = r
	return &t
}

// LoadRecords reads the records of every language except the default one. It reports a language without a file of records, mistakes in
// the files, and waivers that last too long. Without a folder of records, translations are followed only if `following` is true.
func (l *Follower) LoadRecords() error {
	if !l.following && !l.Has(parity.RecordFolder) || l.Site.Default == nil {
		return nil
	}
	l.records = map[*site.Language]*parity.Records{}
	for _, language := range l.Site.Languages {
		if language == l.Site.Default {
			continue
		}
		name := path.Join(parity.RecordFolder, language.ID+".txt")
		if !l.Has(name) {
			l.records[language], _ = parity.ReadRecords(&diag.File{})
			l.records[language].Absent = true
			l.Report((&diag.File{Name: path.Join(l.Name, name)}).Whole("record-file-missing", language.ID, l.Name))
			continue
		}
		f, found, err := plaintext.Read(l.Content, l.Name, name)
		if err != nil {
			return err
		}
		l.Report(found...)
		if len(found) == 0 {
			r, wrong := parity.ReadRecords(f)
			l.Report(wrong...)
			l.records[language] = r
			longest := l.Site.Today + parity.LongestWaiver
			for _, key := range slices.Sorted(maps.Keys(r.List)) {
				if record := r.List[key]; record.Until > longest {
					l.Report(f.AtLine(r.Line[key], 1, "record-waiver", record.Until, longest))
				}
			}
		}
	}
	return nil
}

// Left returns the records whose units no longer exist, by language and key.
func (l *Follower) Left() []site.Left {
	var list []site.Left
	for _, language := range l.Site.Languages {
		r := l.records[language]
		if r == nil {
			continue
		}
		for _, key := range slices.Sorted(maps.Keys(r.List)) {
			if !r.Found[key] {
				list = append(list, site.Left{Language: language, Record: r.List[key]})
			}
		}
	}
	return list
}
