// Package worked tries the worked cases of a rule set: people whose right answer is known.
//
// The input is a rule set with its cases. The output is diagnostics about cases that are answered differently, and a report of which
// rows, values, laws and dates the cases try. Begin with [Check]; [Cover] makes the report.
package worked

import (
	"cmp"
	"slices"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/explain"
	"sitegen/internal/rules"
	"sitegen/internal/table"
)

// Check reports every worked case that does not hold. It skips cases that fail only because of a mistake that the proof
// of the rules reports.
func Check(s *rules.Set) []diag.Diagnostic {
	var found []diag.Diagnostic
	if takesAll(s) {
		return nil
	}
	for _, c := range s.Cases {
		if falls(s, &c) {
			continue
		}
		if wrong := mismatch(s, &c, s.Program); wrong.EN != "" {
			found = append(found, c.Place.At("rule-case-fails", c.ID, explain.Who(s, c.Raw), wrong))
		}
	}
	return found
}

// takesAll reports whether a row without conditions comes before the last layer. [Verify] reports such a row. It makes many
// cases fail, and findings about these would add nothing.
func takesAll(s *rules.Set) bool {
	last := s.Layers[len(s.Layers)-1]
	return slices.ContainsFunc(s.Rows, func(r *rules.Row) bool { return r.Layer != last && len(r.When) == 0 })
}

// falls reports whether a case falls into a gap of the rules. [Verify] reports the gap. The program lets its last row decide
// about everybody who is left, so its answer says nothing about such a case.
func falls(s *rules.Set, c *rules.Case) bool {
	last := s.Program.Rows[len(s.Program.Rows)-1].List
	if len(last.Yes)+len(last.No) == 0 {
		return false
	}
	m := table.NewMachine(s.Program)
	m.Load(c.Raw)
	return m.Decide().Row == len(s.Program.Rows)-1 && m.List(&last) != table.True
}

// mismatch says how the decision of program p differs from what a case expects, or why p refuses the answers of the case.
// The wording is empty if they agree.
func mismatch(s *rules.Set, c *rules.Case, p *table.Program) diag.Wording {
	out := p.Run(c.Raw)
	if out.Bad >= 0 {
		return s.Refusal(out.Bad).Words
	}
	return Mismatch(s, c, s.Result(out))
}

// Mismatch says how a result differs from what a case expects. The wording is empty if they agree.
func Mismatch(s *rules.Set, c *rules.Case, got rules.Result) diag.Wording {
	if got.Outcome != c.Outcome {
		return diag.Worded("結果は%sです（例では%s）", "the outcome is %s, not %s", outcomeWords(s, got.Outcome), outcomeWords(s, c.Outcome))
	}
	if c.Enough != "" && got.Enough != c.Enough {
		return diag.Worded("足りるかどうかは %s です（例では %s）", "enough is %s, not %s", got.Enough, c.Enough)
	}
	switch wants := alternatives(s, c.BringAnyOf); {
	case len(got.Bring) == 0 && len(c.BringAnyOf) > 0:
		return diag.Worded("持っていくものを何も示していません（例では%s）", "nothing is offered, and %s should be", wants)
	case len(got.Bring) > 0 && len(c.BringAnyOf) == 0:
		return diag.Worded("%sを示しています（例では、何も示しません）", "%s is offered, and nothing should be", alternatives(s, got.Bring[:1]))
	case len(got.Bring) > 0 && !slices.ContainsFunc(c.BringAnyOf, func(any []string) bool { return rules.SameSet(any, got.Bring[0]) }):
		return diag.Worded("最初に示すのは%sです（例では%s）", "what is offered first is %s, not %s", alternatives(s, got.Bring[:1]), wants)
	}
	for _, id := range c.NotAlone {
		if slices.ContainsFunc(got.Bring, func(papers []string) bool { return slices.Equal(papers, []string{id}) }) {
			return diag.Worded("%sだけで通ることになっています", "%s is offered by itself", alternatives(s, [][]string{{id}}))
		}
	}
	for _, id := range c.NeverOffer {
		if slices.ContainsFunc(got.Bring, func(set []string) bool { return slices.Contains(set, id) }) {
			return diag.Worded("%sを示しています", "%s is offered", alternatives(s, [][]string{{id}}))
		}
	}
	for _, id := range c.NotTell {
		if slices.Contains(got.Tell, id) {
			return diag.Worded("%s（%s）を知らせています", "%s (%s) is told", quoted(rules.WordsOf(s.Notes, id)), id)
		}
	}
	for _, id := range c.Tell {
		if !slices.Contains(got.Tell, id) {
			return diag.Worded("%s（%s）を知らせていません。知らせるのは: %s", "%s (%s) is not told; told are: %s", quoted(rules.WordsOf(s.Notes, id)), id, orNothing(strings.Join(got.Tell, ", ")))
		}
	}
	if until := howLong(got.Until); (c.Until != nil || c.Never) && until != howLong(c.Until) {
		return diag.Worded("この答えは%s同じです（例では%s）", "this answer holds %s, not %s", until, howLong(c.Until))
	}
	return diag.Wording{}
}

// outcomeWords returns an outcome's name and id.
func outcomeWords(s *rules.Set, id string) diag.Wording {
	return diag.Worded("%s（%s）", "%s (%s)", quoted(s.OutcomeName(id)), id)
}

// alternatives names the documents of each set.
func alternatives(s *rules.Set, sets [][]string) diag.Wording {
	var ja, en []string
	for _, set := range sets {
		var jaSet, enSet []string
		for _, id := range set {
			name := s.DocumentName(id)
			jaSet, enSet = append(jaSet, name.Ja), append(enSet, name.En)
		}
		ja = append(ja, cmp.Or(strings.Join(jaSet, "と"), "何も要らない"))
		en = append(en, cmp.Or(strings.Join(enSet, " and "), "nothing needed"))
	}
	return diag.Wording{JA: "「" + strings.Join(ja, "」か「") + "」", EN: `"` + strings.Join(en, `" or "`) + `"`}
}

// quoted puts words in the quotation marks of their language.
func quoted(w rules.Words) diag.Wording {
	return diag.Wording{JA: "「" + w.Ja + "」", EN: `"` + w.En + `"`}
}

// howLong says until which day an answer holds. nil means for ever.
func howLong(day *string) diag.Wording {
	if day == nil {
		return diag.Wording{JA: "ずっと", EN: "for ever"}
	}
	return diag.Worded("%sまで", "until %s", *day)
}

func orNothing(list string) diag.Wording {
	if list == "" {
		return diag.Wording{JA: "なし", EN: "none"}
	}
	return diag.Wording{JA: list, EN: list}
}
