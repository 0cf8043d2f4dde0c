package checker

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"sitegen/internal/site"
	"sitegen/internal/strictjson"
)

// The files with which other programs use the rules. docs/module.md describes them. Their addresses never change. The module
// also has a second address, with its hash, which changes with the content.

// File is a file of the site.
type File struct {
	Path    string // relative to the site's root
	Content []byte
}

// Published returns the module, its words in each language, and the decisions of each insurer.
func (s *Site) Published() []File {
	whole := sha256.Sum256(s.File)
	files := []File{{"assets/rules." + hex.EncodeToString(whole[:])[:12] + ".wasm", s.File}, {"assets/rules.wasm", s.File}}
	for _, l := range s.site.Languages {
		files = append(files, File{"assets/rules." + l.ID + ".json", publish(s.in(l).publishedWords())})
	}
	for _, one := range append([]*site.Site{s.site}, s.site.Insurers...) {
		if one.Profile != nil {
			files = append(files, File{"assets/policies/" + one.Profile.ID + ".json", publish(s.publishedPolicies(one))})
		}
	}
	return files
}

// publish returns the content of a JSON file for other programs.
func publish(v any) []byte { return append(strictjson.Line(v), '\n') }

// publishedPolicies are the decisions of an insurer, as answers to the policy parameters that it sets.
type publishedPolicies struct {
	Profile string            `json:"profile"`
	Answers map[string]string `json:"answers"`
}

func (s *Site) publishedPolicies(insurer *site.Site) publishedPolicies {
	policies := publishedPolicies{insurer.Profile.ID, map[string]string{}}
	for _, names := range s.Program.Names.Inputs {
		if value := insurer.Profile.Policies[names.ID]; names.Policy && value != "" {
			policies.Answers[names.ID] = value
		}
	}
	return policies
}

// publishedWords are the words of the rules in one language, as plain text, by id.
type publishedWords struct {
	Version    string                        `json:"version"` // the version of the rules: the first 12 hexadecimal digits of the SHA-256 of the module without its description
	Language   string                        `json:"language"`
	Questions  map[string]publishedQuestion  `json:"questions"`
	Documents  map[string]publishedName      `json:"documents"`
	Outcomes   map[string]publishedOutcome   `json:"outcomes"`
	Notes      map[string]string             `json:"notes"`
	Remedies   map[string]string             `json:"remedies"`
	Conditions map[string]publishedCondition `json:"conditions"`
	Groups     map[string]string             `json:"groups"` // the headings over groups of values
}

type publishedQuestion struct {
	Title   string                   `json:"title"`
	Hint    string                   `json:"hint,omitempty"`
	Held    []publishedHeld          `json:"held,omitempty"` // the first whose document is held replaces the question's own words
	Short   string                   `json:"short"`
	Unknown string                   `json:"unknown"` // the answer "I don't know"
	Values  map[string]publishedName `json:"values,omitempty"`
}

// publishedHeld is a different wording of a question for people who hold a document.
type publishedHeld struct {
	Document string `json:"document"`
	Title    string `json:"title"`
	Hint     string `json:"hint,omitempty"`
}

type publishedName struct {
	Name string `json:"name"`
	Hint string `json:"hint,omitempty"`
}

type publishedOutcome struct {
	publishedHeading
	Told []publishedTold `json:"told,omitempty"` // the first whose note is told replaces the outcome's own words
}

type publishedHeading struct {
	Title string           `json:"title"`
	Text  string           `json:"text"`
	Speak []publishedSpeak `json:"speak,omitempty"`
}

// publishedTold is a different wording of an outcome for people who are also told a note.
type publishedTold struct {
	Note string `json:"note"`
	publishedHeading
}

// publishedSpeak is a sentence to say to somebody.
type publishedSpeak struct {
	To     string `json:"to"`               // the person to speak to
	Own    string `json:"own"`              // the sentence in the reader's language
	Aloud  string `json:"aloud,omitempty"`  // the sentence in the language spoken at reception, if that differs
	Romaji string `json:"romaji,omitempty"` // the romaji of Aloud
}

type publishedCondition struct {
	Holds string `json:"holds,omitempty"`
	Not   string `json:"not,omitempty"`
}

func (e edition) publishedWords() publishedWords {
	w := publishedWords{
		Version: e.version, Language: e.ID,
		Questions: map[string]publishedQuestion{}, Documents: publishedNames(e.Checker.Documents), Outcomes: map[string]publishedOutcome{},
		Notes: map[string]string{}, Remedies: map[string]string{}, Conditions: map[string]publishedCondition{}, Groups: map[string]string{},
	}
	for id, q := range e.Checker.Questions.All() {
		question := publishedQuestion{Title: q.Title.Plain, Hint: q.Hint.Plain, Short: q.Short.Plain, Unknown: q.Unknown.Plain, Values: publishedNames(q.Values)}
		for _, held := range q.Held {
			question.Held = append(question.Held, publishedHeld{held.Document, held.Title.Plain, held.Hint.Plain})
		}
		w.Questions[id] = question
	}
	for id, o := range e.Checker.Outcomes.All() {
		outcome := publishedOutcome{publishedHeading: e.publishedHeading(o.Title, o.Text, o.Speak)}
		for _, told := range o.Told {
			outcome.Told = append(outcome.Told, publishedTold{told.Note, e.publishedHeading(told.Title, told.Text, told.Speak)})
		}
		w.Outcomes[id] = outcome
	}
	for id, note := range e.Checker.Notes.All() {
		w.Notes[id] = note.Plain
	}
	for id, remedy := range e.Checker.Remedies.All() {
		w.Remedies[id] = remedy.Plain
	}
	for id, c := range e.Checker.Conditions.All() {
		w.Conditions[id] = publishedCondition{c.Holds.Plain, c.Not.Plain}
	}
	groups := slices.Clone(e.asked.Circumstances)
	for _, in := range e.asked.Inputs {
		groups = append(groups, in.Groups...)
	}
	for _, group := range groups {
		w.Groups[group.Title] = e.Checker.Page.Of(group.Title).Plain
	}
	return w
}

func (e edition) publishedHeading(title, text site.Phrase, speak []site.SpeakWords) publishedHeading {
	heading := publishedHeading{Title: title.Plain, Text: text.Plain}
	for _, w := range speak {
		heading.Speak = append(heading.Speak, publishedSpeak{e.Checker.Page.Of(w.To).Plain, w.Own.Plain, w.Aloud.Plain, w.Romaji.Plain})
	}
	return heading
}

func publishedNames(words site.Texts[site.NamedWords]) map[string]publishedName {
	names := map[string]publishedName{}
	for id, w := range words.All() {
		names[id] = publishedName{w.Name.Plain, w.Hint.Plain}
	}
	return names
}
