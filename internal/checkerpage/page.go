// Package checkerpage holds and checks what authors write for the checker's page. rules/page.yaml says which answers the page
// offers at once and which in groups, what is private, which further questions follow, and what the page says by itself. It is
// the same for every language and insurer. rules/text/<lang>.yaml has the words.
//
// The input is both files as decoded ([File], file.go; [WordsYAML], words.go), and the ids of the rules and the theme's words ([RuleIDs],
// ids.go). The output is [Page], which the interview, the pages and the commands read, and the errors in both files (check.go and
// words_check.go). Package site typesets the words. Begin with [New] and [Page.Check].
package checkerpage

import (
	"slices"

	"sitegen/internal/diag"
	"sitegen/internal/strictyaml"
)

// Page is the content of rules/page.yaml. Titles are words of the page: keys of `page` in rules/text/<lang>.yaml.
type Page struct {
	First         []string            // documents that the page offers at once; the others appear when "more" is pressed
	Tiles         []Tile              // what the home page offers at once
	Pictures      map[string]string   // by document: the name of its drawing
	Private       map[string][]string // by input: values that must not be in links
	Groups        map[string][]ChoiceGroup
	Further       map[string][]Further
	NothingElse   *NothingElse        // if nil, "nothing else" is an answer of its own
	Circumstances []ChoiceGroup       // what people can tell at any time without being asked
	Elsewhere     map[string]string   // by question: the key of the label of the button, among the answers, that opens the circumstances
	Offered       map[string][]string // by question that is not asked: the documents whose holders can still answer the question; if the list is empty, everybody can
	NotAsked      map[string][]string // by question: if it was not asked, the page says so when one of these documents is offered, or always if the list is empty
	NotOffered    map[string][]string // by question: values that the answer to a different question covers
	Recent        []Recent            // how long results hold that do not simply hold up to their last day
	Missing       map[string][]Mark   // by document: what the page says if the document is offered and not held
	NotEnough     NotEnough
	SaidAbove     map[string][]string // by note: words about missing documents; the note is left out if the page says one of them, or if the heading depends on the note
	Steps         []string            // notes that are things to do
	Calls         strictyaml.Map[[]strictyaml.Text]
	Explain       map[string]string // by outcome: the question whose page explains it

	NoScript *NoScript // if nil, the pages without script offer and ask everything

	file    *diag.File
	written File
}

// Tile is a thing that a visitor can hold, with the name of its drawing. The home page offers it.
type Tile struct{ Value, Picture string }

// Choices are values of one input.
type Choices struct {
	Input  string   `json:"input"`
	Values []string `json:"values"`
}

// ChoiceGroup is a group of values with a heading.
type ChoiceGroup struct {
	Title   string    `json:"title"` // a word of the page
	Choices []Choices `json:"choices"`
}

// Further is a yes/no question that follows an answer with a value in Of. The reply "yes" replaces that value by the value in
// Yes.
type Further struct {
	Of  []string `json:"of"`  // values of the input that was asked before
	Ask string   `json:"ask"` // a word of the page, with <ask>_yes and <ask>_no
	Yes string   `json:"yes"` // a value of the same input
}

// NothingElse is an answer that one button gives together with "nothing else is held", if the question about Input comes next.
type NothingElse struct {
	Input, Value string
	Say          string // a word of the page
}

// Mark is what the page says of a document that is offered but not held.
type Mark struct {
	When []Choices `json:"when,omitempty"` // each input must have one of these values
	Told []string  `json:"told,omitempty"` // one of these notes must be told; if there are none, there is no such condition
	Say  string    `json:"say,omitempty"`  // a word of the page; "" to say nothing
}

// Recent says how long a result holds, if the result does not simply hold up to its last day.
type Recent struct {
	When   []Choices // each input must have one of these values
	Enough []string  // the result must have one of these levels; if there are none, any level will do
	Say    string    // a word of the page; "" if only results without a last day hold for a short time
}

// CircumstancesOf returns the values of an input that are among the circumstances, in their order.
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

// HeldTitle returns the key of the title over documents that somebody holds and that are not offered. `secret` says whether they have
// secret values. A document that such people must not use is in this list too, and the usual title says of it that more would help.
func HeldTitle(secret bool) string {
	if secret {
		return "not_used"
	}
	return "not_alone"
}

// Alternatives returns those of the offered alternatives that a page shows. It leaves out single documents that the first alternative
// names together with others. `alone` reports whether there are such documents: the page then says in one line that one document alone
// may do.
func Alternatives(offered [][]string) (shown [][]string, alone bool) {
	for i, documents := range offered {
		if i > 0 && len(documents) == 1 && slices.Contains(offered[0], documents[0]) {
			alone = true
		} else {
			shown = append(shown, documents)
		}
	}
	return shown, alone
}

// notInHand is the key of the page's word about a document that is offered but not held, if no mark describes the document.
const notInHand = "not_in_hand"

// MarkOf returns the word of the page about a document that is offered but not held. The first mark with conditions that hold decides. If
// there is no such mark, the last mark without conditions decides. Without any such mark, the word is notInHand if people can name the
// document as held (isNameable), and otherwise "". `answers` maps an input to an id or a list of ids; `told` lists the notes of the
// result.
func (p *Page) MarkOf(document string, isNameable bool, answers map[string]any, told []string) string {
	always := ""
	if isNameable {
		always = notInHand
	}
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
	return allAnswered(m.When, answers) && (len(m.Told) == 0 || slices.ContainsFunc(told, func(note string) bool { return slices.Contains(m.Told, note) }))
}

// allAnswered reports whether the answers have one of the values of every entry of `list`. `answers` maps an input to an id or a list of
// ids.
func allAnswered(list []Choices, answers map[string]any) bool {
	return !slices.ContainsFunc(list, func(c Choices) bool { return !c.answered(answers) })
}

// answered reports whether the answers have one of the values. `answers` maps an input to an id or a list of ids.
func (c *Choices) answered(answers map[string]any) bool {
	switch answer := answers[c.Input].(type) {
	case string:
		return slices.Contains(c.Values, answer)
	case []string:
		return slices.ContainsFunc(answer, func(id string) bool { return slices.Contains(c.Values, id) })
	}
	return false
}

// Ending returns the word of the page that says how long a result holds. `answers` maps an input to an id or a list of ids, `enough` is the
// level of the result, and `hasDay` says whether the result has a last day. The first entry of p.Recent that fits decides; see [Recent].
func (p *Page) Ending(answers map[string]any, enough string, hasDay bool) string {
	short := "until_none"
	for _, r := range p.Recent {
		if allAnswered(r.When, answers) && (len(r.Enough) == 0 || slices.Contains(r.Enough, enough)) {
			if r.Say != "" {
				return r.Say
			}
			short = "until_recent"
			break
		}
	}
	if hasDay {
		return "until"
	}
	return short
}

// NotEnough is what the page itself says if a person's documents are not enough.
type NotEnough struct {
	Care          string   // the note that care must not be put off
	Pay           string   // the note that the person may have to pay the whole bill first
	PayElsewhere  []string // outcomes whose own words mention payment
	Call          []string // whom to call first: keys of Page.Calls
	Calling       []string // notes that say only that the people in the field Call are to be called before anything else
	CallElsewhere []string // outcomes whose notes already say whom to call
	Unclear       []string // notes for people who told so little that nobody knows whether they have enough
}

// EnoughWord returns the key of the sentence that says whether the documents are enough, from the level. `told` reports whether a note is
// told.
func (n *NotEnough) EnoughWord(level string, told func(note string) bool) string {
	if level == "no" && slices.ContainsFunc(n.Unclear, told) {
		level = "unsure"
	}
	return "enough_" + level
}

// Pays reports whether, for this outcome, the page itself says that the person may have to pay first.
func (n *NotEnough) Pays(outcome string) bool { return !slices.Contains(n.PayElsewhere, outcome) }

// Calls reports whether, for this outcome, the page itself says whom to call first.
func (n *NotEnough) Calls(outcome string) bool { return !slices.Contains(n.CallElsewhere, outcome) }

// Shown is what a page shows of an answer above its notes.
type Shown struct {
	Outcome string
	Enough  bool
	Heading string   // the note on which its heading depends; "" if the heading is the outcome's
	Marks   []string // what the page says of missing documents, as keys of its words
}

// Says reports whether the page already says the same as a note, so that the note is unnecessary.
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

// Whom returns the people to call, as keys of page words. The function `told` reports whether a note is told. The people are those listed
// under `calls` for a note that is told. If `first` is true, they include the people whom everybody without enough documents calls first.
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
	Papers []string // documents that a person can choose
	With   struct { // a document, and the papers that can be held together with it
		Document string
		Papers   []string
	}
	Ask      []string            // further inputs that are asked
	LeaveOut map[string][]string // by input: values that are not offered
}

// FileName returns the name of the file, for messages.
func (p *Page) FileName() string { return p.file.Name }

// AtNoScript returns a finding about the pages without script. Its place is their entry in rules/page.yaml, or the whole file
// if there is no such entry.
func (p *Page) AtNoScript(code diag.Code, args ...any) diag.Diagnostic {
	if y := p.written.NoScript; y != nil && len(y.Ask) > 0 {
		return p.file.At(y.Ask[0].Offset, code, args...)
	}
	return p.file.Whole(code, args...)
}
