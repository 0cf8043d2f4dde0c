package strictyaml

import (
	"reflect"
	"strings"
	"sync"

	yaml "go.yaml.in/yaml/v4"

	"sitegen/internal/diag"
)

func (d *decoder) structure(n *yaml.Node, target reflect.Value, name string) {
	layout := layoutOf(target.Type())
	present := make([]bool, len(layout.keys))
	var unknown []string
	ok := d.pairs(n, name, func(key, value *yaml.Node) {
		i, known := layout.index[key.Value]
		if !known {
			unknown = append(unknown, key.Value)
			d.at(key, "yaml-unknown-key", key.Value, layout.list, diag.Near{Name: key.Value, Names: layout.keys})
			return
		}
		present[i] = true
		d.value(value, target.FieldByIndex(layout.fields[i]), key.Value)
	})
	if !ok {
		return
	}
	// If the mapping misspells a key, only the unknown key is reported, not the missing one. At most as many unknown keys are compared as the
	// struct has keys, so that a long wrong mapping does not take long.
	misspelt := map[string]bool{}
	for _, key := range unknown[:min(len(unknown), len(layout.keys))] {
		misspelt[diag.Nearest(key, layout.keys)] = true
	}
	for i, key := range layout.keys {
		if !present[i] && layout.required[i] && !misspelt[key] {
			d.at(n, "yaml-missing-key", key)
		}
	}
}

// layout has the tags of a struct type's fields. The lists keys, fields and required have the same indexes.
type layout struct {
	keys     []string
	list     string  // the keys, separated by commas
	fields   [][]int // the index of each field, for reflect
	required []bool
	index    map[string]int // the index of each key in the lists
}

var layouts sync.Map // reflect.Type to *layout

func layoutOf(t reflect.Type) *layout {
	if known, ok := layouts.Load(t); ok {
		return known.(*layout)
	}
	l := &layout{index: map[string]int{}}
	for _, field := range reflect.VisibleFields(t) {
		tag, ok := field.Tag.Lookup("yaml")
		if !ok {
			continue
		}
		key, option, _ := strings.Cut(tag, ",")
		l.index[key] = len(l.keys)
		l.keys = append(l.keys, key)
		l.fields = append(l.fields, field.Index)
		l.required = append(l.required, option != "optional")
	}
	l.list = strings.Join(l.keys, ", ")
	known, _ := layouts.LoadOrStore(t, l)
	return known.(*layout)
}
