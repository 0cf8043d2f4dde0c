package rules

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

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

// openCases reads the file of worked cases.
func (l *loader) openCases() (err error) {
	l.caseFile, _, err = l.read(casesFile)
	return err
}

// readCases understands the worked cases.
func (l *loader) readCases() {
	f := l.caseFile
	var file struct {
		Facts map[string]string `json:"facts"`
		Cases []Case            `json:"cases"`
	}
	if at := loneSurrogate(f.Data); at >= 0 {
		l.report(f.At(at, "rule-case-surrogate", string(f.Data[at:at+6])))
		return
	}
	decoder := json.NewDecoder(bytes.NewReader(f.Data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&file); err != nil || decoder.More() {
		if err == nil {
			err = io.ErrUnexpectedEOF
		}
		l.report(f.At(int(decoder.InputOffset()), "rule-case-unreadable", err.Error()))
		return
	}
	for _, c := range file.Cases {
		marker, _ := json.Marshal(c.ID)
		c.place = place{f, max(0, bytes.Index(f.Data, marker))}
		raw, bad := l.set.Raw(c.Answers, civil.Unset)
		if bad != nil {
			l.report(c.place.at("rule-case-unreadable", c.ID+": "+bad.Message))
			continue
		}
		c.raw = raw
		l.set.cases = append(l.set.cases, c)
	}
}

// loneSurrogate returns where half of a pair is written as \uXXXX, or -1. It is no character, and in its place every
// reader of JSON puts what it likes.
func loneSurrogate(data []byte) int {
	for at := 0; at < len(data); at++ {
		if data[at] != '\\' {
			continue
		}
		half := escaped(data[at:])
		if !utf16.IsSurrogate(half) {
			at++ // a backslash may follow, which begins nothing
			continue
		}
		if utf16.DecodeRune(half, escaped(data[at+6:])) == utf8.RuneError {
			return at
		}
		at += 11
	}
	return -1
}

// escaped returns the unit of UTF-16 that the text begins with as \uXXXX, or 0.
func escaped(data []byte) rune {
	if len(data) < 6 || data[0] != '\\' || data[1] != 'u' {
		return 0
	}
	unit, err := strconv.ParseUint(string(data[2:6]), 16, 16)
	if err != nil {
		return 0
	}
	return rune(unit)
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
