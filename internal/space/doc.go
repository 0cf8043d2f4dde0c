// Package space computes with all possible visitors at once. It turns compiled rules into functions that say which visitors get
// what. Packages prove and change use these functions to prove rules and to compare two rule sets.
//
// The input is one or two programs ([table.Program]). The result is a [Space], which divides all possible visitors into groups
// that the programs can tell apart, and a [Model] for each program: which row decides about whom, and who is offered and told
// what. [Model.Witness] finds one visitor for whom a function holds. This package knows neither what editors write nor any
// message to them.
//
// Begin with [New] and [Space.Model]. Then:
//
//	space.go    inputs as variables with classes, and these as Boolean variables of a diagram
//	dates.go    which results of the comparisons of days can occur together
//	model.go    what a program does, as functions
//	parts.go    the parts of an answer, and when two answers are the same
//	witness.go  somebody for whom a function holds
//	edges.go    somebody for every edge of a diagram
//	probes.go   the visitors about whom every build asks the module
//	sample.go   visitors drawn from a fixed sequence of numbers
package space
