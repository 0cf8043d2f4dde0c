package rules

import "strings"

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
	Holds   bool // false: the row wants that it does not hold, and it does not
	Sources []string
	Because []Reason
}

// Why explains an answer. The answers must be complete enough to be decided.
func (s *Set) Why(raw []int32) (Explanation, *AnswerError) {
	if _, err := s.Evaluate(raw); err != nil {
		return Explanation{}, err
	}
	m := newMachine(s.checked.p)
	m.load(raw)
	r := s.rows[m.decide().Row]
	e := Explanation{Row: r.id, Place: r.place.String(), Layer: r.layer.words, Sources: r.sources}
	for _, lit := range r.when {
		e.Reasons = append(e.Reasons, s.reason(m, lit))
	}
	return e, nil
}

// reason explains a literal that is true.
func (s *Set) reason(m *machine, lit literal) Reason {
	c := lit.test.condition
	if lit.test.kind != testCondition {
		return Reason{Text: lit.text, Words: lit.test.words(s), Holds: !lit.not}
	}
	r := Reason{ID: c.id, Text: lit.text, Words: c.words, Holds: !lit.not, Sources: c.sources}
	for _, part := range c.parts {
		// A conjunction holds for all its parts, a disjunction for those that hold; the other way round where they fail.
		if s.true(m, part) == r.Holds {
			if !r.Holds {
				part.not = !part.not
			}
			r.Because = append(r.Because, s.reason(m, part))
		}
	}
	return r
}

// true evaluates a literal about answers.
func (s *Set) true(m *machine, lit literal) bool {
	for _, ref := range s.signalsOf(lit) {
		if m.signal[ref.index] == True == ref.not {
			return lit.not
		}
	}
	return !lit.not
}

// signalsOf returns the signals that must all hold where a literal about answers does, or not all where it is negated.
func (s *Set) signalsOf(lit literal) []signalRef {
	if lit.test.kind == testCondition {
		return []signalRef{s.checked.of[lit.test.condition]}
	}
	return s.checked.atomsOf(lit.test)
}

// wordsOf words a literal: a condition by its meaning, a comparison of days as it is written.
func (s *Set) wordsOf(lit literal) Words {
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
