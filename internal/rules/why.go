package rules

import (
	"strings"

	"sitegen/internal/table"
)

// Explanation says why somebody gets an answer: the row that decided, and why its conditions hold.
type Explanation struct {
	Row     string
	Place   string // file:line of the row
	Layer   Words
	Sources []string
	Reasons []Reason
}

// Reason is a condition of a row that holds, or whose opposite holds, with what makes it so.
type Reason struct {
	ID      string // of a named condition; "" for a test of an answer
	Text    string // as the editor wrote it
	Words   Words
	Answer  Words // of a test of an answer: what was answered; of what was decided: that
	Holds   bool  // false: the row wants that it does not hold, and it does not
	Sources []string
	Because []Reason
}

// Why explains an answer. The answers must be complete enough to be decided.
func (s *Set) Why(raw []int32) (Explanation, *AnswerError) {
	if _, err := s.Evaluate(raw); err != nil {
		return Explanation{}, err
	}
	m := table.NewMachine(s.checked.p)
	m.Load(raw)
	r := s.rows[m.Decide().Row]
	e := Explanation{Row: r.id, Place: r.place.String(), Layer: r.layer.words, Sources: r.sources}
	for _, lit := range r.when {
		e.Reasons = append(e.Reasons, s.reason(m, lit))
	}
	return e, nil
}

// reason explains a literal that is true.
func (s *Set) reason(m *table.Machine, lit literal) Reason {
	c := lit.test.condition
	if lit.test.kind != testCondition {
		return Reason{Text: lit.text, Words: lit.test.words(s), Answer: s.answered(m, lit.test), Holds: !lit.not}
	}
	r := Reason{ID: c.id, Text: lit.text, Words: c.words, Holds: !lit.not, Sources: c.sources}
	for _, part := range c.parts {
		// A conjunction holds for all its parts, a disjunction for those that hold; the other way round where they fail.
		if s.Holds(m, part) == r.Holds {
			if !r.Holds {
				part.not = !part.not
			}
			r.Because = append(r.Because, s.reason(m, part))
		}
	}
	return r
}

// answered says what the answer is that a test looks at, or what was decided.
func (s *Set) answered(m *table.Machine, t test) Words {
	decided := func(known []*word, first int) Words {
		for i, w := range known {
			if m.Signal[first+i] == table.True {
				return w.words
			}
		}
		return Words{}
	}
	switch {
	case t.kind == testOutcome:
		return decided(s.outcomes, m.Program.FirstOutcome())
	case t.kind == testEnough:
		return decided(levelWords, m.Program.FirstEnough())
	case t.input != nil:
		return t.input.answer(m.Raw)
	}
	for _, side := range []*dateTerm{t.left, t.right} {
		for _, in := range inputsOf(side, nil) {
			if in != s.visit {
				return in.answer(m.Raw)
			}
		}
	}
	return s.visit.answer(m.Raw)
}

// answer words an answer, also one that is a default.
func (in *input) answer(raw []int32) Words {
	var values []Words
	switch value := raw[in.slot]; {
	case in.kind == table.Several:
		for _, v := range in.values {
			if raw[in.slot+v.index/31]>>(v.index%31)&1 != 0 {
				values = append(values, v.words)
			}
		}
	case value < table.FirstDay:
		values = []Words{in.specials[value-table.Missing-1].words}
	case in.kind == table.Choice:
		values = []Words{in.values[value].words}
	case in.kind == table.Date:
		values = []Words{{table.DayText(value), table.DayText(value)}}
	default:
		values = []Words{{itoa(value), itoa(value)}}
	}
	words := Words{"–", "–"}
	for i, v := range values {
		if i == 0 {
			words = v
		} else {
			words = Words{words.Ja + "・" + v.Ja, words.En + " + " + v.En}
		}
	}
	return Words{in.words.Ja + ": " + words.Ja, in.words.En + ": " + words.En}
}

// literalWords words a literal: a condition by its meaning, a comparison of days as it is written.
func (s *Set) literalWords(lit literal) Words {
	text := strings.TrimPrefix(lit.text, "not ")
	words := Words{text, text}
	switch lit.test.kind {
	case testCondition:
		words = lit.test.condition.words
	case testDate:
	default:
		words = lit.test.words(s)
	}
	if lit.not {
		words = Words{"「" + words.Ja + "」ではない", "not (" + words.En + ")"}
	}
	return words
}

// anyOf joins the words that a mask names.
func anyOf(known []*word, mask int32) Words {
	var ja, en []string
	for _, w := range known {
		if mask>>w.index&1 != 0 {
			ja, en = append(ja, w.words.Ja), append(en, w.words.En)
		}
	}
	return Words{strings.Join(ja, " / "), strings.Join(en, " / ")}
}

// words words a test of an answer, or of what was decided.
func (t test) words(s *Set) Words {
	switch t.kind {
	case testOutcome:
		return anyOf(s.outcomes, t.mask)
	case testEnough:
		return anyOf(levelWords, t.mask)
	}
	if t.input == nil {
		other := t.right
		if !t.left.isVisit() {
			other = t.left
		}
		inputs := inputsOf(other, nil)
		if len(inputs) == 0 {
			return s.visit.words
		}
		return inputs[0].words
	}
	ja, en := t.input.words.Ja+": ", t.input.words.En+": "
	switch t.kind {
	case testMember:
		return t.input.values[t.value].words
	case testSpecial:
		return Words{ja + t.input.specials[t.value].words.Ja, en + t.input.specials[t.value].words.En}
	case testChoice:
		between := ""
		for i, v := range t.input.values {
			if t.mask>>i&1 != 0 {
				ja, en = ja+between+v.words.Ja, en+between+v.words.En
				between = " / "
			}
		}
	case testNumber:
		sign := " >= "
		if t.below {
			sign = " < "
		}
		return Words{t.input.words.Ja + sign + itoa(int32(t.value)), t.input.words.En + sign + itoa(int32(t.value))}
	}
	return Words{ja, en}
}
