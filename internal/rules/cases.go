package rules

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
)

// Case is a worked case: answers, and what they must lead to. Bring lists sets of which the first one offered must be
// one; none may be offered where it is empty. No set may consist of one of NotAlone; Tell must all be told.
type Case struct {
	ID         string     `json:"id"`
	Answers    Answers    `json:"answers"`
	Outcome    string     `json:"outcome"`
	BringAnyOf [][]string `json:"bring_any_of"`
	NotAlone   []string   `json:"not_alone"`
	Tell       []string   `json:"tell"`
	Until      *string    `json:"until,omitempty"`
	Source     string     `json:"source,omitempty"`
	Certainty  string     `json:"certainty,omitempty"`

	place place
	raw   []int32
}

// readCases reads the worked cases.
func (l *loader) readCases() error { return l.readCaseFile(casesFile) }

func (l *loader) readCaseFile(name string) error {
	data, err := fs.ReadFile(l.content, name)
	if err != nil {
		return err
	}
	f := &diag.File{Name: path.Join(l.name, name), Data: data}
	var file struct {
		Facts map[string]string `json:"facts"`
		Cases []Case            `json:"cases"`
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&file); err != nil || decoder.More() {
		if err == nil {
			err = io.ErrUnexpectedEOF
		}
		l.report(f.At(int(decoder.InputOffset()), "rule-case-unreadable", err.Error()))
		return nil
	}
	for _, c := range file.Cases {
		marker, _ := json.Marshal(c.ID)
		c.place = place{f, max(0, bytes.Index(data, marker))}
		raw, bad := l.set.Raw(c.Answers, civil.Unset)
		if bad != nil {
			l.report(c.place.at("rule-case-unreadable", c.ID+": "+bad.Message))
			continue
		}
		c.raw = raw
		l.set.cases = append(l.set.cases, c)
	}
	return nil
}

// Cases returns the worked cases.
func (s *Set) Cases() []Case { return s.cases }

// CheckCases reports every worked case that does not hold.
func (s *Set) CheckCases() []diag.Diagnostic {
	var found []diag.Diagnostic
	for _, c := range s.cases {
		if wrong := s.mismatch(&c, s.Program); wrong.EN != "" {
			found = append(found, c.place.at("rule-case-fails", c.ID, wrong))
		}
	}
	return found
}

// mismatch says in what a case is not met, or nothing.
func (s *Set) mismatch(c *Case, p *Program) diag.Wording {
	out := p.Run(c.raw)
	if out.Bad >= 0 {
		return diag.Wording{JA: "答えが足りません", EN: "an answer is missing"}
	}
	got := s.Result(out)
	if got.Outcome != c.Outcome {
		return diag.Wording{JA: fmt.Sprintf("結果は %s です（例では %s）", got.Outcome, c.Outcome), EN: fmt.Sprintf("the outcome is %s, not %s", got.Outcome, c.Outcome)}
	}
	if len(got.Bring) == 0 != (len(c.BringAnyOf) == 0) || len(got.Bring) > 0 && !slices.ContainsFunc(c.BringAnyOf, sameSet(got.Bring[0])) {
		return diag.Wording{JA: fmt.Sprintf("持っていくものは %v です（例では %v のどれか）", got.Bring, c.BringAnyOf), EN: fmt.Sprintf("bring is %v; its first must be one of %v", got.Bring, c.BringAnyOf)}
	}
	for _, id := range c.NotAlone {
		if slices.ContainsFunc(got.Bring, sameSet([]string{id})) || !slices.Contains(got.NotAlone, id) {
			return diag.Wording{JA: id + " だけで通ることになっています", EN: id + " is accepted alone"}
		}
	}
	for _, id := range c.Tell {
		if !slices.Contains(got.Tell, id) {
			return diag.Wording{JA: fmt.Sprintf("%s を知らせていません（%v）", id, got.Tell), EN: fmt.Sprintf("%s is not told, but %v", id, got.Tell)}
		}
	}
	if c.Until != nil && (got.Until == nil || *got.Until != *c.Until) {
		return diag.Wording{JA: fmt.Sprintf("期限は %s です（例では %s）", orNone(got.Until), *c.Until), EN: fmt.Sprintf("it holds until %s, not %s", orNone(got.Until), *c.Until)}
	}
	return diag.Wording{}
}

func orNone(text *string) string {
	if text == nil {
		return "none"
	}
	return *text
}

func sameSet(a []string) func(b []string) bool {
	return func(b []string) bool {
		x, y := slices.Clone(a), slices.Clone(b)
		slices.Sort(x)
		slices.Sort(y)
		return slices.Equal(x, y)
	}
}
