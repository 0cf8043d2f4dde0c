package diag

// Code names a kind of finding. Codes are stable, and shown in brackets after the message.
type Code string

type entry struct {
	severity Severity
	ja, en   text
}

// text is a message and a hint, with %[n]s verbs for the diagnostic's arguments.
type text struct{ message, hint string }

// catalog holds every message for authors, in every language.
var catalog = map[Code]entry{}

// register adds the messages of one part of the program to the catalog.
func register(entries map[Code]entry) bool {
	for code, e := range entries {
		if _, twice := catalog[code]; twice {
			panic("BUG: two messages for " + string(code))
		}
		catalog[code] = e
	}
	return true
}
