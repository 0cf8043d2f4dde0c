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

// Slotted returns an author's text with each slot in the form that phrases use: SlotOpen and SlotClose in place of the braces.
func Slotted(text string) string {
	return slotForm.ReplaceAllString(text, markup.SlotOpen+"$1"+markup.SlotClose)
}

// CutSlots returns a text in which spaces replace the bytes of every slot, and the slots with their braces.
func CutSlots(text string) (rest string, slots []string) {
	return slotForm.ReplaceAllStringFunc(text, func(slot string) string { return strings.Repeat(" ", len(slot)) }), slotForm.FindAllString(text, -1)
}

// CheckSlots reports slots of a text that are not in `needed`, and slots in `needed` that the text lacks. `key` names the text
// in findings.
func CheckSlots(f *diag.File, key string, text strictyaml.Text, needed []string) []diag.Diagnostic {
	var found []diag.Diagnostic
	missing := needed
	for _, match := range slotForm.FindAllStringSubmatchIndex(text.Value, -1) {
		name := text.Value[match[2]:match[3]]
		if missing = without(missing, name); !slices.Contains(needed, name) {
			found = append(found, f.At(text.Offset+match[0], slotCode(needed), "{"+name+"}", braces(needed)))
		}
	}
	if len(missing) > 0 && text.Value != "" { // an empty text has been reported
		found = append(found, f.At(text.Offset, "format-slot-missing", key, braces(missing)))
	}
	return found
}

// slotCode returns the code of the finding about an unknown slot. It depends on whether the text can have slots at all.
func slotCode(known []string) diag.Code {
	if len(known) == 0 {
		return "format-slot-none"
	}
	return "format-slot"
}

// braces returns the names of slots in braces, separated by commas.
func braces(names []string) string {
	return "{" + strings.Join(names, "}, {") + "}"
}
