package rules

import (
	"slices"

	"sitegen/internal/diag"
	"sitegen/internal/strictyaml"
	"sitegen/internal/table"
)

// Remedy is something that somebody could still come to hold, do or find out, as written.
type Remedy struct {
	ID      string
	Place   Place
	answers []table.Given
	who     []table.Among // whom it is for; everybody where there is nobody
	not     []table.Among // whom it is not for
}

// readRemedies reads what could still make somebody's answer another. Rules may have no such file.
func (l *loader) readRemedies() error {
	if !l.has(remediesFile) {
		return nil
	}
	l.reading = theLaws // nothing rests on them
	var y []remedyYAML
	f, _, err := l.read(remediesFile, &y)
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, ry := range y {
		l.unique(f, ry.ID, seen)
		r := &Remedy{ID: ry.ID.Value, Place: Place{f, ry.ID.Offset}, who: l.readAmong(f, ry.For, "for"), not: l.readAmong(f, ry.NotFor, "not_for")}
		for _, entry := range ry.Answers {
			if in := l.askable(f, entry.Key, "answers"); in != nil {
				l.readGiven(f, r, in, entry)
			}
		}
		if ry.Answers != nil && len(ry.Answers) == 0 {
			l.report(r.Place.At("rule-remedy-empty", r.ID))
		}
		l.set.Remedies = append(l.set.Remedies, r)
	}
	return nil
}

// readGiven reads an answer of a remedy: a value, or of a date the id of the day of the visit.
func (l *loader) readGiven(f *diag.File, r *Remedy, in *Input, entry strictyaml.Entry[strictyaml.Text]) {
	known := in.Values
	switch in.Kind {
	case table.Number:
		l.report(f.At(entry.Key.Offset, "rule-remedy-kind", in.ID))
		return
	case table.Date:
		if l.set.Visit == nil { // told already
			return
		}
		known = []*Word{{ID: l.set.Visit.ID}}
	}
	for _, value := range l.lookUp(f, []strictyaml.Text{entry.Value}, in.ID, known) {
		if slices.Contains(l.set.secret[in], value) {
			l.report(f.At(entry.Value.Offset, "rule-remedy-secret", value.ID))
		}
		r.answers = append(r.answers, table.Given{Input: in.Index, Value: value.Index})
	}
}

// readAmong reads values by their input.
func (l *loader) readAmong(f *diag.File, y strictyaml.Map[[]strictyaml.Text], where string) (list []table.Among) {
	for _, entry := range y {
		in := l.askable(f, entry.Key, where)
		if in == nil {
			continue
		}
		among := table.Among{Input: in.Index}
		for _, value := range l.lookUp(f, entry.Value, in.ID, slices.Concat(in.Values, in.Specials)) {
			among.Values = append(among.Values, value.Index)
		}
		list = append(list, among)
	}
	return list
}
