package rulefile

import (
	"io/fs"
	"path"

	"sitegen/internal/diag"
	"sitegen/internal/plaintext"
	"sitegen/internal/rules"
	"sitegen/internal/schema"
	"sitegen/internal/strictyaml"
	"sitegen/internal/table"
)

func (l *loader) readDecide() error {
	l.reading = theConditions
	var y []layerYAML
	f, _, err := l.read(rules.DecideFile, &y)
	if err != nil {
		return err
	}
	s := l.set
	seen := map[string]bool{}
	for _, ly := range y {
		l.unique(f, ly.Layer, seen)
		layer := &rules.Layer{ID: ly.Layer.Value, Words: ly.Means, Place: rules.Place{File: f, Offset: ly.Layer.Offset}}
		for _, ry := range ly.Rows {
			r := l.readRow(f, ry)
			r.Layer = layer
			layer.Rows, s.Rows = append(layer.Rows, r), append(s.Rows, r)
		}
		s.Layers = append(s.Layers, layer)
	}
	if len(s.Rows) == 0 && !l.unread[rules.DecideFile] {
		l.report(f.Whole("rule-no-rows"))
	}
	return nil
}

func (l *loader) readRow(f *diag.File, y rowYAML) *rules.Row {
	r := &rules.Row{ID: y.ID.Value, Place: rules.Place{File: f, Offset: y.ID.Offset}, Index: len(l.set.Rows)}
	l.unique(f, y.ID, l.rowIDs)
	r.When = l.literals(f, y.When, beforeDecision)
	l.reading = theAnswers
	defer func() { l.reading = theConditions }()
	r.Sources = l.sources(f, y.Sources)
	if y.Sources != nil && len(y.Sources) == 0 {
		l.remark(r.Place.At("sources-missing"))
	}
	if outcome := l.lookUp(f, []strictyaml.Text{y.Outcome}, "outcome", l.set.Outcomes); len(outcome) > 0 {
		r.Outcome = outcome[0]
	}
	r.Bring = l.lookUpSets(f, y.Bring, "bring")
	if len(r.Bring) > rules.MostInOneByte {
		l.report(r.Place.At("rule-too-large", rules.TooMany(diag.Wording{JA: "bring の組", EN: "alternatives under bring"}, len(r.Bring), rules.MostInOneByte)))
	}
	return r
}

// readEnough reads the table Enough, which says whether what is held is enough. The file is optional.
func (l *loader) readEnough() error {
	l.reading = theAnswers
	if !l.withEnough {
		return nil
	}
	var y []enoughYAML
	f, _, err := l.read(rules.EnoughFile, &y)
	if err != nil {
		return err
	}
	for _, ey := range y {
		l.readFit(f, ey)
	}
	return nil
}

// readFit reads a row of the table Enough.
func (l *loader) readFit(f *diag.File, y enoughYAML) {
	r := &rules.Row{ID: y.ID.Value, Place: rules.Place{File: f, Offset: y.ID.Offset}, Index: len(l.set.Enough)}
	l.unique(f, y.ID, l.rowIDs)
	r.When, r.Sources = l.literals(f, y.When, afterDecision), l.sources(f, y.Sources)
	if level := l.lookUp(f, []strictyaml.Text{y.Enough}, "enough", rules.LevelWords); len(level) > 0 {
		r.Level = table.Level(level[0].Index)
	}
	l.set.Enough = append(l.set.Enough, r)
}

func (l *loader) readAdds() error {
	var y []addYAML
	l.reading = theAnswers
	f, faults, err := l.read(rules.AddFile, &y)
	if err != nil {
		return err
	}
	for _, ay := range y {
		l.readAdd(f, ay, len(faults) > 0)
	}
	return nil
}

// readAdd reads a row of the additive stage. If `spoilt` is true, the file has faults, and a missing effect is not reported.
func (l *loader) readAdd(f *diag.File, y addYAML, spoilt bool) {
	r := &rules.Row{ID: y.ID.Value, Place: rules.Place{File: f, Offset: y.ID.Offset}, Index: len(l.set.Adds)}
	r.When = l.literals(f, y.When, afterEnough)
	r.Sources = l.sources(f, y.Sources)
	r.Effects = l.effects(f, y)
	if !y.hasEffect() && !spoilt {
		l.report(r.Place.At("rule-no-effect", r.ID))
	}
	l.unique(f, y.ID, l.rowIDs)
	if y.Sources != nil && len(y.Sources) == 0 {
		l.remark(r.Place.At("sources-missing"))
	}
	l.set.Adds = append(l.set.Adds, r)
}

// hasEffect reports whether an editor wrote what the row does.
func (y *addYAML) hasEffect() bool {
	return len(y.Tell)+len(y.Or)+len(y.Also)+len(y.With)+len(y.Alone) > 0
}

func (l *loader) effects(f *diag.File, y addYAML) []rules.Effect {
	documents := l.set.Documents
	var list []rules.Effect
	for _, note := range l.lookUp(f, y.Tell, "tell", l.set.Notes) {
		list = append(list, rules.Effect{Kind: table.Tell, Note: note})
	}
	for _, set := range l.lookUpSets(f, y.Or, "or") {
		list = append(list, rules.Effect{Kind: table.Or, Documents: set})
	}
	if len(y.Also) > 0 {
		list = append(list, rules.Effect{Kind: table.Also, Documents: l.lookUp(f, y.Also, "also", documents)})
	}
	if len(y.With) > 0 {
		list = append(list, rules.Effect{Kind: table.With, Documents: l.lookUp(f, y.With, "with", documents), With: l.lookUp(f, y.WithTo, "with_to", documents)})
	}
	if len(y.Alone) > 0 {
		list = append(list, rules.Effect{Kind: table.Alone, Documents: l.lookUp(f, y.Alone, "alone", documents)})
	}
	return list
}

func (l *loader) readLaws() error {
	var y []lawYAML
	l.reading = theLaws
	f, faults, err := l.read(rules.LawsFile, &y)
	if err != nil {
		return err
	}
	if len(y) == 0 && len(faults) == 0 {
		l.remark(f.Whole("rule-no-laws"))
	}
	seen := map[string]bool{}
	for _, ly := range y {
		l.unique(f, ly.ID, seen)
		r := &rules.Row{ID: ly.ID.Value, Place: rules.Place{File: f, Offset: ly.ID.Offset}, Words: ly.Means, Number: ly.Law}
		switch {
		case ly.states() == ly.named() || ly.named() && ly.Always != nil:
			l.report(r.Place.At("rule-law-what", r.ID))
		case ly.named():
			l.readNamed(r, ly)
		case l.readStatement(r, ly) && len(faults) == 0: // a part of a law would be a different law
			l.set.LawRows = append(l.set.LawRows, r)
		}
	}
	return nil
}

// readStatement reads what a law states. `whole` is true if all of it could be read.
func (l *loader) readStatement(r *rules.Row, y lawYAML) (whole bool) {
	f := r.Place.File
	r.When = l.literals(f, *y.When, aboutResult)
	whole = len(r.When) == len(*y.When)
	if y.Always != nil {
		r.Requires = true
		r.Require = l.literals(f, *y.Always, aboutResult)
		whole = whole && len(r.Require) == len(*y.Always)
	}
	return whole
}

// readProfiles reads every profiles/<id>/profile.yaml: the insurer's policies, and what all its members answer. Package load checks the rest of these files.
func (l *loader) readProfiles() error {
	l.set.Profiles[schema.General] = map[string]string{}
	files, err := fs.Glob(l.content, "profiles/*/profile.yaml")
	if err != nil {
		return err
	}
	for _, name := range files {
		var y struct {
			Policies strictyaml.Map[strictyaml.Text] `yaml:"policies,optional"`
			Answers  strictyaml.Map[strictyaml.Text] `yaml:"answers,optional"`
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
			in := l.set.InputByID(policy.Key.Value)
			if in == nil || !in.Policy {
				continue
			}
			if rules.WordNamed(in.Values, policy.Value.Value) != nil {
				values[in.ID] = policy.Value.Value
			} else if policy.Value.Value != "" && !in.Lost {
				l.faultyProfiles = append(l.faultyProfiles, id)
				l.remark(f.At(policy.Value.Offset, "rule-unknown-value", policy.Value.Value, in.ID, diag.Nearest(policy.Value.Value, rules.IDs(in.Values))))
			}
		}
		l.set.Profiles[id], l.set.Members[id] = values, map[string]string{}
		for _, answer := range y.Answers {
			l.set.Members[id][answer.Key.Value] = answer.Value.Value
		}
	}
	return nil
}

// readNamed reads a law that states nothing about answers: it names checks that enforce it, or forbids texts. A law does not
// name the checks ByStatements and BySayings; [rules.Set.Laws] adds them.
func (l *loader) readNamed(r *rules.Row, y lawYAML) {
	law := &rules.HeldLaw{Row: *r}
	for _, check := range y.HeldBy {
		if check.Value == "" { // already reported
			continue
		}
		l.report(schema.HeldBy.Check(r.Place.File, check)...)
		law.HeldBy = append(law.HeldBy, rules.Check(check.Value))
	}
	for _, language := range y.NeverSays {
		for _, text := range language.Value {
			law.Never = append(law.Never, rules.Saying{Law: r.ID, Language: language.Key.Value, Text: text.Value, Place: rules.Place{File: r.Place.File, Offset: language.Key.Offset}})
		}
	}
	l.set.HeldLaws = append(l.set.HeldLaws, law)
}

// states reports whether a law states something about answers.
func (y *lawYAML) states() bool { return y.When != nil }

// named reports whether a law names checks that enforce it, or forbids texts.
func (y *lawYAML) named() bool { return len(y.HeldBy)+len(y.NeverSays) > 0 }

// sayings are forbidden texts by language.
type sayings = strictyaml.Map[[]strictyaml.Text]
