// Package table holds compiled rules: tables of small integers without a name, and what they mean.
//
// In comes a [Program], which internal/rules lowers from what editors write, or [Decode] from bytes. Out come decisions
// ([Program.Run], [Program.Decide]), the next question of the interview ([Program.Next]), what would help somebody
// ([Program.Remedied]), and the bytes that the WebAssembly module and the script of the page read ([Program.Encode]). The
// interpreter here is the reference, which package wasm and themes/default/script/parts/rules.ts transcribe. Every build compares
// the module with it; the script is compared in the tests alone (tests/module.test.mjs).
//
// Begin with program.go, whose comment on [Program] is the specification. Then:
//
//	run.go       decide: load answers, evaluate signals, take the first row that holds, add
//	same.go      when two decisions are the same
//	calendar.go  date terms on civil day numbers
//	next.go      which question can still change the answer
//	walk.go      the interview of one visitor, question after question
//	remedies.go  what somebody could still do, and what would come of it
//	regions.go   the periods that the rules tell apart; what can still become of somebody
//	tellable.go  which notes and documents anybody can be told
//	slots.go     inputs, their slots, and the terms and tests that look at them
//	text.go      tests and days in words, for people who read the tables
//	encode.go    the bytes
package table
