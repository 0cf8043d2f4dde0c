package interview

import (
	"slices"

	"sitegen/internal/table"
)

// shared returns the remedies that are in both lists and lead to the same level. The answers of each are all that it needs
// in either list.
func (i *Interview) shared(a, b []table.Remedied) (list []table.Remedied) {
	for _, one := range a {
		k := slices.IndexFunc(b, func(other table.Remedied) bool { return other.Remedy == one.Remedy && other.Enough == one.Enough })
		if k < 0 {
			continue
		}
		needed := append(slices.Clone(one.Answers), b[k].Answers...)
		one.Answers = slices.DeleteFunc(slices.Clone(i.Program.Names.Remedies[one.Remedy].Answers), func(g table.Given) bool { return !slices.Contains(needed, g) })
		list = append(list, one)
	}
	return list
}

// RemedyTitle returns the key of the heading over remedies. It depends on the level to which they lead. The list must not be
// empty.
func RemedyTitle(list []table.Remedied) string {
	if list[0].Enough == table.Yes {
		return "would_do"
	}
	return "might_do"
}
