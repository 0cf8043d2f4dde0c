package table

import "slices"

// This file says when two decisions by one program are the same. How much of an answer counts depends on the question:
//
//	            row  outcome  enough  bring      also  not_alone  tell
//	SameVerdict       x        x                                         is it enough now, where it was not?
//	SameFirst         x        x      the first                          is somebody told to do the same?
//	SameAnswer        x        x      x                x          x      does the answer still hold on another day?
//	SameWhole    x    x        x      x          x     x          x      has the decision changed in nothing?
//
// SameAnswer is the definition of until: what is worth taking along, and which row decides, may change while an answer holds.
// Until when it holds is in none of them: Decide leaves it open.
//
// Answers by two programs are compared in ids, as their numbers differ: explain.Answer with everything in it, rules.Result as
// readers see it. For everybody at once the list is Parts of a Model in package space. What is added to [Output] has to be
// added to all of these.

// SameVerdict reports whether two decisions have the same outcome and level of Enough.
func SameVerdict(a, b Output) bool { return a.Outcome == b.Outcome && a.Enough == b.Enough }

// SameFirst reports whether two decisions have the same verdict and the same first alternative, or both have none.
func SameFirst(a, b Output) bool {
	return SameVerdict(a, b) && slices.Equal(a.Bring[:min(1, len(a.Bring))], b.Bring[:min(1, len(b.Bring))])
}

// SameAnswer compares what Until is about: outcome, enough, bring, not_alone and tell.
func SameAnswer(a, b Output) bool {
	return SameVerdict(a, b) && a.NotAlone == b.NotAlone && slices.Equal(a.Bring, b.Bring) && slices.Equal(a.Tell, b.Tell)
}

// SameWhole compares two answers to the same day of the visit, with everything in them but until when they hold.
func SameWhole(a, b Output) bool {
	return SameAnswer(a, b) && a.Also == b.Also && a.Row == b.Row
}
