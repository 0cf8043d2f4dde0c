package rules

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io/fs"
	"math"
	"slices"
	"strconv"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/plaintext"
	"sitegen/wasm"
)

// What an editor has accepted last is kept beside the rules, in two generated files. acceptedFile holds somebody for
// every row, with the whole answer, and the tables that were accepted: with them the rules as they are now are compared
// for every possible visitor. boundariesFile holds people on both sides of every date, number and calendar operator.
const (
	acceptedFile   = "rules/accepted.json"
	boundariesFile = "rules/boundaries.json"
)

// head begins both files.
const head = "{\"written_by\": \"sitegen rules accept\",\n"

// Accepted is what an editor has accepted.
type Accepted struct {
	file, boundaries *diag.File // nil where there is none
	program          *Program   // nil where it is unknown
	people, turns    []person
	interview        string            // what the proof of the interview was about; empty where there was none
	hidden           []string          // slips that are known to change nobody's answer
	found            []diag.Diagnostic // why something is unknown
}

// acceptedJSON is the layout of both files.
type acceptedJSON struct {
	People    []json.RawMessage `json:"people"`
	Hidden    []string          `json:"hidden"` // of boundariesFile
	Names     *acceptedNames    `json:"names"`
	Interview string            `json:"interview"` // what the proof of the interview was about
	Tables    string            `json:"tables"`    // base64 of Program.Encode
}

// acceptedNames are the ids of the tables, as far as answers speak of them.
type acceptedNames struct {
	Inputs    []acceptedInput `json:"inputs"`
	Rows      []string        `json:"rows"`
	Adds      []string        `json:"adds"`
	Outcomes  []string        `json:"outcomes"`
	Documents []string        `json:"documents"`
	Notes     []string        `json:"notes"`
}

type acceptedInput struct {
	ID     string   `json:"id"`
	Values []string `json:"values,omitempty"`
	Policy bool     `json:"policy,omitempty"`
}

func (p *Program) acceptedNames() *acceptedNames {
	n := &p.Names
	a := &acceptedNames{Rows: n.Rows, Adds: n.Adds, Outcomes: n.Outcomes, Documents: n.Documents, Notes: n.Notes}
	for _, in := range n.Inputs {
		a.Inputs = append(a.Inputs, acceptedInput{in.ID, in.Values, in.Policy})
	}
	return a
}

func (n *acceptedNames) names() Names {
	names := Names{Rows: n.Rows, Adds: n.Adds, Outcomes: n.Outcomes, Documents: n.Documents, Notes: n.Notes}
	for _, in := range n.Inputs {
		names.Inputs = append(names.Inputs, InputNames{ID: in.ID, Values: in.Values, Unknown: -1, Policy: in.Policy})
	}
	return names
}

// ReadAccepted reads what an editor has accepted. The error is about the machine.
func (s *Set) ReadAccepted(content fs.FS, name string) (*Accepted, error) {
	a := &Accepted{}
	read := func(file string, target *acceptedJSON) (*diag.File, []person, error) {
		f, unread, err := plaintext.Read(content, name, file)
		if err != nil {
			return nil, nil, err
		}
		if len(unread) > 0 {
			first := unread[0]
			if first.Code == "file-missing" {
				first.Code, first.Args = "rule-accepted-missing", []any{f.Name}
			} else { // whatever it is, nobody mends it by hand
				first.Code, first.Args = "rule-accepted-unreadable", []any{f.Name, notJSON}
			}
			if a.found == nil { // one is enough
				a.found = []diag.Diagnostic{first}
			}
			return nil, nil, nil
		}
		if err := json.Unmarshal(f.Data, target); err != nil {
			offset := 0
			if syntax := (*json.SyntaxError)(nil); errors.As(err, &syntax) {
				offset = int(syntax.Offset) - 1
			}
			a.found = append(a.found, f.At(offset, "rule-accepted-unreadable", f.Name, notJSON))
			return f, nil, nil
		}
		people, unknown := s.readPeople(f, target.People)
		a.found = append(a.found, unknown...)
		return f, people, nil
	}
	var accepted, boundaries acceptedJSON
	var err, err2 error
	a.file, a.people, err = read(acceptedFile, &accepted)
	a.boundaries, a.turns, err2 = read(boundariesFile, &boundaries)
	a.hidden, a.interview = boundaries.Hidden, accepted.Interview
	if err := errors.Join(err, err2); err != nil || a.file == nil || accepted.Names == nil && len(a.found) > 0 {
		return a, err
	}
	if a.program, err = accepted.program(); err != nil {
		a.found = append(a.found, a.file.Whole("rule-accepted-unreadable", a.file.Name, diag.Wording{JA: "表が壊れています", EN: "the tables are damaged"}))
	}
	return a, nil
}

var notJSON = diag.Wording{JA: "ここはJSONではありません", EN: "this is not JSON"}

// Known reports whether it is known what was accepted.
func (a *Accepted) Known() bool { return a.program != nil }

// program reads the accepted tables.
func (a *acceptedJSON) program() (*Program, error) {
	tables, err := base64.StdEncoding.DecodeString(a.Tables)
	if err != nil || a.Names == nil {
		return nil, cmp.Or(err, errTables)
	}
	p, err := Decode(tables)
	if err != nil {
		return nil, err
	}
	p.Names = a.Names.names()
	n := &p.Names
	if len(n.Inputs) != len(p.Inputs) || len(n.Rows) != len(p.Rows) || len(n.Adds) != len(p.Adds) || len(n.Outcomes) != p.Outcomes || len(n.Notes) != p.Notes {
		return nil, errTables
	}
	return p, wasm.Check(tables)
}

// writeAccepted returns the file of what is accepted.
func (s *Set) writeAccepted(people []person, interview bool) []byte {
	var b bytes.Buffer
	b.WriteString(head)
	writePeople(&b, people)
	b.WriteString(",\n\"names\": {\n")
	n := s.Program.acceptedNames()
	for i, list := range []struct {
		name   string
		values any
	}{{"inputs", n.Inputs}, {"rows", n.Rows}, {"adds", n.Adds}, {"outcomes", n.Outcomes}, {"documents", n.Documents}, {"notes", n.Notes}} {
		if i > 0 {
			b.WriteString(",\n")
		}
		b.WriteString(strconv.Quote(list.name) + ": ")
		b.Write(oneLine(list.values))
	}
	b.WriteString("\n},\n")
	if interview {
		b.WriteString("\"interview\": " + strconv.Quote(s.interviewHash()) + ",\n")
	}
	b.WriteString("\"tables\": " + strconv.Quote(base64.StdEncoding.EncodeToString(s.Program.Encode())) + "}\n")
	return b.Bytes()
}

// Accept returns the files of the rules as they are, by name, and that their interview is proven, if it is. People who
// stand in the old ones stay, as long as they are of use.
func (s *Set) Accept(old *Accepted, interview bool) map[string][]byte {
	var b bytes.Buffer
	b.WriteString(head)
	people, hidden := s.turningPeople(old.turns)
	writePeople(&b, people)
	b.WriteString(",\n\"hidden\": ")
	b.Write(oneLine(append([]string{}, hidden...)))
	b.WriteString("}\n")
	return map[string][]byte{acceptedFile: s.writeAccepted(s.rowPeople(old.people), interview), boundariesFile: b.Bytes()}
}

// rowPeople returns somebody for every row: whom it was before, where that is still true.
func (s *Set) rowPeople(before []person) []person {
	p := s.Program
	m, test := newSpace(p).model(0, s.firstWords), newMachine(p)
	var people []person
	add := func(of string, f bdd, concerns func(raw []int32) bool) {
		for _, old := range before {
			if old.Of == of && test.load(old.raw) < 0 && concerns(old.raw) {
				people = append(people, s.person(of, old.raw))
				return
			}
		}
		if f != never {
			people = append(people, s.person(of, m.witness(f)))
		}
	}
	for i, id := range p.Names.Rows {
		add(ofRow(id), m.reach[i], func([]int32) bool { return test.decide().Row == i })
	}
	for i, id := range p.Names.Adds {
		f := m.possible // best somebody for whom everything counts that the row does
		for _, fires := range m.fires[i] {
			if both := m.and(f, fires); both != never {
				f = both
			}
		}
		add(ofAdd(id), f, func(raw []int32) bool {
			g := p.getsOf(ofAdd(id), raw)
			return len(g.Bring)+len(g.Also)+len(g.Alone)+len(g.Tell) > 0
		})
	}
	return people
}

// CheckAccepted compares the rules with those that were accepted: whose answer is another, with an example for each
// group; else whether the generated files are those of these rules.
func (s *Set) CheckAccepted(a *Accepted) []diag.Diagnostic {
	if a.program == nil {
		return a.found
	}
	if s.foreign(a) {
		return []diag.Diagnostic{a.file.Whole("rule-accepted-foreign", a.file.Name)}
	}
	if changes, err := s.Changes(a, mostTold); err != nil {
		return []diag.Diagnostic{a.file.Whole("rule-accepted-stale", a.file.Name, diag.Wording{
			JA: "違いが大きすぎて、比べられません", EN: "the rules differ too much to be compared"})}
	} else if found := s.tell(a, changes); len(found) > 0 {
		return found
	}
	if len(a.found) > 0 {
		return a.found
	}
	return append(s.checkPeople(a), s.checkTurns(a)...)
}

// foreign reports whether what was accepted are quite other rules.
func (s *Set) foreign(a *Accepted) bool {
	return len(missingFrom(a.program.Names.Rows, s.Program.Names.Rows)) == len(s.rows)
}

// is reports whether a program is the one of the set, with the same names.
func (s *Set) is(p *Program) bool {
	return bytes.Equal(p.Encode(), s.Program.Encode()) && bytes.Equal(oneLine(p.acceptedNames()), oneLine(s.Program.acceptedNames()))
}

// Changes is what the rules say otherwise than those that were accepted.
type Changes struct {
	Groups    []AnswerChange
	More      float64 // the share of those who are in no group
	Questions []QuestionChange
}

// AnswerChange is a group of visitors whose answer changes alike, with one of them.
type AnswerChange struct {
	Row     string  // that decided about them
	Share   float64 // of those about whom it did
	Who     diag.Wording
	Was, Is diag.Wording // the answer, as far as it changes
	Rows    []string     // that have to do with it
	at      *place       // of one of them
}

// QuestionChange is a question that is asked of others, at another place, or has another default.
type QuestionChange struct {
	ID  string
	Who diag.Wording // somebody of whom it is asked now and was not, or the other way round; empty where it is about everybody

	asked bool // it is asked of others; else its default is another, or its place among the inputs
}

// mostTold bounds the groups that a check tells of.
const mostTold = 5

// Changes compares the rules with those that were accepted. There are no more groups than most.
func (s *Set) Changes(a *Accepted, most int) (c Changes, err error) {
	defer tooLarge(&err)
	if a.program == nil || s.is(a.program) {
		return c, nil
	}
	d, err := compare(a.program, s.Program)
	if err != nil {
		return c, err
	}
	left, all := d.differing(), d.share(d.possible)
	for left != never && len(c.Groups) < most {
		chosen, before, after := d.example(left)
		group := d.like(left, chosen)
		change := s.change(d, before, after)
		change.Share = d.share(group) / d.share(d.old.decidedBy(change.Row))
		c.Groups = append(c.Groups, change)
		left = d.without(left, group)
	}
	c.More = d.share(left) / all
	for _, q := range d.questions() {
		change := QuestionChange{ID: q.what}
		if q.who != d.possible {
			_, _, after := d.example(q.who)
			change.Who, change.asked = s.describe(after), true
		}
		c.Questions = append(c.Questions, change)
	}
	return c, nil
}

func (s *Set) describe(raw []int32) diag.Wording {
	return diag.Wording{JA: s.Describe(raw, "ja"), EN: s.Describe(raw, "en")}
}

// change words the change of somebody's answer, and finds the rows that have to do with it.
func (s *Set) change(d *differences, before, after []int32) AnswerChange {
	was, is := d.old.p.gets(before), d.now.p.gets(after)
	c := AnswerChange{Row: was.Row, Who: s.describe(after), Was: s.wording(was, is), Is: s.wording(is, was)}
	decides := func() {
		for _, r := range s.rows {
			if r.id == is.Row {
				c.at = &r.place
			}
		}
	}
	if was.Row != is.Row || was.Outcome != is.Outcome {
		c.Rows = appendNew([]string{was.Row}, is.Row)
		decides()
		return c
	}
	had, has := d.old.p.holding(before), d.now.p.holding(after)
	for _, id := range sortedKeys(merged(had, has)) {
		if had[id] == has[id] {
			continue
		}
		c.Rows = append(c.Rows, id)
		for _, r := range s.adds {
			if r.id == id && c.at == nil {
				c.at = &r.place
			}
		}
	}
	if len(c.Rows) == 0 { // the same rows hold, and say something else or in another order
		c.Rows = []string{is.Row}
		decides()
	}
	return c
}

// tell words changes as findings.
func (s *Set) tell(a *Accepted, changes Changes) []diag.Diagnostic {
	var found []diag.Diagnostic
	for _, c := range changes.Groups {
		at := a.file.Whole
		if c.at != nil {
			at = c.at.at
		}
		found = append(found, at("rule-answer-changed", c.Who, c.Was, c.Is, strings.Join(c.Rows, ", ")))
	}
	if changes.More > 0 {
		found = append(found, a.file.Whole("rule-answers-more", Percent(changes.More)))
	}
	for _, q := range changes.Questions {
		at := a.file.Whole
		if in := s.inputByID(q.ID); in != nil {
			at = s.whereAsked(in, q.asked).at
		}
		found = append(found, at("rule-question-changed", q.ID, q.Who))
	}
	return found
}

// whereAsked returns where a question stands: where it is said of whom it is asked, or else where it is described.
func (s *Set) whereAsked(in *input, asked bool) place {
	for _, a := range s.asks {
		if asked && a.input == in {
			return a.place
		}
	}
	return in.place
}

// share returns the share of all combinations of classes that f holds for.
func (d *diagram) share(f bdd) float64 {
	memo := map[bdd]float64{never: 0, always: 1}
	var walk func(f bdd) float64
	walk = func(f bdd) float64 {
		known, ok := memo[f]
		if !ok {
			known = (walk(d.at(f).low) + walk(d.at(f).top)) / 2
			memo[f] = known
		}
		return known
	}
	return walk(f)
}

// Percent writes a share for a message.
func Percent(share float64) string {
	if share < 0.001 {
		return "< 0.1%"
	}
	return strconv.FormatFloat(math.Round(share*1000)/10, 'f', -1, 64) + "%"
}

// checkPeople compares what the people of both files get with what is written, and looks for rows without anybody.
func (s *Set) checkPeople(a *Accepted) []diag.Diagnostic {
	var found []diag.Diagnostic
	of := map[string]bool{}
	for _, p := range slices.Concat(a.people, a.turns) {
		of[p.Of] = true
		if kind, id, _ := strings.Cut(p.Of, " "); kind == "add" && !slices.Contains(s.Program.Names.Adds, id) {
			found = append(found, p.place.at("rule-accepted-stale", p.place.file.Name, diag.Wording{JA: "「" + id + "」という行はありません", EN: `there is no row "` + id + `"`}))
			continue
		}
		if is := s.Program.getsOf(p.Of, p.raw); !is.equal(p.Gets) {
			found = append(found, p.place.at("rule-answer-changed", s.describe(p.raw), s.wording(p.Gets, is), s.wording(is, p.Gets), p.Of))
		}
	}
	for _, r := range s.rows {
		if !of[ofRow(r.id)] {
			found = append(found, s.stale(a.file, r.id))
		}
	}
	for _, r := range s.adds {
		if !of[ofAdd(r.id)] {
			found = append(found, s.stale(a.file, r.id))
		}
	}
	return found
}

func (s *Set) stale(f *diag.File, what string) diag.Diagnostic {
	return f.Whole("rule-accepted-stale", f.Name, diag.Wording{JA: "「" + what + "」の人がいません", EN: `nobody is there for "` + what + `"`})
}
