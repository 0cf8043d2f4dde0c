// Package diag holds what is said to an author: a position in a source file, a diagnostic about it, and the one
// place where diagnostics are printed. Every other package reports an author's mistake as a [Diagnostic]; a Go
// error means machine trouble.
//
// In goes a code with its arguments and a place ([File.At]). Out come lines of text or JSON in the author's language ([Print]).
//
// Begin with diag.go. Then:
//
//	print.go        how findings are sorted, counted and written, with the line and a caret
//	messages.go     how a message is put together of code and arguments
//	messages_*.go   every message and hint in both languages, by the package that reports it
package diag
