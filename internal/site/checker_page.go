package site

import (
	"slices"

	"sitegen/internal/diag"
	"sitegen/internal/strictyaml"
)

// Checker says how the page shows answers: rules/page.yaml, the same for every language. Titles are words of the page.
type Checker struct {
	First         []string            // documents that are offered at once; the others are behind "more"
	Private       map[string][]string // values by input that never stand in a link
	Former        map[string]string   // a paper of the present insurer, and the same of a former one
	Leaving       []string            // values of change after which it is asked whose a paper is
	Groups        map[string][]ChoiceGroup
	Further       map[string][]Further
	Circumstances []ChoiceGroup       // what everybody can tell at any time, and nobody is asked
	Offered       map[string][]string // questions that nobody is asked, but may answer: anybody, or who holds one of these
	NotAsked      map[string][]string // what it is said of that was not asked: always, or where one of these is offered
	Recent        []Choices           // answers from which it follows that an answer without an end holds for a short time
	Missing       map[string][]Mark   // by document: what is said where it is offered and not held
	NotEnough     NotEnough
	Steps         []string // notes that are things to do
	Calls         strictyaml.Map[[]strictyaml.Text]
	Explain       map[string]string // the question that explains an outcome

	// Of the page without script: circumstances that are asked first, and what can be held.
	PlainFirst  strictyaml.Map[[]strictyaml.Text] // values by input
	PlainPapers []string

	written pageFile
}

// Choices are values of one input.
type Choices struct {
	Input  string   `json:"input"`
	Values []string `json:"values"`
}

// ChoiceGroup is a heading over values.
type ChoiceGroup struct {
	Title   string    `json:"title"` // a word of the page
	Choices []Choices `json:"choices"`
}

// Further is a question that is asked after some answers to another, and decides between two values of that.
type Further struct {
	Of  []string `json:"of"`  // values of the input
	Ask string   `json:"ask"` // a word of the page, with <ask>_yes and <ask>_no
	Yes string   `json:"yes"` // the value instead
}

// Mark is what the page says of a document that is offered and not held.
type Mark struct {
	When []Choices `json:"when,omitempty"` // each was answered with one of these
	Told []string  `json:"told,omitempty"` // one of these notes is told
	Say  string    `json:"say,omitempty"`  // a word of the page; "" where nothing is said
}

// CircumstancesOf returns the values of an input that are circumstances, in their order.
func (c *Checker) CircumstancesOf(input string) []string {
	var list []string
	for _, group := range c.Circumstances {
		for _, choices := range group.Choices {
			if choices.Input == input {
				list = append(list, choices.Values...)
			}
		}
	}
	return list
}

// MarkOf returns the word of the page that is said of a document which is offered and not held; "" where nothing is said.
// answers are ids, or lists of them, by input; told are notes.
func (c *Checker) MarkOf(document string, answers map[string]any, told []string) string {
	always := ""
	for _, mark := range c.Missing[document] {
		if len(mark.When)+len(mark.Told) == 0 {
			always = mark.Say
		} else if mark.fits(answers, told) {
			return mark.Say
		}
	}
	return always
}

func (m *Mark) fits(answers map[string]any, told []string) bool {
	among := func(list []string) func(string) bool {
		return func(id string) bool { return slices.Contains(list, id) }
	}
	for _, choices := range m.When {
		switch answer := answers[choices.Input].(type) {
		case string:
			if !slices.Contains(choices.Values, answer) {
				return false
			}
		case []string:
			if !slices.ContainsFunc(answer, among(choices.Values)) {
				return false
			}
		default:
			return false
		}
	}
	return len(m.Told) == 0 || slices.ContainsFunc(told, among(m.Told))
}

// NotEnough is what the page says itself where what a person has is not enough.
type NotEnough struct {
	Care         string   // the note that care is not to be put off
	Pay          string   // the note that the whole bill may have to be paid first
	PayElsewhere []string // outcomes whose own words speak of payment
	Call         []string // of the calls
}

// pageFile is rules/page.yaml as it stands.
type pageFile struct {
	file *diag.File
	y    checkerYAML
}

// textLists are lists by a key, and textGroups those by two.
type (
	textLists  = strictyaml.Map[[]strictyaml.Text]
	textGroups = strictyaml.Map[textLists]
)

type checkerYAML struct {
	First         []strictyaml.Text               `yaml:"papers_first"`
	Private       textLists                       `yaml:"private"`
	Former        strictyaml.Map[strictyaml.Text] `yaml:"former_papers"`
	Leaving       []strictyaml.Text               `yaml:"leaving"`
	Groups        textGroups                      `yaml:"groups"`
	Further       strictyaml.Map[[]furtherYAML]   `yaml:"further"`
	Circumstances textGroups                      `yaml:"circumstances"`
	Offered       textLists                       `yaml:"offered"`
	NotAsked      textLists                       `yaml:"not_asked"`
	Recent        textLists                       `yaml:"recent"`
	Missing       strictyaml.Map[[]markYAML]      `yaml:"missing"`
	NotEnough     notEnoughYAML                   `yaml:"not_enough"`
	Steps         []strictyaml.Text               `yaml:"steps"`
	Calls         textLists                       `yaml:"calls"`
	Explain       strictyaml.Map[strictyaml.Text] `yaml:"explain"`

	PlainFirst  textLists         `yaml:"plain_first"`
	PlainPapers []strictyaml.Text `yaml:"plain_papers"`
}

type furtherYAML struct {
	Of  []strictyaml.Text `yaml:"of"`
	Ask strictyaml.Text   `yaml:"ask"`
	Yes strictyaml.Text   `yaml:"yes"`
}

type markYAML struct {
	When textLists         `yaml:"when,optional"`
	Told []strictyaml.Text `yaml:"told,optional"`
	Say  *strictyaml.Text  `yaml:"say,optional"`
}

type notEnoughYAML struct {
	Care         strictyaml.Text   `yaml:"care"`
	Pay          strictyaml.Text   `yaml:"pay"`
	PayElsewhere []strictyaml.Text `yaml:"pay_elsewhere"`
	Call         []strictyaml.Text `yaml:"call"`
}

// checker returns what page.yaml says.
func (y *checkerYAML) checker() *Checker {
	c := &Checker{
		First: texts(y.First), Leaving: texts(y.Leaving), Steps: texts(y.Steps), Calls: y.Calls,
		Private: lists(y.Private), Offered: lists(y.Offered), NotAsked: lists(y.NotAsked),
		Recent: choices(y.Recent), Circumstances: []ChoiceGroup{}, Groups: map[string][]ChoiceGroup{},
		Former: map[string]string{}, Explain: map[string]string{}, Further: map[string][]Further{}, Missing: map[string][]Mark{},
		NotEnough:  NotEnough{y.NotEnough.Care.Value, y.NotEnough.Pay.Value, texts(y.NotEnough.PayElsewhere), texts(y.NotEnough.Call)},
		PlainFirst: y.PlainFirst, PlainPapers: texts(y.PlainPapers),
	}
	for _, entry := range y.Former {
		c.Former[entry.Key.Value] = entry.Value.Value
	}
	for _, entry := range y.Explain {
		c.Explain[entry.Key.Value] = entry.Value.Value
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

// pageChecker compares rules/page.yaml with the rules.
type pageChecker struct {
	ids   RuleIDs
	file  *diag.File
	found []diag.Diagnostic
}

// checkPage reports ids in rules/page.yaml that the rules do not have: a private answer with a slip in its id would
// stand in links.
func (c *Checker) checkPage(ids RuleIDs) []diag.Diagnostic {
	p, y := &pageChecker{ids: ids, file: c.written.file}, &c.written.y
	p.known("papers_first", y.First, p.values("have"))
	p.choices("private", y.Private)
	p.known("leaving", y.Leaving, p.values("change"))
	p.known("former_papers", keysOf(y.Former), p.values("have"))
	for _, entry := range y.Former {
		p.known("former_papers: "+entry.Key.Value, []strictyaml.Text{entry.Value}, p.values("have"))
	}
	p.known("groups", keysOf(y.Groups), sortedKeys(ids.Inputs))
	for _, question := range y.Groups {
		for _, group := range question.Value {
			p.known("groups: "+question.Key.Value+": "+group.Key.Value, group.Value, p.values(question.Key.Value))
		}
	}
	for _, group := range y.Circumstances {
		p.choices("circumstances: "+group.Key.Value, group.Value)
	}
	p.further(y.Further)
	p.lists("offered", y.Offered, sortedKeys(ids.Inputs), ids.Documents)
	p.lists("not_asked", y.NotAsked, sortedKeys(ids.Inputs), ids.Documents)
	p.choices("recent", y.Recent)
	p.missing(y.Missing)
	p.known("not_enough: care, pay", []strictyaml.Text{y.NotEnough.Care, y.NotEnough.Pay}, ids.Notes)
	p.known("not_enough: pay_elsewhere", y.NotEnough.PayElsewhere, ids.Outcomes)
	p.known("not_enough: call", y.NotEnough.Call, texts(keysOf(y.Calls)))
	p.known("steps", y.Steps, ids.Notes)
	for _, call := range y.Calls {
		p.known("calls: "+call.Key.Value, call.Value, ids.Notes)
	}
	p.known("explain", keysOf(y.Explain), ids.Outcomes)
	p.choices("plain_first", y.PlainFirst)
	p.known("plain_papers", y.PlainPapers, p.values("have"))
	return p.found
}

func (p *pageChecker) values(input string) []string { return p.ids.Inputs[input] }

// known reports what is not among the known ids.
func (p *pageChecker) known(path string, list []strictyaml.Text, known []string) {
	for _, id := range list {
		if !slices.Contains(known, id.Value) {
			p.found = append(p.found, p.file.At(id.Offset, "rules-page-unknown", path+": "+id.Value, suggest(id.Value, known)))
		}
	}
}

func (p *pageChecker) lists(path string, m textLists, keys, known []string) {
	p.known(path, keysOf(m), keys)
	for _, entry := range m {
		p.known(path+": "+entry.Key.Value, entry.Value, known)
	}
}

// choices checks values by their input.
func (p *pageChecker) choices(path string, m textLists) {
	p.known(path, keysOf(m), sortedKeys(p.ids.Inputs))
	for _, entry := range m {
		if values, ok := p.ids.Inputs[entry.Key.Value]; ok {
			p.known(path+": "+entry.Key.Value, entry.Value, values)
		}
	}
}

func (p *pageChecker) further(m strictyaml.Map[[]furtherYAML]) {
	p.known("further", keysOf(m), sortedKeys(p.ids.Inputs))
	for _, question := range m {
		for _, f := range question.Value {
			p.known("further: "+question.Key.Value, append(slices.Clone(f.Of), f.Yes), p.values(question.Key.Value))
		}
	}
}

func (p *pageChecker) missing(m strictyaml.Map[[]markYAML]) {
	p.known("missing", keysOf(m), p.ids.Documents)
	for _, document := range m {
		for _, mark := range document.Value {
			path := "missing: " + document.Key.Value
			p.choices(path+": when", mark.When)
			p.known(path+": told", mark.Told, p.ids.Notes)
		}
	}
}

// checkAnswers reports what a profile says of its members that the rules do not know.
func (p *Profile) checkAnswers(ids RuleIDs) []diag.Diagnostic {
	c := &pageChecker{ids: ids, file: p.written}
	c.known("answers", keysOf(p.answers), sortedKeys(ids.Inputs))
	for _, answer := range p.answers {
		if values, ok := ids.Inputs[answer.Key.Value]; ok {
			c.known("answers: "+answer.Key.Value, []strictyaml.Text{answer.Value}, values)
		}
	}
	return c.found
}
