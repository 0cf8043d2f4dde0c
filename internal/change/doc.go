// Package change says whose answer changes from one rule set to another.
//
// The input is two rule sets, or one rule set and what its editor accepted last ([ReadAccepted]). The output is groups of
// visitors whose answer changes alike, each with one visitor as an example. [Diff] makes the groups for people who compare two
// versions. [Check] makes them for the check of every build: nothing may be published if somebody's answer changes and nobody
// has accepted that. [Accept] writes the files of what is accepted.
//
// Diff and Check compare the functions of package space over the space of both rule sets, so that nobody is left out.
// Begin with compare.go, which finds every difference for both of them. Then:
//
//	parts.go       the parts of an answer, by both rule sets
//	questions.go   which questions change
//	accepted.go    what was accepted: read, compared, written
//	people.go      the people of boundaries.json
//	boundary.go    programs with one mistake (a day or number off by one, or a similar operator), and people whose answer each changes
//	diff.go        the groups of rules diff
//	diff_parts.go  the smaller parts by which rules diff makes groups
//	diff_asked.go  what a change of a question or of an insurer's policy changes by itself
//	weigh.go       how many people are in a group
package change
