// Package prove proves what rules do for every possible visitor.
//
// The input is a rule set. The output is diagnostics about what does not hold, each with an example of a visitor, and reports
// for `sitegen rules verify`. [Verify] proves the decision and its laws, [VerifyInterview] the interview. [Load] reads
// rules; if they have mistakes, it proves the rest and tries the worked cases, so that an editor sees all problems at once.
//
// Everything here computes with the functions of package space. Begin with verify.go. Then:
//
//	enough.go       the table Enough
//	laws.go         the statements of laws.yaml; literals.go: for whom a condition holds
//	unknown.go      nobody gets a worse answer by knowing more
//	undecided.go    only gaps and overlaps
//	interview.go    the proof that the questions asked suffice
//	symbolic.go, symbolic_*.go  the interview of everybody at once; twice.go compares its result with the decision from all answers
//	interview_many.go, heard.go  single interviews, for examples and if the proof grows too large
//	covered.go      answers that need no button because naming a document says the same
//	questions.go    how many questions people are asked
//	remedies.go     remedies that help nobody
package prove
