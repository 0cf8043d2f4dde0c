package table

import "slices"

// This file says when two decisions by one program are the same. Which parts count depends on the question:
//
//	            row  outcome  enough  bring      also  not_alone  tell
//	SameVerdict       x        x                                         does a remedy make a difference?
//	SameFirst         x        x      the first                          does a further answer change what to do?
//	SameAnswer        x        x      x                x          x      does the answer still hold on a later day?
//	SameWhole    x    x        x      x          x     x          x      is the decision unchanged in every part?
//
// SameAnswer defines Until: Also and the deciding row may change before Until. None of the functions compares Until, because
// Decide leaves it out.
//
// Decisions of two programs are compared by ids, because the same thing may have different numbers in them: explain.Answer
// compares everything, and rules.Result compares what readers see. To compare for all visitors at once, package space lists
// the same parts in Model.Parts. Add a new field of [Output] to all of these.

// SameVerdict reports whether two decisions have the same outcome and level of Enough.
func SameVerdict(a, b Output) bool { return a.Outcome == b.Outcome && a.Enough == b.Enough }

// SameFirst reports whether two decisions have the same verdict, and also the same first alternative or both none.
func SameFirst(a, b Output) bool {
	return SameVerdict(a, b) && slices.Equal(a.Bring[:min(1, len(a.Bring))], b.Bring[:min(1, len(b.Bring))])
}

// SameAnswer reports whether two decisions agree in everything on which Until depends: outcome, enough, bring, not_alone and tell.
func SameAnswer(a, b Output) bool {
	return SameVerdict(a, b) && a.NotAlone == b.NotAlone && slices.Equal(a.Bring, b.Bring) && slices.Equal(a.Tell, b.Tell)
}

// SameWhole reports whether two decisions agree in all parts, except Until.
func SameWhole(a, b Output) bool {
	return SameAnswer(a, b) && a.Also == b.Also && a.Row == b.Row
}
