// Package space computes with everybody at once. It turns compiled rules into functions that say, of every possible
// visitor, who gets what; packages prove and change prove rules and compare two rule sets with them.
//
// In go one or two programs ([table.Program]). Out comes a [Space], which divides all possible visitors into those that the
// programs can tell apart, and for each program a [Model]: which row decides about whom, who is offered and told what. Of
// a function, [Model.Witness] finds one visitor for whom it holds. Nothing here knows what editors write, nor any
// message for them.
//
// Begin with [New] and [Space.Model]. Then:
//
//	space.go    inputs as variables with classes, and these as Boolean variables of a diagram
//	dates.go    which results of the comparisons of days can exist together
//	model.go    what a program does, as functions
//	parts.go    what an answer consists of, and when two are the same
//	witness.go  somebody for whom a function holds
//	edges.go    somebody for every edge of a diagram
//	probes.go   the visitors whom every build asks the module about
//	sample.go   visitors drawn from a fixed sequence of numbers
package space
