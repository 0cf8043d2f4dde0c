package change

import (
	"bytes"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"sitegen/internal/bdd"
	"sitegen/internal/diag"
	"sitegen/internal/explain"
	"sitegen/internal/rulefile"
	"sitegen/internal/rules"
	"sitegen/internal/table"
)

// What an editor accepted last is in two generated files next to the rules. rules.AcceptedFile has the rules: they are
// compared with the current rules for every possible visitor. boundariesFile has people whose answer would change if a date,
// a number or a calendar operator of the rules were slightly different.
const boundariesFile = "rules/boundaries.json"

// Accepted is what an editor accepted last.
type Accepted struct {
	file       *diag.File        // AcceptedFile; nil if it cannot be read
	written    []byte            // the text of AcceptedFile; nil if the rules are unknown
	set        *rules.Set        // the accepted rules, with ids and tables but without the editors' words; nil if they are unknown
	boundaries *diag.File        // boundariesFile; nil if it cannot be read
	turns      []person          // the people of boundariesFile
	hidden     []string          // mutants that are known to change nobody's answer
	found      []diag.Diagnostic // why something is unknown
}

// ReadAccepted reads what an editor accepted last. `name` is the content folder's name in messages. [Check] reports what is
// missing or damaged. ReadAccepted returns an error only if an existing file cannot be read.
func ReadAccepted(s *rules.Set, content fs.FS, name string) (*Accepted, error) {
	a := &Accepted{}
	if err := readRules(s, a, content, name); err != nil {
		return nil, err
	}
	if err := readBoundaries(s, a, content, name); err != nil {
		return nil, err
	}
	if missing := diag.Code("rule-accepted-missing"); len(a.found) == 2 && a.found[0].Code == missing && a.found[1].Code == missing {
		a.found = a.found[:1] // one finding about missing files is enough
	}
	return a, nil
}

// Known reports whether the accepted rules could be read.
func (a *Accepted) Known() bool { return a.set != nil }

// Accept returns the files that accept the current rules, by name. `interview` says whether their interview is proven.
// People of the old boundariesFile are kept if a mutant still changes their answer.
func Accept(s *rules.Set, old *Accepted, interview bool) map[string][]byte {
	people, hidden := turningPeople(s, old.turns)
	return map[string][]byte{rules.AcceptedFile: s.Text(interview), boundariesFile: writeBoundaries(people, hidden)}
}

// Check compares the rules with the accepted ones. It reports whose answer changes, with an example for each group, and which
// questions change. If nothing changes, it checks the people of boundariesFile: they must get the answers in the file, and
// every mutant that changes any answer must change the answer of one of them. If the accepted rules are unknown or cannot be
// compared, it reports only that.
func Check(s *rules.Set, a *Accepted) []diag.Diagnostic {
	if a.set == nil {
		return a.found
	}
	if foreign(s, a) {
		return []diag.Diagnostic{a.file.Whole("rule-accepted-foreign", a.file.Name)}
	}
	if changes, err := Compare(s, a, explain.MostTold); err != nil {
		return []diag.Diagnostic{a.file.Whole("rule-accepted-stale", a.file.Name, diag.Wording{
			JA: "違いが大きすぎて、比べられません", EN: "the rules differ too much to be compared"})}
	} else if found := tellChanges(s, a, changes); len(found) > 0 {
		return found
	}
	if len(a.found) > 0 {
		return a.found
	}
	return append(CheckPeople(s, a), checkTurns(s, a)...)
}

// foreign reports whether the accepted rules and the current ones have no row in common.
func foreign(s *rules.Set, a *Accepted) bool {
	return len(explain.MissingFrom(a.set.Program.Names.Rows, s.Program.Names.Rows)) == len(s.Rows)
}

// sameTables reports whether p and the program of the set have the same tables, and the same ids of inputs, values, rows,
// outcomes, documents and notes.
func sameTables(s *rules.Set, p *table.Program) bool {
	a, b := &p.Names, &s.Program.Names
	same := func(x, y table.InputNames) bool {
		return x.ID == y.ID && x.Policy == y.Policy && slices.Equal(x.Values, y.Values)
	}
	return slices.EqualFunc(a.Inputs, b.Inputs, same) && slices.Equal(a.Rows, b.Rows) && slices.Equal(a.Adds, b.Adds) &&
		slices.Equal(a.Outcomes, b.Outcomes) && slices.Equal(a.Documents, b.Documents) && slices.Equal(a.Notes, b.Notes) &&
		bytes.Equal(p.Encode(), s.Program.Encode())
}

// Changes are the differences between the rules and the accepted ones.
type Changes struct {
	Groups    []AnswerChange
	More      float64 // the people whose answer changes and who are in no group, as a share of all people
	Questions []QuestionChange
}

// AnswerChange is a group of visitors whose answer changes in the same way, with one visitor as an example.
type AnswerChange struct {
	Row     string  // the row that decided about them before
	Share   float64 // the group's share of the people about whom that row decided
	Who     diag.Wording
	Was, Is diag.Wording // the old and the new answer: outcome, row and the other parts that change
	Rows    []string     // the rows that cause the change
	at      *rules.Place // the place of one of Rows, or nil
}

// QuestionChange is a question that is asked of different people or in a different place, or that has a different default.
type QuestionChange struct {
	ID  string
	Who diag.Wording // an example of a person whom the change affects; empty if it affects everybody

	asked bool // true if only some people are affected: a step asks different people, or the order of steps differs
}

// Compare returns what changes from the accepted rules to the current ones; nothing, if the accepted rules are unknown.
// `most` limits the number of groups. Compare returns an error if the rule sets have too little in common or are too large.
func Compare(s *rules.Set, a *Accepted, most int) (c Changes, err error) {
	defer tooLarge(&err)
	if a.set == nil || sameTables(s, a.set.Program) {
		return c, nil
	}
	d, err := compare(s.Ended, a.set.Program, s.Program)
	if err != nil {
		return c, err
	}
	left, all := d.differing(), d.Share(d.Possible)
	for left != bdd.Never && len(c.Groups) < most {
		chosen, before, after := d.example(left)
		group := d.like(left, chosen)
		change := changeOf(a.set, s, d, before, after)
		change.Share = d.Share(group) / d.Share(decidedBy(d.old, change.Row))
		c.Groups = append(c.Groups, change)
		left = d.Without(left, group)
	}
	c.More = d.Share(left) / all
	for _, q := range d.questions() {
		change := QuestionChange{ID: q.id}
		if q.who != d.Possible {
			_, _, after := d.example(q.who)
			change.Who, change.asked = explain.Who(s, after), true
		}
		c.Questions = append(c.Questions, change)
	}
	return c, nil
}

// changeOf describes how somebody's answer changes, and finds the rows that cause this.
func changeOf(old, s *rules.Set, d *differences, before, after []int32) AnswerChange {
	was, is := explain.AnswerOf(d.old.Program, before), explain.AnswerOf(d.now.Program, after)
	c := AnswerChange{Row: was.Row, Who: explain.Who(s, after), Was: explain.Wording(s, was, is), Is: explain.Wording(s, is, was)}
	decides := func() {
		for _, r := range s.Rows {
			if r.ID == is.Row {
				c.at = &r.Place
			}
		}
	}
	if was.Row != is.Row || was.Outcome != is.Outcome {
		if c.Rows = []string{was.Row}; is.Row != was.Row {
			c.Rows = append(c.Rows, is.Row)
		}
		decides()
		return c
	}
	if was.Enough != is.Enough {
		for _, r := range []*rules.Row{fitOf(old, before), fitOf(s, after)} {
			if r != nil && !slices.Contains(c.Rows, r.ID) {
				c.Rows = append(c.Rows, r.ID)
			}
		}
		if r := fitOf(s, after); r != nil {
			c.at = &r.Place
		}
	}
	had, has := holding(d.old.Program, before), holding(d.now.Program, after)
	for _, id := range slices.Sorted(maps.Keys(merged(had, has))) {
		if had[id] == has[id] {
			continue
		}
		c.Rows = append(c.Rows, id)
		for _, r := range s.Adds {
			if r.ID == id && c.at == nil {
				c.at = &r.Place
			}
		}
	}
	if len(c.Rows) == 0 { // the same rows hold, but their effects or their order has changed
		c.Rows = []string{is.Row}
		decides()
	}
	return c
}

// fitOf returns the row of the table Enough that decides about somebody. It returns nil if there is no such table or none of
// its rows holds.
func fitOf(s *rules.Set, raw []int32) *rules.Row {
	m := table.NewMachine(s.Program)
	m.Load(raw)
	m.Decide()
	for i := range s.Program.Enough {
		if m.List(&s.Program.Enough[i].List) == table.True {
			return s.Enough[i]
		}
	}
	return nil
}

// tellChanges turns changes into findings.
func tellChanges(s *rules.Set, a *Accepted, changes Changes) []diag.Diagnostic {
	var found []diag.Diagnostic
	for _, c := range changes.Groups {
		at := a.file.Whole
		if c.at != nil {
			at = c.at.At
		}
		found = append(found, at("rule-answer-changed", c.Who, c.Was, c.Is, strings.Join(c.Rows, ", ")))
	}
	if changes.More > 0 {
		found = append(found, a.file.Whole("rule-answers-more", explain.Percent(changes.More)))
	}
	for _, q := range changes.Questions {
		at := a.file.Whole
		if in := s.InputByID(q.ID); in != nil {
			at = whereAsked(s, in, q.asked).At
		}
		found = append(found, at("rule-question-changed", q.ID, q.Who))
	}
	return found
}

// whereAsked returns the place of the first step that asks the question if `asked` is true. Otherwise it returns the place of
// the question among the inputs.
func whereAsked(s *rules.Set, in *rules.Input, asked bool) rules.Place {
	for _, a := range s.Asks {
		if asked && a.Input == in {
			return a.Place
		}
	}
	return in.Place
}

// CheckPeople reports the people of boundariesFile whose answer now differs from the answer in the file.
func CheckPeople(s *rules.Set, a *Accepted) []diag.Diagnostic {
	var found []diag.Diagnostic
	for _, p := range a.turns {
		if is := explain.AnswerOf(s.Program, p.raw); !is.Equal(p.Gets) {
			found = append(found, p.place.At("rule-answer-changed", explain.Who(s, p.raw), explain.Wording(s, p.Gets, is), explain.Wording(s, is, p.Gets), p.Of))
		}
	}
	return found
}

func stale(s *rules.Set, f *diag.File, what string) diag.Diagnostic {
	return f.Whole("rule-accepted-stale", f.Name, diag.Wording{JA: "「" + what + "」の人がいません", EN: `nobody is there for "` + what + `"`})
}

// ProvesInterview reports whether the interview was proven when the rules were accepted, and the rules have not changed
// since.
func (a *Accepted) ProvesInterview(s *rules.Set) bool {
	return a.set != nil && bytes.Equal(a.written, s.Text(true))
}

// readRules reads AcceptedFile. Whatever its bytes are, it either returns the accepted rules or reports where the file is
// damaged. It returns an error only if the file cannot be read.
func readRules(s *rules.Set, a *Accepted, content fs.FS, name string) error {
	f, found, err := rulefile.ReadGenerated(content, name, rules.AcceptedFile)
	if err != nil || len(found) > 0 {
		a.found = append(a.found, found...)
		return err
	}
	a.file = f
	set, bad := rulefile.ReadText(f, s.Text)
	if bad != nil {
		a.found = append(a.found, *bad)
		return nil
	}
	a.set, a.written = set, f.Data
	return nil
}
