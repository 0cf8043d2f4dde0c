package rules

import (
	"slices"

	"sitegen/internal/diag"
	"sitegen/internal/strictyaml"
	"sitegen/internal/table"
)

// remedy is something that somebody could still come to hold, do or find out, as written.
type remedy struct {
	id      string
	place   place
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
		r := &remedy{id: ry.ID.Value, place: place{f, ry.ID.Offset}, who: l.readAmong(f, ry.For, "for"), not: l.readAmong(f, ry.NotFor, "not_for")}
		for _, entry := range ry.Answers {
			if in := l.askable(f, entry.Key, "answers"); in != nil {
				l.readGiven(f, r, in, entry)
			}
		}
		if ry.Answers != nil && len(ry.Answers) == 0 {
			l.report(r.place.at("rule-remedy-empty", r.id))
		}
		l.set.remedies = append(l.set.remedies, r)
	}
	return nil
}

// readGiven reads an answer of a remedy: a value, or of a date the id of the day of the visit.
func (l *loader) readGiven(f *diag.File, r *remedy, in *input, entry strictyaml.Entry[strictyaml.Text]) {
	known := in.values
	switch in.kind {
	case table.Number:
		l.report(f.At(entry.Key.Offset, "rule-remedy-kind", in.id))
		return
	case table.Date:
		if l.set.visit == nil { // told already
			return
		}
		known = []*word{{id: l.set.visit.id}}
	}
	for _, value := range l.lookUp(f, []strictyaml.Text{entry.Value}, in.id, known) {
		if slices.Contains(l.set.secret[in], value) {
			l.report(f.At(entry.Value.Offset, "rule-remedy-secret", value.id))
		}
		r.answers = append(r.answers, table.Given{Input: in.index, Value: value.index})
	}
}

// readAmong reads values by their input.
func (l *loader) readAmong(f *diag.File, y strictyaml.Map[[]strictyaml.Text], where string) (list []table.Among) {
	for _, entry := range y {
		in := l.askable(f, entry.Key, where)
		if in == nil {
			continue
		}
		among := table.Among{Input: in.index}
		for _, value := range l.lookUp(f, entry.Value, in.id, slices.Concat(in.values, in.specials)) {
			among.Values = append(among.Values, value.index)
		}
		list = append(list, among)
	}
	return list
}
