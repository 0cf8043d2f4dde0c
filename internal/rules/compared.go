package rules

import "slices"

// WhereCompared returns where a comparison of days or numbers was written. `atom` is the number of the comparison among the atoms
// of Program. The result is the place of the first literal that uses the atom, or the place of the first layer if no literal
// does.
func (s *Set) WhereCompared(atom int) Place {
	at := s.Layers[0].Place
	own := s.lower(false)
	for _, list := range s.literals() {
		for _, lit := range list {
			if (lit.Test.Kind == DateTest || lit.Test.Kind == NumberTest) && slices.ContainsFunc(own.atomsOf(lit.Test), func(ref SignalRef) bool { return ref.Index == atom }) {
				return lit.Place
			}
		}
	}
	return at
}

// literals returns the lists of literals of all conditions, rows and steps of the interview.
func (s *Set) literals() [][]Literal {
	var list [][]Literal
	for _, c := range s.Conditions {
		list = append(list, c.Parts)
	}
	for _, r := range slices.Concat(s.Rows, s.Enough, s.Adds) {
		list = append(list, r.When)
	}
	for _, a := range s.Asks {
		list = append(list, a.When)
	}
	return list
}
