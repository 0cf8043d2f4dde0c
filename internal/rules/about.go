package rules

import "sitegen/wasm"

// About describes the rules for the custom section of their module. `version` is the version of the rules, and `source` is
// the hash of the files from which they were compiled. Package build adds what the site defines: groups of values,
// circumstances and private inputs.
func (s *Set) About(version, source string) wasm.About {
	about := wasm.AboutTables(s.Program, version, source)
	about.Sources = nil
	for _, r := range s.Rows {
		about.Sources = append(about.Sources, s.SourceNames(r.Sources))
	}
	return about
}
