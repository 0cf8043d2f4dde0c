package rulefile

import (
	"io/fs"

	"sitegen/internal/diag"
	"sitegen/internal/rules"
	"sitegen/internal/strictyaml"
)

type inputYAML struct {
	Kind     strictyaml.Text             `yaml:"kind"`
	Role     strictyaml.Text             `yaml:"role,optional"`
	Name     rules.Words                 `yaml:"name"`
	Values   strictyaml.Map[rules.Words] `yaml:"values,optional"`
	Special  strictyaml.Map[rules.Words] `yaml:"special,optional"`
	Default  *strictyaml.Text            `yaml:"default,optional"`
	Unknown  *strictyaml.Map[standFor]   `yaml:"unknown,optional"`
	HeldWhen *heldYAML                   `yaml:"held_when,optional"`
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
	Outcomes       strictyaml.Map[rules.Words] `yaml:"outcomes"`
	Documents      strictyaml.Map[rules.Words] `yaml:"documents"`
	NoPapers       []strictyaml.Text           `yaml:"no_papers,optional"`
	AlwaysAccepted []strictyaml.Text           `yaml:"always_accepted"`
	FirstWords     []strictyaml.Text           `yaml:"first_words,optional"`
	Notes          strictyaml.Map[rules.Words] `yaml:"notes"`
}

type conditionYAML struct {
	Means rules.Words `yaml:"means"`
	conditionBodyYAML
	Sources []strictyaml.Text `yaml:"sources,optional"`
}

// conditionBodyYAML is the part of a condition that decides, without words and sources. This part has the same form in
// AcceptedFile as in the editors' files.
type conditionBodyYAML struct {
	All []strictyaml.Text `yaml:"all,optional"`
	Any []strictyaml.Text `yaml:"any,optional"`
}

type layerYAML struct {
	Layer strictyaml.Text `yaml:"layer"`
	Means rules.Words     `yaml:"means"`
	Rows  []rowYAML       `yaml:"rows"`
}

type rowYAML struct {
	ID strictyaml.Text `yaml:"id"`
	rowBodyYAML
	Sources []strictyaml.Text `yaml:"sources"`
}

type rowBodyYAML struct {
	When    []strictyaml.Text   `yaml:"when"`
	Outcome strictyaml.Text     `yaml:"outcome"`
	Bring   [][]strictyaml.Text `yaml:"bring"`
}

type enoughYAML struct {
	ID strictyaml.Text `yaml:"id"`
	enoughBodyYAML
	Sources []strictyaml.Text `yaml:"sources,optional"`
}

type enoughBodyYAML struct {
	When   []strictyaml.Text `yaml:"when"`
	Enough strictyaml.Text   `yaml:"enough"`
}

type interviewYAML struct {
	Order          []askYAML                           `yaml:"order"`
	Circumstances  strictyaml.Map[[]strictyaml.Text]   `yaml:"circumstances,optional"`
	Secret         strictyaml.Map[[]strictyaml.Text]   `yaml:"secret,optional"`
	Elsewhere      []strictyaml.Map[[]strictyaml.Text] `yaml:"insured_elsewhere,optional"`
	Contradictions []contradictionYAML                 `yaml:"contradictions,optional"`
}

type askYAML struct {
	Ask   strictyaml.Text   `yaml:"ask"`
	Again bool              `yaml:"again,optional"`
	When  []strictyaml.Text `yaml:"when,optional"`
}

type contradictionYAML struct {
	ID    strictyaml.Text   `yaml:"id"`
	Means rules.Words       `yaml:"means"`
	When  []strictyaml.Text `yaml:"when"`
}

type addYAML struct {
	ID strictyaml.Text `yaml:"id"`
	addBodyYAML
	Sources []strictyaml.Text `yaml:"sources,optional"`
}

type addBodyYAML struct {
	When   []strictyaml.Text   `yaml:"when"`
	Tell   []strictyaml.Text   `yaml:"tell,optional"`
	Or     [][]strictyaml.Text `yaml:"or,optional"`
	Also   []strictyaml.Text   `yaml:"also,optional"`
	With   []strictyaml.Text   `yaml:"with,optional"`
	WithTo []strictyaml.Text   `yaml:"with_to,optional"`
	Alone  []strictyaml.Text   `yaml:"alone,optional"`
}

type lawYAML struct {
	ID        strictyaml.Text    `yaml:"id"`
	Law       int                `yaml:"law,optional"`
	Means     rules.Words        `yaml:"means"`
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

// Reading is the result of reading the rules of a content folder.
type Reading struct {
	Set *rules.Set // nil if an error was found
	// Rest is what remains of a set with mistakes, if something can be proven about it; otherwise nil. If RowsAlone is true,
	// only the conditions of its rows are known, and not what the rows decide.
	Rest      *rules.Set
	RowsAlone bool

	found []diag.Diagnostic
}

// Read reads and checks the rules of a content folder. `name` is the folder's name in messages. err is set only if the operating
// system cannot read a file; mistakes in files are findings.
func Read(content fs.FS, name string, facts rules.Facts) (*Reading, error) {
	l := &loader{
		content: content, name: name, set: rules.New(facts),
		unread: map[string]bool{}, wanted: map[string]bool{}, rowIDs: map[string]bool{},
	}
	l.withEnough = l.has(rules.EnoughFile)
	for _, stage := range []func() error{l.readVocabulary, l.readInputs, l.readConditions, l.readDecide, l.readEnough, l.readInterview, l.readAdds, l.readRemedies, l.readLaws, l.readProfiles, l.readWeights, l.readCases} {
		if err := stage(); err != nil {
			return nil, err
		}
	}
	l.reading = theConditions
	l.reportFacts()
	l.finish()
	r := &Reading{found: l.found.List}
	switch {
	case !l.found.HasErrors():
		r.Set = l.set
	case !l.broken[theConditions]:
		r.Rest, r.RowsAlone = l.set, l.broken[theAnswers]
	}
	return r, nil
}

// Found returns all findings together with those in `more`, in the order of the files. Call it once.
func (r *Reading) Found(more ...diag.Diagnostic) []diag.Diagnostic {
	list := append(r.found, more...)
	diag.Sort(list)
	return gather(list)
}

// Load reads rules for callers that need them complete: the set is nil if an error was found. It proves nothing about the
// rules.
func Load(content fs.FS, name string, facts rules.Facts) (*rules.Set, []diag.Diagnostic, error) {
	r, err := Read(content, name, facts)
	if err != nil {
		return nil, nil, err
	}
	return r.Set, r.Found(), nil
}
