package checker

import (
	"slices"
	"strings"
	"testing"

	"sitegen/internal/interview"
	"sitegen/internal/table"
)

// Conditions that differ only in their last answers share a line, which names each question and each answer once. Conditions of
// a different length, or with different answers before the last, get lines of their own.
func TestConditionsInWords(t *testing.T) {
	e := editionWith(t, "rules/page.yaml", "not_offered:", "not_offered:")
	p := e.Program
	answer := func(kind table.Kind, value int) interview.Answer {
		input := slices.IndexFunc(p.Inputs, func(in table.Input) bool { return in.Kind == kind && in.Values > 3 })
		return interview.Answer{Kind: interview.OneValue, Input: input, Value: value}
	}
	paper, other := answer(table.Several, 0), answer(table.Several, 1)
	one, two, three := answer(table.Choice, 1), answer(table.Choice, 2), answer(table.Choice, 3)
	lines := e.noScriptConditions([]interview.Condition{{paper, one}, {paper, two}, {paper, three}, {other, three}, {one}, {two}, {{Kind: interview.Neutral}}})
	label := e.Checker.Questions.Of(p.Names.Inputs[one.Input].ID).Short.Plain
	want := [][]interview.Answer{{paper, one, two, three}, {other, three}, {one, two}, {}}
	if len(lines) != len(want) {
		t.Fatalf("%d lines: %v", len(lines), lines)
	}
	for i, answers := range want {
		for _, a := range []interview.Answer{paper, other, one, two, three} {
			name := e.noScriptText(a).Plain
			if n := strings.Count(lines[i].Plain, name); (n == 1) != slices.Contains(answers, a) {
				t.Errorf("%q has %q %d times", lines[i].Plain, name, n)
			}
		}
		if n := strings.Count(lines[i].Plain, label); (n == 1) != (len(answers) > 0) {
			t.Errorf("%q has %q %d times", lines[i].Plain, label, n)
		}
	}
}
