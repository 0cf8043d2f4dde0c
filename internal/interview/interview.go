// Package interview decides how a person is asked: what to ask next, which answers to offer, what each of them means to the
// rules, and when nothing more can change the result. It knows no id of the content. The program says which input is the day of
// the visit and which one asks for documents. rules/page.yaml says which answers are listed together, and which further
// question follows an answer.
//
// "I don't know" reaches the rules in one of three ways:
//
//	the input has a value for it  that value is the answer: the first entry of `unknown:` (Unknown of table.InputNames)
//	any input but a set has none  the default is the answer
//	a set has none                the values not named so far count as not held (see leave)
//
// In the last two cases [Answers.IsUnsure] (on the page, isUnsure in answers.ts) remembers that the answer was not known, so that the
// result can say what it assumes. rulefile reports an error if an input does not say which of its values means "I don't know".
//
// The input is a program (package table) and what page.yaml says about its questions (package checkerpage). The output is
// steps, one after another, for a caller that talks with the person. pages.go writes the whole interview out as pages that
// need no script. Begin with [New], [Interview.Next] and [Interview.Take].
package interview

import (
	"fmt"
	"slices"

	"sitegen/internal/checkerpage"
	"sitegen/internal/site"
	"sitegen/internal/table"
)

// Interview says how visitors are asked, with the program's numbers in place of ids.
type Interview struct {
	Program *table.Program
	// Visit is the input for the day of the visit, and Held the input for the documents held. Held is -1 if no input asks for documents.
	Visit, Held int
	Inputs      []Input
	// Circumstances has groups of values that nobody is asked for. Visitors can state them at any time. Secret has the values that no
	// list offers, not even the list of circumstances: one neutral line stands for all of them.
	Circumstances []Group
	Secret        []Value
	// Expected has, by input, the value that members of the site's insurer are expected to have. It is empty on the general site.
	Expected map[int]int

	known map[int]int32 // by input: the raw value that the site answers for all members of its insurer
	look  *checkerpage.Page
	told  map[int][]int // by outcome: the notes that select different words for the outcome; the first of them that is told decides
}

// Input says how an input is asked.
type Input struct {
	Unknown int       // the value that means "I don't know", or -1
	Groups  []Group   // headings over its values; values without a group come before them
	Further []Further // further questions after some of its values
	// Elsewhere is the key of the page's words on the option that leads to those values of the input that are circumstances; ""
	// if there is no such option.
	Elsewhere string
	// Covered has the values that no list offers, because the answer to a different question covers them.
	Covered []int
	// Private has the values that no link contains.
	Private []int
	// Offered is true if people can answer the question at the result, although no step asks it: people who hold one of the
	// documents in With, or everybody if With is empty.
	Offered bool
	With    []int

	wordings []int // documents that the question can mention; it mentions the first of these that is held
}

// Value is a value of an input.
type Value struct{ Input, Value int }

// Group is a heading over values. Title is the key of the heading among the page's words.
type Group struct {
	Title  string
	Values []Value
}

// Further is a yes/no question that follows an answer with a value in Of. If the reply is "yes", the value becomes Yes.
type Further struct {
	Of  []int
	Ask string // the key of the question among the page's words; the keys of the replies are <ask>_yes and <ask>_no
	Yes int
}

// New returns the interview of a program on a site. It ignores ids of page.yaml that the program lacks; site.CheckRules reports
// them.
func New(p *table.Program, s *site.Site) *Interview {
	i := &Interview{Program: p, Visit: p.InputOf(p.Visit), Held: -1, Expected: map[int]int{}, known: map[int]int32{}, look: s.Checker, told: map[int][]int{}}
	if p.Held != p.Visit {
		i.Held = p.InputOf(p.Held)
	}
	for input, names := range p.Names.Inputs {
		in := Input{
			Unknown: names.Unknown, Groups: i.groups(s.Checker.Groups[names.ID]), Elsewhere: s.Checker.Elsewhere[names.ID],
			Covered: i.values(input, s.Checker.NotOffered[names.ID]), Private: i.values(input, s.Checker.Private[names.ID]),
		}
		with, offered := s.Checker.Offered[names.ID]
		in.Offered = offered
		for _, document := range with {
			in.With = append(in.With, slices.Index(p.Names.Documents, document))
		}
		for _, further := range s.Checker.Further[names.ID] {
			in.Further = append(in.Further, Further{i.values(input, further.Of), further.Ask, slices.Index(names.Values, further.Yes)})
		}
		question, _ := s.Default.Checker.Questions.Get(names.ID) // there is no entry if nobody is asked for the input
		for _, held := range question.Held {
			in.wordings = append(in.wordings, slices.Index(p.Names.Documents, held.Document))
		}
		i.Inputs = append(i.Inputs, in)
		for _, value := range names.Secret {
			i.Secret = append(i.Secret, Value{input, value})
		}
	}
	for outcome, id := range p.Names.Outcomes {
		words, _ := s.Default.Checker.Outcomes.Get(id)
		for _, told := range words.Told {
			i.told[outcome] = append(i.told[outcome], slices.Index(p.Names.Notes, told.Note))
		}
	}
	i.Circumstances = i.groups(s.Checker.Circumstances)
	if s.Profile != nil {
		i.belong(s.Profile)
	}
	return i
}

// belong records the insurer's policies, and the answers that its members are expected to give.
func (i *Interview) belong(profile *site.Profile) {
	for input, names := range i.Program.Names.Inputs {
		if value, ok := profile.Answers[names.ID]; ok {
			i.Expected[input] = slices.Index(names.Values, value)
		}
		if value := slices.Index(names.Values, profile.Policies[names.ID]); names.Policy && value >= 0 {
			i.known[input] = int32(value)
		}
	}
}

// Known returns the answers that the site gives for all members of its insurer, and those that they are expected to give, as a text. Two
// sites have the same if the texts are equal.
func (i *Interview) Known() string { return fmt.Sprint(i.known, i.Expected) }

// IsElsewhere reports whether somebody's answers say that they are not insured with the site's insurer; see [table.Elsewhere.Holds].
func (i *Interview) IsElsewhere(a Answers) bool {
	raw := slices.Clone(a.raw)
	for input := range i.Expected { // a.elsewhere knows more: somebody with a different insurer of the same kind gives the expected value
		raw[i.Program.Slot(input)] = table.Missing
	}
	return a.elsewhere || i.Program.IsElsewhere(raw, i.Expected)
}

// apply sets the policies of the site's insurer in raw answers. For somebody who is insured elsewhere, it removes them.
func (i *Interview) apply(raw []int32, elsewhere bool) {
	for input, value := range i.known {
		if elsewhere {
			value = table.Missing
		}
		raw[i.Program.Slot(input)] = value
	}
}

// Fixed returns the value of an input that the site answers for all members of its insurer, or -1 if people answer it.
func (i *Interview) Fixed(input int) int {
	if value, ok := i.known[input]; ok {
		return int(value)
	}
	if i.Program.Names.Inputs[input].Policy {
		return int(i.Program.Inputs[input].Default)
	}
	return -1
}

// IsTold reports whether the question of a value never offers that value: it is a circumstance or secret, or the answer to a
// different question covers it.
func (i *Interview) IsTold(v Value) bool {
	return slices.ContainsFunc(i.Circumstances, func(g Group) bool { return slices.Contains(g.Values, v) }) ||
		slices.Contains(i.Secret, v) || slices.Contains(i.Inputs[v.Input].Covered, v.Value)
}

// InChoices returns values with their ids. Consecutive values of one input share an entry. The result is never nil.
func (i *Interview) InChoices(values []Value) []checkerpage.Choices {
	list := []checkerpage.Choices{}
	for k, v := range values {
		names := &i.Program.Names.Inputs[v.Input]
		if k == 0 || values[k-1].Input != v.Input {
			list = append(list, checkerpage.Choices{Input: names.ID})
		}
		last := &list[len(list)-1]
		last.Values = append(last.Values, names.Values[v.Value])
	}
	return list
}

func (i *Interview) input(id string) int {
	return slices.IndexFunc(i.Program.Names.Inputs, func(names table.InputNames) bool { return names.ID == id })
}

func (i *Interview) values(input int, ids []string) (values []int) {
	for _, id := range ids {
		if value := slices.Index(i.Program.Names.Inputs[input].Values, id); value >= 0 {
			values = append(values, value)
		}
	}
	return values
}

func (i *Interview) groups(list []checkerpage.ChoiceGroup) (groups []Group) {
	for _, g := range list {
		group := Group{Title: g.Title}
		for _, choices := range g.Choices {
			if input := i.input(choices.Input); input >= 0 {
				for _, value := range i.values(input, choices.Values) {
					group.Values = append(group.Values, Value{input, value})
				}
			}
		}
		groups = append(groups, group)
	}
	return groups
}

// CircumstancesOf returns the groups of circumstances that have a value of the input. The option Elsewhere leads to these groups.
func (i *Interview) CircumstancesOf(input int) []Group {
	return slices.DeleteFunc(slices.Clone(i.Circumstances), func(g Group) bool {
		return !slices.ContainsFunc(g.Values, func(v Value) bool { return v.Input == input })
	})
}

// group returns the group of a value, or nil.
func (in *Input) group(value int) *Group {
	for g := range in.Groups {
		if slices.ContainsFunc(in.Groups[g].Values, func(v Value) bool { return v.Value == value }) {
			return &in.Groups[g]
		}
	}
	return nil
}

// further returns the further question after a value, or nil.
func (in *Input) further(value int) *Further {
	for f := range in.Further {
		if slices.Contains(in.Further[f].Of, value) {
			return &in.Further[f]
		}
	}
	return nil
}

// InIDs returns the answers to choices and sets, with ids in place of numbers. For the id of each such input, it has the id of the value
// or, for a set, a list of ids. An input that was not answered has its default.
func (i *Interview) InIDs(raw []int32) map[string]any {
	answers := map[string]any{}
	for input, names := range i.Program.Names.Inputs {
		in, first := &i.Program.Inputs[input], i.Program.Slot(input)
		switch in.Kind {
		case table.Choice:
			answers[names.ID] = i.Program.ValueID(input, in.Or(raw[first]))
		case table.Several:
			answers[names.ID] = i.Program.SetIDs(input, raw)
		}
	}
	return answers
}

// Wording returns the number of the held document that the question for an input mentions, or -1.
func (i *Interview) Wording(a Answers, input int) int {
	held := i.Program.Holds(a.raw)
	for _, document := range i.Inputs[input].wordings {
		if document >= 0 && held>>document&1 != 0 {
			return document
		}
	}
	return -1
}
