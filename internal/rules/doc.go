// Package rules is the language in which editors write what everybody is told: it reads the files, says what is wrong in them,
// and lowers them to tables.
//
// In go the files of content/rules with the facts that they name ([ReadFacts], [Read]). Out comes a [Set]: the rows, conditions
// and words as their editors wrote them, each with its place, and the tables that they are lowered to (package table). Who
// reads a Set does not change it. A set also reads answers and names results, both in ids ([Set.Raw], [Set.Result]).
//
// What is built on the language stands above it: explain puts answers into words, change compares two rule sets, prove says what
// holds for everybody.
//
// Begin with read.go, then expression.go, whose comment on [Literal] is the language of conditions. Then:
//
//	set.go            what a rule set is made of
//	load*.go          the files, one after another, and what may be wrong in them
//	expression.go     conditions, and dates.go the calculations with days in them
//	hints.go          what an editor may have meant
//	facts.go          the facts and sources that rules name
//	finish.go         what does not fit into tables, and what nothing speaks of
//	lower*.go         the tables
//	compared.go       where a comparison of the tables was written
//	holds.go          whether a condition holds for somebody
//	answers.go        answers of visitors, read and written in ids
//	result.go         results in ids
//	cases.go, json.go the worked cases
//	held.go           laws, and the checks that hold them
//	periods.go        the days from which on a condition is settled, and which file names which fact
//	accepted_*.go     a rule set as one text, in which changes are read
//	about.go          the description of the rules for their module
//	stop.go           how work on a set ends early
package rules
