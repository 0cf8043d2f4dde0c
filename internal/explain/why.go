package explain

import (
	"strconv"
	"strings"

	"sitegen/internal/rules"
	"sitegen/internal/table"
)

// Explanation says why somebody gets an answer: the deciding row, and why its conditions hold.
type Explanation struct {
	Row     string
	Fit     string // the row that says whether it is enough; "" if the rules have no such table
	Place   string // file:line of the row
	Layer   rules.Words
	Sources []string
	Reasons []Reason
}

// Reason says why a condition of a row is met. If Holds is false, the row requires that the condition does not hold.
type Reason struct {
	ID      string // the id of a named condition; "" for a test
	Text    string // the condition as the editor wrote it
	Words   rules.Words
	Answer  rules.Words // for a test: what was answered or decided
	Holds   bool        // false if the row requires that the condition does not hold
	Sources []string
	Because []Reason
}

// Why explains which row decides about a visitor. It returns an error if a required answer is missing or an answer is
// refused.
func Why(s *rules.Set, raw []int32) (Explanation, *rules.AnswerError) {
	if _, err := s.Evaluate(raw); err != nil {
		return Explanation{}, err
	}
	m := table.NewMachine(s.Checked)
	m.Load(raw)
	r := s.Rows[m.Decide().Row]
	e := Explanation{Row: r.ID, Place: r.Place.String(), Layer: r.Layer.Words, Sources: r.Sources}
	for _, lit := range r.When {
		e.Reasons = append(e.Reasons, reasonFor(s, m, lit))
	}
	if len(s.Enough) > 0 {
		e.Fit = s.Enough[m.Fit()].ID
	}
	return e, nil
}

// reasonFor explains a literal that is true.
func reasonFor(s *rules.Set, m *table.Machine, lit rules.Literal) Reason {
	c := lit.Test.Condition
	if lit.Test.Kind != rules.ConditionTest {
		return Reason{Text: lit.Text, Words: testWords(lit.Test, s), Answer: given(s, m, lit.Test), Holds: !lit.Not}
	}
	r := Reason{ID: c.ID, Text: lit.Text, Words: c.Words, Holds: !lit.Not, Sources: c.Sources}
	for _, part := range c.Parts {
		// If the condition holds, the parts that hold explain it: all parts of a conjunction, some of a disjunction. If it
		// fails, the parts that fail explain it: all parts of a disjunction, some of a conjunction.
		if s.Holds(m, part) == r.Holds {
			if !r.Holds {
				part.Not = !part.Not
			}
			r.Because = append(r.Because, reasonFor(s, m, part))
		}
	}
	return r
}

// given returns, in words, the answer that a test reads, or the outcome or level that was decided.
func given(s *rules.Set, m *table.Machine, t rules.Test) rules.Words {
	decided := func(known []*rules.Word, first int) rules.Words {
		for i, w := range known {
			if m.Signal[first+i] == table.True {
				return w.Words
			}
		}
		return rules.Words{}
	}
	switch {
	case t.Kind == rules.OutcomeTest:
		return decided(s.Outcomes, m.Program.FirstOutcome())
	case t.Kind == rules.EnoughTest:
		return decided(rules.LevelWords, m.Program.FirstEnough())
	case t.Input != nil:
		return answerTo(t.Input, m.Raw)
	}
	for _, side := range []*rules.DateTerm{t.Left, t.Right} {
		for _, in := range rules.InputsOf(side, nil) {
			if in != s.Visit {
				return answerTo(in, m.Raw)
			}
		}
	}
	return answerTo(s.Visit, m.Raw)
}

// answerTo returns the answer to an input in words, even if it is the default.
func answerTo(in *rules.Input, raw []int32) rules.Words {
	var values []rules.Words
	switch value := raw[in.Slot]; {
	case in.Kind == table.Several:
		for _, v := range in.Values {
			if raw[in.Slot+v.Index/31]>>(v.Index%31)&1 != 0 {
				values = append(values, v.Words)
			}
		}
	case value < table.FirstDay:
		values = []rules.Words{in.Specials[value-table.Missing-1].Words}
	case in.Kind == table.Choice:
		values = []rules.Words{in.Values[value].Words}
	case in.Kind == table.Date:
		values = []rules.Words{{Ja: table.DayText(value), En: table.DayText(value)}}
	default:
		values = []rules.Words{{Ja: strconv.Itoa(int(value)), En: strconv.Itoa(int(value))}}
	}
	words := rules.Words{Ja: "–", En: "–"}
	for i, v := range values {
		if i == 0 {
			words = v
		} else {
			words = rules.Words{Ja: words.Ja + "・" + v.Ja, En: words.En + " + " + v.En}
		}
	}
	return rules.Words{Ja: in.Words.Ja + ": " + words.Ja, En: in.Words.En + ": " + words.En}
}

// LiteralWords returns a literal in words: a condition by its meaning, a comparison of days as the editor wrote it, and
// any other test by what it requires.
func LiteralWords(s *rules.Set, lit rules.Literal) rules.Words {
	text := strings.TrimPrefix(lit.Text, "not ")
	words := rules.Words{Ja: text, En: text}
	switch lit.Test.Kind {
	case rules.ConditionTest:
		words = lit.Test.Condition.Words
	case rules.DateTest:
	default:
		words = testWords(lit.Test, s)
	}
	if lit.Not {
		words = rules.Words{Ja: "「" + words.Ja + "」ではない", En: "not (" + words.En + ")"}
	}
	return words
}

// anyOf joins the words of the values in a mask.
func anyOf(known []*rules.Word, mask int32) rules.Words {
	var ja, en []string
	for _, w := range known {
		if mask>>w.Index&1 != 0 {
			ja, en = append(ja, w.Words.Ja), append(en, w.Words.En)
		}
	}
	return rules.Words{Ja: strings.Join(ja, " / "), En: strings.Join(en, " / ")}
}

// testWords returns the words for a test of an answer, of the outcome or of the level of Enough. For a comparison of days,
// it returns only the words of one date in it: if possible, of a date other than the visit.
func testWords(t rules.Test, s *rules.Set) rules.Words {
	switch t.Kind {
	case rules.OutcomeTest:
		return anyOf(s.Outcomes, t.Mask)
	case rules.EnoughTest:
		return anyOf(rules.LevelWords, t.Mask)
	}
	if t.Input == nil {
		other := t.Right
		if !t.Left.IsVisit() {
			other = t.Left
		}
		inputs := rules.InputsOf(other, nil)
		if len(inputs) == 0 {
			return s.Visit.Words
		}
		return inputs[0].Words
	}
	ja, en := t.Input.Words.Ja+": ", t.Input.Words.En+": "
	switch t.Kind {
	case rules.MemberTest:
		return t.Input.Values[t.Value].Words
	case rules.SpecialTest:
		return rules.Words{Ja: ja + t.Input.Specials[t.Value].Words.Ja, En: en + t.Input.Specials[t.Value].Words.En}
	case rules.ChoiceTest:
		between := ""
		for i, v := range t.Input.Values {
			if t.Mask>>i&1 != 0 {
				ja, en = ja+between+v.Words.Ja, en+between+v.Words.En
				between = " / "
			}
		}
	case rules.NumberTest:
		sign := " >= "
		if t.Below {
			sign = " < "
		}
		return rules.Words{Ja: t.Input.Words.Ja + sign + strconv.Itoa(int(int32(t.Value))), En: t.Input.Words.En + sign + strconv.Itoa(int(int32(t.Value)))}
	}
	return rules.Words{Ja: ja, En: en}
}
