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

// slotMention is the kind of a mention of a slot, such as {n}. Slots are filled when a page is rendered.
const slotMention markdown.MentionKind = "slot"

// untold are the keys in files of words whose values are not compared. Readers do not see these values, or do not see them as written.
var untold = []string{"to", "romaji", "from", "until", "formats", "differs"}

var textType = reflect.TypeFor[strictyaml.Text]()

// Words returns the texts in `value` as units. `value` is a decoded file of words or a part of one. The name of a unit consists of its
// keys with dots between them, such as outcomes.lost.speak.1.own. `name` is the name of `value`, or "" for a whole file.
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
				break // package load reports wrong slots in words of the interface
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

// listedUnits returns the units of a list or of an ordered map. The name of an item ends with its number, from 1, or with its key in the
// map.
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

// under returns the name of the unit for `key` inside the unit `name`, which may be "".
func under(name, key string) string {
	if name == "" {
		return key
	}
	return name + "." + key
}
