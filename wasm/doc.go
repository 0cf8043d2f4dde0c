// Package wasm turns the tables of a checked rule set into a WebAssembly module: fixed code, with the tables as data. The
// module computes with i32 only and imports nothing. The length of the tables limits its loops. The same tables always give the
// same bytes. docs/module.md specifies what the module exports; internal/table specifies what the tables mean.
//
// The input is the bytes of a [sitegen/internal/table.Program]. The output is the bytes of a module ([Compile]).
//
// A comment such as "Machine.follow" names the method of package table that the code transcribes.
//
// Begin with compile.go, which puts the sections together. Then:
//
//	layout.go      the addresses of everything in memory
//	expr.go        the assembler; module.go and leb.go: the binary format
//	unpack.go      code that runs once, at the start
//	conditions.go  code for tests and conditions; days.go: for days; decide.go: for the answer; next.go: for the next question
//	check.go       whether tables are complete and fit
//	about.go       the description in the module: ids, kinds, keys of words; about_tables.go makes it from tables
package wasm
