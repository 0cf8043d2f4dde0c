package rulefile

import (
	"fmt"
	"slices"
	"strconv"

	"sitegen/internal/diag"
	"sitegen/internal/rules"
)

// finish lowers the checked set, reports what exceeds the limits of the tables, and reports conditions and notes that nothing refers to.
func (l *loader) finish() {
	l.lower()
	if l.set.Program != nil && !l.broken[theAnswers] && !l.broken[theLaws] {
		l.unused()
	}
}

// lower makes the tables of the set, if its conditions are known, and reports what exceeds the limits of the tables.
func (l *loader) lower() {
	s := l.set
	if l.broken[theConditions] || len(s.Outcomes) == 0 {
		l.broken[theConditions] = true
		return
	}
	if l.broken[theAnswers] { // an incomplete set would say something that nobody wrote
		s.Adds, s.LawRows = nil, nil
		for _, r := range s.Rows {
			r.Outcome, r.Bring = s.Outcomes[0], nil
		}
	}
	if s.Held != nil {
		s.Papers = rules.Mask(s.Held.Values) &^ rules.Mask(l.noPapers)
	}
	s.Lower()
	if why, is := s.TooLarge(); is {
		l.report(s.Layers[0].Place.At("rule-too-large", why))
	}
}

// gather joins findings about the same unknown name if there are more than fewPlaces such findings: the mistake is probably in the
// definition of the name. The first of these findings stays, with the number of further places.
func gather(found []diag.Diagnostic) []diag.Diagnostic {
	places := map[string]int{}
	for _, d := range found {
		places[nameIn(d)]++
	}
	var list []diag.Diagnostic
	for _, d := range found {
		if name := nameIn(d); name != "" {
			more := ""
			if n := places[name]; n == 0 {
				continue // already in the list
			} else if n > fewPlaces {
				more = strconv.Itoa(n - 1)
				delete(places, name)
			}
			d.Args = append(slices.Clone(d.Args), more)
		}
		list = append(list, d)
	}
	return list
}

// fewPlaces is the greatest number of places that are reported one by one.
const fewPlaces = 3

// nameIn returns a key for the unknown name that a finding is about, and where it was looked up. It returns "" for findings
// about anything else.
func nameIn(d diag.Diagnostic) string {
	if !slices.Contains(ofNames, d.Code) {
		return ""
	}
	return fmt.Sprint(d.Code, d.Args)
}

// ofNames are the findings that gather joins. gather appends the number of further places to their arguments, or "" if there is
// no further place.
var ofNames = []diag.Code{"rule-unknown-name", "rule-unknown-set", "rule-unknown-value", "rule-unknown-day", "rule-unknown-fact", "rule-unknown-source", "rule-case-answer"}

// unused reports conditions and notes that nothing refers to.
func (l *loader) unused() {
	s := l.set
	used := map[any]bool{}
	mark := func(list []rules.Literal) {
		for _, lit := range list {
			used[lit.Test.Condition] = true
		}
	}
	for _, c := range s.Conditions {
		mark(c.Parts)
	}
	for _, a := range s.Asks {
		mark(a.When)
	}
	for _, in := range s.Inputs {
		for _, u := range in.Unknowns {
			mark(u.When)
		}
	}
	for _, rows := range [][]*rules.Row{s.Rows, s.Enough, s.Adds, s.LawRows, s.Contradictions} {
		for _, r := range rows {
			mark(r.When)
			mark(r.Require)
			for _, e := range r.Effects {
				used[e.Note] = true
			}
		}
	}
	for _, c := range s.Conditions {
		if !used[c] {
			l.remark(c.Place.At("rule-dead-name", c.ID))
		}
	}
	for _, n := range s.Notes {
		if !used[n] {
			l.remark(n.Place.At("rule-dead-name", n.ID))
		}
	}
}
