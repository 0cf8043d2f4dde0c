package rules

import (
	"strconv"

	"sitegen/internal/diag"
	"sitegen/internal/table"
)

// Set is a checked rule set: the tables as their editors wrote them, and the program that they are lowered to. Every list is
// in the order of its file.
type Set struct {
	Program *table.Program
	// Checked is Program with additional atoms, which only laws, contradictions and unknowns name. Both give the same answers.
	Checked *table.Program

	until func() error // returns an error if work is to end early; see Until

	Inputs     []*Input
	Visit      *Input // the day of the visit, one of the inputs
	Held       *Input // what the visitor holds; nil if no input asks for documents
	Outcomes   []*Word
	Documents  []*Word // the values of Held, then further ones
	Notes      []*Word
	Conditions []*Condition
	Layers     []*Layer
	Rows       []*Row // the rows of all layers, in order
	Enough     []*Row
	Adds       []*Row
	LawRows    []*Row     // laws that state something about answers
	HeldLaws   []*HeldLaw // laws that checks enforce, or that forbid words
	Asks       []*Ask     // the interview
	// Contradictions are combinations of answers that nobody gives. The proof of the interview leaves out people who would give
	// them.
	Contradictions []*Row
	Secret         map[*Input][]*Word           // values that no list shows, because they are too private
	Remedies       []*Remedy                    // what could still change an answer
	Profiles       map[string]map[string]string // the policies of each insurer: by id of the insurer, then by id of the input
	Members        map[string]map[string]string // what all members of an insurer answer: by id of the insurer, then by id of the input
	Elsewhere      table.Elsewhere              // who is not insured with the insurer whose site they use
	AlwaysAccepted []*Word                      // documents that reception always accepts, whoever brings them
	FirstWords     []*Word                      // notes that may come before the first note that a law demands
	Facts          Facts
	lowered        *lowering // the lowering that made Checked
	Papers         int32     // documents that can be "not accepted alone", as bits
	Cases          []Case
	Weights        []Weight
	periods        []Period                   // comparisons with fixed days; Periods sorts them
	uses           map[string]map[string]bool // by fact: the files that refer to it
	restsOn        map[string]map[string]bool // by source: the files that name it
}

// New returns an empty set whose conditions can refer to the given facts.
func New(facts Facts) *Set {
	return &Set{Facts: facts, Profiles: map[string]map[string]string{}, Members: map[string]map[string]string{}, uses: map[string]map[string]bool{}, restsOn: map[string]map[string]bool{}}
}

// Words are a short text for editors, in Japanese and in English.
type Words struct {
	Ja string `yaml:"ja"`
	En string `yaml:"en"`
}

// In returns the Japanese text for "ja", and otherwise the English one.
func (w Words) In(language string) string {
	if language == "ja" {
		return w.Ja
	}
	return w.En
}

// Place is a position in a file.
type Place struct {
	File   *diag.File
	Offset int
}

// At returns a diagnostic at the place.
func (p Place) At(code diag.Code, args ...any) diag.Diagnostic {
	return p.File.At(p.Offset, code, args...)
}

// String returns the place as file:line.
func (p Place) String() string {
	at := p.File.Position(p.Offset)
	at.Column = 0
	return lineOf(at)
}

// Word is a named value with its meaning.
type Word struct {
	ID    string
	Words Words
	Place Place
	Index int // its position in its list, from 0
}

// Input is one question of inputs.yaml, as its editor wrote it.
type Input struct {
	ID          string
	Place       Place
	Words       Words
	Kind        table.Kind
	Values      []*Word // the values of a choice or set
	Specials    []*Word // the special values of a date or number
	Slot        int     // the first of its slots
	Index       int     // its position among the inputs, from 0
	Default     int32   // in raw form; table.Missing if an answer is required
	DefaultText string  // the default as written
	Policy      bool
	Role        string  // VisitRole, HeldRole or, for most, ""
	Lost        bool    // whether its definition could not be read in full
	Asked       bool    // whether a step of the interview asks for it
	Told        []*Word // values that a visitor states unasked, as circumstances
	Unknowns    []Unknown
	Held        *HeldIf
}

// HeldIf says that an answer to a different question counts as holding a document.
type HeldIf struct {
	Document int
	When     Literal
}

// Unknown says what the real answer behind a value like "I don't know" may be: one of Values for a choice, or a day or number
// that meets all conditions in When.
type Unknown struct {
	Value  *Word
	Values []*Word
	When   []Literal
}

// Condition is a named condition. All of its parts must hold; if Any is true, one of them is enough.
type Condition struct {
	ID      string
	Place   Place
	Words   Words
	Any     bool
	Parts   []Literal
	Sources []string
	Index   int
	Phase   Phase // when its truth is known
}

// Ask is a step of interview.yaml, as its editor wrote it.
type Ask struct {
	Input *Input
	Again bool
	When  []Literal
	Place Place
}

// Layer is a part of the decision. If none of its rows holds for a visitor, the next layer decides.
type Layer struct {
	ID    string
	Words Words
	Place Place
	Rows  []*Row
}

// Row is a row of the decision, of the table Enough or of the additive stage, a law, or a contradiction.
type Row struct {
	ID       string
	Place    Place
	Layer    *Layer
	When     []Literal
	Sources  []string
	Outcome  *Word
	Level    table.Level // for a row of the table Enough: what it decides
	Bring    [][]*Word
	Effects  []Effect
	Require  []Literal // of a law: what must hold if When does
	Requires bool      // of a law: whether it has "always"; if not, When must never hold
	Number   int       // of a law: its number (content/rules/README.md), or 0
	Words    Words
	Index    int
}

// Effect is what a row of the additive stage does.
type Effect struct {
	Kind      table.EffectKind
	Note      *Word
	Documents []*Word
	With      []*Word // for the kind With: the alternatives that get the documents
}

// The paths in the content folder of the files of rules, and of policies.yaml, which lists what insurers decide. Only a part of
// policies.yaml concerns the rules.
const (
	InputsFile     = "rules/inputs.yaml"
	PoliciesFile   = "policies.yaml"
	VocabularyFile = "rules/vocabulary.yaml"
	ConditionsFile = "rules/conditions.yaml"
	DecideFile     = "rules/decide.yaml"
	EnoughFile     = "rules/enough.yaml"
	InterviewFile  = "rules/interview.yaml"
	AddFile        = "rules/add.yaml"
	LawsFile       = "rules/laws.yaml"
	RemediesFile   = "rules/remedies.yaml"
	CasesFile      = "rules/cases.json"
)

// WordNamed returns the word with an id, or nil.
func WordNamed(list []*Word, id string) *Word {
	for _, w := range list {
		if w.ID == id {
			return w
		}
	}
	return nil
}

// IDs returns the ids of words.
func IDs(list []*Word) []string {
	names := make([]string, len(list))
	for i, w := range list {
		names[i] = w.ID
	}
	return names
}

func lineOf(at diag.Position) string { return at.File + ":" + strconv.Itoa(at.Line) }

// IsVisit reports whether an input is the day of the visit.
func (in *Input) IsVisit() bool { return in.Role == VisitRole }

// CanBeAsked reports whether visitors can be asked for an input. They are not asked for the day of the visit, which is
// known, nor for policies, which the site sets.
func (in *Input) CanBeAsked() bool { return !in.IsVisit() && !in.Policy }

// Slots returns how many slots an input takes in an answer vector.
func (in *Input) Slots() int {
	if in.Kind == table.Several {
		return (len(in.Values) + 30) / 31
	}
	return 1
}

// Weight is the share of people who give an answer, as a source has counted them.
type Weight struct {
	Input, Value string // ids
	Name, Answer Words  // the editors' words for Input and Value
	Percent      float64
	Means        Words    // what was counted, of whom, and when
	Sources      []string // ids, at least one
}

// Remedy is an entry of remedies.yaml, as its editor wrote it: something that somebody could still get, do or find out.
type Remedy struct {
	ID      string
	Place   Place
	Answers []table.Given
	For     []table.Among // whom it is for; empty: everybody
	NotFor  []table.Among // whom it is not for
}

// The roles that an input can have, by their names.
const (
	VisitRole = "visit" // the day of the visit, to which every answer applies
	HeldRole  = "held"  // what the visitor holds: its values are documents
)

// ConditionByID returns a condition, or nil.
func (s *Set) ConditionByID(id string) *Condition {
	for _, c := range s.Conditions {
		if c.ID == id {
			return c
		}
	}
	return nil
}
