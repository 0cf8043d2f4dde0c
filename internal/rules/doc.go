// Package rules holds what editors have decided: a rule set as it was written, and the tables that it is lowered to.
//
// In comes a [Set] that package rulefile has read: the rows, conditions and words as their editors wrote them, each with its
// place. Out come the tables (package table, [Set.Lower]), answers of visitors in raw form ([Set.Raw]), results in ids
// ([Set.Result]) and the whole set as one text in which changes are read ([Set.Text]). Whoever uses a Set leaves it as it is.
//
// Above it stand explain, which puts answers into words, change, which compares two rule sets, and prove, which says what holds
// for everybody.
//
// Begin with set.go, then literal.go, whose comment on [Literal] is the language of conditions. Then:
//
//	lower.go, lower_names.go  the tables
//	compared.go               where a comparison in the tables was written
//	holds.go                  whether a condition holds for somebody
//	facts.go                  the facts and sources that rules name
//	limits.go                 what does not fit into the tables
//	answers.go                answers of visitors, read and written in ids
//	result.go                 results in ids
//	cases.go                  what a worked case is
//	held.go                   laws, and the checks that hold them
//	periods.go                the days from which on a condition is settled, and which file names which fact
//	accepted_write.go         a rule set as one text
//	about.go                  the description of the rules for their module
//	stop.go                   how work on a set ends early
package rules
