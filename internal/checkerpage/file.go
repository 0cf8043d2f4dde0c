package checkerpage

import (
	"slices"

	"sitegen/internal/diag"
	"sitegen/internal/strictyaml"
)

// textLists maps a key to a list of texts; textGroups maps two keys to a list of texts.
type (
	textLists  = strictyaml.Map[[]strictyaml.Text]
	textGroups = strictyaml.Map[textLists]
)

// File is the decoded file rules/page.yaml.
type File struct {
	First         []strictyaml.Text               `yaml:"papers_first,optional"`
	Tiles         strictyaml.Map[strictyaml.Text] `yaml:"tiles,optional"`
	Pictures      strictyaml.Map[strictyaml.Text] `yaml:"pictures,optional"`
	Private       textLists                       `yaml:"private,optional"`
	Groups        textGroups                      `yaml:"groups,optional"`
	Further       strictyaml.Map[[]furtherYAML]   `yaml:"further,optional"`
	NothingElse   *nothingElseYAML                `yaml:"nothing_else,optional"`
	Circumstances textGroups                      `yaml:"circumstances,optional"`
	Elsewhere     strictyaml.Map[strictyaml.Text] `yaml:"elsewhere,optional"`
	Offered       textLists                       `yaml:"offered,optional"`
	NotAsked      textLists                       `yaml:"not_asked,optional"`
	NotOffered    textLists                       `yaml:"not_offered,optional"`
	Recent        []recentYAML                    `yaml:"recent,optional"`
	Missing       strictyaml.Map[[]markYAML]      `yaml:"missing,optional"`
	NotEnough     notEnoughYAML                   `yaml:"not_enough,optional"`
	SaidAbove     textLists                       `yaml:"said_above,optional"`
	Steps         []strictyaml.Text               `yaml:"steps,optional"`
	Calls         textLists                       `yaml:"calls,optional"`
	Explain       strictyaml.Map[strictyaml.Text] `yaml:"explain,optional"`
	NoScript      *noScriptYAML                   `yaml:"no_script,optional"`
}

type noScriptYAML struct {
	Papers   []strictyaml.Text `yaml:"papers,optional"`
	With     textLists         `yaml:"with,optional"`
	Ask      []strictyaml.Text `yaml:"ask"`
	LeaveOut textLists         `yaml:"leave_out,optional"`
}

type furtherYAML struct {
	Of  []strictyaml.Text `yaml:"of"`
	Ask strictyaml.Text   `yaml:"ask"`
	Yes strictyaml.Text   `yaml:"yes"`
}

type nothingElseYAML struct {
	Ask    strictyaml.Text `yaml:"ask"`
	Answer strictyaml.Text `yaml:"answer"`
	Say    strictyaml.Text `yaml:"say"`
}

type markYAML struct {
	When textLists         `yaml:"when,optional"`
	Told []strictyaml.Text `yaml:"told,optional"`
	Say  *strictyaml.Text  `yaml:"say,optional"`
}

type recentYAML struct {
	When   textLists         `yaml:"when,optional"`
	Enough []strictyaml.Text `yaml:"enough,optional"`
	Say    *strictyaml.Text  `yaml:"say,optional"`
}

type notEnoughYAML struct {
	Care          *strictyaml.Text  `yaml:"care,optional"`
	Pay           *strictyaml.Text  `yaml:"pay,optional"`
	PayElsewhere  []strictyaml.Text `yaml:"pay_elsewhere,optional"`
	Call          []strictyaml.Text `yaml:"call,optional"`
	Calling       []strictyaml.Text `yaml:"calling,optional"`
	CallElsewhere []strictyaml.Text `yaml:"call_elsewhere,optional"`
	Unclear       []strictyaml.Text `yaml:"unclear,optional"`
}

// Drawn maps each document that has a drawing to the name of the drawing. The drawings of tiles come last, because they
// replace others.
func (y *File) Drawn() strictyaml.Map[strictyaml.Text] {
	return slices.Concat(y.Pictures, y.Tiles)
}

// New returns the page that the file describes. f is the file itself, for the findings of [Page.Check].
func New(f *diag.File, written File) *Page {
	y := &written
	c := &Page{
		file: f, written: written,
		First: texts(y.First), Steps: texts(y.Steps), Calls: y.Calls,
		Private: lists(y.Private), Offered: lists(y.Offered), NotAsked: lists(y.NotAsked),
		NotOffered: lists(y.NotOffered), Circumstances: []ChoiceGroup{}, Groups: map[string][]ChoiceGroup{},
		Explain: map[string]string{}, Pictures: map[string]string{}, Further: map[string][]Further{}, Missing: map[string][]Mark{},
		Elsewhere: map[string]string{},
		NotEnough: y.NotEnough.notEnough(), SaidAbove: lists(y.SaidAbove), NoScript: y.NoScript.noScript(),
	}
	for _, entry := range y.Tiles {
		c.Tiles = append(c.Tiles, Tile{entry.Key.Value, entry.Value.Value})
	}
	for _, entry := range y.Drawn() {
		c.Pictures[entry.Key.Value] = entry.Value.Value
	}
	for _, entry := range y.Explain {
		c.Explain[entry.Key.Value] = entry.Value.Value
	}
	for _, entry := range y.Elsewhere {
		c.Elsewhere[entry.Key.Value] = entry.Value.Value
	}
	for _, group := range y.Circumstances {
		c.Circumstances = append(c.Circumstances, ChoiceGroup{group.Key.Value, choices(group.Value)})
	}
	for _, question := range y.Groups {
		input := question.Key.Value
		for _, group := range question.Value {
			c.Groups[input] = append(c.Groups[input], ChoiceGroup{group.Key.Value, []Choices{{input, texts(group.Value)}}})
		}
	}
	for _, question := range y.Further {
		for _, f := range question.Value {
			c.Further[question.Key.Value] = append(c.Further[question.Key.Value], Further{texts(f.Of), f.Ask.Value, f.Yes.Value})
		}
	}
	for _, r := range y.Recent {
		c.Recent = append(c.Recent, Recent{choices(r.When), texts(r.Enough), valueOf(r.Say)})
	}
	if n := y.NothingElse; n != nil {
		c.NothingElse = &NothingElse{n.Ask.Value, n.Answer.Value, n.Say.Value}
	}
	for _, document := range y.Missing {
		for _, m := range document.Value {
			mark := Mark{When: choices(m.When), Told: texts(m.Told)}
			if m.Say != nil {
				mark.Say = m.Say.Value
			}
			c.Missing[document.Key.Value] = append(c.Missing[document.Key.Value], mark)
		}
	}
	return c
}

func (y *notEnoughYAML) notEnough() NotEnough {
	return NotEnough{
		Care: valueOf(y.Care), Pay: valueOf(y.Pay), PayElsewhere: texts(y.PayElsewhere),
		Call: texts(y.Call), Calling: texts(y.Calling), CallElsewhere: texts(y.CallElsewhere),
		Unclear: texts(y.Unclear),
	}
}

// noScript returns what the pages without script offer; nil if the file does not say.
func (y *noScriptYAML) noScript() *NoScript {
	if y == nil {
		return nil
	}
	n := &NoScript{Papers: texts(y.Papers), Ask: texts(y.Ask), LeaveOut: lists(y.LeaveOut)}
	for _, entry := range y.With {
		n.With.Document, n.With.Papers = entry.Key.Value, texts(entry.Value)
	}
	return n
}

func valueOf(text *strictyaml.Text) string {
	if text == nil {
		return ""
	}
	return text.Value
}

func lists(m textLists) map[string][]string {
	out := map[string][]string{}
	for _, entry := range m {
		out[entry.Key.Value] = texts(entry.Value)
	}
	return out
}

func choices(m textLists) []Choices {
	var out []Choices
	for _, entry := range m {
		out = append(out, Choices{entry.Key.Value, texts(entry.Value)})
	}
	return out
}

func texts(list []strictyaml.Text) []string {
	out := make([]string, len(list))
	for i, text := range list {
		out[i] = text.Value
	}
	return out
}
