package checkerpage

import (
	"sitegen/internal/parity"
	"sitegen/internal/strictyaml"
)

// WordsYAML is the decoded file rules/text/<lang>.yaml: the words of the checker in one language, by ids of the rules.
type WordsYAML struct {
	Questions  strictyaml.Map[QuestionYAML]    `yaml:"questions,optional" growing:"omit"`
	Documents  strictyaml.Map[NamedYAML]       `yaml:"documents,optional" growing:"omit"`
	Outcomes   strictyaml.Map[OutcomeYAML]     `yaml:"outcomes,optional" growing:"omit"`
	Notes      strictyaml.Map[strictyaml.Text] `yaml:"notes,optional" growing:"omit"`
	Remedies   strictyaml.Map[strictyaml.Text] `yaml:"remedies,optional"`
	Page       strictyaml.Map[strictyaml.Text] `yaml:"page,optional" growing:"omit"`
	Conditions strictyaml.Map[ConditionYAML]   `yaml:"conditions,optional" growing:"omit"`
	Rows       strictyaml.Map[strictyaml.Text] `yaml:"rows,optional"`
	Enough     strictyaml.Map[strictyaml.Text] `yaml:"enough,optional"`
	Differs    parity.Differs                  `yaml:"differs,optional"`
}

// QuestionYAML has the words of a question.
type QuestionYAML struct {
	Title   strictyaml.Text          `yaml:"title"`
	Hint    *strictyaml.Text         `yaml:"hint,optional"`
	Short   strictyaml.Text          `yaml:"short"`
	Unknown strictyaml.Text          `yaml:"unknown"`
	Held    strictyaml.Map[HeldYAML] `yaml:"held,optional"`

	More     *MoreYAML        `yaml:"more,optional"`
	Assumed  *strictyaml.Text `yaml:"assumed,optional"`
	NotAsked *strictyaml.Text `yaml:"not_asked,optional"`
	Due      *strictyaml.Text `yaml:"due,optional"`

	Values strictyaml.Map[ChoiceYAML] `yaml:"values,optional"`
}

// MoreYAML is the label that opens the groups of a question, and the title above them.
type MoreYAML struct {
	Label strictyaml.Text `yaml:"label"`
	Title strictyaml.Text `yaml:"title"`
}

// HeldYAML is the wording of a question for people who hold a document.
type HeldYAML struct {
	Title strictyaml.Text `yaml:"title"`
	Hint  strictyaml.Text `yaml:"hint"`
}

// ChoiceYAML has the words of an answer.
type ChoiceYAML struct {
	Label strictyaml.Text  `yaml:"label"`
	Hint  *strictyaml.Text `yaml:"hint,optional"`
	Tile  *strictyaml.Text `yaml:"tile,optional"`
}

// NamedYAML is a document's name and a hint, for example how it looks.
type NamedYAML struct {
	Name strictyaml.Text  `yaml:"name"`
	Hint *strictyaml.Text `yaml:"hint,optional"`
}

// OutcomeYAML has the words of an outcome.
type OutcomeYAML struct {
	Title strictyaml.Text `yaml:"title"`
	Text  strictyaml.Text `yaml:"text"`

	Speak []SpeakYAML              `yaml:"speak"`
	Told  strictyaml.Map[ToldYAML] `yaml:"told,optional"`
}

// ToldYAML is a different wording of an outcome, used when a note is told. The outcome's own words fill in what it leaves out.
type ToldYAML struct {
	Title strictyaml.Text  `yaml:"title"`
	Text  *strictyaml.Text `yaml:"text,optional"`
	Speak []SpeakYAML      `yaml:"speak,optional"`
}

// SpeakYAML is a sentence that the reader can say to somebody.
type SpeakYAML struct {
	To     strictyaml.Text  `yaml:"to"`
	Own    strictyaml.Text  `yaml:"own"`
	Romaji *strictyaml.Text `yaml:"romaji,optional"`
}

// ConditionYAML is what the page says if a condition holds, and if it does not.
type ConditionYAML struct {
	Holds *strictyaml.Text `yaml:"holds,optional"`
	Not   *strictyaml.Text `yaml:"not,optional"`
}
