package table

import "slices"

// IsElsewhere reports whether somebody who uses the site of an insurer is not insured there on the day of the visit. The name, the
// policies and the telephone number of that insurer would mislead them. `members` has, by input, the value that all members of that
// insurer answer; see [Elsewhere.Holds].
func (p *Program) IsElsewhere(raw []int32, members map[int]int) bool {
	return p.Names.Elsewhere.Holds(raw, members, func(input int) (slot int, in *Input) { return p.Slot(input), &p.Inputs[input] })
}

// Elsewhere lists answers of people who are not insured with the insurer whose site they use. Somebody is insured elsewhere who gives
// an answer in each [Among] of one entry. All inputs are choices or sets.
type Elsewhere [][]Among

// Holds reports whether raw answers are those of somebody who is insured elsewhere. It holds for everybody who answers an input in
// `members` with a different value, or with "I don't know". In the entries, such an input without an answer counts as answered like a
// member, and any other input without an answer has its default. Without `members` the site is no insurer's, and the result is false.
// `at` returns the first slot of an input, and the input; no [Program] is needed, because the rules also ask while they are being read.
// isElsewhere in themes/default/script/checker/answers.ts transcribes this function.
func (e Elsewhere) Holds(raw []int32, members map[int]int, at func(input int) (slot int, in *Input)) bool {
	if len(members) == 0 {
		return false
	}
	as := slices.Clone(raw)
	for input, value := range members {
		switch slot, _ := at(input); as[slot] {
		case int32(value):
		case Missing:
			as[slot] = int32(value)
		default:
			return true
		}
	}
	gives := func(one Among) bool {
		slot, in := at(one.Input)
		return in.answers(as[slot:], one.Values)
	}
	return slices.ContainsFunc(e, func(all []Among) bool {
		return !slices.ContainsFunc(all, func(one Among) bool { return !gives(one) })
	})
}
