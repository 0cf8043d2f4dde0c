// Sitegen turns a folder of questions and answers into a static site in several languages.
//
// The command reads the options, calls a package to do the work, prints the result and returns the exit code.
//
// Begin with run.go: it has the table of commands, and main.go calls it. Then:
//
//	options.go  all options and their descriptions; help.go the help texts of the commands
//	words.go    sentences in each language of the command; screen.go safe output for a terminal; failure.go error messages
//	version.go, memory.go, locale_*.go  the version, the settings of the garbage collector, the language of the system
//
// Each command has a file:
//
//	build.go check.go serve.go fix.go undo.go verify.go host.go translate.go facts.go sources.go search.go profiles.go
//	rules.go, with rules_accept.go, rules_diff.go and rules_verify.go
//	ask.go      the checker for programs and on a terminal: interview.go asks, ask_words.go writes the answer, ask_explain.go
//	            the reasons
package main
