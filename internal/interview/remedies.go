package interview

import (
	"slices"

	"sitegen/internal/table"
)

// shared returns the remedies that are in both lists and lead to the same level.
func shared(a, b []table.Remedied) (list []table.Remedied) {
	for _, one := range a {
		if hasRemedy(b, one) {
			list = append(list, one)
		}
	}
	return list
}

// sameRemedy reports whether both are the same remedy and lead to the same level.
func sameRemedy(a, b table.Remedied) bool { return a.Remedy == b.Remedy && a.Enough == b.Enough }

func hasRemedy(list []table.Remedied, one table.Remedied) bool {
	return slices.ContainsFunc(list, func(other table.Remedied) bool { return sameRemedy(one, other) })
}

// RemedyTitle returns the key of the heading over a list of remedies. It depends on the level to which the first of them
// leads. The list must not be empty.
func RemedyTitle(list []table.Remedied) string {
	if list[0].Enough == table.Yes {
		return "would_do"
	}
	return "might_do"
}
