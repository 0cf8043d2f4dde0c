package site

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"sitegen/internal/civil"
	"sitegen/internal/diag"
	"sitegen/internal/schema"
	"sitegen/internal/strictyaml"
)

// New returns a site without content. Whoever loads the content adds what it declares.
func New(today civil.Date) *Site {
	return &Site{
		Today: today, topic: map[string]*Topic{}, question: map[string]*Question{}, byTopic: map[*Topic][]*Question{}, fact: map[string]*Fact{},
		source: map[string]*Source{}, term: map[string]*Term{}, drafts: map[string]bool{}, lists: new(sync.Map), unsaid: &unsaid{},
	}
}

// Loaded ends the loading of a site. It panics if a text needed words that are missing, although none of the findings is an error.
func (s *Site) Loaded(found []diag.Diagnostic) { s.unsaid.settle(found) }

// NoteUnsaid records that words with this key are missing. It panics if the site has been loaded.
func (s *Site) NoteUnsaid(key string) { s.unsaid.note(key) }

// Question returns the question with an id, or nil.
func (s *Site) Question(id string) *Question { return s.question[id] }

// Fact returns the fact with an id, or nil.
func (s *Site) Fact(id string) *Fact { return s.fact[id] }

// Source returns the source with an id, or nil.
func (s *Site) Source(id string) *Source { return s.source[id] }

// Term returns the term with an id, or nil.
func (s *Site) Term(id string) *Term { return s.term[id] }

// Topic returns the topic with an id, or nil.
func (s *Site) Topic(id string) *Topic { return s.topic[id] }

// Language returns the language with an id, or nil.
func (s *Site) Language(id string) *Language {
	return withID(s.Languages, id, func(l *Language) string { return l.ID })
}

// Policy returns the parameter with an id, or nil.
func (s *Site) Policy(id string) *Policy {
	return withID(s.Policies, id, func(p *Policy) string { return p.ID })
}

// withID returns the item with an id from a short list, or nil. The function `of` returns the id of an item.
func withID[T any](list []*T, id string, of func(*T) string) *T {
	i := slices.IndexFunc(list, func(item *T) bool { return of(item) == id })
	if i < 0 {
		return nil
	}
	return list[i]
}

// AddLanguage adds a language of the general site.
func (s *Site) AddLanguage(l *Language) {
	l.Base, l.unsaid = l, s.unsaid
	s.Languages = append(s.Languages, l)
}

// AddTopic adds a topic.
func (s *Site) AddTopic(t *Topic) { s.Topics, s.topic[t.ID] = append(s.Topics, t), t }

// AddSource adds a source.
func (s *Site) AddSource(source *Source) {
	s.Sources, s.source[source.ID] = append(s.Sources, source), source
}

// AddFact adds a fact.
func (s *Site) AddFact(fact *Fact) { s.Facts, s.fact[fact.ID] = append(s.Facts, fact), fact }

// ForgetFacts drops the facts of a site that will not be published.
func (s *Site) ForgetFacts() { s.Facts, s.fact = nil, nil }

// AddTerm adds a term.
func (s *Site) AddTerm(term *Term) { s.Terms, s.term[term.ID] = append(s.Terms, term), term }

// AddQuestion adds a question, or replaces the question with the same id.
func (s *Site) AddQuestion(q *Question) {
	if old := s.question[q.ID]; old != nil {
		s.Questions[slices.Index(s.Questions, old)] = q
	} else {
		s.Questions = append(s.Questions, q)
	}
	s.question[q.ID] = q
}

// SortQuestions sorts the site's questions by topic, order and id.
func (s *Site) SortQuestions() {
	position := map[*Topic]int{}
	for i, topic := range s.Topics {
		position[topic] = i
	}
	slices.SortFunc(s.Questions, func(a, b *Question) int {
		return cmp.Or(cmp.Compare(position[a.Topic], position[b.Topic]), cmp.Compare(a.Order, b.Order), cmp.Compare(a.ID, b.ID))
	})
	s.byTopic = map[*Topic][]*Question{}
	for _, question := range s.Questions {
		s.byTopic[question.Topic] = append(s.byTopic[question.Topic], question)
	}
}

// AddDraft records the id of a question that must not be published yet. If `leftOut` is true, AddDraft also counts the question in
// s.Drafts.
func (s *Site) AddDraft(id string, leftOut bool) {
	if leftOut && !s.drafts[id] {
		s.Drafts++
	}
	s.drafts[id] = true
}

// IsDraft reports whether the question with an id must not be published yet.
func (s *Site) IsDraft(id string) bool { return s.drafts[id] }

// NoQuestion returns the finding that no question has this id, or that the question with this id is a draft.
func (s *Site) NoQuestion(f *diag.File, offset int, id string) diag.Diagnostic {
	if s.drafts[id] {
		return f.At(offset, "question-draft", id)
	}
	return f.At(offset, "question-unknown", id, s.SuggestQuestion(id))
}

// NoLanguage returns the finding that the site has no language with this id, which is not "".
func (s *Site) NoLanguage(f *diag.File, id strictyaml.Text) diag.Diagnostic {
	return f.At(id.Offset, "language-unknown", id.Value, s.SuggestLanguage(id.Value))
}

// Suggest returns the argument of a message that suggests the most similar name. `name` is the unknown name, and `names` are the known
// ones.
func Suggest(name string, names []string) diag.Near { return diag.Near{Name: name, Names: names} }

// suggestOf suggests a known name for an unknown one. The function `list` returns the known names of this kind. suggestOf calls it once
// for each kind and keeps the names, because a text may have ten thousand unknown names.
func (s *Site) suggestOf(name, kind string, list func() []string) diag.Near {
	names, listed := s.lists.Load(kind)
	if !listed {
		names, _ = s.lists.LoadOrStore(kind, list())
	}
	return Suggest(name, names.([]string))
}

// SuggestLanguage suggests the id of a language.
func (s *Site) SuggestLanguage(id string) diag.Near {
	ids := make([]string, len(s.Languages))
	for i, language := range s.Languages {
		ids[i] = language.ID
	}
	return Suggest(id, ids)
}

// SuggestQuestion suggests the id of a question.
func (s *Site) SuggestQuestion(id string) diag.Near {
	return s.suggestOf(id, "questions", keysOf(s.question))
}

// SuggestSource suggests the id of a source.
func (s *Site) SuggestSource(id string) diag.Near {
	return s.suggestOf(id, "sources", keysOf(s.source))
}

// SuggestTerm suggests the id of a term.
func (s *Site) SuggestTerm(id string) diag.Near { return s.suggestOf(id, "terms", keysOf(s.term)) }

// SuggestFact suggests the id of a fact of one of these kinds, or of any kind if there are no kinds.
func (s *Site) SuggestFact(id string, kinds ...schema.FactKind) diag.Near {
	if len(kinds) == 0 {
		return s.suggestOf(id, "facts", keysOf(s.fact))
	}
	return s.suggestOf(id, fmt.Sprint("facts of ", kinds), func() (ids []string) {
		for _, fact := range s.Facts {
			if slices.Contains(kinds, fact.Kind) {
				ids = append(ids, fact.ID)
			}
		}
		return ids
	})
}

// NoFact returns the finding that no fact of these kinds has this id. If a fact of a different kind has it, the finding says so.
func (s *Site) NoFact(f *diag.File, offset int, id string, kinds ...schema.FactKind) diag.Diagnostic {
	near := s.SuggestFact(id, kinds...)
	if fact := s.Fact(id); fact != nil && fact.Kind != "" && !slices.Contains(kinds, fact.Kind) {
		names := make([]string, len(kinds))
		for i, kind := range kinds {
			names[i] = string(kind)
		}
		return f.At(offset, "fact-wrong-kind", id, string(fact.Kind), strings.Join(names, ", "), near)
	}
	return f.At(offset, "fact-unknown", id, near)
}

// SuggestPolicy suggests the id of a parameter.
func (s *Site) SuggestPolicy(id string) diag.Near {
	return s.suggestOf(id, "policies", func() (ids []string) {
		for _, p := range s.Policies {
			ids = append(ids, p.ID)
		}
		return ids
	})
}

func keysOf[T any](m map[string]T) func() []string {
	return func() []string { return slices.Sorted(maps.Keys(m)) }
}
