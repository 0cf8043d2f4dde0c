package site

import (
	"iter"
	"maps"
	"sync"

	"sitegen/internal/diag"
)

// Texts has texts in one language, by id. It is not a map, because a map would silently return an empty text for an id without words.
type Texts[T any] struct{ byID map[string]T }

// Add sets the words for an id.
func (w *Texts[T]) Add(id string, text T) {
	if w.byID == nil {
		w.byID = map[string]T{}
	}
	w.byID[id] = text
}

// Of returns the words for an id. It panics if the id has no words, because the content was already checked for missing words.
func (w Texts[T]) Of(id string) T {
	text, ok := w.byID[id]
	if !ok {
		panic("BUG: no words for " + id)
	}
	return text
}

// Get returns the words for an id, and whether there are any.
func (w Texts[T]) Get(id string) (text T, ok bool) {
	text, ok = w.byID[id]
	return text, ok
}

// All returns every id with its words, in random order.
func (w Texts[T]) All() iter.Seq2[string, T] { return maps.All(w.byID) }

// ForTemplates returns the words as a map by id, because templates can only look up words in a map. A template fails if an id has no
// words.
func (w Texts[T]) ForTemplates() map[string]T { return w.byID }

// unsaid collects the keys of missing words that were looked up. While a site is being loaded, texts are typeset even if words are missing,
// so that all mistakes are reported at once. settle checks that missing words have caused an error.
type unsaid struct {
	lock   sync.Mutex
	loaded bool
	keys   []string
}

// wordsOf returns the words for a key. If the key has no words, wordsOf records this with note and returns the zero value.
func wordsOf[T any](u *unsaid, words map[string]T, key string) T {
	text, ok := words[key]
	if !ok {
		u.note(key)
	}
	return text
}

// note records the key of missing words. It panics if the site has been loaded.
func (u *unsaid) note(key string) {
	u.lock.Lock()
	defer u.lock.Unlock()
	if u.loaded {
		panic("BUG: no words for " + key)
	}
	u.keys = append(u.keys, key)
}

// settle ends the loading of a site. It panics if words are missing and no error was found.
func (u *unsaid) settle(found []diag.Diagnostic) {
	u.lock.Lock()
	defer u.lock.Unlock()
	if u.loaded = true; len(u.keys) > 0 && !diag.HasErrors(found) {
		panic("BUG: no words for " + u.keys[0] + ", and nothing was told of it")
	}
}
