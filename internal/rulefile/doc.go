// Package rulefile reads the files in which editors write rules, and reports the mistakes in them.
//
// The input is the files of content/rules and the facts that they name (package rulefacts). The output of [Read] is a rule set with
// its tables, or diagnostics: all at once, each at its place, with a guess at what was meant. If a mistake hides what an editor
// decided, nothing is concluded from that part. The rest can still be proven (package prove). The same code reads the text of
// the rules accepted last ([ReadText]), so both use the same language of conditions.
//
// Begin with read.go: it has the form of every file, and the order in which files are read. Then:
//
//	load.go           what the readers of all files share; the vocabulary and the conditions
//	load_*.go         the other files, one file each
//	expression.go     conditions; dates.go: comparisons and calculations of days
//	hints.go          what an editor may have meant
//	facts.go          how a rule gets the value of a fact
//	finish.go         the tables, and what nothing refers to
//	accepted_read.go  the text of the accepted rules
package rulefile
