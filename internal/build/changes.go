package build

import (
	"sitegen/internal/civil"
	"sitegen/internal/render"
	"sitegen/internal/site"
)

// Answers are the published questions, by language folder ("ja", "sk/ja") and id.
type Answers map[string]map[string]Answer

// Answer is a question in one language of one site.
type Answer struct {
	Hash    string `json:"hash"`              // of everything that readers see
	Changed string `json:"changed,omitempty"` // the day of its last change; "" if there was none since its language was first published
	New     bool   `json:"new,omitempty"`     // the last change was the addition of the question
}

// answersOf hashes the questions of a site and of its insurers, and finds those that changed since the last publication. A
// language that the last publication does not have is new: none of its questions counts as changed.
func answersOf(loaded *site.Site, last *Manifest, today civil.Date) Answers {
	answers := Answers{}
	for _, s := range append([]*site.Site{loaded}, loaded.Insurers...) {
		for _, language := range s.Languages {
			var before map[string]Answer
			if last != nil {
				before = last.Answers[s.Folder(language)]
			}
			now := make(map[string]Answer, len(s.Questions))
			for _, question := range s.Questions {
				if t := question.In(language); t != nil && question.Translated(language) {
					now[question.ID] = compareAnswer(t.Hash(), before, question.ID, today)
				}
			}
			answers[s.Folder(language)] = now
		}
	}
	return answers
}

// compareAnswer returns a question with the day of its last change. before are the questions of the last publication in the same
// language; nil if the language is new.
func compareAnswer(hash string, before map[string]Answer, id string, today civil.Date) Answer {
	last, known := before[id]
	switch {
	case before == nil:
		return Answer{Hash: hash}
	case !known:
		return Answer{Hash: hash, Changed: today.String(), New: true}
	case last.Hash != hash:
		return Answer{Hash: hash, Changed: today.String()}
	}
	return last
}

// changes returns the questions that were added or changed, for the pages that list changes.
func (a Answers) changes() map[string]map[string]render.Change {
	changes := map[string]map[string]render.Change{}
	for folder, answers := range a {
		changes[folder] = map[string]render.Change{}
		for id, answer := range answers {
			if day, err := civil.Parse(answer.Changed); err == nil {
				changes[folder][id] = render.Change{Day: day, New: answer.New}
			}
		}
	}
	return changes
}
