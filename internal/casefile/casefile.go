// Package casefile reads the worked cases of a rule set: answers, and the result that they must have.
//
// The input is the file of cases and the rule set that the cases belong to. The output is the cases with their encoded answers, and
// the mistakes in the file. Package prove checks whether the cases hold. Begin with [Read].
package casefile

import (
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/plaintext"
	"sitegen/internal/rules"
	"sitegen/internal/strictjson"
)

// Lost says which parts of the rules could not be read. Read does not report a name as unknown if one of these parts may define it.
type Lost struct {
	Inputs   bool     // no inputs could be read
	Names    bool     // some inputs are missing because a file could not be read
	Profiles []string // ids of the insurers whose policies could not be read
}

// Read reads the worked cases of a rule set from the file [rules.CasesFile], and reports the mistakes in it. `name` is the content
// folder's name in messages. Read leaves out cases with a mistake, and returns no cases if the inputs could not be read. It returns
// an error only if the file exists and cannot be read.
func Read(content fs.FS, name string, s *rules.Set, lost Lost) ([]rules.Case, []diag.Diagnostic, error) {
	f, found, err := plaintext.Read(content, name, rules.CasesFile)
	if err != nil || len(found) > 0 {
		return nil, found, err
	}
	if plaintext.IsBlank(f.Data) {
		return nil, []diag.Diagnostic{f.Whole("rule-file-empty", path.Base(rules.CasesFile))}, nil
	}
	if at := strictjson.LoneSurrogate(f.Data); at >= 0 {
		return nil, []diag.Diagnostic{f.At(at, "rule-case-surrogate", string(f.Data[at:at+6]))}, nil
	}
	root, found := strictjson.Decode(f)
	if root == nil || lost.Inputs { // answers cannot be checked without inputs
		return nil, found, nil
	}
	r := &reader{set: s, lost: lost, f: f, seen: map[string]bool{}}
	cases := r.read(root)
	return cases, r.found.List, nil
}

// reader reads cases and reports all mistakes in them.
type reader struct {
	set   *rules.Set
	lost  Lost
	f     *diag.File
	seen  map[string]bool // ids of the cases read so far
	bad   bool            // whether the case being read has a mistake
	found diag.Findings
}

// The keys of the file and of a case. Each case must have all neededKeys.
var (
	fileKeys   = []string{"facts", "cases"}
	caseKeys   = []string{"id", "answers", "who", "outcome", "enough", "bring_any_of", "not_alone", "never_offer", "tell", "not_tell", "until", "source", "certainty"}
	neededKeys = []string{"id", "answers", "outcome", "bring_any_of"}
)

func (r *reader) read(root *strictjson.Value) (list []rules.Case) {
	r.object(root, path.Base(rules.CasesFile), fileKeys, []string{"cases"})
	cases := r.list(root.Member("cases"), "cases")
	for _, v := range cases {
		r.bad = false
		if c := r.readCase(v); !r.bad {
			list = append(list, c)
		}
	}
	if len(cases) == 0 && !r.bad {
		r.found.Add(r.f.Whole("rule-no-cases"))
	}
	return list
}

func (r *reader) readCase(v *strictjson.Value) rules.Case {
	r.object(v, "case", caseKeys, neededKeys)
	c := rules.Case{Place: rules.Place{File: r.f, Offset: v.Offset}}
	if id := v.Member("id"); id != nil {
		c.ID, c.Place.Offset = r.text(id, "id"), id.Offset
		if r.seen[c.ID] {
			r.wrong(id, "id-twice", c.ID)
		}
		r.seen[c.ID] = true
	}
	c.Source, c.Certainty = r.text(v.Member("source"), "source"), r.text(v.Member("certainty"), "certainty")
	s := r.set
	if outcome := v.Member("outcome"); outcome != nil {
		c.Outcome = r.text(outcome, "outcome")
		r.known(outcome, c.Outcome, "outcome", s.Outcomes)
	}
	if enough := v.Member("enough"); enough != nil {
		c.Enough = r.text(enough, "enough")
		r.known(enough, c.Enough, "enough", rules.LevelWords)
	}
	for _, set := range r.list(v.Member("bring_any_of"), "bring_any_of") {
		c.BringAnyOf = append(c.BringAnyOf, r.words(set, "bring_any_of", s.Documents))
	}
	c.NotAlone = r.words(v.Member("not_alone"), "not_alone", s.Documents)
	c.NeverOffer = r.words(v.Member("never_offer"), "never_offer", s.Documents)
	c.Tell = r.words(v.Member("tell"), "tell", s.Notes)
	c.NotTell = r.words(v.Member("not_tell"), "not_tell", s.Notes)
	c.Who = r.text(v.Member("who"), "who")
	r.until(v.Member("until"), &c)
	r.answers(v.Member("answers"), &c)
	return c
}

func (r *reader) until(v *strictjson.Value, c *rules.Case) {
	switch {
	case v == nil:
	case v.Value == nil:
		c.Never = true
	default:
		day := r.text(v, "until")
		if read, err := civil.Read(day); err == nil {
			day = read.String()
		} else if day != "" {
			r.wrong(v, "yaml-want-date", "until", day)
		}
		c.Until = &day
	}
}

// answers encodes the answers of a case. The day of the visit must be among them.
func (r *reader) answers(v *strictjson.Value, c *rules.Case) {
	if v == nil {
		return
	}
	members, isObject := v.Value.([]strictjson.Member)
	if !isObject {
		r.wrong(v, "rule-case-type", "answers", anObject)
		return
	}
	s := r.set
	c.Answers, c.Raw = rules.Answers{}, s.Unanswered()
	for _, m := range members {
		if _, twice := c.Answers[m.Key]; twice {
			r.at(m.Offset, "yaml-repeated-key", m.Key)
		}
		c.Answers[m.Key] = m.Value.Plain()
		if m.Key != "profile" {
			r.answer(m, c)
		}
	}
	for _, m := range members { // whether the insurer's policies apply depends on the other answers
		if m.Key == "profile" {
			r.answer(m, c)
		}
	}
	if s.Visit != nil && c.Answers[s.Visit.ID] == nil {
		r.wrong(v, "rule-case-missing", s.Visit.ID)
	}
}

func (r *reader) answer(m strictjson.Member, c *rules.Case) {
	s, at := r.set, m.Value.Offset
	in := s.InputByID(m.Key)
	if in != nil && in.Lost || in == nil && m.Key != "profile" && r.lost.Names { // already reported
		r.bad = true
		return
	}
	wrong := s.Answer(c.Raw, m.Key, c.Answers[m.Key])
	if m.Key == "profile" {
		profile, _ := c.Answers[m.Key].(string)
		r.bad = r.bad || slices.Contains(r.lost.Profiles, profile)
		wrong = s.ApplyProfile(c.Raw, c.Answers[m.Key])
	}
	if wrong == nil {
		return
	}
	if items, isList := m.Value.Value.([]*strictjson.Value); isList && wrong.Item < len(items) {
		at = items[wrong.Item].Offset
	}
	if in == nil && m.Key != "profile" {
		at = m.Offset
	}
	if id, named := c.Answers[m.Key].(string); named && m.Key == "profile" {
		known := slices.Sorted(maps.Keys(s.Profiles))
		r.at(at, "rule-case-profile", rules.Clip(id), diag.Near{Name: rules.Clip(id), Names: known}, strings.Join(known, ", "))
		return
	}
	r.at(at, "rule-case-answer", wrong.Words)
}

// words reads a list of ids, and reports those that are not in `known`. `key` is the key of the list, for messages.
func (r *reader) words(v *strictjson.Value, key string, known []*rules.Word) []string {
	var list []string
	for _, item := range r.list(v, key) {
		id := r.text(item, key)
		r.known(item, id, key, known)
		list = append(list, id)
	}
	return list
}

// known marks the case as bad if no word in `known` has the id. It also reports the id, unless `known` is nil because its file
// could not be read.
func (r *reader) known(v *strictjson.Value, id, key string, known []*rules.Word) {
	if id != "" && rules.WordNamed(known, id) == nil {
		if r.bad = true; known != nil {
			r.wrong(v, "rule-unknown-value", id, key, diag.Nearest(id, rules.IDs(known)))
		}
	}
}

func (r *reader) at(offset int, code diag.Code, args ...any) {
	r.bad = true
	r.found.Add(r.f.At(offset, code, args...))
}

func (r *reader) wrong(v *strictjson.Value, code diag.Code, args ...any) {
	r.at(v.Offset, code, args...)
}

var (
	anObject = diag.Wording{JA: "{ } で囲んだ「項目: 値」の組", EN: "keys with values in { }"}
	aList    = diag.Wording{JA: "[ ] で囲んだリスト", EN: "a list in [ ]"}
	aText    = diag.Wording{JA: `" で囲んだ文`, EN: "a text in quotes"}
)

// object reports a value that is not an object. In an object, it reports keys that are repeated, not in `keys`, or in `needed` but
// missing. `what` names the value in messages.
func (r *reader) object(v *strictjson.Value, what string, keys, needed []string) {
	members, isObject := v.Value.([]strictjson.Member)
	if !isObject {
		r.wrong(v, "rule-case-type", what, anObject)
		return
	}
	seen := map[string]bool{}
	for _, m := range members {
		switch {
		case seen[m.Key]:
			r.at(m.Offset, "yaml-repeated-key", m.Key)
		case !slices.Contains(keys, m.Key):
			r.at(m.Offset, "yaml-unknown-key", m.Key, strings.Join(keys, ", "), diag.Nearest(m.Key, keys))
			seen[diag.Nearest(m.Key, keys)] = true // so that the key that was meant is not reported as missing too
		}
		seen[m.Key] = true
	}
	for _, key := range needed {
		if !seen[key] {
			r.wrong(v, "rule-case-missing", key)
		}
	}
}

func (r *reader) list(v *strictjson.Value, key string) []*strictjson.Value {
	if v == nil {
		return nil
	}
	list, isList := v.Value.([]*strictjson.Value)
	if !isList {
		r.wrong(v, "rule-case-type", key, aList)
	}
	return list
}

func (r *reader) text(v *strictjson.Value, key string) string {
	if v == nil {
		return ""
	}
	text, isText := v.Value.(string)
	if !isText || text == "" {
		r.wrong(v, "rule-case-type", key, aText)
	}
	return text
}
