package site

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"sitegen/internal/checkerpage"
	"sitegen/internal/diag"
	"sitegen/internal/rules"
	"sitegen/internal/strictyaml"
	"sitegen/internal/values"
)

// CheckRules compares the words of the checker with the rules: every id must have its words, and no words may be of
// an id that is gone. It returns what is wrong, and which checks were made on which files.
func (s *Site) CheckRules(ids checkerpage.RuleIDs) ([]diag.Diagnostic, rules.Ran) {
	var found []diag.Diagnostic
	var files []string
	for _, language := range s.Languages {
		y, c := language.Checker.written.y, wordsValidator{file: language.Checker.written.file, growing: language.growing}
		if c.file == nil { // it has no words of its own
			continue
		}
		c.compare(c.section("questions", y.Questions.Keys()), sortedKeys(ids.Inputs), `{title: "…", hint: "…", short: "…", unknown: "…"}`)
		c.checkConditional(y, ids)
		c.checkReasons(y, ids.Rows)
		for _, question := range y.Questions {
			if values, asked := ids.Inputs[question.Key.Value]; asked {
				c.compareValues(question.Key, question.Value.Values.Keys(), values)
			}
		}
		c.compare(c.section("documents", y.Documents.Keys()), ids.Documents, `{name: "…", hint: "…"}`)
		c.compare(c.section("outcomes", y.Outcomes.Keys()), ids.Outcomes, `{title: "…", text: "…", speak: []}`)
		c.compare(c.section("notes", y.Notes.Keys()), ids.Notes, `"…"`)
		c.compare(c.section("page", y.Page.Keys()), s.pageWords(ids), `"…"`)
		for _, word := range y.Page {
			c.found.Add(values.CheckSlots(c.file, "page: "+word.Key.Value, word.Value, ids.Slots[word.Key.Value])...)
		}
		c.checkSayings(language.ID, ids.Sayings)
		found, files = append(found, c.found.List...), append(files, c.file.Name)
	}
	ran := rules.Ran{rules.ByFacts: {Passages: s.passages}}
	for _, check := range []rules.Check{rules.ByWords, rules.ByReasons, rules.BySayings} {
		ran[check] = rules.Evidence{Files: files}
	}
	found = append(found, s.unspoken(ids.Sayings)...)
	found = append(found, s.Checker.Check(ids)...)
	ran[rules.ByGroups] = rules.Evidence{Files: []string{s.Checker.FileName()}}
	for _, insurer := range s.Insurers {
		found = append(found, checkerpage.CheckAnswers(insurer.Profile.written, insurer.Profile.answers, ids)...)
	}
	diag.Sort(found)
	return found, ran
}

// unspoken reports languages that the site does not have, of which a law says what no words may say.
func (s *Site) unspoken(sayings []rules.Saying) []diag.Diagnostic {
	var found []diag.Diagnostic
	known := make([]string, len(s.Languages))
	for i, language := range s.Languages {
		known[i] = language.ID
	}
	for i, saying := range sayings {
		told := i > 0 && sayings[i-1].Law == saying.Law && sayings[i-1].Language == saying.Language
		if !told && !slices.Contains(known, saying.Language) {
			found = append(found, saying.At("language-unknown", saying.Language, suggest(saying.Language, known)))
		}
	}
	return found
}

// checkSayings reports words that say what a law forbids. How a word is read, and spaces, make no difference.
func (c *wordsValidator) checkSayings(language string, sayings []rules.Saying) {
	text, offsets := bare(c.file.Data)
	for _, saying := range sayings {
		wanted, _ := bare([]byte(saying.Text))
		if saying.Language != language || wanted == "" {
			continue
		}
		for at := 0; ; {
			next := strings.Index(text[at:], wanted)
			if next < 0 {
				break
			}
			at += next
			c.found.Add(c.file.At(offsets[at], "words-forbidden", saying.Text, saying.Law))
			at += len(wanted)
		}
	}
}

var (
	rubyText    = regexp.MustCompile(`\{([^{}|\n]*)\|[^{}\n]*\}`)
	lineComment = regexp.MustCompile(`(?m)(?:^| )#.*$`)
)

// bare returns a text in small letters without spaces, ruby and comments, and where each of its bytes stands.
func bare(data []byte) (text string, offsets []int) {
	skip := make([]bool, len(data))
	leave := func(from, to int) {
		for at := from; at < to; at++ {
			skip[at] = true
		}
	}
	for _, m := range rubyText.FindAllSubmatchIndex(data, -1) {
		leave(m[0], m[2])
		leave(m[3], m[1])
	}
	for _, m := range lineComment.FindAllIndex(data, -1) {
		leave(m[0], m[1])
	}
	bytes := make([]byte, 0, len(data))
	for at, c := range data {
		if skip[at] || c == ' ' || c == '\n' || c == '\r' {
			continue
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		bytes, offsets = append(bytes, c), append(offsets, at)
	}
	return string(bytes), offsets
}

// pageWords are the words that rules/text must have under page: those that the page uses, and those that rules/page.yaml
// names.
func (s *Site) pageWords(ids checkerpage.RuleIDs) []string {
	words, c := slices.Clone(ids.Page), s.Checker
	add := func(more ...string) {
		for _, word := range more {
			if word != "" && !slices.Contains(words, word) {
				words = append(words, word)
			}
		}
	}
	for _, call := range c.Calls {
		add(call.Key.Value)
	}
	for _, group := range c.Circumstances {
		add(group.Title)
	}
	for _, input := range sortedKeys(c.Groups) {
		for _, group := range c.Groups[input] {
			add(group.Title)
		}
	}
	for _, input := range sortedKeys(c.Further) {
		for _, further := range c.Further[input] {
			add(further.Ask, further.Ask+"_yes", further.Ask+"_no")
		}
	}
	if c.NothingElse != nil {
		add(c.NothingElse.Say)
	}
	for _, outcome := range s.Default.Checker.written.y.Outcomes {
		for _, to := range listeners(outcome.Value) {
			add(to.Value)
		}
	}
	for _, document := range sortedKeys(c.Missing) {
		for _, mark := range c.Missing[document] {
			add(mark.Say)
		}
	}
	return words
}

// checkConditional reports ids that the words of a question or an outcome depend on and the rules do not have.
func (c *wordsValidator) checkConditional(y wordsYAML, ids checkerpage.RuleIDs) {
	check := func(path string, key strictyaml.Text, known []string) {
		if !slices.Contains(known, key.Value) {
			c.found.Add(c.file.At(key.Offset, "words-unknown", path+": "+key.Value, suggest(key.Value, known)))
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
		for _, told := range outcome.Value.Told {
			check(path+": told", told.Key, ids.Notes)
		}
		for _, to := range listeners(outcome.Value) {
			check(path+": speak: to", to, words)
		}
	}
}

// listeners returns the words of the page that name to whom something is to be said.
func listeners(y outcomeYAML) []strictyaml.Text {
	sentences := slices.Clone(y.Speak)
	for _, told := range y.Told {
		sentences = append(sentences, told.Value.Speak...)
	}
	list := make([]strictyaml.Text, len(sentences))
	for i, sentence := range sentences {
		list[i] = sentence.To
	}
	return list
}

// checkReasons reports rows of the decision without a reason in words, and reasons that no row has.
func (c *wordsValidator) checkReasons(y wordsYAML, rows []checkerpage.RowIDs) {
	type side struct {
		id    string
		holds bool
	}
	worded, used := map[side]bool{}, map[side]bool{}
	for _, entry := range y.Conditions {
		worded[side{entry.Key.Value, true}] = entry.Value.Holds != nil
		worded[side{entry.Key.Value, false}] = entry.Value.Not != nil
	}
	ids, unexplained := []string{}, []string{}
	for _, row := range rows {
		ids = append(ids, row.ID)
		explained := false
		for _, id := range row.Holds {
			used[side{id, true}] = true
			explained = explained || worded[side{id, true}]
		}
		for _, id := range row.Not {
			used[side{id, false}] = true
			explained = explained || worded[side{id, false}]
		}
		if _, own := y.Rows.Get(row.ID); !explained && !own {
			unexplained = append(unexplained, row.ID)
		}
	}
	section := c.section("rows", y.Rows.Keys())
	for _, id := range unexplained {
		c.missing(section, id, `"…"`)
	}
	unknown := func(key strictyaml.Text, path string, known []string) {
		c.found.Add(c.file.At(key.Offset, "words-unknown", path, suggest(key.Value, known)))
	}
	for _, entry := range y.Rows {
		if !slices.Contains(ids, entry.Key.Value) {
			unknown(entry.Key, "rows: "+entry.Key.Value, ids)
		}
	}
	for _, entry := range y.Conditions {
		id := entry.Key.Value
		for holds, name := range map[bool]string{true: "holds", false: "not"} {
			if worded[side{id, holds}] && !used[side{id, holds}] {
				unknown(entry.Key, "conditions: "+id+": "+name, nil)
			}
		}
	}
}

// compareValues compares the values of a question. Where it has none, they are missed all together.
func (c *wordsValidator) compareValues(question strictyaml.Text, keys []strictyaml.Text, ids []string) {
	path, form := "questions: "+question.Value, `{label: "…"}`
	switch {
	case len(keys) > 0:
		header := question.Offset + bytes.LastIndex(c.file.Data[question.Offset:keys[0].Offset], []byte("values"))
		c.compare(c.below(path+": values", header, 0, keys), ids, form)
	case len(ids) > 0:
		c.missing(c.inside(path, question, nil), "values", braced(ids, form))
	}
}
