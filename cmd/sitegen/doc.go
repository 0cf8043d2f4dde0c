// Sitegen turns a folder of questions and answers into a static site in several languages.
//
// The command reads the options, calls a package to do the work and returns the exit code. Results are put into words by packages
// report and ask; sentences of the command itself are about its use and its failures.
//
// Begin with run.go: it has the table of commands, and main.go calls it. Then:
//
//	options.go  all options and their descriptions; help.go prints them
//	open.go     opens the content, the theme and the rules
//	failure.go  messages about misuse, failures and bugs
//	memory.go   the settings of the garbage collector; locale_*.go the language of the system
//
// Each command is in the file of its name, with its options and its help:
//
//	build.go check.go serve.go fix.go undo.go host.go facts.go search.go profiles.go ask.go version.go
//	verify.go also has `package`; translate.go has all commands about translations
//	rules.go has `rules verify` and `rules graph`; rules_accept.go and rules_diff.go have the others
package main
