package rules

import "sitegen/wasm"

// About describes the rules for the custom section of their module. It leaves out the words of the site.
func (s *Set) About(version, source string) wasm.About {
	about := wasm.AboutTables(s.Program, version, source)
	about.Sources = nil
	for _, r := range s.Rows {
		about.Sources = append(about.Sources, s.SourceNames(r.Sources))
	}
	return about
}
