package table

import "slices"

// This file says when two decisions by one program are the same. Which parts count depends on the question:
//
//	            row  outcome  enough  bring      also  not_alone  tell
//	SameVerdict       x        x                                         is it enough now, if it was not before?
//	SameFirst         x        x      the first                          is somebody told to do the same?
//	SameAnswer        x        x      x                x          x      does the answer still hold on a later day?
//	SameWhole    x    x        x      x          x     x          x      is the decision unchanged in every part?
//
// SameAnswer defines Until: also and the deciding row may change while an answer holds. None of the functions compares Until,
// because Decide leaves it out.
//
// Answers of two programs are compared by ids, because their numbers differ: explain.Answer compares everything, rules.Result
// what readers see. For everybody at once the list is Parts of a Model in package space. Add a new field of [Output] to all of
// these.

// SameVerdict reports whether two decisions have the same outcome and level of Enough.
func SameVerdict(a, b Output) bool { return a.Outcome == b.Outcome && a.Enough == b.Enough }

// SameFirst reports whether two decisions have the same verdict and the same first alternative, or both have none.
func SameFirst(a, b Output) bool {
	return SameVerdict(a, b) && slices.Equal(a.Bring[:min(1, len(a.Bring))], b.Bring[:min(1, len(b.Bring))])
}

// SameAnswer compares what Until depends on: outcome, enough, bring, not_alone and tell.
func SameAnswer(a, b Output) bool {
	return SameVerdict(a, b) && a.NotAlone == b.NotAlone && slices.Equal(a.Bring, b.Bring) && slices.Equal(a.Tell, b.Tell)
}

// SameWhole compares all parts of two answers to the same day of the visit, except Until.
func SameWhole(a, b Output) bool {
	return SameAnswer(a, b) && a.Also == b.Also && a.Row == b.Row
}
