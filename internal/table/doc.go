// Package table holds compiled rules as tables of small integers, and the interpreter that defines what the tables mean.
//
// A [Program] comes from internal/rules, which lowers what editors write, or from bytes ([Decode]). It gives decisions
// ([Program.Run], [Program.Decide]), the next question of the interview ([Program.Next]), which remedies would help somebody
// ([Program.Remedied]), and the bytes that the WebAssembly module and the page's script read ([Program.Encode]). The
// interpreter here is the reference: package wasm and themes/default/script/parts/rules.ts transcribe it. Every build compares
// the module with it; the script is compared only in the tests (tests/module.test.mjs).
//
// Begin with program.go, whose comment on [Program] is the specification. Then:
//
//	run.go       decide: load answers, evaluate signals, take the first row that holds, run the additive stage
//	same.go      when two decisions are the same
//	calendar.go  date terms on civil day numbers
//	next.go      which question can still change the answer
//	walk.go      the interview of one visitor, question after question
//	remedies.go  what somebody could still do, and what the answer would then be
//	regions.go   the periods that the rules tell apart; a key for what the rules can still do
//	elsewhere.go who is not insured with the insurer whose site they use
//	tellable.go  which notes and documents an answer can contain
//	slots.go     inputs, their slots, and the terms and tests that read them
//	text.go      tests and days in words, for people who read the tables
//	encode.go    the bytes
package table
