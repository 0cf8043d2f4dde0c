package parity

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/markdown"
	"sitegen/internal/strictyaml"
	"sitegen/internal/values"
)

// slotMention is a slot that the page fills: {n}.
const slotMention markdown.MentionKind = "slot"

// untold are keys in files of words. Readers do not see their values, or not as they are written, so these are not compared.
var untold = []string{"to", "romaji", "from", "until", "formats", "differs"}

var textType = reflect.TypeFor[strictyaml.Text]()

// Words returns the texts in a decoded file of words as units. Their names are their keys: ui.home, outcomes.lost.speak.1.own.
func Words(f *diag.File, name string, value reflect.Value) []Unit {
	switch {
	case value.Type() == textType:
		text := value.Interface().(strictyaml.Text)
		written := text.Value
		rest, slots := values.CutSlots(written)
		text.Value = rest
		u := Inline(f, name, text)
		u.Raw = written
		for _, slot := range slots {
			if strings.HasPrefix(name, "ui.") {
				break // package site reports wrong slots of the interface
			}
			u.Mentions = append(u.Mentions, markdown.Mention{Kind: slotMention, What: strings.Trim(slot, "{}"), Offset: text.Offset})
		}
		return []Unit{u}
	case value.Kind() == reflect.Pointer && !value.IsNil():
		return Words(f, name, value.Elem())
	case value.Kind() == reflect.Slice:
		return listedUnits(f, name, value)
	case value.Kind() == reflect.Struct:
		var list []Unit
		for i := range value.NumField() {
			key, _, _ := strings.Cut(value.Type().Field(i).Tag.Get("yaml"), ",")
			if key != "" && !slices.Contains(untold, key) {
				list = append(list, Words(f, under(name, key), value.Field(i))...)
			}
		}
		return list
	}
	return nil
}

// listedUnits returns the units of a list, named by number, or of an ordered map, named by key.
func listedUnits(f *diag.File, name string, value reflect.Value) []Unit {
	var list []Unit
	for i := range value.Len() {
		item, key := value.Index(i), strconv.Itoa(i+1)
		if item.Kind() == reflect.Struct {
			if entry := item.FieldByName("Key"); entry.IsValid() && entry.Type() == textType {
				key, item = entry.Interface().(strictyaml.Text).Value, item.FieldByName("Value")
			}
		}
		list = append(list, Words(f, under(name, key), item)...)
	}
	return list
}

func under(name, key string) string {
	if name == "" {
		return key
	}
	return name + "." + key
}
