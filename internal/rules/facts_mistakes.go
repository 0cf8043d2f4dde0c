package rules

import (
	"io/fs"
	"slices"

	"sitegen/internal/diag"
	"sitegen/internal/plaintext"
	"sitegen/internal/strictyaml"
)

// FactMistakes returns what cannot be read in facts.yaml and sources.yaml of a content folder, which has a name in
// messages. Commands that do not check the whole content ask for it: a date that cannot be read is none, and rules that
// speak of it would be other rules.
func FactMistakes(content fs.FS, name string) ([]diag.Diagnostic, error) {
	var found []diag.Diagnostic
	for file, target := range map[string]any{"facts.yaml": new(strictyaml.Map[factYAML]), "sources.yaml": new(strictyaml.Map[sourceYAML])} {
		f, unread, err := plaintext.Read(content, name, file)
		if err != nil {
			return nil, err
		}
		if len(unread) > 0 {
			continue // Load tells it
		}
		found = append(found, strictyaml.Decode(f, 0, len(f.Data), target)...)
	}
	// Which keys there are, package site knows.
	found = slices.DeleteFunc(found, func(d diag.Diagnostic) bool { return d.Code == "yaml-unknown-key" })
	diag.Sort(found)
	return found, nil
}
