package rules

import (
	"io/fs"
	"path"

	"sitegen/internal/diag"
	"sitegen/internal/plaintext"
	"sitegen/internal/strictyaml"
	"sitegen/internal/table"
)

func (l *loader) readDecide() error {
	l.reading = theConditions
	var y []layerYAML
	f, _, err := l.read(decideFile, &y)
	if err != nil {
		return err
	}
	s := l.set
	seen := map[string]bool{}
	for _, ly := range y {
		l.unique(f, ly.Layer, seen)
		layer := &layer{id: ly.Layer.Value, words: ly.Means, place: place{f, ly.Layer.Offset}}
		for _, ry := range ly.Rows {
			r := l.readRow(f, ry)
			r.layer = layer
			layer.rows, s.rows = append(layer.rows, r), append(s.rows, r)
		}
		s.layers = append(s.layers, layer)
	}
	if len(s.rows) == 0 && !l.unread[decideFile] {
		l.report(f.Whole("rule-no-rows"))
	}
	return nil
}

func (l *loader) readRow(f *diag.File, y rowYAML) *row {
	r := &row{id: y.ID.Value, place: place{f, y.ID.Offset}, index: len(l.set.rows)}
	l.unique(f, y.ID, l.rowIDs)
	r.when = l.literals(f, y.When, beforeDecision)
	l.reading = theAnswers
	defer func() { l.reading = theConditions }()
	r.sources = l.sources(f, y.Sources)
	if y.Sources != nil && len(y.Sources) == 0 {
		l.remark(r.place.at("sources-missing"))
	}
	if outcome := l.lookUp(f, []strictyaml.Text{y.Outcome}, "outcome", l.set.outcomes); len(outcome) > 0 {
		r.outcome = outcome[0]
	}
	r.bring = l.lookUpSets(f, y.Bring, "bring")
	if len(r.bring) > mostInOneByte {
		l.report(r.place.at("rule-too-large", tooMany(diag.Wording{JA: "bring の組", EN: "alternatives under bring"}, len(r.bring), mostInOneByte)))
	}
	return r
}

// readEnough reads the table that says whether what is held is enough. Rules of a subject without that question have none.
func (l *loader) readEnough() error {
	l.reading = theAnswers
	if !l.withEnough {
		return nil
	}
	var y []enoughYAML
	f, _, err := l.read(enoughFile, &y)
	if err != nil {
		return err
	}
	for _, ey := range y {
		l.readFit(f, ey)
	}
	return nil
}

// readFit reads a row of the table of what is enough.
func (l *loader) readFit(f *diag.File, y enoughYAML) {
	r := &row{id: y.ID.Value, place: place{f, y.ID.Offset}, index: len(l.set.enough)}
	l.unique(f, y.ID, l.rowIDs)
	r.when, r.sources = l.literals(f, y.When, afterDecision), l.sources(f, y.Sources)
	if level := l.lookUp(f, []strictyaml.Text{y.Enough}, "enough", levelWords); len(level) > 0 {
		r.level = table.Level(level[0].index)
	}
	l.set.enough = append(l.set.enough, r)
}

func (l *loader) readAdds() error {
	var y []addYAML
	l.reading = theAnswers
	f, faults, err := l.read(addFile, &y)
	if err != nil {
		return err
	}
	for _, ay := range y {
		l.readAdd(f, ay, len(faults) > 0)
	}
	return nil
}

// readAdd reads a row of the additive stage, of a file of which something may be lost.
func (l *loader) readAdd(f *diag.File, y addYAML, spoilt bool) {
	r := &row{id: y.ID.Value, place: place{f, y.ID.Offset}, index: len(l.set.adds)}
	r.when = l.literals(f, y.When, afterEnough)
	r.sources = l.sources(f, y.Sources)
	r.effects = l.effects(f, y)
	if !y.hasEffect() && !spoilt {
		l.report(r.place.at("rule-no-effect", r.id))
	}
	l.unique(f, y.ID, l.rowIDs)
	if y.Sources != nil && len(y.Sources) == 0 {
		l.remark(r.place.at("sources-missing"))
	}
	l.set.adds = append(l.set.adds, r)
}

// hasEffect reports whether an editor wrote what the row does.
func (y *addYAML) hasEffect() bool {
	return len(y.Tell)+len(y.Or)+len(y.Also)+len(y.With)+len(y.Alone) > 0
}

func (l *loader) effects(f *diag.File, y addYAML) []effect {
	documents := l.set.documents
	var list []effect
	for _, note := range l.lookUp(f, y.Tell, "tell", l.set.notes) {
		list = append(list, effect{kind: table.Tell, note: note})
	}
	for _, set := range l.lookUpSets(f, y.Or, "or") {
		list = append(list, effect{kind: table.Or, documents: set})
	}
	if len(y.Also) > 0 {
		list = append(list, effect{kind: table.Also, documents: l.lookUp(f, y.Also, "also", documents)})
	}
	if len(y.With) > 0 {
		list = append(list, effect{kind: table.With, documents: l.lookUp(f, y.With, "with", documents), with: l.lookUp(f, y.WithTo, "with_to", documents)})
	}
	if len(y.Alone) > 0 {
		list = append(list, effect{kind: table.Alone, documents: l.lookUp(f, y.Alone, "alone", documents)})
	}
	return list
}

func (l *loader) readLaws() error {
	var y []lawYAML
	l.reading = theLaws
	f, faults, err := l.read(lawsFile, &y)
	if err != nil {
		return err
	}
	if len(y) == 0 && len(faults) == 0 {
		l.remark(f.Whole("rule-no-laws"))
	}
	seen := map[string]bool{}
	for _, ly := range y {
		l.unique(f, ly.ID, seen)
		r := &row{id: ly.ID.Value, place: place{f, ly.ID.Offset}, words: ly.Means, number: ly.Law}
		switch {
		case ly.states() == ly.named() || ly.named() && ly.Always != nil:
			l.report(r.place.at("rule-law-what", r.id))
		case ly.named():
			l.readNamed(r, ly)
		case l.readStatement(r, ly) && len(faults) == 0: // half a law says something else
			l.set.laws = append(l.set.laws, r)
		}
	}
	return nil
}

// readStatement reads what a law states, and reports whether all of it could be read.
func (l *loader) readStatement(r *row, y lawYAML) (whole bool) {
	f := r.place.file
	r.when = l.literals(f, *y.When, aboutResult)
	whole = len(r.when) == len(*y.When)
	if y.Always != nil {
		r.requires = true
		r.require = l.literals(f, *y.Always, aboutResult)
		whole = whole && len(r.require) == len(*y.Always)
	}
	return whole
}

// general is the profile of people whose insurer is not listed: no parameter is set.
const general = "general"

// readProfiles takes what the rules read of every profiles/<id>/profile.yaml; package site checks the rest.
func (l *loader) readProfiles() error {
	l.set.profiles[general] = map[string]string{}
	files, err := fs.Glob(l.content, "profiles/*/profile.yaml")
	if err != nil {
		return err
	}
	for _, name := range files {
		var y struct {
			Policies strictyaml.Map[strictyaml.Text] `yaml:"policies,optional"`
		}
		f, found, err := plaintext.Read(l.content, l.name, name)
		if err != nil {
			return err
		}
		id := path.Base(path.Dir(name))
		if l.remark(found...); len(found) == 0 {
			strictyaml.Decode(f, 0, len(f.Data), &y)
		} else {
			l.faultyProfiles = append(l.faultyProfiles, id)
		}
		values := map[string]string{}
		for _, policy := range y.Policies {
			in := l.inputNamed(policy.Key.Value)
			if in == nil || !in.policy {
				continue
			}
			if wordNamed(in.values, policy.Value.Value) != nil {
				values[in.id] = policy.Value.Value
			} else if policy.Value.Value != "" && !in.lost {
				l.faultyProfiles = append(l.faultyProfiles, id)
				l.remark(f.At(policy.Value.Offset, "rule-unknown-value", policy.Value.Value, in.id, suggest(policy.Value.Value, ids(in.values))))
			}
		}
		l.set.profiles[id] = values
	}
	return nil
}
