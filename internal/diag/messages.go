package diag

// Code names a kind of finding. Messages end with the code in square brackets. A code keeps its meaning in later versions of the program.
type Code string

// entry is a message in both languages, with the severity of its findings.
type entry struct {
	severity Severity
	ja, en   text
}

// text is a message and a hint. Verbs such as %[1]s stand for the diagnostic's arguments. A clause in ⟦ ⟧ is left out if one of its
// arguments is empty. The hint may be "".
type text struct{ message, hint string }

// catalog has every message for authors, by code.
var catalog = map[Code]entry{}

// register adds messages to the catalog. It panics if a code already has a message. It always returns true, so that the call can initialise
// a package variable.
func register(entries map[Code]entry) bool {
	for code, e := range entries {
		if _, twice := catalog[code]; twice {
			panic("BUG: two messages for " + string(code))
		}
		catalog[code] = e
	}
	return true
}
