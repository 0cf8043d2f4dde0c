package rules

import (
	"strings"

	"sitegen/internal/schema"
	"sitegen/internal/table"
)

// A Literal is one test, or its negation, as an editor writes it:
//
//	cert_valid                          a condition of conditions.yaml
//	have.old_card                       a value of a set
//	place = reader or pharmacy          one of these values of a choice
//	ecert_expiry is unknown             a special value of a date
//	age >= fact:late_elderly_age        a number (also with <)
//	visit_date <= fact:interim_last_day two days (also with <, > and >=)
//	outcome = bring_cert or apply_cert  what was decided (add.yaml, laws.yaml)
//	enough = unsure or no               whether what is held is enough (add.yaml, laws.yaml)
//	tell.ask_insurer, bring.old_card    the result (laws.yaml)
//	first_held                          all of the first alternative is held (laws.yaml)
//	remedy.working_card                 whether a remedy is meant for the person (laws.yaml)
//
// A "not" before a test negates it.
type Literal struct {
	Text  string
	Place Place
	Not   bool
	Test  Test
}

// TestKind says what a test examines.
type TestKind uint8

// The kinds of test that an editor can write (expression.go in rulefile reads them).
const (
	ConditionTest TestKind = iota // whether a named condition holds
	MemberTest                    // whether a set contains a value
	ChoiceTest                    // whether a choice has one of some values
	SpecialTest                   // whether a date or number has a special value
	NumberTest                    // whether a number is at least, or below, a bound
	DateTest                      // a comparison of two days
	OutcomeTest                   // the outcome of the decision
	EnoughTest                    // the level of the table Enough
	ResultTest                    // only in laws: something about the result
	RemedyTest                    // only in laws: whether a remedy is meant for the person
)

// Test is what a literal states. Kind says which fields have a meaning.
type Test struct {
	Kind      TestKind
	Condition *Condition
	Input     *Input
	Mask      int32 // choice values, outcomes or levels, as bits
	Value     int   // index of a member or special value; a number; index of the document or note of a result test
	Below     bool  // for numbers: below Value (otherwise: at least Value)
	Left      *DateTerm
	Right     *DateTerm
	Strict    bool // for dates: Left is before Right (otherwise: not after Right)
	Result    string
	Remedy    *Remedy
}

// DateTerm is a day as a condition writes it: an operator with its operands. Op says which fields have a meaning.
type DateTerm struct {
	Op    table.TermOp
	Input *Input
	Day   int32
	N     int32
	A, B  *DateTerm
}

// LevelWords are the editors' words for the levels of the table Enough, in the order of their numbers.
var LevelWords = []*Word{
	{ID: schema.Levels.Words[table.No], Words: Words{"足りない", "not enough"}, Index: int(table.No)},
	{ID: schema.Levels.Words[table.Unsure], Words: Words{"足りないかもしれない", "perhaps enough"}, Index: int(table.Unsure)},
	{ID: schema.Levels.Words[table.Yes], Words: Words{"足りる", "enough"}, Index: int(table.Yes)},
}

// FirstHeld is the name of a test for laws: the visitor holds all documents of the first alternative. Documents that supplement
// the alternative do not count.
const FirstHeld = "first_held"

// words returns a literal as its editor wrote it, with single spaces.
func (lit Literal) words() string { return strings.Join(strings.Fields(lit.Text), " ") }

// InputsOf appends to the list `found` the inputs from which a day is computed, and returns the list.
func InputsOf(t *DateTerm, found []*Input) []*Input {
	if t == nil {
		return found
	}
	if t.Op == table.InputDay {
		return append(found, t.Input)
	}
	return InputsOf(t.B, InputsOf(t.A, found))
}

// IsVisit reports whether a term is the day of the visit.
func (t *DateTerm) IsVisit() bool { return t.Op == table.InputDay && t.Input.IsVisit() }

// Phase returns the phase in which it becomes known whether a literal holds.
func (lit Literal) Phase() Phase {
	switch lit.Test.Kind {
	case OutcomeTest:
		return OfOutcome
	case EnoughTest:
		return OfEnough
	case ConditionTest:
		if lit.Test.Condition != nil {
			return lit.Test.Condition.Phase
		}
	}
	return OfAnswers
}
