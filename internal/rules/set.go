package rules

import (
	"strconv"

	"sitegen/internal/diag"
	"sitegen/internal/table"
)

// Set is a checked rule set: the tables as their editors wrote them, and the program that they are lowered to. Everything
// stands in the order of its file.
type Set struct {
	Program *table.Program
	// Checked is the program with the tests that only laws and contradictions speak of. It answers as Program does.
	Checked *table.Program

	until func() error // see Until

	Inputs     []*Input
	Visit      *Input // the day of the visit, one of the inputs
	Held       *Input // what the visitor holds; nil where the subject has no such question
	Outcomes   []*Word
	Documents  []*Word // the values of the input that says what is held, then further ones
	Notes      []*Word
	Conditions []*Condition
	Layers     []*Layer
	Rows       []*Row // of all layers, in order
	Enough     []*Row
	Adds       []*Row
	LawRows    []*Row     // laws that state something about answers
	HeldLaws   []*HeldLaw // laws that state nothing about answers
	Asks       []*Ask     // the interview
	// Contradictions are people who do not exist: of them nothing is proven about the interview.
	Contradictions []*Row
	Secret         map[*Input][]*Word           // values that stand in no list
	Remedies       []*Remedy                    // what could still change an answer
	Profiles       map[string]map[string]string // the policies of each insurer: by its id, and by that of the input
	AlwaysAccepted []*Word                      // documents that reception always accepts, whoever brings them
	FirstWords     []*Word                      // notes that may stand before the first word that a law demands
	Facts          Facts
	lowered        *lowering // of Checked
	Papers         int32     // documents that can be "not accepted alone"
	Cases          []Case
	Weights        []Weight
	periods        []Period                   // comparisons with known days, in the order read
	uses           map[string]map[string]bool // facts, and the files that refer to them
	restsOn        map[string]map[string]bool // sources, and the files that name them
}

// New returns a set that names facts, with nothing in it yet.
func New(facts Facts) *Set {
	return &Set{Facts: facts, Profiles: map[string]map[string]string{}, uses: map[string]map[string]bool{}, restsOn: map[string]map[string]bool{}}
}

// Words are a short text for editors.
type Words struct {
	Ja string `yaml:"ja"`
	En string `yaml:"en"`
}

// In returns the text in a language.
func (w Words) In(language string) string {
	if language == "ja" {
		return w.Ja
	}
	return w.En
}

// Place is where something stands in a file.
type Place struct {
	File   *diag.File
	Offset int
}

// At returns a diagnostic about what stands there.
func (p Place) At(code diag.Code, args ...any) diag.Diagnostic {
	return p.File.At(p.Offset, code, args...)
}

// String returns file:line.
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
	Index int // among the words of its list
}

// Input is one question as written.
type Input struct {
	ID          string
	Place       Place
	Words       Words
	Kind        table.Kind
	Values      []*Word // of a choice or set
	Specials    []*Word // of a date or number
	Slot        int     // its first one
	Index       int     // among the inputs
	Default     int32   // in raw answers; table.Missing where an answer is needed
	DefaultText string  // the default as written
	Policy      bool
	Role        string  // the part it plays for the program; "" for most
	Lost        bool    // what it is could not be read
	Asked       bool    // whether it stands in the order of asking
	Told        []*Word // values that are told unasked, as circumstances
	Unknowns    []Unknown
	Held        *HeldIf
}

// HeldIf says that an answer to another question counts as holding a document.
type HeldIf struct {
	Document int
	When     Literal
}

// Unknown says what a value that means "I don't know" may stand for: other values, or whatever meets conditions.
type Unknown struct {
	Value  *Word
	Values []*Word
	When   []Literal
}

// Condition is a named condition: all of its parts, or any of them.
type Condition struct {
	ID      string
	Place   Place
	Words   Words
	Any     bool
	Parts   []Literal
	Sources []string
	Index   int
	Phase   Phase // what it depends on
}

// Ask is a step of the interview as written.
type Ask struct {
	Input *Input
	Again bool
	When  []Literal
	Place Place
}

// Layer is a part of the decision: people whom no row of it takes go on to the next one.
type Layer struct {
	ID    string
	Words Words
	Place Place
	Rows  []*Row
}

// Row is a row of the decision, of the additive stage, or a law.
type Row struct {
	ID       string
	Place    Place
	Layer    *Layer
	When     []Literal
	Sources  []string
	Outcome  *Word
	Level    table.Level // of the table of Enough
	Bring    [][]*Word
	Effects  []Effect
	Require  []Literal // of a law: what must then hold
	Requires bool      // of a law: whether it is an "always"
	Number   int       // of a law: in the contract; 0 where it has none there
	Words    Words
	Index    int
}

// Effect is what a row of the additive stage does.
type Effect struct {
	Kind      table.EffectKind
	Note      *Word
	Documents []*Word
	With      []*Word // of With: which alternatives
}

// The files of content/rules, and the list of what insurers decide, of which the rules read a part.
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

// CanBeAsked reports whether an input is a question to visitors: the day of the visit is known, and what insurers decide
// is the site's to say.
func (in *Input) CanBeAsked() bool { return !in.IsVisit() && !in.Policy }

// Slots returns how many slots of raw answers an input takes.
func (in *Input) Slots() int {
	if in.Kind == table.Several {
		return (len(in.Values) + 30) / 31
	}
	return 1
}

// Weight is how many people give an answer, as somebody has counted them.
type Weight struct {
	Input, Value string // ids
	Name, Answer Words  // what editors call these
	Percent      float64
	Means        Words    // what was counted, of whom, and when
	Sources      []string // ids, at least one
}

// Remedy is something that somebody could still come to hold, do or find out, as written.
type Remedy struct {
	ID      string
	Place   Place
	Answers []table.Given
	For     []table.Among // whom it is for; everybody where there is nobody
	NotFor  []table.Among // whom it is not for
}

// The roles that an input can have, by their names.
const (
	VisitRole = "visit" // the day for which everything is asked
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
