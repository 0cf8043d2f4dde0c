// Package checkerpage is what authors write for the checker's page. rules/page.yaml says what is offered at once and what in groups, what is
// private, what is asked further, and what the page says by itself; it is the same for every language and insurer. rules/text/<lang>.yaml
// has the words.
//
// In go both files as decoded ([File], file.go; [WordsYAML], words.go) and the ids of the rules ([RuleIDs], check.go). Out come [Page], which the
// interview, the pages and the commands read, and what is wrong with either (words_check.go). Package site typesets the words. Begin with [New] and
// [Page.Check].
package checkerpage

import (
	"slices"

	"sitegen/internal/diag"
	"sitegen/internal/strictyaml"
)

// Page is what rules/page.yaml says. Titles are words of the page: keys of `page` in rules/text/<lang>.yaml.
type Page struct {
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

	file    *diag.File
	written File
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
func (p *Page) CircumstancesOf(input string) []string {
	var list []string
	for _, group := range p.Circumstances {
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
func (p *Page) MarkOf(document string, answers map[string]any, told []string) string {
	always := ""
	for _, mark := range p.Missing[document] {
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
func (p *Page) Says(note string, s Shown) bool {
	n, words := &p.NotEnough, p.SaidAbove
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
func (p *Page) Whom(told func(note string) bool, first bool) (words []string) {
	for _, call := range p.Calls {
		id := call.Key.Value
		if first && slices.Contains(p.NotEnough.Call, id) || slices.ContainsFunc(call.Value, func(on strictyaml.Text) bool { return told(on.Value) }) {
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

// FileName returns the name of the file in messages.
func (p *Page) FileName() string { return p.file.Name }

// AtNoScript returns what is wrong with the pages without script, where rules/page.yaml speaks of them.
func (p *Page) AtNoScript(code diag.Code, args ...any) diag.Diagnostic {
	if y := p.written.NoScript; y != nil && len(y.Ask) > 0 {
		return p.file.At(y.Ask[0].Offset, code, args...)
	}
	return p.file.Whole(code, args...)
}
