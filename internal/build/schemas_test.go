package build

import (
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing/fstest"

	"sitegen/internal/civil"
	"sitegen/internal/strictyaml"
)

// schemas has the types into which each file of a content folder was decoded, by the file's path.
type schemas struct {
	mu     sync.Mutex
	byFile map[string][]reflect.Type
}

// decoded has the schemas of all files that this package's tests have read so far.
var decoded = &schemas{byFile: map[string][]reflect.Type{}}

func init() { strictyaml.Watch = decoded.add }

func (s *schemas) add(file string, t reflect.Type) {
	s.mu.Lock()
	defer s.mu.Unlock()
	file = strings.TrimPrefix(file, "content/")
	if !slices.Contains(s.byFile[file], t) {
		s.byFile[file] = append(s.byFile[file], t)
	}
}

// types returns the names of all types that a file of the content was decoded into, and of the types of their fields and elements.
func (s *schemas) types(content fstest.MapFS) map[string]bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	known := map[string]bool{}
	var walk func(t reflect.Type)
	walk = func(t reflect.Type) {
		switch t.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Map:
			walk(t.Elem())
		case reflect.Struct:
			if t.Name() != "" && known[t.String()] {
				return
			}
			known[t.String()] = true
			for field := range t.Fields() {
				walk(field.Type)
			}
		}
	}
	for name, types := range s.byFile {
		if content[name] == nil {
			continue
		}
		for _, t := range types {
			walk(t)
		}
	}
	return known
}

func (s *schemas) of(file string) []reflect.Type {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.byFile[file])
}

func isText(t reflect.Type) bool {
	return t == reflect.TypeFor[strictyaml.Text]() || t == reflect.TypeFor[strictyaml.When]() || t.Kind() == reflect.String
}

func isValue(t reflect.Type) bool {
	return t == reflect.TypeFor[civil.Date]() || t == reflect.TypeFor[strictyaml.Day]() || t == reflect.TypeFor[strictyaml.Number]() || t.Kind() == reflect.Int || t.Kind() == reflect.Bool
}

// elements returns the types of the values of a mapping, or of the items of a list, given the types of the mapping or list. For a list,
// and for a map in which authors choose the keys, `key` does not matter.
func elements(types []reflect.Type, key string) (list []reflect.Type) {
	for _, t := range types {
		switch {
		case isText(t), isValue(t):
		case t.Kind() == reflect.Slice && strings.HasPrefix(t.Name(), "Map["):
			list = append(list, t.Elem().Field(1).Type)
		case t.Kind() == reflect.Slice, t.Kind() == reflect.Map:
			list = append(list, t.Elem())
		case t.Kind() == reflect.Struct:
			if f, ok := fieldsOf(t)[key]; ok {
				list = append(list, f)
			}
		}
	}
	return indirect(list)
}

func indirect(types []reflect.Type) (list []reflect.Type) {
	for _, t := range types {
		for t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		list = append(list, t)
	}
	return list
}

// fieldsOf returns the types of the fields that authors can write, by key.
func fieldsOf(t reflect.Type) map[string]reflect.Type {
	fields := map[string]reflect.Type{}
	for _, f := range reflect.VisibleFields(t) {
		if tag, ok := f.Tag.Lookup("yaml"); ok {
			key, _, _ := strings.Cut(tag, ",")
			fields[key] = f.Type
		}
	}
	return fields
}

// below returns the name of a field, as "type: key". For a type without a name, `at` stands for the type. If authors choose the keys, all
// keys have the name "at: *".
func below(types []reflect.Type, at, key string) string {
	for _, t := range types {
		if t.Kind() != reflect.Struct || isText(t) || isValue(t) {
			continue
		}
		if _, ok := fieldsOf(t)[key]; ok && t.Name() != "" {
			return t.String() + ": " + key
		} else if ok {
			return at + ": " + key
		}
	}
	return at + ": *"
}

// anyKeys reports whether authors choose the keys of a mapping.
func anyKeys(types []reflect.Type) bool {
	return !slices.ContainsFunc(types, func(t reflect.Type) bool { return t.Kind() == reflect.Struct })
}
