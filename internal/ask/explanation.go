package ask

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"sitegen/internal/explain"
	"sitegen/internal/rules"
	"sitegen/internal/table"
)

// explained is a result with the reasons for it. It is one line of the output of sitegen ask --explain for programs.
type explained struct {
	rules.Result
	Trace   *explain.Trace `json:"trace"`
	Changes []remedied     `json:"changes"`
}

// remedied is a remedy that would change the answer: something that a person can do or bring. All its strings are ids.
type remedied struct {
	Remedy  string         `json:"remedy"`
	Answers map[string]any `json:"answers"` // by input; with the remedy they replace the answers to these inputs
	Outcome string         `json:"outcome"` // the outcome with the remedy
	Enough  string         `json:"enough,omitempty"`
}

// explain returns a result with the rows that led to it and the remedies that would change it. `raw` are the encoded answers.
func (a *Asker) explain(raw []int32, r rules.Result) explained {
	trace, bad := explain.Follow(a.set, raw)
	if bad != nil {
		panic("BUG: a refused answer was decided: " + bad.Message)
	}
	e := explained{Result: r, Trace: trace, Changes: []remedied{}}
	for _, r := range a.set.Program.Remedied(raw) {
		e.Changes = append(e.Changes, a.change(raw, r))
	}
	return e
}

func (a *Asker) change(raw []int32, r table.Remedied) remedied {
	with := a.set.Answers(a.set.Program.With(raw, r.Answers))
	result := a.set.Result(r.Output)
	c := remedied{Remedy: a.set.Program.Names.Remedies[r.Remedy].ID, Answers: map[string]any{}, Outcome: result.Outcome, Enough: result.Enough}
	for _, given := range r.Answers {
		id := a.set.Program.Names.Inputs[given.Input].ID
		c.Answers[id] = with[id]
	}
	return c
}

// explanation writes for people how an answer came about. For conditions and remedies, it takes the words of the site's
// rules/text folder. For conditions without words there, and for layers, outcomes, documents and notes, it uses the words in the
// rule files, which are written for editors.
type explanation struct {
	*wording
	set      *rules.Set
	language string // "ja" or "en": the language of the words from the rule files
	out      io.Writer
}

func (e *explanation) say(p phrase, args ...any) {
	fmt.Fprintf(e.out, p.In(e.language)+"\n", args...)
}

// write writes the whole explanation of `r`, which is the answer to the encoded answers `raw`.
func (e *explanation) write(raw []int32, r rules.Result) {
	trace, bad := explain.Follow(e.set, raw)
	if bad != nil {
		panic("BUG: a refused answer was decided: " + bad.Message)
	}
	e.say(phrase{"\n層ごとに（決めた層まで）", "\nLayer by layer, up to the one that decides"})
	for _, layer := range trace.Layers {
		fmt.Fprintf(e.out, "  %s — %s\n", layer.ID, layer.Words.In(e.language))
		e.rows(layer.Rows)
	}
	if len(trace.NotTried) > 0 {
		e.say(phrase{"  そのあとの層は見ていません: %s", "  The layers behind it were not tried: %s"}, strings.Join(trace.NotTried, ", "))
	}
	if len(trace.Enough) > 0 {
		e.say(phrase{"\n足りるかどうか", "\nWhether it is enough"})
		e.rows(trace.Enough)
	}
	e.say(phrase{"\nどの行が、どの書類を入れたか", "\nWhich row put in which documents"})
	for _, put := range trace.Documents {
		fmt.Fprintf(e.out, "    %s — %s\n", e.documents(put), e.by(put.By))
	}
	for _, id := range r.NotAlone {
		e.say(phrase{"    それだけで受け付ける行がありません: %s", "    no row accepts it by itself: %s"}, named(e.set.DocumentName(id).In(e.language), id))
	}
	e.say(phrase{"\nどの行が、何を知らせたか", "\nWhich row told what"})
	for _, note := range trace.Tell {
		fmt.Fprintf(e.out, "    %s — %s\n", named(e.set.NoteName(note.Note).In(e.language), note.Note), e.by(note.By))
	}
	e.changes(raw)
}

// named returns a name followed by its id.
func named(name, id string) string { return fmt.Sprintf("%s (%s)", name, id) }

// rows writes the rows of a layer or table that were tried, each with the condition that failed or with all its reasons.
func (e *explanation) rows(rows []explain.TracedRow) {
	for _, row := range rows {
		if row.Decides == "" {
			fmt.Fprintf(e.out, "    ✗ %s (%s): %s — %s\n", row.ID, row.Place, row.Fails, e.reason(row.Reasons[0]))
			continue
		}
		e.say(phrase{"    ○ %s (%s): 決めた行 → %s", "    ○ %s (%s): the row that decides → %s"}, row.ID, row.Place, named(row.Words.In(e.language), row.Decides))
		for _, reason := range row.Reasons {
			fmt.Fprintf(e.out, "        %s — %s\n", reason.Text, e.reason(reason))
		}
		if len(row.Sources) > 0 {
			fmt.Fprintf(e.out, "        %s: %s\n", e.page("sources"), strings.Join(row.Sources, ", "))
		}
	}
}

// reason returns words that say whether a condition holds and which answers make it hold or fail. It prefers the site's words to
// those of the rule files. If the condition is a test that stands in the row itself and has no name, it returns only the answer
// that the test reads.
func (e *explanation) reason(r explain.Reason) string {
	if r.ID == "" {
		return r.Answer.In(e.language)
	}
	words, _ := e.wording.language.Checker.Conditions.Get(r.ID)
	text := words.Holds.Plain
	switch {
	case !r.Holds && words.Not.Plain != "":
		text = words.Not.Plain
	case !r.Holds:
		text = fmt.Sprintf(phrase{"「%s」ではない", "not (%s)"}.In(e.language), r.Words.In(e.language))
	case text == "":
		text = r.Words.In(e.language)
	}
	causes := e.causes(r)
	if len(causes) > fewCauses {
		causes = append(causes[:fewCauses], "…")
	}
	return text + " ← " + strings.Join(causes, ", ")
}

// fewCauses is the maximum number of answers that an explanation lists for a condition.
const fewCauses = 3

// causes returns the answers that make a condition hold or fail, in words, each of them once.
func (e *explanation) causes(r explain.Reason) (list []string) {
	if r.ID == "" {
		return []string{r.Answer.In(e.language)}
	}
	for _, part := range r.Because {
		for _, cause := range e.causes(part) {
			if !slices.Contains(list, cause) {
				list = append(list, cause)
			}
		}
	}
	return list
}

// documents returns words that say which documents a row added, and in which way.
func (e *explanation) documents(put explain.TracedPut) string {
	var names []string
	for _, id := range put.Documents {
		names = append(names, named(e.set.DocumentName(id).In(e.language), id))
	}
	if len(names) == 0 {
		names = []string{e.page("nothing_needed")}
	}
	return putWords[put.How].In(e.language) + ": " + strings.Join(names, " + ")
}

// putWords has the words for each way in which a row adds documents.
var putWords = map[explain.Put]phrase{
	explain.PutBring: {"持っていくもの", "to bring"}, explain.PutOr: {"または", "or"}, explain.PutWith: {"一緒に要るもの", "needed with it"},
	explain.PutAlso: {"あるとよいもの", "worth taking along"}, explain.PutAlone: {"それだけで使えるもの", "accepted by itself"},
}

func (e *explanation) by(by explain.By) string {
	text := fmt.Sprintf("%s (%s)", by.Row, by.Place)
	if len(by.Sources) > 0 {
		text += " — " + e.page("sources") + ": " + strings.Join(by.Sources, ", ")
	}
	return text
}

// changes writes the remedies that would lead to a different answer.
func (e *explanation) changes(raw []int32) {
	list := e.set.Program.Remedied(raw)
	if len(list) == 0 {
		e.say(phrase{"\n答えを変えられるものは、ありません", "\nNothing that somebody could do would change the answer"})
		return
	}
	e.say(phrase{"\n何があれば、答えが変わるか", "\nWhat would change the answer"})
	for _, r := range list {
		result := e.set.Result(r.Output)
		text := named(e.set.OutcomeName(result.Outcome).In(e.language), result.Outcome)
		if result.Enough != "" {
			text += ", " + named(e.set.EnoughName(result.Enough).In(e.language), result.Enough)
		}
		fmt.Fprintf(e.out, "    %s → %s\n", e.remedy(e.set.Program, r), text)
	}
}
