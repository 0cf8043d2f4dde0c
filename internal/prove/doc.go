// Package prove says what holds for every possible visitor.
//
// In goes a rule set. Out come diagnostics about what does not hold, each with somebody for whom it does not, and reports
// for `sitegen rules verify`. [Verify] proves the decision and its laws, [VerifyInterview] the interview, [CheckCases] tries
// the worked cases, and [Cover] says what they try. [Load] reads rules and proves what is left of them beside mistakes, so
// that an editor is told everything at once.
//
// All of it computes with the functions of package space. Begin with verify.go. Then:
//
//	enough.go       the table of what is enough
//	laws.go         the statements of laws.yaml, and literals.go for whom a condition holds
//	unknown.go      who knows more is never told worse
//	undecided.go    gaps and overlaps alone
//	interview.go    the proof that what is asked suffices
//	symbolic.go, symbolic_*.go  the interview of everybody at once, and twice.go what comes of it beside all answers
//	interview_many.go, heard.go  interviews one by one, where the proof grows too large and for examples
//	cases.go        the worked cases
//	coverage.go     what the worked cases try
//	questions.go    how many questions people are asked
//	remedies.go     remedies that help nobody
package prove
