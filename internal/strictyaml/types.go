package strictyaml

import (
	"sitegen/internal/civil"
)

// Text is a text value, with its place in the file.
type Text struct {
	Value string
	// Offset is the byte offset in the file of the value's first character. For a quoted value, that is the byte after the quote.
	Offset int
}

// String returns the value.
func (t Text) String() string { return t.Value }

// When is a text that names a day: either the day itself, or fact:id. Decode does not check the day, but it reports a token in braces
// without quotes, such as {fact:id}.
type When struct{ Text }

// Day is a day, with its place in the file. Value is civil.Unset if the file has no valid day there.
type Day struct {
	Value  civil.Date
	Offset int
}

// Number is a whole number, with its place in the file.
type Number struct{ Value, Offset int }

// Entry is a key and a value of a [Map].
type Entry[T any] struct {
	Key   Text
	Value T
}

// Map is a mapping that keeps the order of its keys and their places in the file.
type Map[T any] []Entry[T]

// Get returns the value of a key. `ok` is false if the map does not have the key.
func (m Map[T]) Get(key string) (value T, ok bool) {
	for _, entry := range m {
		if entry.Key.Value == key {
			return entry.Value, true
		}
	}
	return value, false
}

// Keys returns the keys in the order of the file.
func (m Map[T]) Keys() []Text {
	keys := make([]Text, len(m))
	for i, entry := range m {
		keys[i] = entry.Key
	}
	return keys
}

// ByKey returns the values by key. It is for callers that look up many keys.
func (m Map[T]) ByKey() map[string]T {
	values := make(map[string]T, len(m))
	for _, entry := range m {
		values[entry.Key.Value] = entry.Value
	}
	return values
}
