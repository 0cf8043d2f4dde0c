package values

import (
	"regexp"
	"slices"
	"strings"

	"sitegen/internal/diag"
	"sitegen/internal/markup"
	"sitegen/internal/strictyaml"
)

var slotForm = regexp.MustCompile(`\{([a-z_]+)\}`)

// Slotted returns a text with its slots, which authors write in braces, as those of a phrase.
func Slotted(text string) string {
	return slotForm.ReplaceAllString(text, markup.SlotOpen+"$1"+markup.SlotClose)
}

// CutSlots returns the slots of a text, and the text with blanks in their place.
func CutSlots(text string) (rest string, slots []string) {
	return slotForm.ReplaceAllStringFunc(text, func(slot string) string { return strings.Repeat(" ", len(slot)) }), slotForm.FindAllString(text, -1)
}

// CheckSlots reports slots of a text that nothing fills, and needed ones that it lacks.
func CheckSlots(f *diag.File, key string, text strictyaml.Text, needed []string) []diag.Diagnostic {
	var found []diag.Diagnostic
	has := map[string]bool{}
	for _, match := range slotForm.FindAllStringSubmatchIndex(text.Value, -1) {
		name := text.Value[match[2]:match[3]]
		if has[name] = true; !slices.Contains(needed, name) {
			found = append(found, f.At(text.Offset+match[0], slotCode(needed), "{"+name+"}", braces(needed)))
		}
	}
	missing := slices.DeleteFunc(slices.Clone(needed), func(name string) bool { return has[name] })
	if len(missing) > 0 && text.Value != "" { // an empty text is already reported
		found = append(found, f.At(text.Offset, "format-slot-missing", key, braces(missing)))
	}
	return found
}

// slotCode is the message about a slot that is never filled in, where these are.
func slotCode(known []string) diag.Code {
	if len(known) == 0 {
		return "format-slot-none"
	}
	return "format-slot"
}

// braces writes the names of slots as they stand in a text.
func braces(names []string) string {
	return "{" + strings.Join(names, "}, {") + "}"
}
