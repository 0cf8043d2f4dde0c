package rules

import (
	"errors"
	"io/fs"
	"slices"

	"sitegen/internal/diag"
	"sitegen/internal/plaintext"
	"sitegen/internal/strictyaml"
)

// FactMistakes returns what is wrong with single facts and sources of a content folder, which has a name in messages.
// Commands that do not check the whole content ask for it: a date that cannot be read is none, and rules that speak of it
// would be other rules. That a file is missing, or that nothing in it can be read, is told by [Load].
func FactMistakes(content fs.FS, name string) ([]diag.Diagnostic, error) {
	facts, err := mistakesIn(content, name, "facts.yaml", &strictyaml.Map[factYAML]{})
	sources, sourcesErr := mistakesIn(content, name, "sources.yaml", &strictyaml.Map[sourceYAML]{})
	return append(facts, sources...), errors.Join(err, sourcesErr)
}

func mistakesIn[T any](content fs.FS, folder, name string, target *strictyaml.Map[T]) ([]diag.Diagnostic, error) {
	f, unread, err := plaintext.Read(content, folder, name)
	if err != nil || len(unread) > 0 {
		return nil, err
	}
	found := strictyaml.Decode(f, 0, len(f.Data), target)
	if len(*target) == 0 {
		return nil, nil
	}
	// Which keys there are, package site knows.
	return slices.DeleteFunc(found, func(d diag.Diagnostic) bool { return d.Code == "yaml-unknown-key" }), nil
}
