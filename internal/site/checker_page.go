package site

import (
	"slices"

	"sitegen/internal/diag"
	"sitegen/internal/strictyaml"
)

// Checker says how the page shows answers: rules/page.yaml, the same for every language. Titles are words of the page.
type Checker struct {
	First         []string            // documents that are offered at once; the others are behind "more"
	Tiles         []Tile              // what the home page offers at once
	Pictures      map[string]string   // by document: the name of its drawing
	Private       map[string][]string // values by input that never stand in a link
	Groups        map[string][]ChoiceGroup
	Further       map[string][]Further
	NothingElse   *NothingElse        // nil: "nothing else is held" is an answer by itself
	Circumstances []ChoiceGroup       // what everybody can tell at any time, and nobody is asked
	Offered       map[string][]string // questions that nobody is asked, but may answer: anybody, or who holds one of these
	NotAsked      map[string][]string // what it is said of that was not asked: always, or where one of these is offered
	NotOffered    map[string][]string // by question: values that another question has said already
	Recent        []Choices           // answers from which it follows that an answer without an end holds for a short time
	Missing       map[string][]Mark   // by document: what is said where it is offered and not held
	NotEnough     NotEnough
	SaidAbove     map[string][]string // notes that a page need not tell where one of these words of it is said of a missing document, or its heading hangs on the note
	Steps         []string            // notes that are things to do
	Calls         strictyaml.Map[[]strictyaml.Text]
	Explain       map[string]string // the question that explains an outcome

	NoScript *NoScript // nil: everything is offered and asked

	written pageFile
}

// Tile is something held that can be named on the home page, with the name of its drawing.
type Tile struct{ Value, Picture string }

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

// NothingElse is an answer to another question that can be given with one tap together with "nothing else is held", where
// that question comes next.
type NothingElse struct {
	Input, Value string
	Say          string // a word of the page
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
	Care          string   // the note that care is not to be put off
	Pay           string   // the note that the whole bill may have to be paid first
	PayElsewhere  []string // outcomes whose own words speak of payment
	Call          []string // of the calls
	Calling       []string // the notes that say no more than that these are to be called first
	CallElsewhere []string // outcomes whose notes say whom to call
}

// Pays reports whether the page says of an outcome who pays first.
func (n *NotEnough) Pays(outcome string) bool { return !slices.Contains(n.PayElsewhere, outcome) }

// Calls reports whether the page says of an outcome whom to call first.
func (n *NotEnough) Calls(outcome string) bool { return !slices.Contains(n.CallElsewhere, outcome) }

// Shown is what a page shows of an answer before its notes.
type Shown struct {
	Outcome string
	Enough  bool
	Heading string   // the note that its heading hangs on; "" where the heading is that of the outcome
	Marks   []string // what is said of missing documents, as words of the page
}

// Says reports whether a page has said what a note says, so that the note need not be told again.
func (c *Checker) Says(note string, s Shown) bool {
	n, words := &c.NotEnough, c.SaidAbove
	switch above, listed := words[note]; {
	case note == n.Care:
		return true
	case listed && note == s.Heading, slices.ContainsFunc(above, func(word string) bool { return slices.Contains(s.Marks, word) }):
		return true
	case s.Enough:
		return false
	default:
		return note == n.Pay && n.Pays(s.Outcome) || slices.Contains(n.Calling, note) && n.Calls(s.Outcome)
	}
}

// Whom returns whom to call, as words of the page: by what is told, and where first is set also those whom everybody calls for
// whom what they have is not enough.
func (c *Checker) Whom(told func(note string) bool, first bool) (words []string) {
	for _, call := range c.Calls {
		id := call.Key.Value
		if first && slices.Contains(c.NotEnough.Call, id) || slices.ContainsFunc(call.Value, func(on strictyaml.Text) bool { return told(on.Value) }) {
			words = append(words, id)
		}
	}
	return words
}

// NoScript says what the pages without script offer and ask.
type NoScript struct {
	Papers []string // what somebody can say they hold
	With   struct { // one of them that can be held together with another of these
		Document string
		Papers   []string
	}
	Ask      []string            // inputs that are asked besides
	LeaveOut map[string][]string // values of them, by input, that are not offered
}

// AtNoScript returns what is wrong with the pages without script, where rules/page.yaml speaks of them.
func (c *Checker) AtNoScript(code diag.Code, args ...any) diag.Diagnostic {
	if y := c.written.y.NoScript; y != nil && len(y.Ask) > 0 {
		return c.written.file.At(y.Ask[0].Offset, code, args...)
	}
	return c.written.file.Whole(code, args...)
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
	First         []strictyaml.Text               `yaml:"papers_first,optional"`
	Tiles         strictyaml.Map[strictyaml.Text] `yaml:"tiles,optional"`
	Pictures      strictyaml.Map[strictyaml.Text] `yaml:"pictures,optional"`
	Private       textLists                       `yaml:"private,optional"`
	Groups        textGroups                      `yaml:"groups,optional"`
	Further       strictyaml.Map[[]furtherYAML]   `yaml:"further,optional"`
	NothingElse   *nothingElseYAML                `yaml:"nothing_else,optional"`
	Circumstances textGroups                      `yaml:"circumstances,optional"`
	Offered       textLists                       `yaml:"offered,optional"`
	NotAsked      textLists                       `yaml:"not_asked,optional"`
	NotOffered    textLists                       `yaml:"not_offered,optional"`
	Recent        textLists                       `yaml:"recent,optional"`
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

type notEnoughYAML struct {
	Care          *strictyaml.Text  `yaml:"care,optional"`
	Pay           *strictyaml.Text  `yaml:"pay,optional"`
	PayElsewhere  []strictyaml.Text `yaml:"pay_elsewhere,optional"`
	Call          []strictyaml.Text `yaml:"call,optional"`
	Calling       []strictyaml.Text `yaml:"calling,optional"`
	CallElsewhere []strictyaml.Text `yaml:"call_elsewhere,optional"`
}

// drawn lists the documents that have a drawing: those with a tile have the tile's.
func (y *checkerYAML) drawn() strictyaml.Map[strictyaml.Text] {
	return slices.Concat(y.Pictures, y.Tiles)
}

// checker returns what page.yaml says.
func (y *checkerYAML) checker() *Checker {
	c := &Checker{
		First: texts(y.First), Steps: texts(y.Steps), Calls: y.Calls,
		Private: lists(y.Private), Offered: lists(y.Offered), NotAsked: lists(y.NotAsked),
		Recent: choices(y.Recent), NotOffered: lists(y.NotOffered), Circumstances: []ChoiceGroup{}, Groups: map[string][]ChoiceGroup{},
		Explain: map[string]string{}, Pictures: map[string]string{}, Further: map[string][]Further{}, Missing: map[string][]Mark{},
		NotEnough: y.NotEnough.notEnough(), SaidAbove: lists(y.SaidAbove), NoScript: y.NoScript.noScript(),
	}
	for _, entry := range y.Tiles {
		c.Tiles = append(c.Tiles, Tile{entry.Key.Value, entry.Value.Value})
	}
	for _, entry := range y.drawn() {
		c.Pictures[entry.Key.Value] = entry.Value.Value
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
	}
}

// noScript returns what the pages without script offer; nil where nothing is said of them.
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

// pageValidator compares rules/page.yaml with the rules.
type pageValidator struct {
	ids   RuleIDs
	file  *diag.File
	found diag.Findings
}

// checkPage reports ids in rules/page.yaml that the rules do not have, since a private answer with a slip in its id would
// stand in links; and values that nobody could choose, or in two places.
func (c *Checker) checkPage(ids RuleIDs) []diag.Diagnostic {
	p, y := &pageValidator{ids: ids, file: c.written.file}, &c.written.y
	held := p.values(ids.Held)
	p.known("papers_first", y.First, held)
	p.tiles(y, held)
	p.known("pictures", keysOf(y.Pictures), ids.Documents)
	p.choices("private", y.Private)
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
	if n := y.NothingElse; n != nil {
		p.known("nothing_else: ask", []strictyaml.Text{n.Ask}, sortedKeys(ids.Inputs))
		p.known("nothing_else: answer", []strictyaml.Text{n.Answer}, p.values(n.Ask.Value))
	}
	p.lists("offered", y.Offered, sortedKeys(ids.Inputs), ids.Documents)
	p.lists("not_asked", y.NotAsked, sortedKeys(ids.Inputs), ids.Documents)
	p.choices("not_offered", y.NotOffered)
	p.choices("recent", y.Recent)
	p.missing(y.Missing)
	for _, note := range []*strictyaml.Text{y.NotEnough.Care, y.NotEnough.Pay} {
		if note != nil {
			p.known("not_enough", []strictyaml.Text{*note}, ids.Notes)
		}
	}
	p.known("not_enough: pay_elsewhere", y.NotEnough.PayElsewhere, ids.Outcomes)
	p.known("not_enough: call", y.NotEnough.Call, texts(keysOf(y.Calls)))
	p.known("not_enough: calling", y.NotEnough.Calling, ids.Notes)
	p.known("not_enough: call_elsewhere", y.NotEnough.CallElsewhere, ids.Outcomes)
	p.saidAbove(y)
	p.known("steps", y.Steps, ids.Notes)
	for _, call := range y.Calls {
		p.known("calls: "+call.Key.Value, call.Value, ids.Notes)
	}
	p.known("explain", keysOf(y.Explain), ids.Outcomes)
	if n := y.NoScript; n != nil {
		p.known("no_script: papers", n.Papers, held)
		p.lists("no_script: with", n.With, texts(n.Papers), held)
		p.known("no_script: ask", n.Ask, sortedKeys(ids.Inputs))
		p.choices("no_script: leave_out", n.LeaveOut)
	}
	p.grouped(y)
	return p.found.List
}

func (p *pageValidator) values(input string) []string { return p.ids.Inputs[input] }

// known reports what is not among the known ids.
func (p *pageValidator) known(path string, list []strictyaml.Text, known []string) {
	for _, id := range list {
		if !slices.Contains(known, id.Value) {
			p.found.Add(p.file.At(id.Offset, "rules-page-unknown", path+": "+id.Value, suggest(id.Value, known)))
		}
	}
}

func (p *pageValidator) lists(path string, m textLists, keys, known []string) {
	p.known(path, keysOf(m), keys)
	for _, entry := range m {
		p.known(path+": "+entry.Key.Value, entry.Value, known)
	}
}

// choices checks values by their input.
func (p *pageValidator) choices(path string, m textLists) {
	p.known(path, keysOf(m), sortedKeys(p.ids.Inputs))
	for _, entry := range m {
		if values, ok := p.ids.Inputs[entry.Key.Value]; ok {
			p.known(path+": "+entry.Key.Value, entry.Value, values)
		}
	}
}

func (p *pageValidator) further(m strictyaml.Map[[]furtherYAML]) {
	p.known("further", keysOf(m), sortedKeys(p.ids.Inputs))
	for _, question := range m {
		for _, f := range question.Value {
			p.known("further: "+question.Key.Value, append(slices.Clone(f.Of), f.Yes), p.values(question.Key.Value))
		}
	}
}

// tiles checks what the home page offers. The address of the checker's page tells what was chosen there.
func (p *pageValidator) tiles(y *checkerYAML, held []string) {
	p.known("tiles", keysOf(y.Tiles), held)
	private, _ := y.Private.Get(p.ids.Held)
	for _, tile := range keysOf(y.Tiles) {
		if slices.Contains(texts(private), tile.Value) {
			p.found.Add(p.file.At(tile.Offset, "rules-page-tile-private", "tiles: "+tile.Value))
		}
	}
}

func (p *pageValidator) missing(m strictyaml.Map[[]markYAML]) {
	p.known("missing", keysOf(m), p.ids.Documents)
	for _, document := range m {
		for _, mark := range document.Value {
			path := "missing: " + document.Key.Value
			p.choices(path+": when", mark.When)
			p.known(path+": told", mark.Told, p.ids.Notes)
		}
	}
}

// saidAbove checks which notes are told above: each by what is said of some missing document, where words are given.
func (p *pageValidator) saidAbove(y *checkerYAML) {
	var said []string
	for _, document := range y.Missing {
		for _, mark := range document.Value {
			said = append(said, valueOf(mark.Say))
		}
	}
	p.lists("said_above", y.SaidAbove, p.ids.Notes, said)
}

// checkAnswers reports what a profile says of its members that the rules do not know.
func (p *Profile) checkAnswers(ids RuleIDs) []diag.Diagnostic {
	c := &pageValidator{ids: ids, file: p.written}
	c.known("answers", keysOf(p.answers), sortedKeys(ids.Inputs))
	for _, answer := range p.answers {
		if values, ok := ids.Inputs[answer.Key.Value]; ok {
			c.known("answers: "+answer.Key.Value, []strictyaml.Text{answer.Value}, values)
		}
	}
	return c.found.List
}

// grouped reports circumstances that stand in no group or in two, and the same of the values of questions with groups.
func (p *pageValidator) grouped(y *checkerYAML) {
	told := map[string][]strictyaml.Text{}
	for _, group := range y.Circumstances {
		for _, entry := range group.Value {
			told[entry.Key.Value] = append(told[entry.Key.Value], entry.Value...)
		}
	}
	for _, input := range sortedKeys(p.ids.Told) {
		p.once("circumstances: "+input, keysOf(y.Circumstances), told[input], p.ids.Told[input])
	}
	for _, input := range sortedKeys(told) {
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

// unchoosable reports what nobody is asked, tells unasked, or can answer at the result.
func (p *pageValidator) unchoosable(y *checkerYAML) {
	for _, input := range sortedKeys(p.ids.Unasked) {
		if _, offered := y.Offered.Get(input); offered {
			continue
		}
		for _, value := range p.ids.Unasked[input] {
			p.found.Add(p.file.Whole("rules-page-unchoosable", input+": "+value))
		}
	}
}

// groups checks the groups of a question. What stands where nobody answers, what is offered before the groups, and what is
// answered by saying yes to something further needs none.
func (p *pageValidator) groups(y *checkerYAML, question strictyaml.Entry[textLists]) {
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

// once reports values that are wanted and missing in groups, and those that stand in two. Keys are where they could stand.
func (p *pageValidator) once(path string, keys, grouped []strictyaml.Text, wanted []string) {
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
