// Package diag holds the findings for authors: a position in a source file, a diagnostic about it, and the only code that
// prints diagnostics. Every other package reports an author's mistake as a [Diagnostic]; a Go error is about the machine.
//
// The input is a code with its arguments and a place ([File.At]). The output is lines of text or JSON in the author's language
// ([Print]).
//
// Begin with diag.go. Then:
//
//	print.go        puts findings into words, counts them, and writes them with the line and a caret
//	messages.go     the catalog of messages by code
//	messages_*.go   every message and hint in both languages, by what is wrong: a file, markup, YAML, rules …
package diag
