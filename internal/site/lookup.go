package site

import (
	"iter"
	"maps"
)

// Texts are texts of a language by the ids of the content. They are no map, so that nobody can look up an id that has no
// words and show nothing in its place.
type Texts[T any] struct{ byID map[string]T }

func (w *Texts[T]) add(id string, text T) {
	if w.byID == nil {
		w.byID = map[string]T{}
	}
	w.byID[id] = text
}

// Of returns the words of an id, which is known to have some: the content was checked.
func (w Texts[T]) Of(id string) T { return wordsOf(w.byID, id) }

// Get returns the words of an id that may have none, and whether it has.
func (w Texts[T]) Get(id string) (text T, ok bool) {
	text, ok = w.byID[id]
	return text, ok
}

// All returns every id with its words, in no order.
func (w Texts[T]) All() iter.Seq2[string, T] { return maps.All(w.byID) }

// ForTemplates returns the words as a map, in which templates look them up by name: they fail where there are none.
func (w Texts[T]) ForTemplates() map[string]T { return w.byID }

// wordsOf returns what a map of checked words has for a key. A key without words is a check that is missing.
func wordsOf[T any](words map[string]T, key string) T {
	text, ok := words[key]
	if !ok {
		panic("BUG: no words for " + key)
	}
	return text
}
