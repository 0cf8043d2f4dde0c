// Package rulefile reads the files in which editors write rules, and says what is wrong in them.
//
// In go the files of content/rules with the facts that they name ([ReadFacts]). Out comes a rule set with its tables, or
// diagnostics: all at once, each at its place, with what was probably meant ([Read]). Where a mistake leaves it open what an
// editor decided, nothing is concluded from that part; what is still known can be proven (package prove). The text of the
// rules that were accepted last is read by the same code ([ReadText]), so there is one language of conditions.
//
// Begin with read.go, which has the form of every file and the order in which they are read. Then:
//
//	load.go           what readers share; the vocabulary and the conditions
//	load_*.go         the other files, one after another
//	expression.go     conditions, and dates.go the calculations with days in them
//	hints.go          what an editor may have meant
//	facts.go          the files of facts and sources
//	finish.go         the tables, and what nothing refers to
//	accepted_read.go  the text of the accepted rules
package rulefile
