// Package explain says in words who somebody is, what they are told and why, in both languages of editors.
//
// The input is a rule set and the raw answers of one visitor. The output is words for diagnostics and commands: [Who]
// describes the visitor, [Wording] an answer, [Why] the deciding row and why it holds, [Follow] how every part of the answer
// came about. [Graph] draws the rules. This package proves and compares nothing.
//
// Begin with trace.go, which follows one evaluation from the first row on. Then read why.go, which says why a condition holds.
// describe.go words a visitor, and answer.go an answer. The picture is in graph.go and its parts in graph_rows.go;
// graph_offered.go computes what people are offered at each row, and graph_text.go breaks lines.
package explain
