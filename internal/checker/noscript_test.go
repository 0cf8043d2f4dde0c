package checker

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"sitegen/internal/interview"
	"sitegen/internal/table"
)

// No page without script to which people come who are insured elsewhere names the site's insurer, and other pages do.
func TestNoScriptElsewhere(t *testing.T) {
	e := editionWith(t, "rules/page.yaml", "not_offered:", "not_offered:")
	for _, insurer := range e.site.Insurers {
		if len(insurer.Profile.Answers) == 0 {
			continue
		}
		s := &Site{Material: e.Material, site: insurer, asked: interview.New(e.Program, insurer)}
		pages := s.asked.Pages(int32(insurer.Today))
		own := s.in(insurer.Default)
		named, general := 0, 0
		for k := range pages.Pages {
			text, err := json.Marshal(own.noScriptView(pages, k))
			if err != nil {
				t.Fatal(err)
			}
			isNamed := strings.Contains(string(text), own.Profile.Name.Plain) || strings.Contains(string(text), own.Profile.Short.Plain)
			switch page := &pages.Pages[k]; {
			case page.Kind == interview.LeavesOut || page.Outcome != nil && page.Outcome.General:
				if general++; isNamed {
					t.Errorf("%s, page %d: %s", insurer.Profile.ID, k, text)
				}
			case isNamed:
				named++
			}
		}
		if faults, _ := s.asked.Replay(pages); len(faults) > 0 || named == 0 || general < 5 {
			t.Errorf("%s: %d pages name it, %d do not, %v", insurer.Profile.ID, named, general, faults)
		}
		t.Logf("%s: %d pages, %d name it, %d general", insurer.Profile.ID, len(pages.Pages), named, general)
	}
}

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
