package rules

import (
	"io/fs"

	"sitegen/internal/diag"
	"sitegen/internal/strictyaml"
	"sitegen/internal/table"
)

// Set is a checked rule set: the tables as their editors wrote them, and the program they are lowered to.
type Set struct {
	Program *table.Program

	until func() error // see Until

	inputs     []*input
	visit      *input // the day of the visit
	held       *input // what the visitor holds; nil where the subject has no such question
	outcomes   []*word
	documents  []*word // the values of the input that says what is held, then further ones
	notes      []*word
	conditions []*condition
	layers     []*layer
	rows       []*row // of all layers, in order
	enough     []*row
	adds       []*row
	laws       []*row
	named      []*heldLaw // laws that state nothing about answers
	asks       []*ask     // the interview
	// contradictions are people who do not exist: of them nothing is proven about the interview.
	contradictions []*row
	secret         map[*input][]*word // values that stand in no list
	remedies       []*remedy          // what could still make an answer another
	profiles       map[string]map[string]string
	accepted       []*word // documents that reception always accepts, whoever brings them
	firstWords     []*word // notes that may stand before the first word that a law demands
	facts          Facts
	checked        *lowering // the program with the atoms that only laws speak of
	papers         int32     // documents that can be "not accepted alone"
	cases          []Case
	weights        []Weight
	periods        []Period                   // comparisons with known days, in the order read
	uses           map[string]map[string]bool // facts, and the files that refer to them
	restsOn        map[string]map[string]bool // sources, and the files that name them
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

// place is where something stands in a file.
type place struct {
	file   *diag.File
	offset int
}

func (p place) at(code diag.Code, args ...any) diag.Diagnostic {
	return p.file.At(p.offset, code, args...)
}

// String returns file:line.
func (p place) String() string {
	at := p.file.Position(p.offset)
	at.Column = 0
	return lineOf(at)
}

// word is a named value with its meaning.
type word struct {
	id    string
	words Words
	place place
	index int
}

// input is one question as written.
type input struct {
	id       string
	place    place
	words    Words
	kind     table.Kind
	values   []*word // of a choice or set
	specials []*word // of a date or number
	slot     int
	index    int
	missing  int32  // the raw default
	usual    string // the default as written
	ask      bool
	policy   bool
	role     string  // the part it plays for the program; "" for most
	lost     bool    // what it is could not be read
	asked    bool    // whether it stands in the order of asking
	tells    []*word // values that are told unasked, as circumstances
	unknowns []unknown
	held     *heldIf
}

// heldIf says that an answer to another question counts as holding a document.
type heldIf struct {
	document int
	when     literal
}

// unknown says what a value that means "I don't know" may stand for: other values, or whatever meets conditions.
type unknown struct {
	value  *word
	values []*word
	when   []literal
}

// condition is a named condition: all of its parts, or any of them.
type condition struct {
	id      string
	place   place
	words   Words
	any     bool
	parts   []literal
	sources []string
	index   int
	phase   phase // what it depends on
}

// ask is a step of the interview as written.
type ask struct {
	input *input
	again bool
	when  []literal
	place place
}

type layer struct {
	id    string
	words Words
	place place
	rows  []*row
}

// row is a row of the decision, of the additive stage, or a law.
type row struct {
	id       string
	place    place
	layer    *layer
	when     []literal
	sources  []string
	outcome  *word
	level    table.Level // of the table of Enough
	bring    [][]*word
	effects  []effect
	require  []literal // of a law: what must then hold
	requires bool      // of a law: whether it is an "always"
	number   int       // of a law: in the contract; 0 where it has none there
	words    Words
	index    int
}

// effect is what a row of the additive stage does.
type effect struct {
	kind      table.EffectKind
	note      *word
	documents []*word
	with      []*word // of With: which alternatives
}

// The files of content/rules, and the list of what insurers decide, of which the rules read a part.
const (
	inputsFile     = "rules/inputs.yaml"
	policiesFile   = "policies.yaml"
	vocabularyFile = "rules/vocabulary.yaml"
	conditionsFile = "rules/conditions.yaml"
	decideFile     = "rules/decide.yaml"
	enoughFile     = "rules/enough.yaml"
	interviewFile  = "rules/interview.yaml"
	addFile        = "rules/add.yaml"
	lawsFile       = "rules/laws.yaml"
	remediesFile   = "rules/remedies.yaml"
	casesFile      = "rules/cases.json"
)

type inputYAML struct {
	Kind     strictyaml.Text          `yaml:"kind"`
	Role     strictyaml.Text          `yaml:"role,optional"`
	Name     Words                    `yaml:"name"`
	Values   strictyaml.Map[Words]    `yaml:"values,optional"`
	Special  strictyaml.Map[Words]    `yaml:"special,optional"`
	Default  *strictyaml.Text         `yaml:"default,optional"`
	Unknown  strictyaml.Map[standFor] `yaml:"unknown,optional"`
	HeldWhen *heldYAML                `yaml:"held_when,optional"`
}

type standFor struct {
	Values []strictyaml.Text `yaml:"values,optional"`
	When   []strictyaml.Text `yaml:"when,optional"`
}

type heldYAML struct {
	Document strictyaml.Text `yaml:"document"`
	When     strictyaml.Text `yaml:"when"`
}

type vocabularyYAML struct {
	Outcomes       strictyaml.Map[Words] `yaml:"outcomes"`
	Documents      strictyaml.Map[Words] `yaml:"documents"`
	NoPapers       []strictyaml.Text     `yaml:"no_papers,optional"`
	AlwaysAccepted []strictyaml.Text     `yaml:"always_accepted"`
	FirstWords     []strictyaml.Text     `yaml:"first_words,optional"`
	Notes          strictyaml.Map[Words] `yaml:"notes"`
}

type conditionYAML struct {
	Means   Words             `yaml:"means"`
	All     []strictyaml.Text `yaml:"all,optional"`
	Any     []strictyaml.Text `yaml:"any,optional"`
	Sources []strictyaml.Text `yaml:"sources,optional"`
}

type layerYAML struct {
	Layer strictyaml.Text `yaml:"layer"`
	Means Words           `yaml:"means"`
	Rows  []rowYAML       `yaml:"rows"`
}

type rowYAML struct {
	ID      strictyaml.Text     `yaml:"id"`
	When    []strictyaml.Text   `yaml:"when"`
	Outcome strictyaml.Text     `yaml:"outcome"`
	Bring   [][]strictyaml.Text `yaml:"bring"`
	Sources []strictyaml.Text   `yaml:"sources"`
}

type enoughYAML struct {
	ID      strictyaml.Text   `yaml:"id"`
	When    []strictyaml.Text `yaml:"when"`
	Enough  strictyaml.Text   `yaml:"enough"`
	Sources []strictyaml.Text `yaml:"sources,optional"`
}

type interviewYAML struct {
	Order          []askYAML                         `yaml:"order"`
	Circumstances  strictyaml.Map[[]strictyaml.Text] `yaml:"circumstances,optional"`
	Secret         strictyaml.Map[[]strictyaml.Text] `yaml:"secret,optional"`
	Contradictions []contradictionYAML               `yaml:"contradictions,optional"`
}

type askYAML struct {
	Ask   strictyaml.Text   `yaml:"ask"`
	Again bool              `yaml:"again,optional"`
	When  []strictyaml.Text `yaml:"when,optional"`
}

type contradictionYAML struct {
	ID    strictyaml.Text   `yaml:"id"`
	Means Words             `yaml:"means"`
	When  []strictyaml.Text `yaml:"when"`
}

type addYAML struct {
	ID      strictyaml.Text     `yaml:"id"`
	When    []strictyaml.Text   `yaml:"when"`
	Tell    []strictyaml.Text   `yaml:"tell,optional"`
	Or      [][]strictyaml.Text `yaml:"or,optional"`
	Also    []strictyaml.Text   `yaml:"also,optional"`
	With    []strictyaml.Text   `yaml:"with,optional"`
	WithTo  []strictyaml.Text   `yaml:"with_to,optional"`
	Alone   []strictyaml.Text   `yaml:"alone,optional"`
	Sources []strictyaml.Text   `yaml:"sources,optional"`
}

type lawYAML struct {
	ID        strictyaml.Text    `yaml:"id"`
	Law       int                `yaml:"law,optional"`
	Means     Words              `yaml:"means"`
	When      *[]strictyaml.Text `yaml:"when,optional"`
	Always    *[]strictyaml.Text `yaml:"always,optional"`
	HeldBy    []strictyaml.Text  `yaml:"held_by,optional"`
	NeverSays sayings            `yaml:"never_says,optional"`
}

type remedyYAML struct {
	ID      strictyaml.Text                   `yaml:"id"`
	Answers strictyaml.Map[strictyaml.Text]   `yaml:"answers"`
	For     strictyaml.Map[[]strictyaml.Text] `yaml:"for,optional"`
	NotFor  strictyaml.Map[[]strictyaml.Text] `yaml:"not_for,optional"`
}

// Reading is what was read of the rules of a content folder.
type Reading struct {
	Set *Set // nil where a mistake is an error
	// Rest is what can still be proven of a set with mistakes; nil where nothing can, and where there are none. Where
	// RowsAlone is set, it is known whom its rows take, but not what follows from that.
	Rest      *Set
	RowsAlone bool

	found []diag.Diagnostic
}

// Read reads and checks the rules of a content folder, which has a name in messages. The error is about the machine: a file
// that cannot be read.
func Read(content fs.FS, name string, facts Facts) (*Reading, error) {
	l := &loader{
		content: content, name: name, set: &Set{facts: facts, profiles: map[string]map[string]string{}, uses: map[string]map[string]bool{}, restsOn: map[string]map[string]bool{}},
		unread: map[string]bool{}, wanted: map[string]bool{}, rowIDs: map[string]bool{},
	}
	l.withEnough = l.has(enoughFile)
	for _, stage := range []func() error{l.readVocabulary, l.readInputs, l.readConditions, l.readDecide, l.readEnough, l.readInterview, l.readAdds, l.readLaws, l.readRemedies, l.readProfiles, l.readWeights, l.readCases} {
		if err := stage(); err != nil {
			return nil, err
		}
	}
	l.reading = theConditions
	l.reportFacts()
	l.finish()
	r := &Reading{found: l.found}
	switch {
	case !diag.HasErrors(l.found):
		r.Set = l.set
	case !l.broken[theConditions]:
		r.Rest, r.RowsAlone = l.set, l.broken[theAnswers]
	}
	return r, nil
}

// Found returns everything that was found, and more that was found of the set, in the order of the files. It is called once.
func (r *Reading) Found(more ...diag.Diagnostic) []diag.Diagnostic {
	list := append(r.found, more...)
	diag.Sort(list)
	return gather(list)
}

// Load reads rules that are taken to be in order. Of rules with mistakes the set is nil; of what is left of them nothing is
// proven.
func Load(content fs.FS, name string, facts Facts) (*Set, []diag.Diagnostic, error) {
	r, err := Read(content, name, facts)
	if err != nil {
		return nil, nil, err
	}
	return r.Set, r.Found(), nil
}
