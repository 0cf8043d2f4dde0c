// Package change says whose answer changes from one rule set to another.
//
// In go two rule sets, or one and what its editor has accepted last ([ReadAccepted]). Out come groups of visitors whose answer
// changes alike, with one visitor as an example: [Diff] makes them for people who look at two versions, [Check] for the check
// of every build, which lets nothing be published whose answers nobody has accepted. [Accept] writes the files of what is
// accepted.
//
// Both compare the functions of package space over the space of both rule sets, so that nobody is left out. Begin with
// compare.go, which finds every difference, for both. Then:
//
//	parts.go       what an answer consists of, by both rule sets
//	questions.go   which questions change
//	accepted.go    what was accepted: read, compared, written
//	people.go      the people of boundaries.json
//	boundary.go    mistakes by one day, number or calendar operator, and people whom each of them changes
//	diff.go        the groups of rules diff
//	diff_parts.go  the smaller parts that groups are made by there
//	diff_asked.go  what a change of a question or of an insurer's policy changes by itself
//	weigh.go       how many people a group is
package change
