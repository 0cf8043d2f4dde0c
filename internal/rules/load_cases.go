package rules

import (
	"path"
	"slices"
	"strings"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/plaintext"
)

// caseReader reads the file of worked cases. Everything wrong in them is told, each at its place.
type caseReader struct {
	l    *loader
	f    *diag.File
	seen map[string]bool // ids
	bad  bool            // whether something is wrong in the case that is being read
}

// The keys of the file, and of a case; without those of the last list nothing can be tried.
var (
	fileKeys   = []string{"facts", "cases"}
	caseKeys   = []string{"id", "answers", "who", "outcome", "enough", "bring_any_of", "not_alone", "never_offer", "tell", "not_tell", "until", "source", "certainty"}
	neededKeys = []string{"id", "answers", "outcome", "bring_any_of"}
)

func (r *caseReader) read() error {
	f, found, err := plaintext.Read(r.l.content, r.l.name, CasesFile)
	if r.l.remark(found...); err != nil || len(found) > 0 {
		return err
	}
	r.f = f
	if isBlank(f.Data) {
		r.l.remark(f.Whole("rule-file-empty", path.Base(CasesFile)))
		return nil
	}
	if at := loneSurrogate(f.Data); at >= 0 {
		r.l.remark(f.At(at, "rule-case-surrogate", string(f.Data[at:at+6])))
		return nil
	}
	root, found := parseJSON(f)
	if r.l.remark(found...); root == nil || r.l.unread[InputsFile] || r.l.unread[PoliciesFile] {
		return nil // of answers to questions that are not known nothing can be said
	}
	r.object(root, path.Base(CasesFile), fileKeys, []string{"cases"})
	cases := r.list(root.member("cases"), "cases")
	for _, v := range cases {
		r.bad = false
		if c := r.readCase(v); !r.bad {
			r.l.set.Cases = append(r.l.set.Cases, c)
		}
	}
	if len(cases) == 0 && !r.bad {
		r.l.remark(f.Whole("rule-no-cases"))
	}
	return nil
}

func (r *caseReader) readCase(v *jsonValue) Case {
	r.object(v, "case", caseKeys, neededKeys)
	c := Case{Place: Place{r.f, v.offset}}
	if id := v.member("id"); id != nil {
		c.ID, c.Place.Offset = r.text(id, "id"), id.offset
		if r.seen[c.ID] {
			r.wrong(id, "id-twice", c.ID)
		}
		r.seen[c.ID] = true
	}
	c.Source, c.Certainty = r.text(v.member("source"), "source"), r.text(v.member("certainty"), "certainty")
	s := r.l.set
	if outcome := v.member("outcome"); outcome != nil {
		c.Outcome = r.text(outcome, "outcome")
		r.known(outcome, c.Outcome, "outcome", s.Outcomes)
	}
	if enough := v.member("enough"); enough != nil {
		c.Enough = r.text(enough, "enough")
		r.known(enough, c.Enough, "enough", LevelWords)
	}
	for _, set := range r.list(v.member("bring_any_of"), "bring_any_of") {
		c.BringAnyOf = append(c.BringAnyOf, r.words(set, "bring_any_of", s.Documents))
	}
	c.NotAlone = r.words(v.member("not_alone"), "not_alone", s.Documents)
	c.NeverOffer = r.words(v.member("never_offer"), "never_offer", s.Documents)
	c.Tell = r.words(v.member("tell"), "tell", s.Notes)
	c.NotTell = r.words(v.member("not_tell"), "not_tell", s.Notes)
	c.Who = r.text(v.member("who"), "who")
	r.until(v.member("until"), &c)
	r.answers(v.member("answers"), &c)
	return c
}

func (r *caseReader) until(v *jsonValue, c *Case) {
	switch {
	case v == nil:
	case v.value == nil:
		c.Never = true
	default:
		day := r.text(v, "until")
		if _, err := civil.Parse(day); err != nil && day != "" {
			r.wrong(v, "yaml-want-date", "until", day)
		}
		c.Until = &day
	}
}

// answers encodes the person of a case. The day of the visit must be among the answers.
func (r *caseReader) answers(v *jsonValue, c *Case) {
	if v == nil {
		return
	}
	members, isObject := v.value.([]jsonMember)
	if !isObject {
		r.wrong(v, "rule-case-type", "answers", anObject)
		return
	}
	s := r.l.set
	c.Answers, c.Raw = Answers{}, s.unanswered()
	for _, m := range members {
		if _, twice := c.Answers[m.key]; twice {
			r.at(m.offset, "yaml-repeated-key", m.key)
		}
		c.Answers[m.key] = m.value.plain()
		r.answer(m, c)
	}
	if s.Visit != nil && c.Answers[s.Visit.ID] == nil {
		r.wrong(v, "rule-case-missing", s.Visit.ID)
	}
}

func (r *caseReader) answer(m jsonMember, c *Case) {
	s, at := r.l.set, m.value.offset
	in := s.InputByID(m.key)
	if in != nil && in.lost || in == nil && m.key != "profile" && r.l.namesLost() { // told already
		r.bad = true
		return
	}
	wrong := s.answer(c.Raw, m.key, c.Answers[m.key])
	if m.key == "profile" {
		profile, _ := c.Answers[m.key].(string)
		r.bad = r.bad || slices.Contains(r.l.faultyProfiles, profile)
		wrong = s.applyProfile(c.Raw, c.Answers[m.key])
	}
	if wrong == nil {
		return
	}
	if items, isList := m.value.value.([]*jsonValue); isList && wrong.item < len(items) {
		at = items[wrong.item].offset
	}
	if in == nil && m.key != "profile" {
		at = m.offset
	}
	r.at(at, "rule-case-answer", wrong.Words)
}

// words reads a list of ids.
func (r *caseReader) words(v *jsonValue, key string, known []*Word) []string {
	var list []string
	for _, item := range r.list(v, key) {
		id := r.text(item, key)
		r.known(item, id, key, known)
		list = append(list, id)
	}
	return list
}

// known reports an id that does not exist.
func (r *caseReader) known(v *jsonValue, id, key string, known []*Word) {
	if id != "" && WordNamed(known, id) == nil {
		if r.bad = true; known != nil {
			r.wrong(v, "rule-unknown-value", id, key, suggest(id, IDs(known)))
		}
	}
}

func (r *caseReader) at(offset int, code diag.Code, args ...any) {
	r.bad = true
	r.l.remark(r.f.At(offset, code, args...))
}

func (r *caseReader) wrong(v *jsonValue, code diag.Code, args ...any) { r.at(v.offset, code, args...) }

var (
	anObject = diag.Wording{JA: "{ } で囲んだ「項目: 値」の組", EN: "keys with values in { }"}
	aList    = diag.Wording{JA: "[ ] で囲んだリスト", EN: "a list in [ ]"}
	aText    = diag.Wording{JA: `" で囲んだ文`, EN: "a text in quotes"}
)

// object looks at the keys of an object.
func (r *caseReader) object(v *jsonValue, what string, keys, needed []string) {
	members, isObject := v.value.([]jsonMember)
	if !isObject {
		r.wrong(v, "rule-case-type", what, anObject)
		return
	}
	seen := map[string]bool{}
	for _, m := range members {
		switch {
		case seen[m.key]:
			r.at(m.offset, "yaml-repeated-key", m.key)
		case !slices.Contains(keys, m.key):
			r.at(m.offset, "yaml-unknown-key", m.key, strings.Join(keys, ", "), diag.Nearest(m.key, keys))
			seen[diag.Nearest(m.key, keys)] = true // it is not missing besides
		}
		seen[m.key] = true
	}
	for _, key := range needed {
		if !seen[key] {
			r.wrong(v, "rule-case-missing", key)
		}
	}
}

func (r *caseReader) list(v *jsonValue, key string) []*jsonValue {
	if v == nil {
		return nil
	}
	list, isList := v.value.([]*jsonValue)
	if !isList {
		r.wrong(v, "rule-case-type", key, aList)
	}
	return list
}

func (r *caseReader) text(v *jsonValue, key string) string {
	if v == nil {
		return ""
	}
	text, isText := v.value.(string)
	if !isText || text == "" {
		r.wrong(v, "rule-case-type", key, aText)
	}
	return text
}
