package translations

import (
	"slices"
	"strings"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/parity"
	"sitegen/internal/site"
)

// Follow sets the state of a unit of a translation: complete, stale or unrecorded. It adds the unit to those that commands list, and
// returns it. If the language's file of records could not be read, the unit is unrecorded and is not added.
func (l *Follower) Follow(u site.Unit) *site.Unit {
	u.State, u.Language = site.Unrecorded, u.Language.Base
	r := l.records[u.Language]
	if r == nil { // the file of records could not be read
		return &u
	}
	if record, ok := r.List[parity.Record{Path: u.Path, Unit: u.Name}.Key()]; ok {
		r.Found[record.Key()] = true
		u.Record, u.State = &record, site.Stale
		if words, _, _ := strings.Cut(record.Print, "-"); strings.HasPrefix(u.Print, words+"-") {
			u.State = site.Complete
		}
		if u.State == site.Stale && record.Waived == u.Print {
			l.NotePeriod(r.File, r.File.Offset(r.Line[record.Key()], 1), site.WaiverPeriod, u.Path+" "+u.Name, civil.Unset, record.Until)
		}
	}
	l.NoteUnit(&u)
	return &u
}

// followWords sets the state of the units of `w`, the words of one language (see Follow), and reports those that are not complete.
// `path` is the file's name in the records, and `source` has the words of the default language.
func (l *Follower) followWords(path string, source, w Words) {
	if l.records == nil {
		return
	}
	var open []*site.Unit
	theirs := parity.ByName(w.Units)
	for i := range source.Units {
		s := &source.Units[i]
		if _, there := theirs[s.Name]; !there {
			continue // a missing unit is reported elsewhere
		}
		u := l.Follow(site.Unit{Language: w.Language, Path: path, Name: s.Name, File: strings.TrimPrefix(w.File.Name, l.Name+"/"), Print: l.printOf(s)})
		if u.State != site.Complete {
			open = append(open, u)
		}
	}
	l.TellOpen(open, source, w)
}

// TellOpen reports the units in `open`: those of the file `w` that are not complete. If there are several and none of them has a record,
// it reports only the file.
func (l *Follower) TellOpen(open []*site.Unit, source, w Words) {
	if r := l.records[w.Language.Base]; r == nil || r.Absent {
		return // the missing records were reported once for the whole language
	}
	unrecorded := 0
	for _, u := range open {
		if u.State == site.Unrecorded {
			unrecorded++
		}
	}
	placeOf, sourceOf := unitPlaces(w.Units), unitPlaces(source.Units)
	for _, u := range open {
		at, from := placeOf(u.Name), sourceOf(u.Name)
		u.Line = w.File.Position(at).Line
		place := source.File.Place(from)
		switch {
		case u.State == site.Unrecorded && unrecorded > 1 && unrecorded == len(open) && u != open[0]:
		case u.State == site.Unrecorded && unrecorded > 1 && unrecorded == len(open):
			l.Report(w.File.At(at, "translation-unrecorded-all", unrecorded, w.File.Name))
		case u.State == site.Unrecorded:
			l.Report(w.File.At(at, "translation-unrecorded", u.Name, w.File.Name))
		case u.Record.Waived == u.Print && l.Site.Today <= u.Record.Until:
			l.Report(w.File.At(at, "translation-waived", u.Name, place, u.Record.Until))
		default:
			l.Report(tell(u, w.File, at, place, l.Preview))
		}
	}
}

// tell returns the finding about a stale unit. The finding is a warning if only the wording of a section or of the opening has changed,
// and always in the preview. Otherwise it is an error. `place` is the place of the unit in the source.
func tell(u *site.Unit, f *diag.File, offset int, place diag.Place, preview bool) diag.Diagnostic {
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

// CheckRecords reports records of units that no longer exist. It does nothing if there are errors, because an error can be the reason
// why a unit is missing.
func (l *Follower) CheckRecords() {
	if l.Found.HasErrors() {
		return
	}
	for _, left := range l.Left() {
		r := l.records[left.Language]
		line := r.Line[left.Key()]
		l.Report(r.File.Mendable(r.File.AtLine(line, 1, "record-left", left.Key()), diag.Edit{Offset: r.File.Offset(line, 1), Old: left.String() + "\n"}))
	}
}

// aboutRecords has the codes of the findings that disappear when somebody runs `sitegen translate accept`.
var aboutRecords = []diag.Code{
	"translation-stale", "translation-waits", "translation-reworded", "translation-waived", "translation-unrecorded", "translation-unrecorded-all",
	"record-file-missing", "record-left",
}

// AboutRecords reports whether a finding is only about the records of translations.
func AboutRecords(code diag.Code) bool { return slices.Contains(aboutRecords, code) }
