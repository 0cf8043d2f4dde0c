package checkerpage

import (
	"maps"
	"slices"

	"sitegen/internal/diag"
	"sitegen/internal/schema"
	"sitegen/internal/strictyaml"
)

// validator compares ids in rules/page.yaml, or in the profile of an insurer, with the rules.
type validator struct {
	ids   RuleIDs
	file  *diag.File
	found diag.Findings
}

// Check reports ids in rules/page.yaml that the rules do not have. Without this check, a slip in the id of a private answer
// would put the answer into links. It also reports values that nobody could choose, and values that are in two groups.
func (p *Page) Check(ids RuleIDs) []diag.Diagnostic {
	v, y := &validator{ids: ids, file: p.file}, &p.written
	held := v.values(ids.Held)
	v.known("papers_first", y.First, held)
	v.tiles(y, held)
	v.known("pictures", y.Pictures.Keys(), ids.Documents)
	v.choices("private", y.Private)
	v.known("groups", y.Groups.Keys(), slices.Sorted(maps.Keys(ids.Inputs)))
	for _, question := range y.Groups {
		for _, group := range question.Value {
			v.known("groups: "+question.Key.Value+": "+group.Key.Value, group.Value, v.values(question.Key.Value))
		}
	}
	for _, group := range y.Circumstances {
		v.choices("circumstances: "+group.Key.Value, group.Value)
	}
	v.further(y.Further)
	v.known("elsewhere", y.Elsewhere.Keys(), slices.Sorted(maps.Keys(ids.Told)))
	if n := y.NothingElse; n != nil {
		v.known("nothing_else: ask", []strictyaml.Text{n.Ask}, slices.Sorted(maps.Keys(ids.Inputs)))
		v.known("nothing_else: answer", []strictyaml.Text{n.Answer}, v.values(n.Ask.Value))
	}
	v.lists("offered", y.Offered, slices.Sorted(maps.Keys(ids.Inputs)), ids.Documents)
	v.lists("not_asked", y.NotAsked, slices.Sorted(maps.Keys(ids.Inputs)), ids.Documents)
	v.covered(y.NotOffered)
	for _, r := range y.Recent {
		v.choices("recent: when", r.When)
		v.known("recent: enough", r.Enough, schema.Levels.Words)
	}
	v.missing(y.Missing)
	for _, note := range []*strictyaml.Text{y.NotEnough.Care, y.NotEnough.Pay} {
		if note != nil {
			v.known("not_enough", []strictyaml.Text{*note}, ids.Notes)
		}
	}
	v.known("not_enough: pay_elsewhere", y.NotEnough.PayElsewhere, ids.Outcomes)
	v.known("not_enough: call", y.NotEnough.Call, texts(y.Calls.Keys()))
	v.known("not_enough: calling", y.NotEnough.Calling, ids.Notes)
	v.known("not_enough: call_elsewhere", y.NotEnough.CallElsewhere, ids.Outcomes)
	v.known("not_enough: unclear", y.NotEnough.Unclear, ids.Notes)
	v.saidAbove(y)
	v.known("steps", y.Steps, ids.Notes)
	for _, call := range y.Calls {
		v.known("calls: "+call.Key.Value, call.Value, ids.Notes)
	}
	v.known("explain", y.Explain.Keys(), ids.Outcomes)
	if n := y.NoScript; n != nil {
		v.known("no_script: papers", n.Papers, held)
		v.lists("no_script: with", n.With, texts(n.Papers), held)
		v.known("no_script: ask", n.Ask, slices.Sorted(maps.Keys(ids.Inputs)))
		v.choices("no_script: leave_out", n.LeaveOut)
	}
	v.grouped(y)
	return v.found.List
}

func (p *validator) values(input string) []string { return p.ids.Inputs[input] }

// known reports ids in `list` that are not in the parameter `known`. `path` says where in the file the list is.
func (p *validator) known(path string, list []strictyaml.Text, known []string) {
	for _, id := range list {
		if !slices.Contains(known, id.Value) {
			p.found.Add(p.file.At(id.Offset, "rules-page-unknown", path+": "+id.Value, diag.Near{Name: id.Value, Names: known}))
		}
	}
}

func (p *validator) lists(path string, m textLists, keys, known []string) {
	p.known(path, m.Keys(), keys)
	for _, entry := range m {
		p.known(path+": "+entry.Key.Value, entry.Value, known)
	}
}

// choices reports unknown inputs, and unknown values, in lists of values by input.
func (p *validator) choices(path string, m textLists) {
	p.known(path, m.Keys(), slices.Sorted(maps.Keys(p.ids.Inputs)))
	for _, entry := range m {
		if values, ok := p.ids.Inputs[entry.Key.Value]; ok {
			p.known(path+": "+entry.Key.Value, entry.Value, values)
		}
	}
}

// covered checks that a different answer covers each value that is not offered. Without this check, a slip would take an answer
// away from people for whom it matters.
func (p *validator) covered(m textLists) {
	p.choices("not_offered", m)
	for _, entry := range m {
		for _, value := range entry.Value {
			if !slices.Contains(p.ids.Inputs[entry.Key.Value], value.Value) {
				continue
			}
			if who, instead, with, uncovered := p.ids.Covering.Uncovered(entry.Key.Value, value.Value); uncovered {
				p.found.Add(p.file.At(value.Offset, "rules-page-uncovered", entry.Key.Value+": "+value.Value, who, instead, with))
			}
		}
	}
}

func (p *validator) further(m strictyaml.Map[[]furtherYAML]) {
	p.known("further", m.Keys(), slices.Sorted(maps.Keys(p.ids.Inputs)))
	for _, question := range m {
		for _, f := range question.Value {
			p.known("further: "+question.Key.Value, append(slices.Clone(f.Of), f.Yes), p.values(question.Key.Value))
		}
	}
}

// tiles checks the tiles of the home page. A tile must not be private, because its value becomes part of the address of the
// checker's page.
func (p *validator) tiles(y *File, held []string) {
	p.known("tiles", y.Tiles.Keys(), held)
	private, _ := y.Private.Get(p.ids.Held)
	for _, tile := range y.Tiles.Keys() {
		if slices.Contains(texts(private), tile.Value) {
			p.found.Add(p.file.At(tile.Offset, "rules-page-tile-private", "tiles: "+tile.Value))
		}
	}
}

func (p *validator) missing(m strictyaml.Map[[]markYAML]) {
	p.known("missing", m.Keys(), p.ids.Documents)
	for _, document := range m {
		for _, mark := range document.Value {
			path := "missing: " + document.Key.Value
			p.choices(path+": when", mark.When)
			p.known(path+": told", mark.Told, p.ids.Notes)
		}
	}
}

// saidAbove checks said_above: each key must be a note, and each value a word that the page says of a missing document.
func (p *validator) saidAbove(y *File) {
	var said []string
	for _, document := range y.Missing {
		for _, mark := range document.Value {
			said = append(said, valueOf(mark.Say))
		}
	}
	p.lists("said_above", y.SaidAbove, p.ids.Notes, said)
}

// CheckAnswers reports answers in an insurer's profile whose input or value the rules do not have. f is the profile's file;
// `answers` has the values by input.
func CheckAnswers(f *diag.File, answers strictyaml.Map[strictyaml.Text], ids RuleIDs) []diag.Diagnostic {
	c := &validator{ids: ids, file: f}
	c.known("answers", answers.Keys(), slices.Sorted(maps.Keys(ids.Inputs)))
	for _, answer := range answers {
		if values, ok := ids.Inputs[answer.Key.Value]; ok {
			c.known("answers: "+answer.Key.Value, []strictyaml.Text{answer.Value}, values)
		}
	}
	return c.found.List
}

// grouped checks that each circumstance is in exactly one group, and likewise each value of a question with groups (the method
// groups names the exceptions). It also reports values under `circumstances` that the rules do not treat as circumstances, and
// values that nobody can choose.
func (p *validator) grouped(y *File) {
	told := map[string][]strictyaml.Text{}
	for _, group := range y.Circumstances {
		for _, entry := range group.Value {
			told[entry.Key.Value] = append(told[entry.Key.Value], entry.Value...)
		}
	}
	for _, input := range slices.Sorted(maps.Keys(p.ids.Told)) {
		p.once("circumstances: "+input, y.Circumstances.Keys(), told[input], p.ids.Told[input])
	}
	for _, input := range slices.Sorted(maps.Keys(told)) {
		for _, value := range told[input] {
			if slices.Contains(p.values(input), value.Value) && !slices.Contains(p.ids.Told[input], value.Value) {
				p.found.Add(p.file.At(value.Offset, "rules-page-asked", input+": "+value.Value))
			}
		}
	}
	for _, question := range y.Groups {
		p.groups(y, question)
	}
	p.unchoosable(y)
}

// unchoosable reports values that nobody can give: they are not asked, not among the circumstances, and not offered with the
// result.
func (p *validator) unchoosable(y *File) {
	for _, input := range slices.Sorted(maps.Keys(p.ids.Unasked)) {
		if _, offered := y.Offered.Get(input); offered {
			continue
		}
		for _, value := range p.ids.Unasked[input] {
			p.found.Add(p.file.Whole("rules-page-unchoosable", input+": "+value))
		}
	}
}

// groups checks that the groups of a question have all its values, except for circumstances, secret values, defaults, values
// offered before the groups, and values that follow from "yes" to a further question.
func (p *validator) groups(y *File, question strictyaml.Entry[textLists]) {
	var grouped []strictyaml.Text
	for _, group := range question.Value {
		grouped = append(grouped, group.Value...)
	}
	input := question.Key.Value
	free := slices.Concat(p.ids.Told[input], p.ids.Secret[input], p.ids.Default[input])
	if input == p.ids.Held {
		free = append(free, texts(y.First)...)
	}
	further, _ := y.Further.Get(input)
	for _, f := range further {
		free = append(free, f.Yes.Value)
	}
	wanted := slices.DeleteFunc(slices.Clone(p.values(input)), func(id string) bool { return slices.Contains(free, id) })
	p.once("groups: "+input, []strictyaml.Text{question.Key}, grouped, wanted)
}

// once reports values in `wanted` that are in no group, and values that are in two groups. Findings about missing values point
// at the first of `keys` or, if there are none, at the whole file.
func (p *validator) once(path string, keys, grouped []strictyaml.Text, wanted []string) {
	seen := map[string]bool{}
	for _, value := range grouped {
		if seen[value.Value] {
			p.found.Add(p.file.At(value.Offset, "rules-page-twice", path+": "+value.Value))
		}
		seen[value.Value] = true
	}
	for _, id := range wanted {
		switch {
		case seen[id]:
		case len(keys) > 0:
			p.found.Add(p.file.At(keys[0].Offset, "rules-page-ungrouped", path+": "+id))
		default:
			p.found.Add(p.file.Whole("rules-page-ungrouped", path+": "+id))
		}
	}
}
