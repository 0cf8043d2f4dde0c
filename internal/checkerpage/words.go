package checkerpage

import (
	"sitegen/internal/parity"
	"sitegen/internal/strictyaml"
)

// WordsYAML is rules/text/<lang>.yaml as it is written: the words of the checker in one language, by the ids of the rules.
type WordsYAML struct {
	Questions  strictyaml.Map[QuestionYAML]    `yaml:"questions,optional" growing:"omit"`
	Documents  strictyaml.Map[NamedYAML]       `yaml:"documents,optional" growing:"omit"`
	Outcomes   strictyaml.Map[OutcomeYAML]     `yaml:"outcomes,optional" growing:"omit"`
	Notes      strictyaml.Map[strictyaml.Text] `yaml:"notes,optional" growing:"omit"`
	Page       strictyaml.Map[strictyaml.Text] `yaml:"page,optional" growing:"omit"`
	Conditions strictyaml.Map[ConditionYAML]   `yaml:"conditions,optional" growing:"omit"`
	Rows       strictyaml.Map[strictyaml.Text] `yaml:"rows,optional"`
	Differs    parity.Differs                  `yaml:"differs,optional"`
}

// QuestionYAML is the words of a question.
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

// MoreYAML is what opens the groups of a question, and what stands above them.
type MoreYAML struct {
	Label strictyaml.Text `yaml:"label"`
	Title strictyaml.Text `yaml:"title"`
}

// HeldYAML says how a question is asked where a document is held.
type HeldYAML struct {
	Title strictyaml.Text `yaml:"title"`
	Hint  strictyaml.Text `yaml:"hint"`
}

// ChoiceYAML is the words of an answer.
type ChoiceYAML struct {
	Label strictyaml.Text  `yaml:"label"`
	Hint  *strictyaml.Text `yaml:"hint,optional"`
	Tile  *strictyaml.Text `yaml:"tile,optional"`
}

// NamedYAML is a name and what it looks like.
type NamedYAML struct {
	Name strictyaml.Text  `yaml:"name"`
	Hint *strictyaml.Text `yaml:"hint,optional"`
}

// OutcomeYAML is the words of a result.
type OutcomeYAML struct {
	Title strictyaml.Text `yaml:"title"`
	Text  strictyaml.Text `yaml:"text"`

	Speak []SpeakYAML              `yaml:"speak"`
	Told  strictyaml.Map[ToldYAML] `yaml:"told,optional"`
}

// ToldYAML are other words of an outcome: what they leave out is said as the outcome says it.
type ToldYAML struct {
	Title strictyaml.Text  `yaml:"title"`
	Text  *strictyaml.Text `yaml:"text,optional"`
	Speak []SpeakYAML      `yaml:"speak,optional"`
}

// SpeakYAML is a sentence to say to somebody.
type SpeakYAML struct {
	To     strictyaml.Text  `yaml:"to"`
	Own    strictyaml.Text  `yaml:"own"`
	Romaji *strictyaml.Text `yaml:"romaji,optional"`
}

// ConditionYAML has what is said of a condition that holds, or does not.
type ConditionYAML struct {
	Holds *strictyaml.Text `yaml:"holds,optional"`
	Not   *strictyaml.Text `yaml:"not,optional"`
}
