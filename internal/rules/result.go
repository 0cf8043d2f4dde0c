package rules

import (
	"slices"

	"sitegen/internal/diag"
	"sitegen/internal/table"
)

// Result is what one visitor is told, in ids, in the form of docs/result.schema.json.
type Result struct {
	Outcome  string     `json:"outcome"`
	Enough   string     `json:"enough,omitempty"` // yes, unsure or no
	Bring    [][]string `json:"bring"`
	Also     []string   `json:"also"`
	NotAlone []string   `json:"not_alone"`
	Tell     []string   `json:"tell"`
	Until    *string    `json:"until"`
	Rule     string     `json:"rule"`
	Sources  []string   `json:"sources"`
}

// Same reports whether two results say the same to a reader. They may come from two rule sets. Same compares the outcome,
// Enough, what to bring, what is worth taking along or not accepted alone, and the notes. The order of the alternatives counts,
// the order of the other lists does not; a changed order of notes is reported separately. Same ignores the row, the sources and
// Until: if Until differs, the results on a later day differ too, and those are compared as well.
func (r Result) Same(other Result) bool {
	return r.Outcome == other.Outcome && r.Enough == other.Enough && slices.EqualFunc(r.Bring, other.Bring, slices.Equal) &&
		SameSet(r.Also, other.Also) && SameSet(r.NotAlone, other.NotAlone) && SameSet(r.Tell, other.Tell)
}

// Evaluate decides for one visitor with the reference interpreter. It returns an error if an answer is missing or out of range.
func (s *Set) Evaluate(raw []int32) (Result, *AnswerError) {
	out := s.Program.Run(raw)
	if out.Bad >= 0 {
		return Result{}, s.Refusal(out.Bad)
	}
	return s.Result(out), nil
}

// Refusal returns the error for an answer that [table.Program.Run] refused. `slot` is the slot of that answer.
func (s *Set) Refusal(slot int) *AnswerError {
	in := s.Inputs[s.Program.InputOf(slot)]
	return answerError("bad_answer", diag.Worded("「%s」の答えがないか、使えない値です。書けるのは、%sです", "%s is missing or out of range: it takes %s", in.ID, in.takes()))
}

// Result turns the numbers of a decision into ids. The decision may come from the reference interpreter or from the module.
func (s *Set) Result(out table.Output) Result {
	n := &s.Program.Names
	r := Result{Outcome: n.Outcomes[out.Outcome], Bring: [][]string{}, Also: n.DocumentsIn(out.Also), NotAlone: n.DocumentsIn(out.NotAlone), Tell: []string{}, Rule: n.Rows[out.Row]}
	if len(s.Program.Enough) > 0 {
		r.Enough = LevelWords[out.Enough].ID
	}
	for _, set := range out.Bring {
		r.Bring = append(r.Bring, n.DocumentsIn(set))
	}
	for _, note := range out.Tell {
		r.Tell = append(r.Tell, n.Notes[note])
	}
	if out.Until != table.NoDay {
		until := table.DayText(out.Until)
		r.Until = &until
	}
	r.Sources = s.SourceNames(n.RowSources[out.Row])
	return r
}

// SourceNames names sources for readers: a document by its file, any other source by its id.
func (s *Set) SourceNames(sources []string) []string {
	list := []string{}
	for _, id := range sources {
		if document := s.Facts.Sources[id]; document != "" {
			id = document
		}
		list = append(list, id)
	}
	return list
}

// OutcomeName returns the editors' words for the id of an outcome.
func (s *Set) OutcomeName(id string) Words { return WordsOf(s.Outcomes, id) }

// EnoughName returns the editors' words for the id of a level.
func (s *Set) EnoughName(id string) Words { return WordsOf(LevelWords, id) }

// NoteName returns the editors' words for the id of a note.
func (s *Set) NoteName(id string) Words { return WordsOf(s.Notes, id) }

// DocumentName returns the editors' words for the id of a document.
func (s *Set) DocumentName(id string) Words { return WordsOf(s.Documents, id) }

// WordsOf returns the editors' words for an id, or the id itself if the list lacks it.
func WordsOf(list []*Word, id string) Words {
	if w := WordNamed(list, id); w != nil {
		return w.Words
	}
	return Words{id, id}
}

// Next returns the id of the input that must be asked next, or "" if nothing open can still change the answer.
func (s *Set) Next(raw []int32) string {
	i := s.Program.Next(raw, nil).Input
	if i < 0 {
		return ""
	}
	return s.Inputs[i].ID
}

// SourceName returns the name of a source for readers, or its id.
func (s *Set) SourceName(id string) Words {
	if name, ok := s.Facts.Labels[id]; ok {
		return name
	}
	return Words{id, id}
}
