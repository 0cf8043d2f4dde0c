package rulefile

import (
	"fmt"
	"slices"
	"strconv"

	"sitegen/internal/diag"
	"sitegen/internal/rules"
	"sitegen/internal/table"
)

// finish lowers the checked set, refuses what does not fit the tables, and reports what nothing refers to.
func (l *loader) finish() {
	l.lower()
	if l.set.Program != nil && !l.broken[theAnswers] && !l.broken[theLaws] {
		l.unused()
	}
}

// lower makes the tables of the set, where its conditions are known, and refuses what does not fit them.
func (l *loader) lower() {
	s := l.set
	if l.broken[theConditions] || len(s.Outcomes) == 0 {
		l.broken[theConditions] = true
		return
	}
	if l.broken[theAnswers] { // the rest would say something that nobody wrote
		s.Adds, s.LawRows = nil, nil
		for _, r := range s.Rows {
			r.Outcome, r.Bring = s.Outcomes[0], nil
		}
	}
	if s.Held != nil {
		s.Papers = rules.Mask(s.Held.Values) &^ rules.Mask(l.noPapers)
	}
	s.Lower()
	l.limits()
}

// What the tables, the module and the verification have room for. (Lists are counted by wasm.Check too, and the last
// bit of a mask of comparisons is taken.)
const (
	mostInOneByte   = 255
	mostComparisons = 30
	mostSignals     = 4000
	mostRows        = 1000
	mostLists       = 3600
	mostWiths       = 500
)

// limits refuses a set that does not fit. It reports one finding, since a set that is too large is so in several ways.
func (l *loader) limits() {
	s, p := l.set, l.set.Program
	withs := 0
	for _, add := range p.Adds {
		for _, e := range add.Effects {
			withs += table.BoolInt(e.Kind == table.With)
		}
	}
	for _, of := range []struct {
		what        diag.Wording
		count, most int
	}{
		{diag.Wording{JA: "日付の計算", EN: "calculated days"}, len(s.Checked.Terms), mostInOneByte},
		{diag.Wording{JA: "書類の組", EN: "different alternatives"}, len(p.Sets), mostInOneByte},
		{diag.Wording{JA: "bring の種類", EN: "different lists under bring"}, len(p.Offers), mostInOneByte},
		{diag.Wording{JA: "同じ日付との比較", EN: "comparisons with the same date"}, comparisonsOfOne(s.Checked), mostComparisons},
		{diag.Wording{JA: "決める行", EN: "rows that decide"}, len(p.Rows), mostRows},
		{diag.Wording{JA: "足す行", EN: "rows that add"}, len(p.Adds), mostRows},
		{diag.Wording{JA: "with の行", EN: "rows with \"with\""}, withs, mostWiths},
		{diag.Wording{JA: "条件", EN: "conditions"}, s.Checked.Signals(), mostSignals},
		{diag.Wording{JA: "条件と行", EN: "conditions and rows"}, len(p.Inputs) + len(p.Gates) + len(p.Rows) + len(p.Posts) + len(p.Enough) + len(p.Lasts) + len(p.Adds) + len(p.Asks), mostLists},
	} {
		if of.count > of.most {
			l.report(s.Layers[0].Place.At("rule-too-large", tooMany(of.what, of.count, of.most)))
			return
		}
	}
	if bytes := p.Size(); bytes > table.MaxBytes {
		l.report(s.Layers[0].Place.At("rule-too-large", tooMany(diag.Wording{JA: "バイト数", EN: "bytes"}, bytes, table.MaxBytes)))
	}
}

// tooMany says how many there are and how many there may be.
func tooMany(what diag.Wording, count, most int) diag.Wording {
	return diag.Wording{
		JA: fmt.Sprintf("%sは%dまでですが、%dあります", what.JA, most, count),
		EN: fmt.Sprintf("%d %s, and %d are the most", count, what.EN, most),
	}
}

// gather joins findings about the same unknown name in many places into one, with their number: there is one mistake, where the
// name was given.
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
				continue // told
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

// fewPlaces is how many places are reported one by one.
const fewPlaces = 3

// nameIn identifies the name that does not exist, and what it was looked for as; "" for other findings.
func nameIn(d diag.Diagnostic) string {
	if !slices.Contains(ofNames, d.Code) {
		return ""
	}
	return fmt.Sprint(d.Code, d.Args)
}

// ofNames are the findings that gather joins; their last argument is the number of other places.
var ofNames = []diag.Code{"rule-unknown-name", "rule-unknown-set", "rule-unknown-value", "rule-unknown-day", "rule-unknown-fact", "rule-unknown-source", "rule-case-answer"}

// comparisonsOfOne returns how often the most compared date (or the constants together) is compared with the visit.
func comparisonsOfOne(p *table.Program) int {
	counts, most := map[int]int{}, 0
	for _, a := range p.Atoms {
		if a.Op == table.NotAfter {
			slot := max(p.OtherSlot(a.A), p.OtherSlot(a.B))
			counts[slot]++
			most = max(most, counts[slot])
		}
	}
	return most
}

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
