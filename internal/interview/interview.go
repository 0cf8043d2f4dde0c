// Package interview asks a person: it says what is put to them next, which answers are offered, what each of them
// means to the rules, and when nothing more can change the answer. It knows no id of the content. What part an input
// plays is said in the rules' files and comes with the program; which answers stand together, and what is asked further
// after one, is said in rules/page.yaml.
//
// "I don't know" reaches the rules in one of three ways:
//
//	the input has a value for it  the first entry of its `unknown:` (Unknown of table.InputNames): that value is the answer
//	a choice or date without one  the default of the input stands; the page remembers that it was not known (unsure in answers.ts)
//	a set                         nothing else of it is held (leave)
//
// rulefile warns where a value has the id "unknown" and `unknown:` does not say what it may really be.
//
// In go a program (package table) and what page.yaml says of its questions (package checkerpage). Out come steps, one after another, for
// the caller that talks with the person, and, in pages.go, the whole interview written out as pages that need no script.
// Begin with [New], [Interview.Next] and [Interview.Take].
package interview

import (
	"fmt"
	"slices"

	"sitegen/internal/checkerpage"
	"sitegen/internal/site"
	"sitegen/internal/table"
)

// Interview is how visitors are asked, in the numbers of the program.
type Interview struct {
	Program *table.Program
	// Visit and Held are the inputs that say for which day everything is asked, and what is held; Held is -1 where nobody
	// is asked that.
	Visit, Held int
	Inputs      []Input
	// Circumstances are what visitors can tell at any time and nobody is asked, in groups. Secret is what stands in no
	// list, not even there: one neutral line leads to all of it.
	Circumstances []Group
	Secret        []Value
	// Expected is, by input, the value of whoever the site is for: the insurer's own members.
	Expected map[int]int

	known map[int]int32 // what the site says for everybody: raw values by input
	look  *checkerpage.Page
	told  map[int][]int // by outcome: notes with which its words are others; the first one counts
}

// Input is how a question is put.
type Input struct {
	Unknown int       // the value that means "I don't know"; -1 where there is none
	Groups  []Group   // of its values; those in no group stand before them
	Further []Further // what is asked after some of its values

	wordings []int // documents of which the question speaks where they are held; the first one counts
}

// Value is a value of an input.
type Value struct{ Input, Value int }

// Group is a heading, a word of the page, over values.
type Group struct {
	Title  string
	Values []Value
}

// Further asks, after one of some values, which of two it is: with yes it is another value.
type Further struct {
	Of  []int
	Ask string // a word of the page, with <ask>_yes and <ask>_no
	Yes int
}

// New returns the interview of a program on a site. Ids of page.yaml that the program does not have are left out:
// site.CheckRules tells of them.
func New(p *table.Program, s *site.Site) *Interview {
	i := &Interview{Program: p, Visit: p.InputOf(p.Visit), Held: -1, Expected: map[int]int{}, known: map[int]int32{}, look: s.Checker, told: map[int][]int{}}
	if p.Held != p.Visit {
		i.Held = p.InputOf(p.Held)
	}
	for input, names := range p.Names.Inputs {
		in := Input{Unknown: names.Unknown, Groups: i.groups(s.Checker.Groups[names.ID])}
		for _, further := range s.Checker.Further[names.ID] {
			in.Further = append(in.Further, Further{i.values(input, further.Of), further.Ask, slices.Index(names.Values, further.Yes)})
		}
		question, _ := s.Default.Checker.Questions.Get(names.ID) // of what nobody is asked there is none
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

// belong takes what an insurer has decided, and what is known of its members.
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

// Known returns what the site says for everybody, as text to compare.
func (i *Interview) Known() string { return fmt.Sprint(i.known) }

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

// group returns the group in which a value of an input stands; nil where it stands in none.
func (in *Input) group(value int) *Group {
	for g := range in.Groups {
		if slices.ContainsFunc(in.Groups[g].Values, func(v Value) bool { return v.Value == value }) {
			return &in.Groups[g]
		}
	}
	return nil
}

// further returns what is asked after a value; nil where nothing is.
func (in *Input) further(value int) *Further {
	for f := range in.Further {
		if slices.Contains(in.Further[f].Of, value) {
			return &in.Further[f]
		}
	}
	return nil
}

// InIDs returns raw answers to choices and sets in ids, by input: an id or a list of them. What was not answered is the
// default.
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

// Wording returns the held document of which a question speaks; -1 where it speaks of none.
func (i *Interview) Wording(a Answers, input int) int {
	held := i.Program.Holds(a.raw)
	for _, document := range i.Inputs[input].wordings {
		if document >= 0 && held>>document&1 != 0 {
			return document
		}
	}
	return -1
}
