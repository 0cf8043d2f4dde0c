package checkerpage

import (
	"bytes"
	"maps"
	"regexp"
	"slices"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/rules"
	"sitegen/internal/schema"
	"sitegen/internal/strictyaml"
	"sitegen/internal/values"
)

// Words are the words of the checker in one language.
type Words struct {
	Language string // the language's id
	Growing  bool   // whether words may be missing
	File     *diag.File
	WordsYAML
}

// CheckWords compares the words of the checker with the rules: every id needs words, and words must not be for an id that no
// longer exists. It also reports wrong slots, and words that a law forbids. The parameter `page` lists the keys that the file
// must have in its section `page`.
func (w *Words) CheckWords(ids RuleIDs, page []string) []diag.Diagnostic {
	c := &wordsValidator{schema.Completeness{File: w.File, Growing: w.Growing}}
	c.Compare(c.Section("questions", w.Questions.Keys()), slices.Sorted(maps.Keys(ids.Inputs)), `{title: "…", hint: "…", short: "…", unknown: "…"}`)
	c.checkConditional(w.WordsYAML, ids)
	c.checkReasons(w.WordsYAML, ids.Rows)
	for _, question := range w.Questions {
		if values, asked := ids.Inputs[question.Key.Value]; asked {
			c.compareValues(question.Key, question.Value.Values.Keys(), values)
		}
	}
	c.Compare(c.Section("documents", w.Documents.Keys()), ids.Documents, `{name: "…", hint: "…"}`)
	c.Compare(c.Section("outcomes", w.Outcomes.Keys()), ids.Outcomes, `{title: "…", text: "…", speak: []}`)
	c.Compare(c.Section("notes", w.Notes.Keys()), ids.Notes, `"…"`)
	c.Compare(c.Section("remedies", w.Remedies.Keys()), ids.Remedies, `"…"`)
	c.Compare(c.Section("enough", w.Enough.Keys()), ids.Unsure, `"…"`)
	c.Compare(c.Section("page", w.Page.Keys()), page, `"…"`)
	for _, word := range w.Page {
		if !schema.IsID(word.Key.Value) {
			c.Found.Add(c.File.At(word.Key.Offset, "id-form-snake", word.Key.Value))
		}
		c.Found.Add(values.CheckSlots(c.File, "page: "+word.Key.Value, word.Value, ids.Slots[word.Key.Value])...)
	}
	c.checkSayings(w.Language, ids.Sayings)
	return c.Found.List
}

// wordsValidator compares the words of one language with the rules.
type wordsValidator struct{ schema.Completeness }

// Unspoken reports laws that forbid words in a language that the site does not have: once for each law and language.
func Unspoken(sayings []rules.Saying, languages []string) []diag.Diagnostic {
	var found []diag.Diagnostic
	for i, saying := range sayings {
		told := i > 0 && sayings[i-1].Law == saying.Law && sayings[i-1].Language == saying.Language
		if !told && !slices.Contains(languages, saying.Language) {
			found = append(found, saying.At("language-unknown", saying.Language, diag.Near{Name: saying.Language, Names: languages}))
		}
	}
	return found
}

// checkSayings reports words that a law forbids. It ignores readings and spaces.
func (c *wordsValidator) checkSayings(language string, sayings []rules.Saying) {
	text, offsets := bare(c.File.Data)
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
			c.Found.Add(c.File.At(offsets[at], "words-forbidden", saying.Text, saying.Law))
			at += len(wanted)
		}
	}
}

var (
	rubyText    = regexp.MustCompile(`\{([^{}|\n]*)\|[^{}\n]*\}`)
	lineComment = regexp.MustCompile(`(?m)(?:^| )#.*$`)
)

// bare returns a text in lower case without spaces, line ends, readings and comments. `offsets` has the offset in `data` of
// each byte of the text.
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

// PageWords returns the keys that rules/text must have under `page`: those that the page uses, and those that are named in
// rules/page.yaml or in the words of the default language.
func (p *Page) PageWords(ids RuleIDs, main *Words) []string {
	words := slices.Clone(ids.Page)
	add := func(more ...string) {
		for _, word := range more {
			if word != "" && !slices.Contains(words, word) {
				words = append(words, word)
			}
		}
	}
	for _, call := range p.Calls {
		add(call.Key.Value)
	}
	for _, group := range p.Circumstances {
		add(group.Title)
	}
	for _, input := range slices.Sorted(maps.Keys(p.Groups)) {
		for _, group := range p.Groups[input] {
			add(group.Title)
		}
	}
	for _, input := range slices.Sorted(maps.Keys(p.Further)) {
		for _, further := range p.Further[input] {
			add(further.Ask, further.Ask+"_yes", further.Ask+"_no")
		}
	}
	for _, input := range slices.Sorted(maps.Keys(p.Elsewhere)) {
		add(p.Elsewhere[input])
	}
	if p.NothingElse != nil {
		add(p.NothingElse.Say)
	}
	for _, r := range p.Recent {
		add(r.Say)
	}
	for _, outcome := range main.Outcomes {
		for _, to := range listeners(outcome.Value) {
			add(to.Value)
		}
	}
	for _, document := range slices.Sorted(maps.Keys(p.Missing)) {
		for _, mark := range p.Missing[document] {
			add(mark.Say)
		}
	}
	return words
}

// checkConditional reports unknown ids in the words of questions and outcomes: documents and notes on which a wording depends,
// and persons to speak to.
func (c *wordsValidator) checkConditional(y WordsYAML, ids RuleIDs) {
	check := func(path string, key strictyaml.Text, known []string) {
		if !slices.Contains(known, key.Value) {
			c.Found.Add(c.File.At(key.Offset, "words-unknown", path+": "+key.Value, diag.Near{Name: key.Value, Names: known}))
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

// listeners returns the words of the page that name the persons to whom an outcome's sentences are said.
func listeners(y OutcomeYAML) []strictyaml.Text {
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

// checkReasons reports rows of the decision that have no reason in words, and reasons that belong to no row.
func (c *wordsValidator) checkReasons(y WordsYAML, rows []RowIDs) {
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
	section := c.Section("rows", y.Rows.Keys())
	for _, id := range unexplained {
		c.Missing(section, id, `"…"`)
	}
	unknown := func(key strictyaml.Text, path string, known []string) {
		c.Found.Add(c.File.At(key.Offset, "words-unknown", path, diag.Near{Name: key.Value, Names: known}))
	}
	for _, entry := range y.Rows {
		if !slices.Contains(ids, entry.Key.Value) {
			unknown(entry.Key, "rows: "+entry.Key.Value, ids)
		}
	}
	for _, entry := range y.Conditions {
		id := entry.Key.Value
		for _, one := range []struct {
			side side
			name string
		}{{side{id, true}, "holds"}, {side{id, false}, "not"}} {
			if worded[one.side] && !used[one.side] {
				unknown(entry.Key, "conditions: "+id+": "+one.name, nil)
			}
		}
	}
}

// compareValues compares the values of a question with the rules. If the words have no values at all, it reports only one
// finding.
func (c *wordsValidator) compareValues(question strictyaml.Text, keys []strictyaml.Text, ids []string) {
	path, form := "questions: "+question.Value, `{label: "…"}`
	switch {
	case len(keys) > 0:
		header := question.Offset + bytes.LastIndex(c.File.Data[question.Offset:keys[0].Offset], []byte("values"))
		c.Compare(c.Below(path+": values", header, 0, keys), ids, form)
	case len(ids) > 0:
		c.Missing(c.Inside(path, question, nil), "values", schema.Braced(ids, form))
	}
}
