// Package diag defines the findings for authors: positions in source files, and diagnostics about them. It has the only code that prints
// diagnostics. Every other package reports an author's mistake as a [Diagnostic]. It returns a Go error only for other failures, such as a
// disk that cannot be read.
//
// The input is a code with its arguments and a place ([File.At]). The output is lines of text or JSON in the author's language ([Print]).
//
// Begin with diag.go. The other files:
//
//	print.go        the text of findings, their number, and their output with the source line and a caret
//	messages.go     the catalog of messages by code
//	messages_*.go   every message and hint in both languages, by subject: files, markup, YAML, rules …
package diag
