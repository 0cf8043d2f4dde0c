package rules

import (
	"io/fs"
	"path"

	"sitegen/internal/diag"
	"sitegen/internal/strictyaml"
)

func (l *loader) readDecide() error {
	var y []layerYAML
	f, err := l.decode(decideFile, &y)
	if err != nil {
		return err
	}
	s := l.set
	seen := map[string]bool{}
	for _, ly := range y {
		layer := &layer{id: ly.Layer.Value, words: ly.Means, place: place{f, ly.Layer.Offset}}
		for _, ry := range ly.Rows {
			r := &row{id: ry.ID.Value, place: place{f, ry.ID.Offset}, layer: layer, index: len(s.rows)}
			r.when = l.literals(f, ry.When, beforeDecision)
			r.sources = l.sources(f, ry.Sources)
			if outcome := l.lookUp(f, []strictyaml.Text{ry.Outcome}, "outcome", s.outcomes); len(outcome) > 0 {
				r.outcome = outcome[0]
			}
			r.bring = l.lookUpSets(f, ry.Bring, "bring")
			if len(r.bring) > mostInOneByte {
				l.report(r.place.at("rule-too-large", tooMany(diag.Wording{JA: "bring の組", EN: "alternatives under bring"}, len(r.bring), mostInOneByte)))
			}
			l.unique(r, seen)
			layer.rows, s.rows = append(layer.rows, r), append(s.rows, r)
		}
		s.layers = append(s.layers, layer)
	}
	if len(s.rows) == 0 {
		l.report(f.Whole("rule-no-rows"))
	}
	return nil
}

func (l *loader) unique(r *row, seen map[string]bool) {
	if seen[r.id] {
		l.report(r.place.at("rule-name-taken", r.id))
	}
	seen[r.id] = true
}

func (l *loader) readAdds() error {
	var y []addYAML
	f, err := l.decode(addFile, &y)
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, ay := range y {
		r := &row{id: ay.ID.Value, place: place{f, ay.ID.Offset}, index: len(l.set.adds)}
		r.when = l.literals(f, ay.When, afterDecision)
		r.sources = l.sources(f, ay.Sources)
		r.effects = l.effects(f, ay)
		if len(r.effects) == 0 {
			l.report(r.place.at("rule-no-effect", r.id))
		}
		l.unique(r, seen)
		l.set.adds = append(l.set.adds, r)
	}
	return nil
}

func (l *loader) effects(f *diag.File, y addYAML) []effect {
	documents := l.set.documents
	var list []effect
	for _, note := range l.lookUp(f, y.Tell, "tell", l.set.notes) {
		list = append(list, effect{kind: Tell, note: note})
	}
	for _, set := range l.lookUpSets(f, y.Or, "or") {
		list = append(list, effect{kind: Or, documents: set})
	}
	if len(y.Also) > 0 {
		list = append(list, effect{kind: Also, documents: l.lookUp(f, y.Also, "also", documents)})
	}
	if len(y.With) > 0 {
		list = append(list, effect{kind: With, documents: l.lookUp(f, y.With, "with", documents), with: l.lookUp(f, y.WithTo, "with_to", documents)})
	}
	if len(y.Alone) > 0 {
		list = append(list, effect{kind: Alone, documents: l.lookUp(f, y.Alone, "alone", documents)})
	}
	return list
}

func (l *loader) readLaws() error {
	var y []lawYAML
	f, err := l.decode(lawsFile, &y)
	if err != nil {
		return err
	}
	for _, ly := range y {
		r := &row{id: ly.ID.Value, place: place{f, ly.ID.Offset}, words: ly.Means}
		r.when = l.literals(f, ly.When, aboutResult)
		if ly.Always != nil {
			r.requires = true
			r.require = l.literals(f, *ly.Always, aboutResult)
		}
		l.set.laws = append(l.set.laws, r)
	}
	return nil
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
		data, err := fs.ReadFile(l.content, name)
		if err != nil {
			return err
		}
		f := &diag.File{Name: path.Join(l.name, name), Data: data}
		strictyaml.Decode(f, 0, len(data), &y)
		values := map[string]string{}
		for _, policy := range y.Policies {
			in := l.inputNamed(policy.Key.Value)
			if in == nil || !in.policy {
				continue
			}
			if wordNamed(in.values, policy.Value.Value) == nil {
				l.report(f.At(policy.Value.Offset, "rule-unknown-value", policy.Value.Value, in.id, suggest(policy.Value.Value, ids(in.values))))
			}
			values[in.id] = policy.Value.Value
		}
		l.set.profiles[path.Base(path.Dir(name))] = values
	}
	return nil
}
