package site

import (
	"path"
	"slices"
	"strings"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/parity"
)

// follow sets the state of a unit of a translation: complete, stale or unrecorded. It adds the unit to the index and returns it. If the
// language's file of records could not be read, the unit is unrecorded and is not added.
func (l *loader) follow(u Unit) *Unit {
	u.State, u.Language = Unrecorded, u.Language.base
	r := l.records[u.Language]
	if r == nil { // the file of records could not be read
		return &u
	}
	if record, ok := r.List[parity.Record{Path: u.Path, Unit: u.Name}.Key()]; ok {
		r.Found[record.Key()] = true
		u.Record, u.State = &record, Stale
		if words, _, _ := strings.Cut(record.Print, "-"); strings.HasPrefix(u.Print, words+"-") {
			u.State = Complete
		}
		if u.State == Stale && record.Waived == u.Print {
			l.notePeriod(r.File, r.File.Offset(r.Line[record.Key()], 1), WaiverPeriod, u.Path+" "+u.Name, civil.Unset, record.Until)
		}
	}
	l.index.units = append(l.index.units, &u)
	return &u
}

// followFile follows the units of the translation q, and reports those that are not complete. If one of them is stale, it marks the
// translation as stale. source is the file of the default language.
func (l *loader) followFile(source, q *questionFile) {
	if l.records == nil || source.parity.Prints == nil {
		return
	}
	var open []*Unit
	for i, s := range source.parity.Units {
		if !slices.ContainsFunc(q.parity.Units, func(other parity.Sum) bool { return other.Name == s.Name }) {
			continue // reported as missing
		}
		u := l.follow(Unit{Language: q.language, Path: source.path(), Name: s.Name, File: source.path() + "/" + q.language.ID + ".md",
			Question: l.site.question[q.id], Print: source.parity.Prints[i]})
		if u.State != Complete {
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
	translation := l.site.question[q.id].In(q.language)
	translation.Stale = slices.ContainsFunc(open, func(u *Unit) bool { return u.State == Stale })
	l.tellOpen(open, wordsOfLanguage{source.language, a.file, a.reread(l), nil, nil}, wordsOfLanguage{q.language, b.file, b.reread(l), nil, nil})
}

// path returns the path of a question's folder, which all its languages share.
func (q *questionFile) path() string { return path.Join(q.folder, q.topic.ID, q.id) }

// followWords follows the units of the file of words w, and reports those that are not complete. path is the file's name in the records,
// and source the file of the default language.
func (l *loader) followWords(path string, source, w wordsOfLanguage) {
	if l.records == nil {
		return
	}
	var open []*Unit
	theirs := parity.ByName(w.units)
	for i := range source.units {
		s := &source.units[i]
		if _, there := theirs[s.Name]; !there {
			continue // reported elsewhere
		}
		u := l.follow(Unit{Language: w.language, Path: path, Name: s.Name, File: strings.TrimPrefix(w.file.Name, l.name+"/"), Print: l.printOf(s)})
		if u.State != Complete {
			open = append(open, u)
		}
	}
	l.tellOpen(open, source, w)
}

// tellOpen reports the units in open, which are the units of the file w that are not complete. If there are several and none of them has
// a record, it reports only the file.
func (l *loader) tellOpen(open []*Unit, source, w wordsOfLanguage) {
	if r := l.records[w.language.base]; r == nil || r.Absent {
		return // reported for the whole language
	}
	unrecorded := 0
	for _, u := range open {
		if u.State == Unrecorded {
			unrecorded++
		}
	}
	placeOf, sourceOf := unitPlaces(w.units), unitPlaces(source.units)
	for _, u := range open {
		at, from := placeOf(u.Name), sourceOf(u.Name)
		u.Line = w.file.Position(at).Line
		place := source.file.Place(from)
		switch {
		case u.State == Unrecorded && unrecorded > 1 && unrecorded == len(open) && u != open[0]:
		case u.State == Unrecorded && unrecorded > 1 && unrecorded == len(open):
			l.report(w.file.At(at, "translation-unrecorded-all", unrecorded, w.file.Name))
		case u.State == Unrecorded:
			l.report(w.file.At(at, "translation-unrecorded", u.Name, w.file.Name))
		case u.Record.Waived == u.Print && l.site.Today <= u.Record.Until:
			l.report(w.file.At(at, "translation-waived", u.Name, place, u.Record.Until))
		default:
			l.report(u.tell(w.file, at, place, l.preview))
		}
	}
}

// tell returns the finding about a stale unit. The finding is a warning if only the wording of a section or of the opening has changed,
// and always in the preview. Otherwise it is an error. place is the place of the unit in the source.
func (u *Unit) tell(f *diag.File, offset int, place diag.Place, preview bool) diag.Diagnostic {
	var changed diag.Wording
	for i, class := range parity.ChangedClasses(u.Record.Print, u.Print) {
		if i > 0 {
			changed.JA, changed.EN = changed.JA+"、", changed.EN+"; "
		}
		changed.JA, changed.EN = changed.JA+class.JA, changed.EN+class.EN
	}
	if changed.JA == "" && (strings.HasPrefix(u.Name, "#") || u.Name == "opening") {
		return f.At(offset, "translation-reworded", u.Name, place, f.Name)
	}
	code := diag.Code("translation-stale")
	if preview {
		code = "translation-waits"
	}
	if changed.JA == "" {
		changed = diag.Wording{JA: "文", EN: "the words"}
	}
	return f.At(offset, code, u.Name, place, changed, f.Name)
}

// unitPlaces returns a function from the name of a unit to its offset. For a name that no unit has, the function returns the offset of
// the first unit.
func unitPlaces(units []parity.Unit) func(name string) int {
	offsets := make(map[string]int, len(units))
	for _, u := range slices.Backward(units) {
		offsets[u.Name] = u.Offset
	}
	return func(name string) int {
		if at, ok := offsets[name]; ok {
			return at
		}
		return units[0].Offset
	}
}

// checkRecords reports records of units that no longer exist. It does nothing if there are errors, because an error can be the reason
// why a unit is missing.
func (l *loader) checkRecords() {
	if l.found.HasErrors() {
		return
	}
	for _, left := range l.leftRecords() {
		r := l.records[left.Language]
		l.report(r.File.AtLine(r.Line[left.Key()], 1, "record-left", left.Key()))
	}
}

// aboutRecords has the codes of the findings that disappear when somebody runs sitegen translate accept.
var aboutRecords = []diag.Code{
	"translation-stale", "translation-waits", "translation-reworded", "translation-waived", "translation-unrecorded", "translation-unrecorded-all",
	"record-file-missing", "record-left",
}

// AboutRecords reports whether a finding is only about the records of translations.
func AboutRecords(code diag.Code) bool { return slices.Contains(aboutRecords, code) }
