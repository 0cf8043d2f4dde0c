package build

import (
	"sitegen/internal/civil"
	"sitegen/internal/publish"
	"sitegen/internal/render"
	"sitegen/internal/site"
)

// answersOf hashes the questions of a site and of its insurers, and finds those that changed since the last publication. A
// language that the last publication does not have is new: none of its questions counts as changed.
func answersOf(loaded *site.Site, last *publish.Manifest, today civil.Date) publish.Answers {
	answers := publish.Answers{}
	for _, s := range append([]*site.Site{loaded}, loaded.Insurers...) {
		for _, language := range s.Languages {
			var before map[string]publish.Answer
			if last != nil {
				before = last.Answers[s.Folder(language)]
			}
			now := make(map[string]publish.Answer, len(s.Questions))
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

// compareAnswer returns the record of a question: the hash of its content, and the day on which it last changed. `before`
// has the records of the last publication in the same language, by id. If the language is new, `before` is nil and the
// record has no day.
func compareAnswer(hash string, before map[string]publish.Answer, id string, today civil.Date) publish.Answer {
	last, known := before[id]
	switch {
	case before == nil:
		return publish.Answer{Hash: hash}
	case !known:
		return publish.Answer{Hash: hash, Changed: today.String(), New: true}
	case last.Hash != hash:
		return publish.Answer{Hash: hash, Changed: today.String()}
	}
	return last
}

// changesOf returns the questions that were added or changed, by language folder and id, for the pages that list changes.
func changesOf(a publish.Answers) map[string]map[string]render.Change {
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
