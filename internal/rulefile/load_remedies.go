package rulefile

import (
	"slices"

	"sitegen/internal/diag"
	"sitegen/internal/rules"
	"sitegen/internal/strictyaml"
	"sitegen/internal/table"
)

// readRemedies reads the remedies: what somebody could still do to get a different answer. The file is optional.
func (l *loader) readRemedies() error {
	if !l.has(rules.RemediesFile) {
		return nil
	}
	l.reading = theLaws // remedies belong to the area of the laws, because nothing depends on either
	var y []remedyYAML
	f, _, err := l.read(rules.RemediesFile, &y)
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, ry := range y {
		l.unique(f, ry.ID, seen)
		r := &rules.Remedy{ID: ry.ID.Value, Place: rules.Place{File: f, Offset: ry.ID.Offset}, For: l.readAmong(f, ry.For, "for"), NotFor: l.readAmong(f, ry.NotFor, "not_for")}
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

// readGiven reads an answer of a remedy. For a date, the only possible answer is the id of the input for the day of the visit.
// For a choice or set, the answer is a value.
func (l *loader) readGiven(f *diag.File, r *rules.Remedy, in *rules.Input, entry strictyaml.Entry[strictyaml.Text]) {
	known := in.Values
	switch in.Kind {
	case table.Number:
		l.report(f.At(entry.Key.Offset, "rule-remedy-kind", in.ID))
		return
	case table.Date:
		if l.set.Visit == nil { // already reported
			return
		}
		known = []*rules.Word{{ID: l.set.Visit.ID}}
	}
	for _, value := range l.lookUp(f, []strictyaml.Text{entry.Value}, in.ID, known) {
		if slices.Contains(l.set.Secret[in], value) {
			l.report(f.At(entry.Value.Offset, "rule-remedy-secret", value.ID))
		}
		r.Answers = append(r.Answers, table.Given{Input: in.Index, Value: value.Index})
	}
}

// readAmong reads the list "for" or "not_for" of a remedy: values by input. `where` is the name of the list.
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
