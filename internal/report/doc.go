// Package report words what a command found, in the language of the messages.
//
// The input is results: a comparison of two rule sets, proven rules, facts and sources with their uses, what a search finds, the state
// of translations. The output is lines for people or, where a command has --format json, lines of JSON for programs.
//
// Begin with any file; each has one kind of report:
//
//	comparison.go    whose answer changes from one rule set to another
//	rules.go         proven rules and what their cases try; what changes when rules are accepted
//	facts.go         facts, and sources.go sources, each with everything that rests on it; list.go writes such lists
//	search.go        what a search finds, and why
//	insurers.go      the decisions of an insurer
//	translations.go  the state of translations
//	periods.go       what holds until a certain day; mended.go changes that `sitegen fix` makes
//	published.go     the size of a site, and how a copy differs from what was published
package report
