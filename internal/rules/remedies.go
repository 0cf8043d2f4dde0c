package rules

import (
	"slices"

	"sitegen/internal/table"
)

// Whom returns the tests of answers that say whom a remedy is meant for: one of For must hold, unless it is empty, and none of NotFor.
// A remedy that is not meant for somebody is never shown to them (see [table.Program.Helps]).
func (s *Set) Whom(r *Remedy) (isFor, notFor []Test) { return s.tests(r.For), s.tests(r.NotFor) }

// tests returns tests of which one holds if and only if somebody gave one of the answers in the list.
func (s *Set) tests(list []table.Among) (tests []Test) {
	for _, among := range list {
		in := s.Inputs[among.Input]
		if in.Kind == table.Choice {
			test := Test{Kind: ChoiceTest, Input: in}
			for _, value := range among.Values {
				test.Mask |= 1 << value
			}
			tests = append(tests, test)
			continue
		}
		kind := SpecialTest
		if in.Kind == table.Several {
			kind = MemberTest
		}
		for _, value := range among.Values {
			tests = append(tests, Test{Kind: kind, Input: in, Value: value})
		}
	}
	return tests
}

// isMeant evaluates a RemedyTest: see [Set.Holds].
func (s *Set) isMeant(m *table.Machine, r *Remedy) bool {
	holds := func(t Test) bool { return s.Holds(m, Literal{Test: t}) }
	isFor, notFor := s.Whom(r)
	return (len(isFor) == 0 || slices.ContainsFunc(isFor, holds)) && !slices.ContainsFunc(notFor, holds)
}
