package table

import (
	"slices"

	"sitegen/internal/schema"
)

// Program is a checked rule set lowered to plain tables of small integers. Its reference interpreter is [Program.Run] in
// run.go. The WebAssembly module transcribes it, and so does the script for browsers without WebAssembly
// (themes/default/script/parts/rules.ts); both read the bytes of [Program.Encode] (encode.go). The tables hold no ids: these
// are in Names, in the order of the tables.
//
// # Raw answers
//
// A visitor's answers are a vector of 32-bit integers, one or more slots per input, in the order of Inputs:
//
//	kind     slots  value
//	choice   1      the index of the value, from 0
//	set      n      31 values per slot: value i is bit i%31 of slot i/31. Bit 31 is left free: it is set only in Missing, so an
//	                answered slot is never negative.
//	date     1      the civil day number (days since 1970-01-01), or special value k of the input as Missing+1+k
//	number   1      the number, or a special value as for a date
//
// Any slot may hold Missing: the input was not answered, and its default is used. An input whose Default is Missing must be
// answered (visit_date). Missing and the special values of a date ("unknown", "expired_unknown_when") are not days: every
// comparison with one is false. A value outside [Lo, Hi] that is neither special nor Missing is refused: Output.Bad is then
// its slot, and nothing else is decided. There are at most 31 slots.
//
// # Signals
//
// Everything that can be true of a visitor is a signal. The signals are numbered:
//
//	[0, A)        atoms      tests of raw answers
//	[A, A+G)      gates      named conditions and parts of them; each refers only to signals before it
//	[.., +O)      outcomes   exactly one is true, once the outcome is decided
//	[.., +P)      post gates conditions that depend on the outcome
//	[.., +3)      enough     no, unsure and yes: exactly one is true, once the table Enough has decided
//	[.., +L)      last gates conditions that depend on the level of Enough
//
// A program without a table Enough has neither signals for the levels nor last gates.
//
// A signal is two bits: bit 0 "may be false", bit 1 "may be true". In a decision it is False (1) or True (2). Maybe (3) occurs
// only while some answers are open, for example during the search for the next question.
type Program struct {
	Inputs []Input
	Terms  []Term
	Atoms  []Atom
	Gates  []Gate
	Rows   []Row  // the decision: the first row that holds decides
	Posts  []Gate // conditions on outcomes
	Enough []Fit  // whether what is held is enough: the first row that holds decides; the last holds for everyone
	Lasts  []Gate // conditions on Enough
	Adds   []Add  // the additive stage: every row that holds takes effect, in order
	Asks   []Ask  // the interview: the steps, in the order in which they are tried
	// Sets are sets of documents as bit masks: bit i is document i. The first documents are the values of the input in slot
	// Held, in the same order; the documents that nobody is asked about follow. There are at most 31 documents.
	Sets []int32
	// Offers are the lists of alternatives that rows name: indices into Sets, best first.
	Offers [][]int
	// Outcomes and Notes say how many outcomes and notes there are.
	Outcomes, Notes int
	// Visit is the slot of the day of the visit, and Held the slot of the documents that the visitor holds. Held equals Visit
	// if no input asks for documents. If signal HeldIf is true, the bits of HeldAs count as held too.
	Visit, Held int
	HeldIf      int
	HeldAs      int32
	// Papers are the values of Held that are papers. Only they can be in Output.NotAlone.
	Papers int32

	Names Names
}

// Missing is the raw value of an input that was not answered. Special value k of a date or number is Missing+1+k.
const Missing int32 = -1 << 31

// NoDay is the value of Output.Until if the answer never changes.
const NoDay = Missing

// Days and numbers outside these bounds are refused.
const (
	LowestNumber, HighestNumber = 0, 150
	LowestDay, HighestDay       = -25567, 84370 // 1900-01-01 to 2200-12-31
)

// FirstDay separates days from special values: a raw date or number below it is Missing or a special value.
const FirstDay = -1 << 30

// Kind is the kind of an input.
type Kind uint8

// The kinds of input, in the order of schema.InputKinds and of their numbers in the bytes of [Program.Encode].
const (
	Choice Kind = iota
	Several
	Date
	Number
)

// String returns the kind as rules/inputs.yaml writes it.
func (k Kind) String() string { return schema.InputKinds.Words[k] }

// Input is one question. Inputs are in the order of rules/inputs.yaml. The policy parameters, which nobody is asked for, come
// last.
type Input struct {
	Kind     Kind
	Slots    int   // 1; a set has one slot per 31 values
	Lo, Hi   int32 // the range of the values in each slot
	Specials int   // how many special values a date or number has
	Values   int   // how many values a choice or set has
	Default  int32 // the value that replaces Missing; Missing if an answer is required
	// Told are the values of a choice or set that a visitor tells unasked, as a circumstance: one bit mask per slot. A value that
	// was not told does not apply, even while the question is open.
	Told []int32
}

// Ask is one step of the interview. An input may be asked at several steps, with a different guard at each.
type Ask struct {
	Input int
	Again bool // asks for more values of a set, after one has been named
	Guard List // must hold for the step to be asked; open answers count as their defaults
}

// Level says whether what a visitor brings is enough.
type Level uint8

// The levels, from bad to good.
const (
	No     Level = iota // nothing is accepted by itself
	Unsure              // some of it may be refused
	Yes                 // the first alternative is at hand and is accepted
	Levels              // the number of levels
)

// String returns the level as docs/result.schema.json writes it.
func (l Level) String() string { return schema.Levels.Words[l] }

// Fit is a row of the table Enough.
type Fit struct {
	List
	Enough Level
}

// TermOp is what a date term computes.
type TermOp uint8

// The operators of date terms. If a term that an operator uses is not a day, the result is not a day either. Earlier and Later
// are the exception: their result is a day if at least one of their terms is.
const (
	InputDay TermOp = iota // the day in slot A
	ConstDay               // the day N
	Months                 // the day N months after term A (before it, if N < 0); in a month that is too short, its last day
	MonthEnd               // the last day of the N-th month after the month of term A
	Earlier                // the earlier of terms A and N; if one is not a day, the other
	Later                  // the later of terms A and N; if one is not a day, the other
	Reaches                // the day on which a person born on term A reaches age N by Japanese law: the day before the birthday
	Shift                  // N days after term A
)

// Term is a day computed from answers. It refers only to terms before it.
type Term struct {
	Op TermOp
	A  int
	N  int32
}

// AtomOp is what an atom tests.
type AtomOp uint8

// The tests, in the order of their numbers in the bytes of [Program.Encode].
const (
	Bit      AtomOp = iota // bit N of slot A is set
	In                     // the choice in slot A is one of the bits of N
	Is                     // slot A holds N exactly (a special value, as Missing+1+k)
	AtLeast                // slot A holds a number that is at least N
	NotAfter               // terms A and B are both days, and A is not after B plus N days
)

// Atom is one test of the raw answers.
type Atom struct {
	Op AtomOp
	A  int
	B  int // only for NotAfter
	N  int32
}

// List is a conjunction of signals. It holds if all signals in Yes are true and all signals in No are false. An empty list
// holds.
type List struct {
	Yes, No []int
}

// Gate is a conjunction of signals or, if Invert is true, the negation of one.
type Gate struct {
	List
	Invert bool
}

// Row is one row of the decision.
type Row struct {
	List
	Outcome int
	Offer   int // index into Offers
}

// EffectKind is what a row of the additive stage does.
type EffectKind uint8

// The effects, in the order of their numbers in the bytes of [Program.Encode].
const (
	Tell  EffectKind = iota // tell note A, unless an earlier row has told it
	Or                      // offer set A as a further alternative, unless it is offered already
	Also                    // add set A to what is worth taking along
	With                    // add set A to every alternative that shares a document with set B (if B is empty, to every alternative)
	Alone                   // the documents of set A are accepted by themselves, even if not offered
)

// Effect is one effect; A and B index Notes or Sets.
type Effect struct {
	Kind EffectKind
	A, B int
}

// Add is one row of the additive stage.
type Add struct {
	List
	Effects []Effect
}

// Names are the ids of the entries of the tables.
type Names struct {
	Inputs    []InputNames
	Signals   []string // an atom: its text; a gate: the id of its condition, or ""; an outcome: "outcome = x"; a level: ""
	Rows      []string
	Adds      []string
	Outcomes  []string
	Documents []string
	Notes     []string
	// RowSources are the sources of each decision row, and Layers the ids of the rows' layers.
	RowSources [][]string
	Layers     []string
	RowReasons []RowReasons
	Fits       []string  // the rows of the table Enough
	Remedies   []Remedy  // not part of the tables
	Elsewhere  Elsewhere // not part of the tables
}

// RowReasons are the named conditions of a row: those that must hold, and those that must not.
type RowReasons struct{ Holds, Not []string }

// InputNames are the ids of an input and of its values; the values of a date or number are its special values.
type InputNames struct {
	ID      string
	Values  []string
	Unknown int   // the value that means "I don't know", or -1
	Secret  []int // values that no list offers
	Policy  bool  // a parameter of the insurer, set by the site
}

// Output is a decision in numbers.
type Output struct {
	Bad      int // the slot of a refused answer, or -1
	Row      int // the row that decided
	Outcome  int
	Enough   Level   // No if the program has no table Enough
	Bring    []int32 // sets of documents, best first
	Also     int32   // documents
	NotAlone int32   // documents
	Tell     []int   // notes
	Until    int32   // the last day of the visit for which the decision holds, or NoDay if it holds for ever
}

// Slots returns how many raw values an answer vector has.
func (p *Program) Slots() int {
	n := 0
	for _, in := range p.Inputs {
		n += in.Slots
	}
	return n
}

// FirstGate returns the number of the first signal that is a gate.
func (p *Program) FirstGate() int { return len(p.Atoms) }

// FirstOutcome returns the number of the first signal that is an outcome.
func (p *Program) FirstOutcome() int { return p.FirstGate() + len(p.Gates) }

// FirstPost returns the number of the first signal that is a gate on outcomes.
func (p *Program) FirstPost() int { return p.FirstOutcome() + p.Outcomes }

// FirstEnough returns the number of the first signal that is a level of Enough.
func (p *Program) FirstEnough() int { return p.FirstPost() + len(p.Posts) }

// FirstLast returns the number of the first signal that is a gate on Enough.
func (p *Program) FirstLast() int {
	if len(p.Enough) == 0 {
		return p.FirstEnough()
	}
	return p.FirstEnough() + int(Levels)
}

// Signals returns how many signals there are.
func (p *Program) Signals() int { return p.FirstLast() + len(p.Lasts) }

// IsAsked reports whether an input is ever asked.
func (p *Program) IsAsked(input int) bool {
	return slices.ContainsFunc(p.Asks, func(a Ask) bool { return a.Input == input })
}

// All returns, as bits, the values of a choice or set that a slot can have. It returns 1 for a date or number. `slot` is the
// position within the slots of this input, from 0.
func (in *Input) All(slot int) int32 {
	switch in.Kind {
	case Several:
		return 1<<min(31, in.Values-31*slot) - 1
	case Choice:
		return 1<<in.Values - 1
	}
	return 1
}
