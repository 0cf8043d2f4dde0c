// Package ask answers the questions of visitors with the compiled rules. It serves programs, line by line, and people on a terminal.
//
// The input is rules, the module compiled from them, and answers: a line of JSON for each visitor, or what somebody types. The output
// is results: as JSON for programs, or in the sentences of the checker's page.
//
// Begin with ask.go: [New] makes an [Asker]. Then:
//
//	lines.go        answers for programs, one visitor per line
//	dialogue.go     questions on a terminal, one after another
//	words.go        a result in the words of a site; explanation.go how it came about
package ask

import (
	"context"
	"io"

	"sitegen/internal/civil"
	"sitegen/internal/rules"
	"sitegen/internal/terminal"
	machine "sitegen/wasm/run"
)

// phrase is a sentence of a message or an explanation.
type phrase = terminal.Phrase

// Asker answers visitors with the compiled module.
type Asker struct {
	Options
	set    *rules.Set
	module *machine.Module
	words  *wordings // sentences for people; nil if programs read the answers
}

// Options says how visitors are answered.
type Options struct {
	Today    civil.Date
	Profile  string // the insurer of visitors whose answers name none; "" for no insurer
	Language string // "ja" or "en": the language of explanations, and of messages about a line that cannot be read
	Explains bool   // whether each answer is followed by an explanation
}

// New returns an asker that answers programs. `module` is the WebAssembly module of the rule set. If the rules do not know the insurer
// in `options`, New returns nil and the reason.
func New(set *rules.Set, module []byte, options Options) (*Asker, *rules.AnswerError) {
	a := &Asker{Options: options, set: set}
	if _, bad := set.Raw(a.withProfile(rules.Answers{}), a.Today); bad != nil {
		return nil, bad
	}
	started, err := machine.New(context.Background(), module)
	if err != nil {
		panic("BUG: " + err.Error())
	}
	a.module = started
	return a, nil
}

// Close ends the module.
func (a *Asker) Close() { a.module.Close(context.Background()) }

// withProfile adds the insurer of the options to answers that name no insurer. It changes and returns the given map.
func (a *Asker) withProfile(answers rules.Answers) rules.Answers {
	if answers["profile"] == nil && a.Profile != "" {
		answers["profile"] = a.Profile
	}
	return answers
}

// tell writes an answer for people, with an explanation if the options ask for one. See [wording.write] for `isUnsure`.
func (a *Asker) tell(w io.Writer, words *wording, raw []int32, isUnsure func(input int) bool, result rules.Result) {
	words.write(w, a.set, raw, isUnsure, result)
	if a.Explains {
		(&explanation{words, a.set, a.Language, w}).write(raw, result)
	}
}

// decide runs the module on encoded answers. It returns an error if the module refuses one of the answers.
func (a *Asker) decide(raw []int32) (rules.Result, *rules.AnswerError) {
	out, err := a.module.Decide(context.Background(), raw)
	if err != nil {
		panic("BUG: " + err.Error())
	}
	if out.Bad >= 0 {
		return rules.Result{}, a.set.Refusal(out.Bad)
	}
	return a.set.Result(out), nil
}
