// Package explain puts into words, in both languages of editors, who somebody is, what they are told and why.
//
// In go a rule set and the raw answers of one visitor. Out come words for diagnostics and commands: [Who] names the visitor,
// [Wording] an answer, [Why] the row that decided with the reasons why it holds, [Follow] how every part of the answer came
// about, and [Graph] the whole decision as a drawing. Nothing is proven here, and nothing compared.
//
// Begin with trace.go, which follows one evaluation from the first row on, and with why.go, which says why a condition holds.
package explain
