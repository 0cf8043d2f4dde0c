package render

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"

	"sitegen/internal/site"
)

// What other programs ask the rules with: docs/module.md describes these files. Their addresses never change, but for that
// of the module by its content.

// listPublishedRules lists the module, its words in each language, and what each insurer has decided.
func (r *Renderer) listPublishedRules() {
	add := func(path string, content []byte) {
		r.add(path, func(w *bytes.Buffer) error { w.Write(content); return nil })
	}
	module := r.checker.File
	whole := sha256.Sum256(module)
	add("assets/rules."+hex.EncodeToString(whole[:])[:12]+".wasm", module)
	add("assets/rules.wasm", module)
	for _, e := range r.editions {
		add("assets/rules."+e.ID+".json", publish(e.publishedWords()))
	}
	if r.site.Profile != nil {
		add(policyPath(r.site), publish(r.publishedPolicies(r.site)))
	}
	for _, insurer := range r.site.Insurers {
		add(policyPath(insurer), publish(r.publishedPolicies(insurer)))
	}
}

func policyPath(insurer *site.Site) string {
	return "assets/policies/" + insurer.Profile.ID + ".json"
}

// publish writes a file for other programs.
func publish(v any) []byte {
	var w bytes.Buffer
	encoder := json.NewEncoder(&w)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		panic("BUG: " + err.Error())
	}
	return w.Bytes()
}

// publishedPolicies are what an insurer has decided, as answers.
type publishedPolicies struct {
	Profile string            `json:"profile"`
	Answers map[string]string `json:"answers"`
}

func (r *Renderer) publishedPolicies(insurer *site.Site) publishedPolicies {
	policies := publishedPolicies{insurer.Profile.ID, map[string]string{}}
	for _, names := range r.checker.Program.Names.Inputs {
		if value := insurer.Profile.Policies[names.ID]; names.Policy && value != "" {
			policies.Answers[names.ID] = value
		}
	}
	return policies
}

// publishedWords are the words of the rules in one language, as plain text, by their ids.
type publishedWords struct {
	Version    string                        `json:"version"` // of the rules
	Language   string                        `json:"language"`
	Questions  map[string]publishedQuestion  `json:"questions"`
	Documents  map[string]publishedName      `json:"documents"`
	Outcomes   map[string]publishedOutcome   `json:"outcomes"`
	Notes      map[string]string             `json:"notes"`
	Conditions map[string]publishedCondition `json:"conditions"`
	Groups     map[string]string             `json:"groups"` // headings over values
}

type publishedQuestion struct {
	Title   string                   `json:"title"`
	Hint    string                   `json:"hint,omitempty"`
	Short   string                   `json:"short"`
	Unknown string                   `json:"unknown"` // the answer "I don't know"
	Values  map[string]publishedName `json:"values,omitempty"`
}

type publishedName struct {
	Name string `json:"name"`
	Hint string `json:"hint,omitempty"`
}

type publishedOutcome struct {
	Title  string `json:"title"`
	Text   string `json:"text"`
	Say    string `json:"say,omitempty"`    // at reception
	Romaji string `json:"romaji,omitempty"` // how that is read in Japanese
}

type publishedCondition struct {
	Holds string `json:"holds,omitempty"`
	Not   string `json:"not,omitempty"`
}

func (e *edition) publishedWords() publishedWords {
	w := publishedWords{
		Version: e.r.checker.version, Language: e.ID,
		Questions: map[string]publishedQuestion{}, Documents: publishedNames(e.Checker.Documents), Outcomes: map[string]publishedOutcome{},
		Notes: map[string]string{}, Conditions: map[string]publishedCondition{}, Groups: map[string]string{},
	}
	for id, q := range e.Checker.Questions {
		w.Questions[id] = publishedQuestion{q.Title.Plain, q.Hint.Plain, q.Short.Plain, q.Unknown.Plain, publishedNames(q.Values)}
	}
	for id, o := range e.Checker.Outcomes {
		w.Outcomes[id] = publishedOutcome{o.Title.Plain, o.Text.Plain, o.Say.Plain, o.Romaji.Plain}
	}
	for id, note := range e.Checker.Notes {
		w.Notes[id] = note.Plain
	}
	for id, c := range e.Checker.Conditions {
		w.Conditions[id] = publishedCondition{c.Holds.Plain, c.Not.Plain}
	}
	look := e.r.site.Checker
	for _, groups := range append(slices.Collect(maps.Values(look.Groups)), look.Circumstances) {
		for _, group := range groups {
			w.Groups[group.Title] = e.Checker.Page[group.Title].Plain
		}
	}
	return w
}

func publishedNames(words map[string]site.NamedWords) map[string]publishedName {
	names := map[string]publishedName{}
	for id, w := range words {
		names[id] = publishedName{w.Name.Plain, w.Hint.Plain}
	}
	return names
}
