// Package rules holds what editors have decided: a rule set as they wrote it, and the tables to which it is lowered.
//
// The input is a [Set] that package rulefile has read: rows, conditions and words as their editors wrote them, each with its
// place. The output is the tables (package table, [Set.Lower]), answers of visitors in raw form ([Set.Raw]), results in ids
// ([Set.Result]), and the whole set as one text that can be compared line by line ([Set.Text]). The rules in a Set do not
// change after they were read.
//
// Three packages build on it: explain puts answers into words, change compares two rule sets, and prove says what holds for
// everybody.
//
// Begin with set.go. Then read the comment on [Literal] in literal.go: it is the language of conditions. The other files:
//
//	lower.go, lower_names.go  the tables
//	compared.go               where a comparison in the tables was written
//	holds.go                  whether a condition holds for somebody
//	remedies.go               whom a remedy is meant for
//	facts.go                  the facts and sources that rules name
//	limits.go                 what does not fit into the tables
//	answers.go                answers of visitors, read and written in ids
//	result.go                 results in ids
//	cases.go                  worked cases
//	held.go                   laws, and the checks that enforce them
//	periods.go                comparisons with fixed days, and which file names which fact
//	accepted_write.go         a rule set as one text
//	about.go                  the description of the rules for their module
//	stop.go                   how work on a set ends early
package rules
