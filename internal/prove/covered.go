package prove

import (
	"slices"

	"sitegen/internal/bdd"
	"sitegen/internal/diag"
	"sitegen/internal/explain"
	"sitegen/internal/rules"
	"sitegen/internal/space"
	"sitegen/internal/table"
)

// Covering decides which values of a choice need no button, because a person of whom the value is true can say the same with a
// different answer. Its zero value is not usable; see [NewCovering].
type Covering struct {
	s     *rules.Set
	m     *space.Model // made when the first value is asked about
	parts []bdd.Func
}

// NewCovering returns the Covering of a rule set.
func NewCovering(s *rules.Set) *Covering { return &Covering{s: s} }

// Uncovered reports whether a value of an input needs a button of its own. A value needs none only if three things hold: a
// document counts as held with the value (held_when), a question offers this document, and naming the document instead gets
// everybody the same answer. The proof compares all that the rules tell, for every possible visitor. It does not look at
// what the page adds to an answer because of the value itself, such as the words beside a missing paper.
//
// If the answers differ, `who` describes somebody with the value. `instead` and `with` are this person's two results: from
// naming the document, and from the value.
func (c *Covering) Uncovered(input, value string) (who, instead, with diag.Wording, uncovered bool) {
	defer func() {
		if problem := recover(); problem == bdd.ErrTooLarge { // without a proof, the value needs a button
			uncovered = true
		} else if problem != nil {
			panic(problem)
		}
	}()
	in := c.input(input)
	w := rules.WordNamed(in.Values, value)
	if in.Kind != table.Choice || !c.canName() {
		return who, instead, with, true
	}
	if c.m == nil {
		m := space.New(c.s.Ended, c.s.Program).Model(0)
		c.parts = m.Seen()
		c.m = m // set last, because a diagram that grows too large must not leave a model without its parts
	}
	document := c.s.Held.Held.Document
	x, held := c.m.ByInput[in.ID][0], c.variable(c.s.Documents[document])
	class := slices.IndexFunc(x.Classes, func(of space.Class) bool { return of.Name == w.ID })
	people := c.m.With(c.m.With(c.m.Possible, x, class), held, 0)
	if c.m.Without(people, c.m.With(c.m.With(c.m.Signal[c.s.Program.HeldIf], x, class), held, 0)) != bdd.Never {
		return who, instead, with, true
	}
	for _, f := range c.parts {
		differ := c.m.And(people, c.m.Xor(c.m.With(c.m.With(f, x, class), held, 0), c.m.With(c.m.With(f, x, x.Default), held, 1)))
		if differ != bdd.Never {
			raw := c.m.Witness(c.m.And(c.m.And(differ, c.m.Is(x, class)), c.m.Is(held, 0)))
			other := slices.Clone(raw)
			other[in.Slot] = in.Default
			other[c.s.Held.Slot+document/31] |= 1 << (document % 31)
			a, b := explain.AnswerOf(c.s.Program, other), explain.AnswerOf(c.s.Program, raw)
			return explain.Who(c.s, raw), explain.Wording(c.s, a, b), explain.Wording(c.s, b, a), true
		}
	}
	return who, instead, with, false
}

// input returns the input with this id, which must exist.
func (c *Covering) input(id string) *rules.Input {
	return c.s.Inputs[slices.IndexFunc(c.s.Inputs, func(in *rules.Input) bool { return in.ID == id })]
}

// canName reports whether an answer counts as holding a document, and whether a person can name this document: its question is
// asked, and lists it.
func (c *Covering) canName() bool {
	held := c.s.Held
	return held != nil && held.Held != nil && held.Asked && !slices.Contains(c.s.Secret[held], held.Values[held.Held.Document])
}

// variable returns the variable that says whether a document is held.
func (c *Covering) variable(document *rules.Word) *space.Variable {
	list := c.m.ByInput[c.s.Held.ID]
	return list[slices.IndexFunc(list, func(v *space.Variable) bool { return v.Member == document.ID })]
}
