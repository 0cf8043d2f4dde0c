package diag

// Code names a kind of finding. Messages end with the code in brackets. A code keeps its meaning in later versions.
type Code string

// entry is a message in both languages, and whether it stops the build.
type entry struct {
	severity Severity
	ja, en   text
}

// text is a message and a hint, with %[n]s verbs for the diagnostic's arguments. A clause in ⟦ ⟧ is left out if one of its arguments
// is empty. The hint may be "".
type text struct{ message, hint string }

// catalog has every message for authors, in both languages.
var catalog = map[Code]entry{}

// register adds messages to the catalog. It panics if a code already has a message. It returns true so that a package variable can
// be initialized with the call.
func register(entries map[Code]entry) bool {
	for code, e := range entries {
		if _, twice := catalog[code]; twice {
			panic("BUG: two messages for " + string(code))
		}
		catalog[code] = e
	}
	return true
}
