package site

import (
	"path"

	"sitegen/internal/diag"
	"sitegen/internal/parity"
	"sitegen/internal/plaintext"
)

// loadRecords reads the records of every language except the default one. If the content has no folder of records, it does nothing
// except for Follow, and translations are not followed.
func (l *loader) loadRecords() error {
	if !l.following && !l.has(parity.RecordFolder) || l.site.Default == nil {
		return nil
	}
	l.records = map[*Language]*parity.Records{}
	for _, language := range l.site.Languages {
		if language == l.site.Default {
			continue
		}
		name := path.Join(parity.RecordFolder, language.ID+".txt")
		if !l.has(name) {
			l.records[language], _ = parity.ReadRecords(&diag.File{})
			l.records[language].Absent = true
			l.report((&diag.File{Name: path.Join(l.name, name)}).Whole("record-file-missing", language.ID, l.name))
			continue
		}
		f, found, err := plaintext.Read(l.content, l.name, name)
		if err != nil {
			return err
		}
		l.report(found...)
		if len(found) == 0 {
			r, wrong := parity.ReadRecords(f)
			l.report(wrong...)
			l.records[language] = r
			for key, record := range r.List {
				if longest := l.site.Today + parity.LongestWaiver; record.Until > longest {
					l.report(f.AtLine(r.Line[key], 1, "record-waiver", record.Until, longest))
				}
			}
		}
	}
	return nil
}

// Left is a record whose unit no longer exists, and the language of the record.
type Left struct {
	Language *Language
	parity.Record
}

// leftRecords returns the records whose units no longer exist, by language and key.
func (l *loader) leftRecords() []Left {
	var list []Left
	for _, language := range l.site.Languages {
		r := l.records[language]
		if r == nil {
			continue
		}
		for _, key := range sortedKeys(r.List) {
			if !r.Found[key] {
				list = append(list, Left{language, r.List[key]})
			}
		}
	}
	return list
}

// TranslationState says whether a unit of a translation matches its source.
type TranslationState string

// The states of a unit, according to its record.
const (
	Complete   TranslationState = "complete"   // the unit was translated from the present source
	Stale      TranslationState = "stale"      // the source has changed since the unit was translated
	Unrecorded TranslationState = "unrecorded" // no record says from which text the unit was translated
	Missing    TranslationState = "missing"    // there is no translation
)

// Unit is one unit of a source text, and its state in one language.
type Unit struct {
	Language *Language
	Path     string // the path of the text as in the records: in the content folder, without the language
	Name     string
	File     string    // the path of the translation in the content folder
	Line     int       // the line of the unit in the translation; 0 if the unit is complete, or its language has no records
	Question *Question // nil for words
	State    TranslationState
	Print    string         // the fingerprint of the source's present text
	Record   *parity.Record // nil if the unit has no record
}
