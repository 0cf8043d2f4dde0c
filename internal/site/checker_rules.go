package site

import (
	"bytes"
	"slices"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/strictyaml"
)

// RuleIDs are the ids of a rule set that readers may meet, for which there must be words.
type RuleIDs struct {
	Inputs    map[string][]string // with their values, those that mean "unknown" left out
	Documents []string
	Outcomes  []string
	Notes     []string
	Page      []string // words of the page itself, whatever the rules are
}

// CheckRules compares the words of the checker with the rules: every id must have its words, and no words may be of
// an id that is gone.
func (s *Site) CheckRules(ids RuleIDs) []diag.Diagnostic {
	var found []diag.Diagnostic
	for _, language := range s.Languages {
		y, c := language.Checker.written.y, wordsChecker{file: language.Checker.written.file}
		c.compare(c.section("questions", keysOf(y.Questions)), sortedKeys(ids.Inputs), `{title: "…", hint: "…", short: "…", unknown: "…"}`)
		c.checkConditional(y, ids)
		for _, question := range y.Questions {
			if values, asked := ids.Inputs[question.Key.Value]; asked {
				c.compareValues(question.Key, keysOf(question.Value.Values), values)
			}
		}
		c.compare(c.section("documents", keysOf(y.Documents)), ids.Documents, `{name: "…", hint: "…"}`)
		c.compare(c.section("outcomes", keysOf(y.Outcomes)), ids.Outcomes, `{title: "…", text: "…", say: "…"}`)
		c.compare(c.section("notes", keysOf(y.Notes)), ids.Notes, `"…"`)
		c.compare(c.section("page", keysOf(y.Page)), s.pageWords(ids, keysOf(y.Page)), `"…"`)
		found = append(found, c.found...)
	}
	found = append(found, s.Checker.checkPage(ids)...)
	diag.Sort(found)
	return found
}

// pageWords are the words that rules/text must have under page: those of the page, whom to call, and, of those in keys,
// what is assumed of a question.
func (s *Site) pageWords(ids RuleIDs, keys []strictyaml.Text) []string {
	words := slices.Clone(ids.Page)
	for _, call := range s.Checker.Calls {
		words = append(words, call.Key.Value)
	}
	for _, key := range keys {
		input, assumed := strings.CutPrefix(key.Value, "assumed_")
		if _, asked := ids.Inputs[input]; assumed && asked && !slices.Contains(words, key.Value) {
			words = append(words, key.Value)
		}
	}
	return words
}

// checkPage reports ids in rules/page.yaml that the rules do not have: a private answer with a slip in its id would
// stand in links.
func (c *Checker) checkPage(ids RuleIDs) []diag.Diagnostic {
	var found []diag.Diagnostic
	check := func(path string, list []strictyaml.Text, known []string) {
		for _, id := range list {
			if !slices.Contains(known, id.Value) {
				found = append(found, c.written.file.At(id.Offset, "rules-page-unknown", path+": "+id.Value, suggest(id.Value, known)))
			}
		}
	}
	each := func(path string, m strictyaml.Map[[]strictyaml.Text], keys []string, known func(key string) []string) {
		check(path, keysOf(m), keys)
		for _, entry := range m {
			if slices.Contains(keys, entry.Key.Value) {
				check(path+": "+entry.Key.Value, entry.Value, known(entry.Key.Value))
			}
		}
	}
	y, values := c.written.y, func(input string) []string { return ids.Inputs[input] }
	check("papers_first", y.First, values("have"))
	each("private", y.Private, sortedKeys(ids.Inputs), values)
	check("leaving", y.Leaving, values("change"))
	check("former_papers", keysOf(y.Former), values("have"))
	for _, entry := range y.Former {
		check("former_papers: "+entry.Key.Value, []strictyaml.Text{entry.Value}, values("have"))
	}
	check("steps", y.Steps, ids.Notes)
	for _, call := range y.Calls {
		check("calls: "+call.Key.Value, call.Value, ids.Notes)
	}
	check("explain", keysOf(y.Explain), ids.Outcomes)
	each("plain_first", y.PlainFirst, sortedKeys(ids.Inputs), values)
	check("plain_papers", y.PlainPapers, values("have"))
	return found
}

// checkConditional reports ids that the words of a question or an outcome depend on and the rules do not have.
func (c *wordsChecker) checkConditional(y wordsYAML, ids RuleIDs) {
	check := func(path string, key strictyaml.Text, known []string) {
		if !slices.Contains(known, key.Value) {
			c.found = append(c.found, c.file.At(key.Offset, "words-unknown", path+": "+key.Value, suggest(key.Value, known)))
		}
	}
	words := make([]string, len(y.Page))
	for i, word := range y.Page {
		words[i] = word.Key.Value
	}
	for _, question := range y.Questions {
		for _, held := range question.Value.Held {
			check("questions: "+question.Key.Value+": held", held.Key, ids.Documents)
		}
	}
	for _, outcome := range y.Outcomes {
		path := "outcomes: " + outcome.Key.Value
		sentences := slices.Clone(outcome.Value.Speak)
		for _, told := range outcome.Value.Told {
			check(path+": told", told.Key, ids.Notes)
			sentences = append(sentences, told.Value.Speak...)
		}
		for _, sentence := range sentences {
			check(path+": speak: to", sentence.To, words)
		}
	}
}

// compareValues compares the values of a question. Where it has none, they are missed all together.
func (c *wordsChecker) compareValues(question strictyaml.Text, keys []strictyaml.Text, ids []string) {
	path, form := "questions: "+question.Value, `{label: "…"}`
	switch {
	case len(keys) > 0:
		header := question.Offset + bytes.LastIndex(c.file.Data[question.Offset:keys[0].Offset], []byte("values"))
		c.compare(c.below(path+": values", header, 0, keys), ids, form)
	case len(ids) > 0:
		c.missing(c.inside(path, question, nil), "values", braced(ids, form))
	}
}
