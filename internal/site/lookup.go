package site

import (
	"iter"
	"maps"
	"sync"

	"sitegen/internal/diag"
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
func (w Texts[T]) Of(id string) T {
	text, ok := w.byID[id]
	if !ok {
		panic("BUG: no words for " + id)
	}
	return text
}

// Get returns the words of an id that may have none, and whether it has.
func (w Texts[T]) Get(id string) (text T, ok bool) {
	text, ok = w.byID[id]
	return text, ok
}

// All returns every id with its words, in no order.
func (w Texts[T]) All() iter.Seq2[string, T] { return maps.All(w.byID) }

// ForTemplates returns the words as a map, in which templates look them up by name: they fail where there are none.
func (w Texts[T]) ForTemplates() map[string]T { return w.byID }

// unsaid gathers the words that were looked up and are missing. While a site is loaded, texts are typeset all the same, so that
// all mistakes are reported at once; each of these words must then have a finding.
type unsaid struct {
	lock   sync.Mutex
	loaded bool
	keys   []string
}

// wordsOf returns what a map has for a key.
func wordsOf[T any](u *unsaid, words map[string]T, key string) T {
	text, ok := words[key]
	if !ok {
		u.note(key)
	}
	return text
}

func (u *unsaid) note(key string) {
	u.lock.Lock()
	defer u.lock.Unlock()
	if u.loaded {
		panic("BUG: no words for " + key)
	}
	u.keys = append(u.keys, key)
}

// settle ends the loading of a site with what was found.
func (u *unsaid) settle(found []diag.Diagnostic) {
	u.lock.Lock()
	defer u.lock.Unlock()
	if u.loaded = true; len(u.keys) > 0 && !diag.HasErrors(found) {
		panic("BUG: no words for " + u.keys[0] + ", and nothing was told of it")
	}
}
