// Package wasm turns the tables of a checked rule set into a WebAssembly module: fixed code, the tables as data. The
// module computes with i32 only, imports nothing, has loops that end with the tables, and the same tables give the same
// bytes. docs/module.md specifies what it exports; internal/table what the tables mean.
//
// In go the bytes of a [sitegen/internal/table.Program]. Out come the bytes of a module ([Compile]).
//
// Begin with compile.go, which puts the sections together. Then:
//
//	layout.go      where everything stands in memory
//	expr.go        the assembler; module.go and leb.go the binary format
//	unpack.go      code that runs once at the start
//	conditions.go  code for tests and conditions; days.go for days; decide.go for the answer; next.go for the next question
//	check.go       whether tables are whole and fit
//	about.go       what the module says of itself: names, kinds, words; about_tables.go makes that of tables
package wasm
